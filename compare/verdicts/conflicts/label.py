"""What one speaker is quoted as having called one thing: "a basic failure" here, "a basic error" there.

Labels of a few words are said by many, so the statements must surely match, name the same person, and each
quote nothing else; neither article may have the other label too.
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import head_of, names_near, tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail.
MATCH = 0.9
SHORTEST, LONGEST = 2, 5
# So many letters alike at the beginning, and two words may be forms of one.
ALIKE = 4


def labels(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The one content word in which two short quotations of one speaker differ."""
    if match < MATCH or len(a.quoted) != 1 or len(b.quoted) != 1:
        return
    (p,), (q,) = a.quoted, b.quoted
    mine, theirs = _said(a, p), _said(b, q)
    apart = [(x, y) for x, y in zip(mine, theirs, strict=False) if x.key != y.key]
    if len(mine) != len(theirs) or not SHORTEST <= len(mine) <= LONGEST or len(apart) != 1:
        return
    ((x, y),) = apart
    same = [w for w in mine if tells(w) and w is not x]
    if not same or not names_near(a.text, p, first=True) & names_near(b.text, q, first=True):
        return
    if not _exclude(x, y) or b.says_elsewhere(_text(mine)) or a.says_elsewhere(_text(theirs)):
        return
    yield Difference(ConflictKind.QUOTATION, _placed(x, p), _placed(y, q))


def _said(s: Statement, q: Span) -> list[Word]:
    return list(words(s.text[q.start : q.end]))


def _text(said: list[Word]) -> str:
    return " ".join(w.text for w in said)


def _exclude(x: Word, y: Word) -> bool:
    """Whether two words are no forms of one, nor names."""
    if not (tells(x) and tells(y)) or not (x.text.islower() and y.text.islower()):
        return False
    return head_of(x.key) != head_of(y.key) and x.key[:ALIKE] != y.key[:ALIKE]


def _placed(w: Word, q: Span) -> Span:
    return Span(q.start + w.start, q.start + w.end)
