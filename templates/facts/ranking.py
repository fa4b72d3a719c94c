"""What is counted of a detail: a letter an outlet, who states it, who could, and when it surfaced first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from compare.datamodel import Cell, Detail, Mention, Status
from compare.times import Moment
from templates.facts.details import CARRIED, CODES, UNJUDGED, DetailFact, Group
from templates.facts.likeness import STATED_CODES

_BEFORE = CODES[Status.PUBLISHED_BEFORE]


class Ranking:
    """Counts details. `columns` are the outlets' numbers, `readable` which of them were read in full."""

    def __init__(
        self,
        columns: Mapping[str, int],
        readable: Sequence[bool],
        surfaced: Callable[[Mention], Moment | None],
    ) -> None:
        self._columns = columns
        self._readable = sum(readable)
        self._unreadable = [column for column, whole in enumerate(readable) if not whole]
        self._surfaced = surfaced

    def fact(self, detail: Detail, key: str) -> DetailFact:
        """The detail with what is counted of it; its place in the report is not known here."""
        row: list[Cell | None] = [None] * len(self._columns)
        letters = [UNJUDGED] * len(self._columns)
        for cell in detail.cells:
            column = self._columns.get(cell.outlet)
            if column is not None:
                row[column] = cell
                included = cell.status is Status.INCLUDED
                letters[column] = _included(detail, cell) if included else CODES[cell.status]
        times = [t for m in detail.mentions if (t := self._surfaced(m))]
        codes = "".join(letters)
        stated_by = sum(map(codes.count, STATED_CODES))
        able = self._able(codes, stated_by)
        group = self._group(stated_by, able)
        first = min(times, default=None)
        return DetailFact(detail, key, 0, codes, tuple(row), stated_by, able, group, first)

    def _able(self, codes: str, stated_by: int) -> int:
        """How many outlets state it or could: read in full and late enough to know."""
        others = len(codes) - stated_by - codes.count(_BEFORE)
        unable = (codes[column] for column in self._unreadable)
        return stated_by + others - sum(c not in STATED_CODES and c != _BEFORE for c in unable)

    def _group(self, stated_by: int, able: int) -> Group:
        """Who states it. Half of those read in full must, or "all who could" would be said of a few."""
        if stated_by <= 1:
            return "one"
        if stated_by == len(self._columns):
            return "everyone"
        few = 2 * stated_by < self._readable or not self._readable
        return "some" if stated_by < able or few else "able"


def _included(detail: Detail, cell: Cell) -> str:
    own = detail.evidence_of(cell)
    return CARRIED if own and all(m.carried_from for m in own) else CODES[Status.INCLUDED]
