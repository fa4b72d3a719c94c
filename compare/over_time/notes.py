"""Correction notes: where a page says that it was corrected, and how far the note goes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compare.datamodel import Span
from compare.text import sentences

_PAGE = r"(?:article|story|report|page|piece|headline|post)"
_NOTE = re.compile(
    r"^(?:corrections?|clarifications?|editor[’']?s? note|corrected)\b|"
    rf"\b(?:earlier|previous) version of (?:this|the) {_PAGE}\b|"
    rf"^(?:this|the) {_PAGE} (?:was|has been) (?:amended|corrected)\b",
    re.IGNORECASE,
)
# "Correction, May 3" on a line of its own: the note is the paragraph below.
_LABEL = re.compile(r"[^.!?\n]{1,40}[.:]?")
# A note has a few sentences; a longer paragraph that begins like one is an article without line breaks.
_LONGEST = 6


def is_note(text: str) -> bool:
    """Whether a sentence says that the page was corrected."""
    return bool(_NOTE.search(text.strip()))


def note_spans(text: str) -> tuple[Span, ...]:
    """The correction notes of a text, whole: a paragraph that begins as one, elsewhere the sentence alone."""
    paragraphs = list(_paragraphs(text))
    found: list[Span] = []
    label = False
    for spans in paragraphs:
        noting = [s for s in spans if is_note(text[s.start : s.end])]
        begins = label or (bool(noting) and noting[0] == spans[0])
        whole = begins and len(paragraphs) > 1 and len(spans) <= _LONGEST
        stretch = Span(spans[0].start, spans[-1].end)
        if whole and label:
            stretch = Span(found.pop().start, stretch.end)
        found += [stretch] if whole else noting
        label = whole and not label and bool(_LABEL.fullmatch(text[stretch.start : stretch.end]))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """The sentences of a text, line by line."""
    line = 0
    numbered: list[tuple[int, Span]] = []
    for before, span in itertools.pairwise([Span(0, 0), *sentences(text)]):
        line += "\n" in text[before.end : span.start]
        numbered.append((line, span))
    for _, of_line in itertools.groupby(numbered, key=lambda n: n[0]):
        yield [span for _, span in of_line]
