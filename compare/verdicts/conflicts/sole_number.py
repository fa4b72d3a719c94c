"""Numbers that are of one thing by what they are, though less than a slot agrees around them.

Each is the only one of its unit and noun in its statement: 35 tonnes of material here, 38 there.
"""

from __future__ import annotations

import re
from math import inf

from compare.datamodel import Span
from compare.language.bounds import Firmness
from compare.language.dates import dates
from compare.language.quantities import Quantity, quantities
from compare.text import words
from compare.verdicts.conflicts.contexts import head_of, names_near, tells
from compare.verdicts.conflicts.other_counts import inhabited
from compare.verdicts.conflicts.slots import Slots
from compare.verdicts.conflicts.statement import Statement

MATCH, SURE_MATCH = 0.35, 0.85
# A number of the very same noun phrase needs less of a match, a number of one measure of one noun ("tonnes of
# material") less around it, where each statement has no other such number.
PHRASE_MATCH, PHRASE_NEAR, MEASURED_NEAR = 0.1, 0.4, 0.25
# Statements of the same words in another order hold one slot.
WHOLE_MATCH, SAME_WHOLE = 0.6, 0.7
# Numbers of one noun so close, in statements that surely match or in nearly one slot, are one number and a slip.
CLOSE, CLOSE_NEAR = 1.03, 0.3
# Numbers that are told in the same words, or whose digits are the same and changed round, need less around them.
TOLD_MATCH, SLIP_NEAR, SLIP_NEAR_OF_TWO, TENFOLD = 0.6, 0.1, 0.35, 10
# Of these another number says nothing.
_OPEN = frozenset({Firmness.VAGUE, Firmness.RANGE})
# The ends of two ranges of one thing are not further apart than this factor.
CLOSE_ENDS = 1.5


def of_one_thing(
    a: Statement,
    x: Quantity,
    b: Statement,
    y: Quantity,
    slots: Slots,
    *,
    match: float,
    given: int,
) -> bool:
    """Whether two numbers that differ are surely of one thing.

    `given` is how many of them the other article has, too: then they may be of two things.
    """
    if match >= PHRASE_MATCH and _one_phrase(x, y) and slots.near >= PHRASE_NEAR and not given:
        return True
    if match >= MATCH and inhabited(a, x) & inhabited(b, y):
        return True
    if match < MATCH:
        return False
    if match >= WHOLE_MATCH and not given and _one_vote(a, x, b, y):
        return True
    may_be = match >= TOLD_MATCH and not given and not slots.names_apart
    if may_be and (_told_alike(a, x, b, y) or slots.near >= _near_of_slip(x, y, match)):
        return True
    if not _alone(a, x) or not _alone(b, y):
        return False
    if slots.names_apart and match < SURE_MATCH:
        return False
    if x.unit and x.counted == y.counted != "" and slots.near >= MEASURED_NEAR:
        return True
    if given:
        return False
    if match >= WHOLE_MATCH and slots.whole >= SAME_WHOLE:
        return True
    sure = match >= SURE_MATCH and x.counted == y.counted
    if _close(x, y) and (sure or (x.unit and slots.near >= CLOSE_NEAR)):
        return True
    named = names_near(a.text, Span(x.start, x.end)) & names_near(b.text, Span(y.start, y.end))
    return bool(named) and _two_ranges(x, y)


