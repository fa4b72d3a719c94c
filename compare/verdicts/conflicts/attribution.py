"""Who is said to have said it: an unnamed source here, a named one there.

Only sources of one content are compared, and only an unnamed one with a named one: two names may be one
person's and his employer's, and a reader would not notice. Such a difference is soft: it was right less than half of the time on events
of four outlets and more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.kinds import Voice, Weight
from compare.language.attribution import Reported, reported
from compare.language.stems import content_stems
from compare.verdicts.conflicts.statement import Difference, Statement

# Words that both sources are made answerable for: so many, and this part of the shorter.
SHARED, SHARED_PART = 5, 0.3
_FIRM = {Voice.NAMED, Voice.UNNAMED}


def sources(a: Statement, b: Statement) -> Iterator[Difference]:
    """The two sources, unnamed and named, of the same content."""
    for x, x_span in _sourced(a):
        for y, y_span in _sourced(b):
            if {x.voice, y.voice} == _FIRM and not _heads(x) & _heads(y) and _same(a, x, b, y):
                yield Difference(ConflictKind.ATTRIBUTION, x_span, y_span, Weight.SOFT)
                return


def _sourced(s: Statement) -> list[tuple[Reported, Span]]:
    return [(r, r.source_span) for r in reported(s.text) if r.source_span and _stands(r)]


# A pronoun stands for somebody named elsewhere; a paper names its author elsewhere.
_NOBODY = re.compile(
    r"\A(?:he|she|they|it|we|i)\Z|\b(?:reports?|messages?|dialogues?|documents?|records?|e-?mails?|letters?|filings?|papers?|stud(?:y|ies)|polls?|surveys?)\b",
    re.IGNORECASE,
)


def _stands(r: Reported) -> bool:
    return not _NOBODY.search(r.source or "")


def _heads(r: Reported) -> frozenset[str]:
    return content_stems(r.source or "")


def _same(a: Statement, x: Reported, b: Statement, y: Reported) -> bool:
    mine = content_stems(a.text[x.content.start : x.content.end])
    theirs = content_stems(b.text[y.content.start : y.content.end])
    shared = len(mine & theirs)
    return shared >= SHARED and shared >= SHARED_PART * min(len(mine), len(theirs))
