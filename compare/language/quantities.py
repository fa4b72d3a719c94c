"""Quantities as news states them: bounds, unit, what is counted, how firmly.

A number is read as the interval that its words allow: "at least 100" starts at 100, "nearly 100"
ends below it, "about 100" lies around it, and an unhedged round number allows for rounding, so that
"6 million" and "6.02 million" do not clash. Ordinals, years, dates, clock times, ages and numbers
that are names ("Boeing 737") are no quantities. Source of the idea of intervals for hedged numbers:
Krifka, "Approximate interpretation of number words" (2007).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from compare.language.counting import counted_after
from compare.language.measures import MEASURE_AFTER, MONEY_BEFORE, measure_of, money_before
from compare.language.naming_numbers import counts_nothing
from compare.language.numerals import Numeral, numerals


class Firmness(StrEnum):
    """How the words bound a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `text[start:end]`, hedging words and unit included.

    `value` is the number written, in the base of its unit (days, metres, kilograms, else as
    written); the truth lies in `low`..`high` as far as the words say. `unit` is "" for a count.
    `counted` is the head noun counted, singular ("troop"), "" where none is found; `fate` is what
    befell those counted ("killed", "hurt", "held", "missing"), "" where nothing is said.
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


# How far "about", "nearly" and "up to" reach at most, and an open bound: read off how news uses them,
# not fitted. "About 3.6 billion" says more than "about 100": half a written digit's worth, then.
ABOUT_WIDTH = 0.10
OPEN_REACH = 2.0
SCALED_STEP = 10_000
# Further apart than this two values are of different things, more often than in conflict; and so
# close two numbers are the same one, rounded. Read off the labelled conflicts.
NEAR = 1.35
SAME_NUMBER = 0.0051
ROUNDING = 0.025
# A year is 12 months and a mile 1.6 kilometres, to a reader.
CONVERSION = 0.03

