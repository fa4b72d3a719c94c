"""A detail as a report counts it: a letter for what each outlet did, its group, and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from compare.datamodel import Cell, Comparison, ConflictKind, Detail, Status
from compare.kinds import Weight
from compare.times import Moment

# Who states it: every outlet; all that could, though not every outlet; some, two or more; one alone.
Group = Literal["everyone", "able", "some", "one"]
GROUPS: tuple[Group, ...] = ("everyone", "able", "some", "one")

# One letter a status: the class in the stylesheet, and the strip of a row in a large matrix.
CODES: Mapping[Status, str] = {
    Status.INCLUDED: "i",
    Status.EDITORIALIZED: "e",
    Status.CONFLICTING: "c",
    Status.LEFT_OUT: "l",
    Status.PUBLISHED_BEFORE: "b",
    Status.CANNOT_TELL: "q",
}
CARRIED = "k"
UNJUDGED = "n"


@dataclass(frozen=True, slots=True)
class DetailFact:
    """A detail with what is counted of it.

    `codes` holds one letter an outlet, in the order of the comparison's outlets (see CODES; "k"
    is included in another's words, "n" is a cell that the comparison lacks); `stated_by` counts
    those that state it, `able` those that could: read in full, and late enough, or stating it. `first` is when the detail first surfaced, where that is known, and
    `order` its place in the report, from 1.
    """

    detail: Detail
    key: str
    order: int
    codes: str
    cells: tuple[Cell | None, ...]
    stated_by: int
    able: int
    group: Group
    first: Moment | None

    @property
    def rank(self) -> tuple[float, int]:
        """A sort key: the most central first, then the most reported."""
        return -self.detail.importance_score, -self.stated_by

    @property
    def divergence(self) -> int:
        """How differently outlets treat it: conflicts, then loaded wording, then omissions."""
        return (
            100 * sum(c.weight is Weight.HARD for c in self.detail.conflicts)
            + 10 * self.codes.count("e")
            + self.codes.count("l")
        )


def parts_of(comparison: Comparison) -> dict[str, list[Detail]]:
    """The details that are part of a larger one, by the id of that; a part has no parts itself.

    One in which outlets give values that differ, where the larger one has no such conflict, stands
    by itself: nobody would look for a conflict among the parts.
    """
    main = {detail.id: detail for detail in comparison.details if detail.part_of is None}
    found: dict[str, list[Detail]] = {}
    for detail in comparison.details:
        larger = main.get(detail.part_of or "")
        if larger is not None and differing(detail) <= differing(larger):
            found.setdefault(larger.id, []).append(detail)
    return found


def differing(detail: Detail) -> frozenset[tuple[ConflictKind, str]]:
    """The values that are part of a conflict in a detail, regardless of case, with its kind."""
    return frozenset(
        (c.kind, value.lower())
        for c in detail.conflicts
        if c.weight is Weight.HARD
        for value in (c.a_value, c.b_value)
    )
