"""Clock times in one slot that differ: the doors opened at 10.20am here, at 11.20am there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language.clock import ClockTime, minutes_apart
from compare.language.clock import clock_times as times_in
from compare.language.relations import Relation, relate_clock_times
from compare.verdicts.conflicts.date import happening
from compare.verdicts.conflicts.others import of_others
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail, and how near the slots of the times must be.
MATCH, NEAR = 0.4, 0.3
# A full hour may stand for a time so many minutes off.
ROUNDED = 10
# "By 6:40" says when something had ended, "at 3:30" when it began.
_UNTIL = re.compile(r"\b(?:by|until|till|since|from)\s+(?:about\s+|around\s+)?$")


def clock_times(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The times of day of one slot that differ, where each statement gives one alone."""
    left, right = times_in(a.text), times_in(b.text)
    if match < MATCH or len(left) != 1 or len(right) != 1:
        return
    if relate_clock_times(left[0], right[0]) is not Relation.HARD:
        return
    mine, theirs = _span(left[0]), _span(right[0])
    if minutes_apart(left[0], right[0]) <= ROUNDED and _is_rounded(left[0]) != _is_rounded(
        right[0]
    ):
        return
    verbs = {happening(a, mine), happening(b, theirs)} - {""}
    if len(verbs) > 1 or of_others(a, mine, b, theirs):
        return
    if bool(_UNTIL.search(a.text, 0, mine.start)) != bool(_UNTIL.search(b.text, 0, theirs.start)):
        return
    if compared(a, mine, b, theirs).near >= NEAR:
        yield Difference(ConflictKind.DATE, mine, theirs)


def _is_rounded(x: ClockTime) -> bool:
    return all(minutes % 60 == 0 for minutes in x.minutes)


def _span(x: ClockTime) -> Span:
    return Span(x.start, x.end)
