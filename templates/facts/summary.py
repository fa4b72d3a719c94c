"""What a comparison amounts to among many: a line of an index, a row of a table."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import Comparison, Detail, Status
from compare.kinds import Importance, Weight
from templates.facts.index import Facts
from templates.html.strings import english

_DIFFERENT = frozenset({Status.LEFT_OUT, Status.EDITORIALIZED, Status.CONFLICTING})
_DECIDED = _DIFFERENT | {Status.INCLUDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An event among many, by the name of its folder.

    `about` is what it is called, `first` and `last` when its articles were published. `details` are those
    that are no part of another, `conflicts` the hard ones in them; `shared` are those that two outlets or
    more state and that are not background, `left_out` and `editorialized` cells of these, and `differing`
    the share of their decided cells that are left out, editorialized or conflicting, 0 to 1.
    """

    event: str
    about: str
    first: str
    last: str
    outlets: int
    articles: int
    details: int
    conflicts: int
    shared: int
    left_out: int
    editorialized: int
    differing: float


def summary(event: str, comparison: Comparison) -> Summary:
    """The event's line."""
    main = [d for d in comparison.details if d.part_of is None]
    shared = [d for d in main if _is_shared(d)]
    cells = [cell.status for d in shared for cell in d.cells]
    decided = sum(status in _DECIDED for status in cells)
    times = sorted(a.published for a in comparison.articles if a.published)
    return Summary(
        event=event,
        about=Facts(comparison, english()).about,
        first=times[0] if times else "",
        last=times[-1] if times else "",
        outlets=len(comparison.outlets),
        articles=len(comparison.articles),
        details=len(main),
        conflicts=sum(c.weight is Weight.HARD for d in main for c in d.conflicts),
        shared=len(shared),
        left_out=cells.count(Status.LEFT_OUT),
        editorialized=cells.count(Status.EDITORIALIZED),
        differing=round(sum(s in _DIFFERENT for s in cells) / decided, 4) if decided else 0.0,
    )


def _is_shared(detail: Detail) -> bool:
    several = len({m.outlet for m in detail.mentions}) > 1
    return several and detail.importance is not Importance.BACKGROUND


def by_difference(events: list[Summary]) -> list[Summary]:
    """The events whose coverage differs most first."""
    return sorted(events, key=lambda e: (-e.differing, e.event))
