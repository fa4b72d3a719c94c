"""Clock times in one slot that differ: the doors opened at 10.20am here, at 11.20am there."""

from __future__ import annotations

from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language.clock import ClockTime
from compare.language.clock import clock_times as times_in
from compare.language.relations import Relation, relate_clock_times
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail, and how near the slots of the times must be.
MATCH, NEAR = 0.4, 0.3


def clock_times(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The times of day of one slot that differ, where each statement gives one alone."""
    left, right = times_in(a.text), times_in(b.text)
    if match < MATCH or len(left) != 1 or len(right) != 1:
        return
    if relate_clock_times(left[0], right[0]) is not Relation.HARD:
        return
    mine, theirs = _span(left[0]), _span(right[0])
    if compared(a, mine, b, theirs).near >= NEAR:
        yield Difference(ConflictKind.DATE, mine, theirs)


def _span(x: ClockTime) -> Span:
    return Span(x.start, x.end)