def _one_vote(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether two numbers are of one side of the only vote that each statement tells."""
    told = x.unit == y.unit and is_of_vote(x) and _alone(a, x) and _alone(b, y)
    return told and all(_VOTED.search(s.text) for s in (a, b))


def is_of_vote(x: Quantity) -> bool:
    """Whether a number is one side of a vote, or of another score."""
    return x.unit.startswith("tally")


def may_be_one_vote(a: Statement, b: Statement) -> bool:
    """Whether as many voted, by and large, or one side is the same: a committee's vote is not the council's."""
    mine, theirs = ({(z.unit, z.value) for z in counting(s) if is_of_vote(z)} for s in (a, b))
    few, many = sorted(sum(value for _, value in some) for some in (mine, theirs))
    return bool(mine & theirs) or few >= SAME_BODY * many


# So many of those who voted here voted there, where it is one body.
SAME_BODY = 0.9
_VOTED = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|approv\w+|adopt\w+|pass(?:ed|es|ing)|reject\w+|rul(?:ed|es|ing)|confirm(?:ed|s)|acquit\w*|convict\w*)\b",
    re.IGNORECASE,
)


def _told_alike(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether the same word stands before two numbers and the same one behind: "was hit four times"."""
    if not {x.firmness, y.firmness}.isdisjoint(_OPEN):
        return False
    return bool(_beside(a, x) and _beside(a, x) == _beside(b, y))


def _beside(s: Statement, x: Quantity) -> tuple[str, str] | None:
    """The content word right before a number, and the noun or unit that it is of; None where there is none."""
    before = [w for w in words(s.text) if w.end <= x.start][-1:]
    of = x.unit or x.counted or next((w.key for w in words(s.text) if w.start >= x.end), "")
    if not before or not of or not tells(before[0]) or _parted(s.text[before[0].end : x.start]):
        return None
    return head_of(before[0].key), of


def _parted(gap: str) -> bool:
    return any(mark in gap for mark in ",;:—()")


def is_slip(x: Quantity, y: Quantity) -> bool:
    """Whether one number is the other with its digits changed round, or ten times it: 418 and 481, 7,500 and 75,000."""
    if x.value == y.value or not {x.firmness, y.firmness}.isdisjoint(_OPEN):
        return False
    mine, theirs = (_digits(z) for z in (x, y))
    small, large = sorted((abs(x.value), abs(y.value)))
    if mine == theirs:
        return large == TENFOLD * small
    return sorted(mine) == sorted(theirs) and large < TENFOLD * small


def _near_of_slip(x: Quantity, y: Quantity, match: float) -> float:
    """How near two slots must be for a slip: two digits are often the same by chance. Infinite where it is none."""
    if not is_slip(x, y):
        return inf
    mine = _digits(x)
    if len(mine) > 2 or (x.unit and len(mine) > 1 and match >= SURE_MATCH):
        return SLIP_NEAR
    one = x.unit or (x.counted == y.counted and x.counted)
    return SLIP_NEAR_OF_TWO if one and len(mine) > 1 else inf


def _digits(x: Quantity) -> str:
    """The digits that a number is written with, without zeros at its ends; of one in words those of its value."""
    written = "".join(filter(str.isdigit, x.text)) or f"{abs(x.value):.10g}".replace(".", "")
    return written.strip("0")


def _one_phrase(x: Quantity, y: Quantity) -> bool:
    """Whether two numbers count the same noun with the same words before it: "transgender troops"."""
    mine, theirs = set(x.modifiers) - {"more"}, set(y.modifiers) - {"more"}
    return not x.unit and x.counted == y.counted != "" and bool(mine) and mine == theirs


def _alone(s: Statement, x: Quantity) -> bool:
    """Whether a statement gives no other number of that unit and noun."""
    alike = [z for z in counting(s) if z.unit == x.unit and (x.unit or z.counted == x.counted)]
    return len(alike) == 1


def _close(x: Quantity, y: Quantity) -> bool:
    small, large = sorted((abs(x.value), abs(y.value)))
    return large <= small * CLOSE


def _two_ranges(x: Quantity, y: Quantity) -> bool:
    """Whether two ranges of one measure have ends close to each other, as two readings of one record do."""
    both = x.firmness is y.firmness is Firmness.RANGE and x.unit == y.unit != ""
    ends = ((x.low, y.low), (x.high, y.high))
    return both and all(max(end) <= min(end) * CLOSE_ENDS for end in ends)


def counting(s: Statement) -> list[Quantity]:
    """The quantities of a statement that are no part of a date."""
    days = dates(s.text, s.published)
    return [
        x for x in quantities(s.text) if not any(x.start < d.end and d.start < x.end for d in days)
    ]
