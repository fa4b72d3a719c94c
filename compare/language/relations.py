"""How two values of one kind stand to each other: the same, worded differently, or excluding each other.

Whether two values are of the same happening is not asked here; unit, noun and fate are, where a text gives
them.
"""

from __future__ import annotations

from enum import StrEnum

from compare.language.ages import Age
from compare.language.bounds import Firmness
from compare.language.clock import ClockTime, minutes_apart
from compare.language.clock import clash as clock_clash
from compare.language.dates import Dated
from compare.language.dates import clash as dates_clash
from compare.language.quantities import Quantity, apart, comparable, equal


class Relation(StrEnum):
    """What a reader may conclude from two values."""

    SAME = "same"
    SOFT = "soft"  # a bound, a hedge or a rounding more or less: both can be right
    HARD = "hard"  # both cannot be right
    OTHER = "other"  # of different things, or too little is known


# Two ends of a range so close are the same, rounded.
_ENDS = 0.0051


def relate_quantities(a: Quantity, b: Quantity) -> Relation:
    """How two quantities stand to each other; the same number under another bound is worded differently."""
    if not comparable(a, b):
        return Relation.OTHER
    if equal(a, b) and Firmness.RANGE not in {a.firmness, b.firmness}:
        differ = a.firmness is not b.firmness or _rounded(a, b)
        return Relation.SOFT if differ else Relation.SAME
    if ("more" in a.modifiers) != ("more" in b.modifiers):
        return Relation.OTHER  # "20 more" come to others
    if (
        a.firmness is b.firmness is Firmness.RANGE
        and _alike(a.low, b.low)
        and _alike(a.high, b.high)
    ):
        return Relation.SAME
    return Relation.HARD if apart(a, b) else Relation.SOFT


def _rounded(a: Quantity, b: Quantity) -> bool:
    """Whether numbers that count as one are not written as one: "6 million" and "6.02 million"."""
    if a.firmness is Firmness.VAGUE:
        return not _alike(a.low, b.low)
    return a.value != b.value and a.measure == b.measure


def _alike(x: float, y: float) -> bool:
    return abs(x - y) <= _ENDS * max(abs(x), abs(y))


def relate_dates(a: Dated, b: Dated) -> Relation:
    """How two dates stand to each other; a month and a day in it are worded differently."""
    if not _known(a, b):
        return Relation.OTHER
    if dates_clash(a, b):
        return Relation.HARD
    if bool(a.part) != bool(b.part):
        return Relation.SOFT
    if a.readings and b.readings:
        return Relation.SAME if set(a.readings) & set(b.readings) else Relation.SOFT
    exact = (a.month, a.day, a.until) == (b.month, b.day, b.until) if a.month and b.month else True
    return Relation.SAME if exact else Relation.SOFT


def _known(a: Dated, b: Dated) -> bool:
    return bool(
        (a.readings and b.readings)
        or (a.month is not None and b.month is not None)
        or (a.weekday is not None and b.weekday is not None)
    )


def relate_clock_times(a: ClockTime, b: ClockTime) -> Relation:
    """How two times of day stand to each other; those of two zones are not compared."""
    if a.zone != b.zone:
        return Relation.OTHER
    if clock_clash(a, b):
        return Relation.HARD
    alike = minutes_apart(a, b) == 0 and (a.approximate, a.length) == (b.approximate, b.length)
    return Relation.SAME if alike else Relation.SOFT


def relate_ages(a: Age, b: Age) -> Relation:
    """How two ages stand to each other; of two named people each has his own."""
    if a.whose and b.whose and a.whose.split()[-1] != b.whose.split()[-1]:
        return Relation.OTHER
    if a.years == b.years and a.until == b.until:
        return Relation.SAME
    if a.until is not None or b.until is not None:
        apart = (a.until or a.years) < b.years or (b.until or b.years) < a.years
        return Relation.HARD if apart else Relation.SOFT
    young, old = sorted((a.years, b.years))
    return Relation.HARD if old - young >= min(1.0, young) else Relation.SOFT
