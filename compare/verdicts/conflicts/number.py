"""Numbers that stand in the same slot and differ.

What is compared has one unit, and nothing that it counts rules it out: noun, what befell them, and
modifiers such as "international" or "expected". A number that the other statement gives too is
not compared, nor is one in a statement that lists many. Tolls of one happening need less to agree
around them than other numbers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.language import quantities
from compare.language.bounds import ROUNDING, Firmness
from compare.language.counting import singular
from compare.language.quantities import Quantity
from compare.language.relations import Relation, relate_quantities
from compare.times import moment
from compare.verdicts.conflicts.clauses import clause_of
from compare.verdicts.conflicts.occasions import of_other_occasions
from compare.verdicts.conflicts.other_counts import count_other_things
from compare.verdicts.conflicts.slots import Slots, compared
from compare.verdicts.conflicts.sole_number import (
    SURE_MATCH,
    counting,
    is_of_vote,
    is_slip,
    may_be_one_vote,
    of_one_thing,
)
from compare.verdicts.conflicts.statement import Difference, Statement

# A statement with more numbers than this is a list: each is of something else.
MOST_NUMBERS = 8
# Two numbers further apart than this factor are hardly ever of one thing; exact tolls are not further
# apart than this.
FARTHEST, FARTHEST_TOLLS = 5.0, 3.0
# Shares further apart than so many points are of different things.
POINTS = 12
# Less than this many is no toll that outlets disagree about ("one person wounded", of a scene).
LEAST_TOLL = 2
# What must agree, by eye on the labelled events, both sets: how near the slots are, how alike the
# statements, and how probably they match; less where the slots are as good as one.
TOLL_NEAR, TOLL_NEAR_OF_OTHERS, TOLL_MATCH = 0.4, 0.5, 0.12
NEAR, WHOLE, MATCH = 0.6, 0.25, 0.35
SAME_SLOT = 0.8
# One number of one thing, bounded otherwise, needs little else.
EQUAL_NEAR = 0.3
# Numbers of one thing that stand out by what is said before the noun: one side has a word of such
# a set and the other has none.
_APART = tuple(
    frozenset(words.split())
    for words in (
        "international foreign overseas worldwide global globally domestic national nationwide",
        "expected forecast forecasts forecasted predicted projected planned anticipated expects consensus",
        "additional further extra another remaining other",
        "monthly annual annually yearly weekly daily",
        "average median",
        "preliminary",
        "earlier previous prior",
        "combined total",
        "effective",
        "eligible registered",
        "charged indicted",
        "convicted guilty pleaded pleading admitted",
        "acquitted cleared",
        "aftershock aftershocks",
        "hired hiring hires added adding",
        "destroyed destroying razed gutted levelled leveled flattened",
        "damaged damaging",
        "alive rescued survived survivors",
        "remain remains remained remaining still",
        "wants asked proposed requested seeking sought recommended demanded",
        "sales revenue revenues turnover",
        "profit profits earnings income",
    )
)
# Nouns of a toll that say of whom it is as little as none.
_ANYBODY = frozenset({"other", "more", "victim", "casualty"})
_WORD = re.compile(r"[a-z]+")
# How many characters around a number its modifiers stand in.
AROUND_BEFORE, AROUND_BEHIND = 24, 36
_OPEN_ABOVE = frozenset({Firmness.AT_LEAST, Firmness.MORE_THAN})
_OPEN_BELOW = frozenset({Firmness.AT_MOST, Firmness.LESS_THAN})
_PART_OF = re.compile(
    r"\s{1,4}of\s{1,4}(?:the|those|these|them|its|his|her|their)\b(?!\s[\d,.]{1,12}\s)"
)


def numbers(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The numbers of one slot that differ, the nearest first; each number once.

    `match` is how probably the two statements are of one detail.
    """
    taken: set[tuple[str, int]] = set()
    for pair in sorted(_pairs(a, b), key=_rank):
        ends = {("a", pair.x.start), ("b", pair.y.start)}
        weight = weight_of(pair.x, pair.y)
        if weight is None or ends & taken or not _one_slot(a, b, pair, match):
            continue
        taken |= ends
        if _later_count(a, pair.x, b, pair.y):
            weight = Weight.SOFT
        yield Difference(ConflictKind.NUMBER, _span(pair.x), _span(pair.y), weight)


