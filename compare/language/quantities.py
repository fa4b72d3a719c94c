"""Quantities as news states them: bounds, unit, what is counted, how firmly.

A number is read as the interval that its words allow: "at least 100" starts at 100, "nearly 100"
ends below it, "about 100" lies around it, and an unhedged round number allows for rounding, so that
"6 million" and "6.02 million" do not clash. Ordinals, years, dates, clock times, ages and numbers
that are names ("Boeing 737") are no quantities.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from compare.language.ages import ages
from compare.language.bounds import ROUNDING, Bound, Firmness, bound_at, interval
from compare.language.clock import clock_times
from compare.language.counting import counted_after
from compare.language.date_patterns import calendar_spans
from compare.language.measures import Measure, measure_after, money_before
from compare.language.naming_numbers import counts_nothing
from compare.language.numerals import Numeral, numerals
from compare.memory import remembered


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `text[start:end]`, hedging words and unit included.

    `value` is the number written, in the base of its unit (days, metres, kilograms, else as
    written); the truth lies in `low`..`high` as far as the words say. `unit` is "" for a count.
    `counted` is the head noun counted, singular ("troop"), "" where none is found; `fate` is what
    befell those counted ("killed", "hurt", "held", "missing"), "" where nothing is said.
    `modifiers` stand between number and noun ("russian"), "more" for those who come to others.
    `measure` is the word that the unit was given in ("mile"), and `step` the worth of the last digit that
    says something, in the base of the unit: 1e6 for "6 million".
    """

    start: int
    end: int
    text: str
    value: float
    low: float
    high: float
    firmness: Firmness
    unit: str = ""
    counted: str = ""
    fate: str = ""
    modifiers: tuple[str, ...] = ()
    measure: str = ""
    step: float = 0.0


# Further apart than this two values are of different things, more often than in conflict; and so
# close two numbers are the same one, rounded. Read off the labelled conflicts.
NEAR = 1.35
SAME_NUMBER = 0.0051
# A year is 12 months and a mile 1.6 kilometres, to a reader.
CONVERSION = 0.03
# "Five or six", "10 or 12": a guess between two, and no choice of two things.
GUESS = 1.5

_PLUS = re.compile(r"-plus(?=\s)|\+(?=\s|-)")  # "90-plus percent": the bound stands before the unit
_AND_HALF = re.compile(r"\s{1,4}and\s{1,4}a\s{1,4}half\b", re.IGNORECASE)
_INCHES = re.compile(r"[\s-]?(?P<inches>\d{1,2})(?:[\s-]?(?:in|ins|inch|inches)\b|[\"”])?(?!\w)")
_MONEY = r"(?:US|A|C|HK|S)?[$£€₹]?|Rs\.?\s?|R"
_JOIN = re.compile(rf"(?:\s?[-–—]\s?|-(?:to|or)-|\s(?:to|and|or)\s(?:as\s(?:many|much|high)\sas\s|about\s|around\s|up\sto\s|nearly\s|almost\s)?)(?:{_MONEY})$", re.IGNORECASE)  # fmt: skip
_BETWEEN = re.compile(rf"\bbetween\s(?:about\s|around\s|roughly\s|nearly\s|some\s)?(?:{_MONEY})$", re.IGNORECASE)  # fmt: skip
_RANGE_LED = re.compile(r"\b(?:between\s)?(?:(?:about|around|roughly|nearly|some|approximately|an\sestimated)\s)?$", re.IGNORECASE)  # fmt: skip
_FROM = re.compile(rf"\bfrom\s(?:about\s|around\s|nearly\s)?(?:{_MONEY})$", re.IGNORECASE)
# "Rose from 12 to 15": two values of two times, not a range.
_CHANGED = re.compile(r"\b(?:r[io]se[sn]?|rising|f[ae]ll\w*|cut|cutting|rais\w+|increas\w+|decreas\w+|drop\w*|gr[eo]w\w*|lower\w*|climb\w*|jump\w*|reduc\w+|went|going|up|down|revis\w+|doubl\w+|shr[aiu]nk\w*|slipp\w+|declin\w+|edg\w+|chang\w+|mov\w+|upgraded|downgraded|swell\w*|surg\w+|plung\w+)\b", re.IGNORECASE)  # fmt: skip
CHANGE_REACH = 60
# "From 2 to 6 million" began at two million, "from 900 to 1.2 million" at 900: nothing changes fiftyfold.
MOST_CHANGED = 50


