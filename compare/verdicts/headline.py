"""What a headline says that its own article does not, or not as strongly.

Only what can be looked up is looked up: a number, a name, a loaded word. A plain word that the article
exchanges for another one is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import Article, Completeness, Cue
from compare.kinds import CueKind
from compare.language.loaded_words import loaded
from compare.language.quantities import Quantity, quantities, same
from compare.language.stems import stem
from compare.text import in_title_case, sentences, words

# Words that are the same for so many letters are forms of one ("Venezuelans", "Venezuela").
FORM = 5
_SENTENCE_CASE = 0.5


def unsaid(article: Article) -> tuple[Cue, ...]:
    """The words of a title that its own article nowhere has, in order, with their kind.

    Nothing for an article that was not read in full: its rest may say it.
    """
    if article.completeness is not Completeness.FULL or not article.text.strip():
        return ()
    found = [*_numbers(article), *_names(article), *_loaded(article)]
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda c: (c.start, -c.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return tuple(kept)


def _numbers(article: Article) -> Iterator[Cue]:
    given = [q for s in sentences(article.text) for q in quantities(article.text[s.start : s.end])]
    for q in quantities(article.title):
        if not any(_gives(q, other) for other in given):
            yield Cue(start=q.start, end=q.end, kind=CueKind.NUMBER)


def _gives(q: Quantity, other: Quantity) -> bool:
    return q.unit == other.unit and (same(q, other) or q.low <= other.value <= q.high)


def _names(article: Article) -> Iterator[Cue]:
    """Names, where the title is written so that they can be told: in sentence case."""
    spoken = words(article.title)
    if in_title_case([w.text for w in spoken[1:]], _SENTENCE_CASE):
        return
    capital = [w for w in spoken[1:] if w.text[0].isupper()]
    said = {w.key for w in words(article.text)}
    for w in capital:
        if len(w.key) >= FORM and not any(_is_form(w.key, other) for other in said):
            yield Cue(start=w.start, end=w.end, kind=CueKind.NAME)


def _is_form(key: str, other: str) -> bool:
    return key[:FORM] == other[:FORM]


def _loaded(article: Article) -> Iterator[Cue]:
    """The title's loaded words that the article has in no form."""
    said = {stem(w.key) for w in words(article.text)}
    for phrase in loaded(article.title):
        written = article.title[phrase.start : phrase.end]
        if phrase.kind is CueKind.SPECULATION:  # "may" and "could" are weaker, not stronger
            continue
        if not any(stem(w.key) in said for w in words(written)) and not re.search(r"\d", written):
            yield Cue(start=phrase.start, end=phrase.end, kind=CueKind.LOADED_WORD)