_FIRMNESS_WORDS = {
    Firmness.AT_LEAST: r"at least|no (?:fewer|less) than|a minimum of|not less than|upwards? of|as many as \d+ or more",
    Firmness.MORE_THAN: r"(?:slightly |a little |just |well |far |much |significantly )?(?:more than|over|above|in excess of|exceeding|north of|better than|greater than)",
    Firmness.AT_MOST: r"up to|at most|no more than|as many as|as much as|a maximum of|not more than|at the most",
    Firmness.LESS_THAN: r"(?:slightly |a little |just |well |far |much )?(?:fewer than|less than|under|below|short of)",
    Firmness.NEARLY: r"nearly|almost|close to|just shy of|approaching|virtually|as near as",
    Firmness.ABOUT: r"about|around|approximately|roughly|some|an estimated|estimated|or so|circa|perhaps|maybe|in the (?:region|neighbou?rhood) of|more or less",
}
_LEAD = re.compile(
    "|".join(
        rf"(?P<{name.name}>\b(?:{words}))(?:\s+(?:an?|another|an estimated|some|about))?\s+[$€£]?$"
        for name, words in _FIRMNESS_WORDS.items()
    )
    + r"|^$(?P<none>x)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"\s+(?:(?P<MORE>or\s+more|and\s+counting|plus)|(?P<LESS>or\s+(?:fewer|less))|(?P<SO>or\s+so|more\s+or\s+less))\b|(?P<PLUS>\+|-plus\b)(?!\w)",
    re.IGNORECASE,
)
_PLUS = re.compile(r"-plus(?=\s)|\+(?=\s|-)")  # "90-plus percent": the bound stands before the unit
_AND_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_JOIN = re.compile(r"^(?:\s?[-–—]\s?|\s+(?:to|and|or)\s+)[$£€]?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+[$£€]?$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _quantities(text: str) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    numbers = list(numerals(text))
    skip = -1
    for position, number in enumerate(numbers):
        if position <= skip or counts_nothing(text, number):
            continue
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        joined = _joined(text, number, following) if following else None
        if joined is not None:
            found += joined
            skip = position + 1
        else:
            found.append(_quantity(text, number))
    return tuple(found)


def quantities(text: str) -> list[Quantity]:
    """The quantities that a text states, in order; never raises."""
    return list(_quantities(text))


def _joined(text: str, first: Numeral, second: Numeral) -> list[Quantity] | None:
    """Two numbers that are one range ("46 to 57 months") or one tally ("348-77"), if they are."""
    gap = text[first.end : second.start]
    if not _JOIN.match(gap) or counts_nothing(text, second):
        return None
    between = bool(_BETWEEN.search(text[: first.start]))
    if re.search(r"\band\b|\bor\b", gap) and not between:
        return None
    if "–" not in gap and "-" not in gap and not between and first.low >= second.low:
        return _tally(text, first, second) if _vote_context(text, first, second) else None
    if first.low > second.low and first.digits and second.digits:
        return _tally(text, first, second)
    if first.low >= second.low:
        return None
    return [_range(text, first, second)]


def _vote_context(text: str, first: Numeral, second: Numeral) -> bool:
    around = text[max(0, first.start - 40) : second.end + 30].lower()
    return bool(re.search(r"\bvot(?:e|ed|ing)\b|\bpassed\b|\bbeat\b|\bdefeated\b|\bwon\b", around))


def _tally(text: str, first: Numeral, second: Numeral) -> list[Quantity]:
    return [
        Quantity(n.start, n.end, text[n.start : n.end], n.low, n.low, n.low, Firmness.EXACT, unit)
        for n, unit in ((first, "tally for"), (second, "tally against"))
    ]


def _range(text: str, first: Numeral, second: Numeral) -> Quantity:
    last = _quantity(text, second)
    factor = last.value / second.low if second.low else 1.0
    low = first.low * (
        second.low / _mantissa(second)
        if second.scaled and not first.scaled and first.low < 1000
        else 1.0
    )
    start = first.start - (1 if text[: first.start].endswith(("$", "£", "€")) else 0)
    return Quantity(
        start,
        last.end,
        text[start : last.end],
        last.value,
        low * factor,
        last.value,
        Firmness.RANGE,
        last.unit or money_before(text, first.start),
        last.counted,
        last.fate,
    )


def _mantissa(number: Numeral) -> float:
    """6 of "6 million"."""
    value = number.high
    for scale in (1e12, 1e9, 1e6, 1e3, 1e2):
        if value >= scale and number.step >= scale * 1e-3:
            return value / scale
    return value


def _quantity(text: str, number: Numeral) -> Quantity:
    start, end, value, low, high = number.start, number.end, number.high, number.low, number.high
    unit = money_before(text, number.start)
    if unit:
        start = number.start - len(MONEY_BEFORE.search(text[: number.start]).group())  # type: ignore[union-attr]
    factor = 1.0
    plus = _PLUS.match(text, end)
    measure = MEASURE_AFTER.match(text, plus.end() if plus else end)
    if not unit and measure:
        end = measure.end()
        unit, factor = measure_of(measure)
        half = _AND_HALF.match(text, end)
        if half:
            value, low, high, end = value + 0.5, low + 0.5, high + 0.5, half.end()
    value, low, high = value * factor, low * factor, high * factor
    firmness, start, end = _firmness(text, start, end, number)
    if plus and firmness is Firmness.EXACT:
        firmness = Firmness.AT_LEAST
    low, high = _bounds(firmness, low, high, _room(number, factor, unit), number.step * factor)
    counted, fate = counted_after(text, start, end, measured=bool(unit))
    return Quantity(start, end, text[start:end], value, low, high, firmness, unit, counted, fate)


def _firmness(text: str, start: int, end: int, number: Numeral) -> tuple[Firmness, int, int]:
    """The bounding words before or behind a number, and the span grown by them."""
    window = max(0, start - 40)
    lead = _LEAD.search(text[window:start])
    trail = _TRAIL.match(text, end)
    if trail:
        end = trail.end()
        which = (
            Firmness.ABOUT
            if trail["SO"]
            else Firmness.AT_MOST
            if trail["LESS"]
            else Firmness.AT_LEAST
        )
        return which, start, end
    if lead and lead.lastgroup:
        return Firmness[lead.lastgroup], window + lead.start(), end
    return (Firmness.VAGUE if number.low < number.high else Firmness.EXACT), start, end


def _bounds(
    firmness: Firmness, low: float, high: float, room: float, step: float
) -> tuple[float, float]:
    """The interval that the words allow around a number (`low` and `high` differ if it is vague)."""
    beside = max(abs(high) * 1e-6, 1e-9)
    least = 0.0 if step >= SCALED_STEP else abs(high) * ROUNDING
    around = min(abs(high) * ABOUT_WIDTH, max(step / 2, least))
    match firmness:
        case Firmness.AT_LEAST:
            return low, high * OPEN_REACH
        case Firmness.MORE_THAN:
            return high + beside, high * OPEN_REACH
        case Firmness.AT_MOST:
            return high - around, high
        case Firmness.LESS_THAN:
            return high / OPEN_REACH, high - beside
        case Firmness.NEARLY:
            return high - around, high - beside
        case Firmness.ABOUT:
            return low - around, high + around
        case Firmness.VAGUE:
            return low, high
        case _:
            return low - room, high + room


def _room(number: Numeral, factor: float, unit: str) -> float:
    """How far the truth may lie from an unhedged number: half its last step, or little if it counts."""
    if factor != 1:
        return abs(number.high) * factor * CONVERSION
    if number.scaled or number.step < 1 or (unit == "%" and number.step == 1):
        return number.step * 0.4999
    return min(number.step / 2, abs(number.high) * ROUNDING) if number.step > 1 else 0.0


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities could be of the same thing: unit, noun and fate do not rule it out."""
    if a.unit != b.unit or (a.fate and b.fate and a.fate != b.fate):
        return False
    if a.unit:
        return True
    return not a.counted or not b.counted or a.counted == b.counted


def clash(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are of the same kind of thing and cannot both be right."""
    return comparable(a, b) and (a.high < b.low or b.high < a.low)


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