@remembered(4096)
def _quantities(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    numbers = list(numerals(text))
    if not numbers:
        return ()
    taken = bytearray(len(text))
    for start, end in _of_calendar_clock_and_age(text):
        taken[start:end] = b"\1" * (end - start)
    numbers = [n for n in numbers if 1 not in taken[n.start : n.end]]
    skip = -1
    for position, number in enumerate(numbers):
        if position <= skip:
            continue
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        joined = _joined(text, number, following) if following else None
        if joined is not None:
            found += joined
            skip = position + 1
        elif not counts_nothing(text, number):
            found.append(_quantity(text, number))
    return tuple(found)


def _of_calendar_clock_and_age(text: str) -> list[tuple[int, int]]:
    """Where numbers are days, times of day and ages, each a value of its own kind."""
    return [
        *calendar_spans(text),
        *((t.start, t.end) for t in clock_times(text)),
        *((a.start, a.end) for a in ages(text)),
    ]


def quantities(text: str) -> list[Quantity]:
    """The quantities that a text states, in order; never raises.

    @example `quantities("between 100 and 6 million people")[0]` lies between 100 and 6 million: the
    scale of the second number is the first's, too, only where the first stays below the second.
    """
    return list(_quantities(text))


def _joined(text: str, first: Numeral, second: Numeral) -> list[Quantity] | None:
    """Two numbers that are one range ("46 to 57 months") or one tally ("348-77"), if they are."""
    gap = text[first.end : second.start]
    if not _JOIN.match(gap) or counts_nothing(text, second):
        return None
    before = text[max(0, first.start - CHANGE_REACH) : first.start]
    between = bool(_BETWEEN.search(before))
    guess = bool(re.match(r"[\s-]or[\s-]", gap)) and first.high < second.low <= first.high * max(GUESS, 2.0 / max(first.low, 1))  # fmt: skip
    if re.match(r"\s(?:and|or)\s", gap) and not between and not guess:
        return None
    if not (guess and first.low == 1) and counts_nothing(text, first):
        return None
    if not between and _FROM.search(before) and _CHANGED.search(before):
        return _change(text, first, second)
    if first.low >= second.low:
        if first.low == second.low or not (first.digits and second.digits) or between:
            return None
        dash = "–" in gap or "-" in gap
        return _tally(text, first, second) if dash or _vote_context(text, first, second) else None
    return [_range(text, first, second)]


def _vote_context(text: str, first: Numeral, second: Numeral) -> bool:
    around = text[max(0, first.start - 40) : second.end + 30].lower()
    return bool(re.search(r"\bvot(?:e|ed|ing)\b|\bpassed\b|\bbeat\b|\bdefeated\b|\bwon\b", around))


def _tally(text: str, first: Numeral, second: Numeral) -> list[Quantity]:
    return [
        Quantity(n.start, n.end, text[n.start : n.end], n.low, n.low, n.low, Firmness.EXACT, unit, step=1.0)
        for n, unit in ((first, "tally for"), (second, "tally against"))
    ]  # fmt: skip


def _range(text: str, first: Numeral, second: Numeral) -> Quantity:
    last = _quantity(text, second)
    factor = last.value / second.high if second.high else 1.0
    low = first.low
    if second.scaled and not first.scaled:
        scaled = low * second.scale
        low = scaled if scaled < second.low else low
    unit, start = money_before(text, first.start)
    led = _RANGE_LED.search(text, max(0, start - CHANGE_REACH), start)
    start = led.start() if led else start
    return Quantity(
        start,
        last.end,
        text[start : last.end],
        last.value,
        min(low * factor, last.value),
        last.value,
        Firmness.RANGE,
        last.unit or unit,
        last.counted,
        last.fate,
        last.modifiers,
        last.measure,
        last.step,
    )


def _change(text: str, first: Numeral, second: Numeral) -> list[Quantity]:
    """The values before and after: the measure or scale of the second is the first's, too, if it has none."""
    old, new = _quantity(text, first), _quantity(text, second)
    if old.unit or not new.unit:
        return [old, new]
    factor = new.value / second.high if second.high else 1.0
    if not first.scaled and first.low * second.scale < second.high * MOST_CHANGED:
        factor *= second.scale
    step, room = first.step * factor, _room(first, new.unit, factor)
    value = first.high * factor
    low, high = interval(old.firmness, value, value, room, step)
    return [
        replace(
            old, value=value, low=low, high=high, unit=new.unit, measure=new.measure, step=step
        ),
        new,
    ]


# "Nearly half" is said of 46 percent, too: a share in words is as rough as so many points. By eye.
SHARE_STEP = 10.0


def _quantity(text: str, number: Numeral) -> Quantity:
    end, value, low, high = number.end, number.high, number.low, number.high
    unit, start = money_before(text, number.start)
    plus = _PLUS.match(text, end)
    measure = _measure(text, plus.end() if plus else end, number) if not unit else None
    factor, more = 1.0, 0.0
    if measure is not None:
        unit, factor, end = measure.unit, measure.factor, measure.end
        more, end = _added(text, end, measure)
        value, low, high = value + more, low + more, high + more
    elif number.share:
        unit = "%"
    value, low, high = value * factor, low * factor, high * factor
    step = (min(number.step, 0.5) if measure and more else number.step) * factor
    vague = number.low < number.high
    bound = bound_at(text, start, end, vague=vague, lasting=unit == "days")
    if plus and bound.firmness is Firmness.EXACT:
        bound = Bound(Firmness.AT_LEAST, bound.start, max(bound.end, plus.end()))
    room = min(_room(number, unit, factor), step / 2)
    low, high = interval(bound.firmness, low, high, room, SHARE_STEP if number.share else step)
    counted = counted_after(text, bound.start, bound.end, measured=bool(unit) and not number.share)
    return Quantity(
        bound.start, bound.end, text[bound.start : bound.end], value, low, high, bound.firmness, unit,
        counted.noun, counted.fate, counted.modifiers, measure.name if measure else "", step,
    )  # fmt: skip


def _measure(text: str, end: int, number: Numeral) -> Measure | None:
    return None if number.share else measure_after(text, end, number.high)


def _added(text: str, end: int, measure: Measure) -> tuple[float, int]:
    """What stands behind a measure and belongs to it: "two years and a half", "6ft 2in"."""
    if half := _AND_HALF.match(text, end):
        return 0.5, half.end()
    if measure.name in {"foot", "feet", "ft"} and (inches := _INCHES.match(text, end)):
        return int(inches["inches"]) / 12, inches.end()
    return 0.0, end


def _room(number: Numeral, unit: str, factor: float) -> float:
    """How far the truth may lie from an unhedged number: half its last step, or little if it counts."""
    if (
        number.scaled
        or number.share
        or number.step < 1
        or (unit and number.step == 1 and not unit.startswith("tally"))
    ):
        return number.step * factor * 0.4999
    return min(number.step / 2, abs(number.high) * ROUNDING) * factor if number.step > 1 else 0.0


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities could be of the same thing: unit, noun and fate do not rule it out."""
    if a.unit != b.unit or (a.fate and b.fate and a.fate != b.fate):
        return False
    if a.unit:
        return True
    return not a.counted or not b.counted or a.counted == b.counted


def clash(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are of the same kind of thing and cannot both be right."""
    return comparable(a, b) and apart(a, b)


def apart(a: Quantity, b: Quantity) -> bool:
    """Whether the intervals of two quantities exclude each other.

    Of two plain numbers one has to round to the other: 2.54 may be 3, but 2.5 and 3 are two values. What
    was told in two measures (miles here, kilometres there) is allowed a few hundredths.
    """
    (a_low, a_high), (b_low, b_high) = _open(a), _open(b)
    wide = CONVERSION if a.measure != b.measure and a.unit == b.unit != "%" else 0.0
    around = wide * max(abs(a.value), abs(b.value))
    if a_high + around < b_low or b_high + around < a_low:
        return True
    if not a.firmness is b.firmness is Firmness.EXACT:
        return False
    a_in_b = b.low - around <= a.value <= b.high + around
    return not (a_in_b or a.low - around <= b.value <= a.high + around)


def _open(x: Quantity) -> tuple[float, float]:
    """What the words allow: "at least 22" has no end above, "up to 70" none below."""
    low = -math.inf if x.firmness in {Firmness.AT_MOST, Firmness.LESS_THAN} else x.low
    return low, math.inf if x.firmness in _BOUNDED else x.high


def near(a: Quantity, b: Quantity) -> bool:
    """Whether two values are so close in size that they may well be of the same thing."""
    small, large = sorted((abs(a.value), abs(b.value)))
    return large <= small * NEAR


def equal(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities give the same number, whatever words bound it."""
    return abs(a.value - b.value) <= SAME_NUMBER * max(abs(a.value), abs(b.value))


_BOUNDED = frozenset({Firmness.AT_LEAST, Firmness.MORE_THAN})


def bounded_differently(a: Quantity, b: Quantity) -> bool:
    """Whether the same number is a limit here and the number itself, or another limit, there."""
    one, other = a.firmness in _BOUNDED, b.firmness in _BOUNDED
    loose = {Firmness.VAGUE, Firmness.LESS_THAN, Firmness.ABOUT} & {a.firmness, b.firmness}
    if loose == {Firmness.ABOUT} and a.counted == b.counted != "":
        loose = set()  # "more than 800,000 workers" and "an estimated 800,000 workers"
    return a.firmness is not b.firmness and (one or other) and not loose


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are of the same kind of thing and can both be right."""
    return comparable(a, b) and not clash(a, b)
