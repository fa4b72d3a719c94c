"""One utterance in two renderings of which one ends sooner: continued otherwise, or written on a wall.

`quotation` compares what two renderings say inside their marks where most of it is the same. Here: a
quotation that one outlet breaks off and goes on with in other words ("strong evidence of obstruction"
of justice), and a word painted on a wall that is two words elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from compare.datamodel import ConflictKind, Span
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import head_of, tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail.
MATCH = 0.5
# So many words before the break are the same, and so many behind it are compared.
BEFORE_BREAK, BEHIND_BREAK = 3, 6
MOST_QUOTATIONS = 6
# What is written on a wall is no longer than this.
WRITTEN_WORDS = 3

_LINK = frozenset("of to for in on with by from against".split())
_WRITING = re.compile(
    r"\b(?:scrawl\w*|spray\w*|paint\w*|graffiti|defaced|inscri\w+|engraved|etched|carved|tattoo\w*|banners?|placards?|signs?|stickers?)\b",
    re.IGNORECASE,
)


def other_renderings(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The first way in which two renderings of one utterance exclude each other."""
    if match < MATCH:
        return
    for rule in (_continued, _continued_there, _written):
        found = rule(a, b)
        if found is not None:
            yield found
            return


def _continued_there(a: Statement, b: Statement) -> Difference | None:
    found = _continued(b, a)
    return None if found is None else Difference(found.kind, found.b, found.a)


def _continued(a: Statement, b: Statement) -> Difference | None:
    """A quotation of `a` that breaks off before "of ...", and goes on with other words in `b`."""
    for p in a.quoted[:MOST_QUOTATIONS]:
        said = words(a.text[p.start : p.end])
        behind = [w for w in words(a.text) if w.start >= p.end][:BEHIND_BREAK]
        if len(said) < BEFORE_BREAK or not behind or behind[0].key not in _LINK:
            continue
        last = [w.key for w in said[-BEFORE_BREAK:]]
        for q in b.quoted[:MOST_QUOTATIONS]:
            theirs = [w for w in words(b.text) if q.start <= w.start < q.end]
            at = _place(last, [w.key for w in theirs])
            if at is None or at >= len(theirs) or theirs[at].key != behind[0].key:
                continue
            mine, other = _phrase(a.text, behind), _phrase(b.text, theirs[at : at + BEHIND_BREAK])
            if _tell_apart(mine, other):
                return Difference(ConflictKind.QUOTATION, _span(mine), _span(other))
    return None


def _place(phrase: Sequence[str], said: Sequence[str]) -> int | None:
    """Where what follows a phrase begins; None where the phrase is not there."""
    size = len(phrase)
    return next(
        (i + size for i in range(len(said) - size + 1) if list(said[i : i + size]) == list(phrase)),
        None,
    )


_BREAK = re.compile(r"[,.;:?!—()“”\"]")


def _phrase(text: str, some: Sequence[Word]) -> Sequence[Word]:
    """The words up to the first mark between them."""
    for i, (v, w) in enumerate(pairwise(some), start=1):
        if _BREAK.search(text[v.end : w.start]):
            return some[:i]
    return some


def _tell_apart(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    left = {head_of(w.key) for w in mine if tells(w)}
    right = {head_of(w.key) for w in theirs if tells(w)}
    return bool(left and right) and not left & right


def _written(a: Statement, b: Statement) -> Difference | None:
    """What stood on a wall: one outlet quotes more of it than the other."""
    if not _WRITING.search(a.text) or not _WRITING.search(b.text):
        return None
    left, right = a.quoted, b.quoted
    if len(left) != 1 or len(right) != 1:
        return None
    (p,), (q,) = left, right
    mine = [w.key for w in words(a.text[p.start : p.end])]
    theirs = [w.key for w in words(b.text[q.start : q.end])]
    if not 0 < len(mine) <= WRITTEN_WORDS or not 0 < len(theirs) <= WRITTEN_WORDS:
        return None
    if mine != theirs and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return Difference(ConflictKind.QUOTATION, p, q)
    return None


def _span(some: Sequence[Word]) -> Span:
    return Span(some[0].start, some[-1].end)
