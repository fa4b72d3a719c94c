"""Days of the same happening: "passed on Tuesday" here, "voted on Wednesday" there.

A date belongs to one verb of its sentence, the nearest in its own clause. Dates are compared where
these verbs are one, or two words for one kind of happening; verbs of saying tell nothing, since people
speak every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language import dates
from compare.language.attribution import SAYING
from compare.language.dates import Dated
from compare.language.stems import stem
from compare.text import Word, words
from compare.verdicts.conflicts.statement import Difference, Statement

# How many words before a date, and behind it, its verb is looked for; behind one that opens the
# sentence ("On Wednesday, the House voted") it may stand further off.
BEFORE, BEHIND, BEHIND_OPENING = 10, 5, 7

_SAYING = frozenset(stem(word) for word in SAYING)
_PAST = frozenset(
    """
    took left flew held began won lost made came went gave got sent put set shot broke rose fell wrote took
    vote votes hit cut shut drew quit struck found bought sold paid ran led sat stood died began ends begins
    end begin pass passes expire expires takes opens starts leaves
    """.split()
)
# Words for the same kind of happening, as far as its day goes.
_ALIKE = {
    stem(word): head
    for head, alike in {
        "vote": "voted vote votes passed pass passes approved adopted cleared",
        "publish": "published posted released leaked printed",
        "sign": "signed enacted",
        "kill": "killed died shot slain shooting killing",
        "arrest": "arrested detained",
        "end": "ended ends end ending expired expires expire concluded",
        "begin": "began begin begins started starts opened opens",
        "land": "landed landing arrived touched",
        "leave": "left leaves leaving departed",
        "file": "filed sued",
    }.items()
    for word in alike.split()
}
_APART_BEFORE = re.compile(
    r"[;:—]|,\s|\b(?:and|but|that|after|before|when|while|who|which|as|since|until)\b"
)
_APART_BEHIND = re.compile(r"[;:—]|\b(?:and|but|that|who|which)\b")


def days(a: Statement, b: Statement) -> Iterator[Difference]:
    """The first two days, or years, of one happening that cannot both be right."""
    left, right = _fixed_dates(a), _fixed_dates(b)
    for x in left:
        if any(_agree(x, y) for y in right):
            continue
        for y in right:
            if any(_agree(y, z) for z in left) or not dates.clash(x, y) or not _as_fine(x, y):
                continue
            happening = _happening(a, x)
            if happening and happening == _happening(b, y):
                yield Difference(ConflictKind.DATE, Span(x.start, x.end), Span(y.start, y.end))
                return


def _fixed_dates(s: Statement) -> list[Dated]:
    """The dates of a statement that its publication can resolve: quoted speakers have their own."""
    found = dates.dates(s.text, None if s.foreign else s.published)
    return [
        d
        for d in found
        if not any(q.start <= d.start < q.end for q in s.quoted)
        and (d.readings or d.weekday is not None)
    ]


def _agree(x: Dated, y: Dated) -> bool:
    return dates.same_day(x, y) and not (x.part and y.part and x.part != y.part)


def _as_fine(x: Dated, y: Dated) -> bool:
    """Two days, two years, or a day and "earlier this week": months clash with too little."""
    if _is_year(x) or _is_year(y):
        return _is_year(x) and _is_year(y)
    return (_is_day(x) or _is_earlier(x)) and (_is_day(y) or _is_earlier(y))


def _is_day(x: Dated) -> bool:
    return x.weekday is not None or any((last - first).days < 1 for first, last in x.readings)


def _is_year(x: Dated) -> bool:
    return bool(re.search(r"(?:19|20)\d\d$", x.text)) and not _is_day(x)


def _is_earlier(x: Dated) -> bool:
    return bool(re.fullmatch(r"earlier this week", x.text, re.IGNORECASE))


def _happening(s: Statement, x: Dated) -> str:
    """The verb that a date belongs to, by its kind of happening; "" where none is found."""
    said = words(s.text)
    at = next((i for i, w in enumerate(said) if w.start >= x.start), len(said))
    behind = at + len(words(x.text))
    for w in reversed(said[max(0, at - BEFORE) : at]):
        if _APART_BEFORE.search(s.text[w.end : x.start]):
            break
        if _is_verb(w):
            return _kind(w)
    for w in said[behind : behind + (BEHIND_OPENING if at <= 1 else BEHIND)]:
        if _APART_BEHIND.search(s.text[x.end : w.start]):
            break
        if _is_verb(w):
            return _kind(w)
    return ""


def _is_verb(w: Word) -> bool:
    """A word that by its form may be the verb a date belongs to; a shared subject proves nothing."""
    formed = w.key.endswith(("ed", "ing")) or w.key in _PAST
    return w.text[0].islower() and formed and stem(w.key) not in _SAYING


def _kind(w: Word) -> str:
    return _ALIKE.get(stem(w.key), stem(w.key))