# A toll that rose from one article to another, published so long after it, was counted later. Of two days
# without their hours annotators took such tolls for conflicts.
LATER, HOUR = timedelta(hours=3), timedelta(hours=1)


def _later_count(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether of two tolls the higher one was published a good while after the other."""
    if not x.fate or x.fate != y.fate:
        return False
    low, high = (a, b) if x.value < y.value else (b, a)
    first, then = moment(low.published), moment(high.published)
    if first is None or then is None or max(m.end - m.start for m in (first, then)) > HOUR:
        return False
    return then.start - first.start >= LATER


@dataclass(frozen=True, slots=True)
class _Pair:
    x: Quantity
    y: Quantity
    slots: Slots


def _rank(pair: _Pair) -> tuple[float, int, int]:
    return -pair.slots.near, pair.x.start, pair.y.start


def _pairs(a: Statement, b: Statement) -> Iterator[_Pair]:
    left, right = counting(a), counting(b)
    if max(len(left), len(right)) > MOST_NUMBERS:
        return
    for x in _not_given(left, right):
        for y in _not_given(right, left):
            if _may_be_one(a, x, b, y):
                yield _Pair(x, y, compared(a, _span(x), b, _span(y)))


def _span(x: Quantity) -> Span:
    return Span(x.start, x.end)


def _not_given(these: Sequence[Quantity], those: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that the other side does not give in the very same way."""
    return [
        x
        for x in these
        if not any(
            x.unit == y.unit and quantities.equal(x, y) and x.firmness is y.firmness for y in those
        )
    ]


def _may_be_one(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    if x.unit != y.unit or (x.fate and y.fate and x.fate != y.fate):
        return False
    if x.counted and y.counted and x.counted != y.counted and not x.unit and not _anybody(x, y):
        return False
    if is_of_vote(x) and not may_be_one_vote(a, b):
        return False
    if x.unit == "%" and (abs(x.value - y.value) > POINTS or _of_two_candidates(a, x, b, y)):
        return False
    if x.unit == y.unit == "days" and _rough_time(x, y):
        return False
    if not x.unit and any(_PART_OF.match(s.text, z.end) for s, z in ((a, x), (b, y))):
        return False
    small, large = sorted((abs(x.value), abs(y.value)))
    vague = Firmness.VAGUE in {x.firmness, y.firmness}
    if not vague and large > small * FARTHEST and not is_slip(x, y):
        return False
    if _set_apart(_around(a, x), _around(b, y)) or _of_other_make(a, x, b, y):
        return False
    return not count_other_things(a, x, b, y) and not of_other_occasions(a, x, b, y)


_OF_VOTE = re.compile(r"\s{1,4}of\s{1,4}(?:the\s)?(?:votes?|ballots|electorate)\b")
_SOMEBODY = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def _of_two_candidates(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether of two shares of a vote one is "his" alone: the other may well be his rival's."""
    if not any(_OF_VOTE.match(s.text, z.end) for s, z in ((a, x), (b, y))):
        return False
    return bool(_SOMEBODY.search(a.text[: x.start])) != bool(_SOMEBODY.search(b.text[: y.start]))


def _anybody(x: Quantity, y: Quantity) -> bool:
    """Whether of two tolls one counts nobody in particular."""
    return x.fate == y.fate != "" and bool({x.counted, y.counted} & _ANYBODY)


# "Almost two weeks" and "12 days" are the same time, told in other measures.
ROUGH_TIME = 0.2


def _rough_time(x: Quantity, y: Quantity) -> bool:
    small, large = sorted((abs(x.value), abs(y.value)))
    return _measure(x) != _measure(y) and large - small < ROUGH_TIME * large


def _measure(x: Quantity) -> str:
    found = _WORD.findall(x.text.lower())
    return singular(found[-1]) if found else ""


def _around(s: Statement, x: Quantity) -> frozenset[str]:
    """The words close to a number, within its clause as far as commas tell."""
    before = s.text[max(0, x.start - AROUND_BEFORE) : x.start].rpartition(",")[2]
    behind = s.text[x.end : x.end + AROUND_BEHIND].partition(",")[0]
    return frozenset(_WORD.findall(f"{before} {x.text} {behind}".lower()))


def _set_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(bool(left & some) != bool(right & some) for some in _APART)


# What is said anywhere in its clause of a number that was worked out, or not yet measured.
_MAKES = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"average[ds]?|averaging|median|mean",
        r"forecast(?:s|ed|ers)?|(?:is|are|was|were)\s(?:expected|predicted|projected|forecast)|projections?",
    )
)


def _of_other_make(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether one is an average or a forecast and the other is none."""
    mine, theirs = clause_of(a.text, x), clause_of(b.text, y)
    return any(bool(make.search(mine)) != bool(make.search(theirs)) for make in _MAKES)


def _one_slot(a: Statement, b: Statement, pair: _Pair, match: float) -> bool:
    x, y, slots = pair.x, pair.y, pair.slots
    if x.fate == y.fate != "":
        return _one_toll(x, y, slots, match)
    if x.unit == y.unit == "days" and slots.names_apart:
        return False  # how long two persons have been somewhere
    given = _given_elsewhere(x, b, y) + _given_elsewhere(y, a, x)
    if of_one_thing(a, x, b, y, slots, match=match, given=given):
        return True
    if match < MATCH:
        return False
    if quantities.equal(x, y) and x.counted == y.counted:
        return slots.near >= EQUAL_NEAR
    if slots.near < NEAR or slots.whole < WHOLE:
        return False
    if slots.names_apart and match < SURE_MATCH:
        return False
    return not given or (given < 2 and slots.near >= SAME_SLOT)


def _one_toll(x: Quantity, y: Quantity, slots: Slots, match: float) -> bool:
    needed = TOLL_NEAR_OF_OTHERS if slots.names_apart else TOLL_NEAR
    if match < TOLL_MATCH or slots.near < needed or min(x.value, y.value) < LEAST_TOLL:
        return False
    vague = {x.firmness, y.firmness} & {Firmness.VAGUE}
    small, large = sorted((abs(x.value), abs(y.value)))
    return bool(vague) or large <= small * FARTHEST_TOLLS


def _given_elsewhere(x: Quantity, other: Statement, instead: Quantity) -> bool:
    """Whether the other article has this number too, somewhere: then it is of something else."""
    return any(
        x.unit == z.unit and quantities.equal(x, z) and z.text != instead.text
        for z in quantities.quantities(other.article)
    )


def weight_of(x: Quantity, y: Quantity) -> Weight | None:
    """Hard where the intervals that the words allow are disjoint, or two ranges have other ends.

    Soft where one is a bound of the other, or says as good as nothing ("several"); None where both
    say the same in other words.
    """
    if x.firmness is y.firmness is Firmness.RANGE:
        ends = ((x.low, y.low), (x.high, y.high))
        return Weight.HARD if any(_apart(*end) for end in ends) else None
    if relate_quantities(x, y) is Relation.OTHER and not _anybody(x, y):
        return None
    disjoint = quantities.apart(x, y)
    if quantities.equal(x, y):
        # "Nearly 100" says that it is fewer, "at least 100" that it is not.
        either = {x.firmness, y.firmness}
        if disjoint and Firmness.NEARLY in either and either & _OPEN_ABOVE:
            return Weight.HARD
        return Weight.SOFT if quantities.bounded_differently(x, y) else None
    if disjoint and not _few(x) and not _few(y) and not _cut_off(x, y):
        return Weight.HARD
    bounded = bool({x.firmness, y.firmness} & (_OPEN_ABOVE | _OPEN_BELOW))
    return Weight.SOFT if disjoint or bounded else None


# A number of fewer digits than this is rounded, not cut off.
CUT_OFF_STEP, CUT_OFF_DIGITS = 1000, 10


def _cut_off(x: Quantity, y: Quantity) -> bool:
    """Whether the rougher of two numbers is the other without its last digits: $43 million, $43,885,310."""
    rough, fine = (x, y) if x.step > y.step else (y, x)
    return (
        rough.step > fine.step
        and rough.step >= CUT_OFF_STEP
        and 0 <= fine.value - rough.value < rough.step
        and rough.value >= CUT_OFF_DIGITS * rough.step
    )


# "Several", "a few", "some" say too little for anything to exclude them.
FEW = 20


def _few(x: Quantity) -> bool:
    return x.firmness is Firmness.VAGUE and x.low < FEW


def _apart(v: float, w: float) -> bool:
    return abs(v - w) > ROUNDING * max(abs(v), abs(w))
