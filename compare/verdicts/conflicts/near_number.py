"""Numbers that may be of the same thing and differ, where less than a slot agrees: soft.

Told apart from `number`, whose pairs are hard: on events of three outlets most of these are
differences that a reader would note, on events of more they are often of two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.language import quantities
from compare.language.bounds import Firmness
from compare.language.counting import singular
from compare.language.quantities import Quantity
from compare.verdicts.conflicts.statement import Difference, Statement

# From this size on, numbers so alike are hardly of two things, whatever nouns follow them.
TELLING = 10
# Shares further apart than this many points are of different things, and a sentence that lists
# more shares than this many gives each to somebody else.
POINTS = 3
LISTED = 2
# "Almost two weeks" and "12 days" are the same time, told in other measures.
ROUGH_TIME = 0.2
# So far apart two numbers of people that something befell may be of the same people.
TOLLS = 1.6
# What a statement lists beyond so many numbers is a table's, and has no words of its own around it.
MOST_NUMBERS = 20


def near_numbers(a: Statement, b: Statement) -> Iterator[Difference]:
    """The closest two numbers that may be of one thing and differ, if any do."""
    left, right = (quantities.quantities(s.text)[:MOST_NUMBERS] for s in (a, b))
    mine, theirs = _alone(left, right), _alone(right, left)
    pairs = [
        (x, y)
        for x in mine
        for y in theirs
        if _conflict(x, y) and not (x.unit == "%" and _lists_shares(left, right))
    ]
    for x, y in sorted(pairs, key=lambda pair: _distance(*pair))[:1]:
        yield Difference(
            ConflictKind.NUMBER, Span(x.start, x.end), Span(y.start, y.end), Weight.SOFT
        )


def _lists_shares(*sides: Sequence[Quantity]) -> bool:
    return any(sum(x.unit == "%" for x in side) > LISTED for side in sides)


def _alone(these: Sequence[Quantity], those: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that the other side does not give in the very same way."""
    return [
        x
        for x in these
        if not any(
            quantities.equal(x, y) and x.unit == y.unit and not _words_clash(x, y) for y in those
        )
    ]


def _words_clash(x: Quantity, y: Quantity) -> bool:
    if x.unit == y.unit == "days" and _measure(x) != _measure(y):
        return False  # "two days" and "less than 48 hours" are as near as words for time get
    return quantities.clash(x, y) or quantities.bounded_differently(x, y)


def _measure(x: Quantity) -> str:
    words = re.findall(r"[a-z]+", x.text.lower())
    return singular(words[-1]) if words else ""


def _conflict(x: Quantity, y: Quantity) -> bool:
    if not _like(x, y):
        return False
    if quantities.equal(x, y):
        return _words_clash(x, y) and Firmness.VAGUE not in {x.firmness, y.firmness}
    if x.unit == "%" and abs(x.value - y.value) > POINTS:
        return False
    if x.unit == y.unit == "days" and _measure(x) != _measure(y) and _distance(x, y) < ROUGH_TIME:
        return False
    apart = x.high < y.low or y.high < x.low
    return apart and (quantities.near(x, y) or _same_people(x, y) or _same_but_vague(x, y))


def _same_people(x: Quantity, y: Quantity) -> bool:
    """Whether a toll differs: "six people were hurt" here, "struck four people" there."""
    small, large = sorted((abs(x.value), abs(y.value)))
    return x.counted == y.counted != "" and bool(x.fate or y.fate) and large <= small * TOLLS


def _same_but_vague(x: Quantity, y: Quantity) -> bool:
    """Whether noun and fate make it one number: "dozens arrested" here, "more than 200" there."""
    return (
        Firmness.VAGUE in {x.firmness, y.firmness}
        and x.fate == y.fate != ""
        and x.counted == y.counted != ""
    )


def _like(x: Quantity, y: Quantity) -> bool:
    """Whether two quantities may be of the same thing, by unit, fate and noun."""
    if x.unit != y.unit or (x.fate and y.fate and x.fate != y.fate):
        return False
    if x.unit or (x.counted and x.counted == y.counted):
        return True
    large = min(abs(x.value), abs(y.value)) >= TELLING
    return large and (
        not x.counted or not y.counted or quantities.equal(x, y) or _distance(x, y) < 0.1
    )


def _distance(x: Quantity, y: Quantity) -> float:
    return abs(x.value - y.value) / max(abs(x.value), abs(y.value), 1e-9)
