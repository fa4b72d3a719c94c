"""Days, ranges of days, months and years that a text names, resolved by the day it was published.

A weekday without a date may look back or ahead: both readings are kept, and two dates clash only if
no reading of one meets a reading of the other. Written for English; a kept library (dateparser)
resolves single phrases well, but finds them without reliable offsets and settles on one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from compare.language.date_patterns import WEEKDAYS, found_dates, month_number
from compare.language.day_spans import (
    WEEK,
    Days,
    ago,
    around_today,
    month_days,
    nearest,
    phase_of,
    possible_day,
    year_days,
)
from compare.times import moment


class Grain(StrEnum):
    """How finely a date is given."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    VAGUE = "vague"


_PARTS = {
    "morning": "morning",
    "midday": "noon",
    "noon": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
    "tonight": "evening",
}
_GRAINS = {"week": Grain.WEEK, "weekend": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
# "Saturday, March 23", "Saturday (23 March)", "March 23 (Saturday)", "23 March, a Saturday": one day.
_WITH_ITS_DATE = re.compile(r",?\s(?:the\s)?|,?\s?\(", re.IGNORECASE)
_WITH_ITS_WEEKDAY = re.compile(r"\s?\(|,\s(?:a|which was a|on a)\s", re.IGNORECASE)
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `text[start:end]`: the days it may mean, each reading from first to last day.

    `readings` is empty where nothing resolves it (a weekday in an article without a date); then
    `weekday` (0 Monday) or `month` and `day`, and for a range `until` (month, day), still compare.
    `part` is a part of the day or "". `grain` says how finely it is given: `RANGE` is days from one to
    another, `VAGUE` a time with soft edges ("mid-March", "two weeks ago").
    """

    start: int
    end: int
    text: str
    readings: tuple[Days, ...] = ()
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    grain: Grain = Grain.DAY
    until: tuple[int, int] | None = None


def dates(text: str, published: str | None = None) -> list[Dated]:
    """The dates that a text names, in order; `published` is ISO 8601 as the article says it."""
    return list(_dates(text, published))


# A statement is compared with every other one of its details: it is read once.
@lru_cache(maxsize=8192)
def _dates(text: str, published: str | None) -> tuple[Dated, ...]:
    when = moment(published)
    today = when.start.date() if when is not None and (when.end - when.start).days <= 1 else None
    read = (_dated(kind, found, today) for kind, found in found_dates(text))
    ordered = sorted((d for d in read if d is not None), key=lambda d: d.start)
    return tuple(_weekdays_joined(text, ordered))


def _weekdays_joined(text: str, found: list[Dated]) -> Iterator[Dated]:
    """A weekday and its date next to it are one; the date decides, as the finer of the two."""
    held: Dated | None = None
    for d in found:
        one = _one_day(text, held, d) if held is not None else None
        if one is not None:
            yield one
            held = None
            continue
        if held is not None:
            yield held
        held = d
    if held is not None:
        yield held


def _one_day(text: str, a: Dated, b: Dated) -> Dated | None:
    gap = text[a.end : b.start]
    named_first = a.day is None and a.weekday is not None and b.day is not None
    named_last = a.day is not None and b.day is None and b.weekday is not None
    if a.grain is not Grain.DAY or b.grain is not Grain.DAY:
        return None
    if named_first and _WITH_ITS_DATE.fullmatch(gap):
        return replace(b, start=a.start, text=text[a.start : b.end], part=a.part)
    if named_last and _WITH_ITS_WEEKDAY.fullmatch(gap):
        return replace(a, end=b.end, text=text[a.start : b.end], part=b.part)
    return None


def _dated(kind: str, found: re.Match[str], today: date | None) -> Dated | None:
    plain = Dated(found.start(), found.end(), found.group())
    match kind:
        case "weekday":
            return _weekday(plain, found, today)
        case "weekdays":
            return _weekday_range(plain, found, today)
        case "near" | "span" | "ago":
            return _relative(plain, kind, found, today)
        case "year" | "years":
            return _years(plain, found)
        case "month" | "month_year" | "months":
            return _months(plain, found, today)
        case "days":
            return _day_range(plain, found, today)
        case "slashed":
            return _slashed(plain, found)
        case _:
            return _calendar_day(plain, found, today)


def _near_years(year: str | None, today: date | None) -> list[int]:
    """The years that a date without one may be of; none where nothing says when "today" is."""
    if year:
        return [int(year)]
    return [today.year - 1, today.year, today.year + 1] if today else []


def _calendar_day(plain: Dated, found: re.Match[str], today: date | None) -> Dated | None:
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else month_number(parts["month"])
    day, year = int(parts["day"]), parts.get("year")
    years = _near_years(year, today)
    days = [d for y in years if (d := possible_day(y, month, day)) is not None]
    if possible_day(2000, month, day) is None or (years and not days):
        return None
    if not year and today:
        days = [nearest(days, today)]
    weekday = days[0].weekday() if len(days) == 1 else None
    return replace(
        plain, readings=tuple((d, d) for d in days), weekday=weekday, month=month, day=day
    )


def _slashed(plain: Dated, found: re.Match[str]) -> Dated | None:
    """The days of "3/4/2019", a day in March or in April: both are kept."""
    year = int(found["year"])
    year += 2000 if year < _CENTURY else 0
    x, y = int(found["x"]), int(found["y"])
    days = {d for m, day in ((x, y), (y, x)) if (d := possible_day(year, m, day)) is not None}
    return replace(plain, readings=tuple((d, d) for d in sorted(days))) if days else None


def _day_range(plain: Dated, found: re.Match[str], today: date | None) -> Dated | None:
    first_month = month_number(found["month"] or found["month2"])
    last_month = month_number(found["month2"] or found["month"])
    first_day, last_day = int(found["day"]), int(found["day2"])
    if not possible_day(2000, first_month, first_day) or not possible_day(
        2000, last_month, last_day
    ):
        return None
    over_new_year = last_month < first_month
    year = found["year1"] or (str(int(found["year"]) - over_new_year) if found["year"] else None)
    years = _near_years(year, today)
    firsts = [d for y in years if (d := possible_day(y, first_month, first_day)) is not None]
    if firsts and not year and today:
        firsts = [nearest(firsts, today)]
    ranges = [(d, possible_day(d.year + over_new_year, last_month, last_day)) for d in firsts]
    readings = tuple((d, last) for d, last in ranges if last is not None and d <= last)
    if years and not readings:
        return None
    return replace(
        plain, readings=readings, month=first_month, day=first_day, grain=Grain.RANGE, until=(last_month, last_day)
    )  # fmt: skip


def _months(plain: Dated, found: re.Match[str], today: date | None) -> Dated:
    parts = found.groupdict()
    first = month_number(parts["month"])
    last = month_number(parts.get("month2") or parts["month"])
    if parts.get("year") or not today:
        years = [int(parts["year"])] if parts.get("year") else []
    elif shift := parts.get("of_shift"):
        years = [today.year + (("next" in shift) - ("last" in shift))]
    else:
        years = [today.year - 1, today.year]
    spans = [(month_days(y - (last < first), first)[0], month_days(y, last)[1]) for y in years]
    phase = parts.get("phase")
    readings = tuple(phase_of(days, phase) if phase else days for days in spans)
    grain = Grain.VAGUE if phase else Grain.MONTH
    return replace(plain, readings=readings, month=first if first == last else None, grain=grain)


def _years(plain: Dated, found: re.Match[str]) -> Dated | None:
    parts = found.groupdict()
    if not parts.get("year2"):
        days, phase = year_days(int(parts["year"])), parts.get("phase")
        grain = Grain.VAGUE if phase else Grain.YEAR
        return replace(plain, readings=(phase_of(days, phase) if phase else days,), grain=grain)
    first, last = int(parts["year1"]), int(parts["year2"])
    if last < _CENTURY:
        last += first // _CENTURY * _CENTURY + (_CENTURY if last < first % _CENTURY else 0)
    if not first < last:
        return None
    return replace(plain, readings=(year_days(first, last),), grain=Grain.VAGUE)


def _relative(plain: Dated, kind: str, found: re.Match[str], today: date | None) -> Dated:
    parts = {name: (value or "").lower() for name, value in found.groupdict().items()}
    if kind == "near":
        near = parts["near"]
        steps = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip
        day = today + timedelta(steps.get(near, 0)) if today else None
        part = _PARTS.get(near.split()[-1], "")
        return replace(plain, readings=((day, day),) if day else (), part=part)
    if kind == "ago":
        days = ago(parts["count"], parts["unit"], today) if today else None
        exact = days is not None and days[0] == days[1]
        grain = Grain.DAY if exact else Grain.VAGUE
        return replace(plain, readings=(days,) if days else (), grain=grain)
    grain = Grain.VAGUE if parts["phase"] else _GRAINS[parts["unit"]]
    if today is None:
        return replace(plain, grain=grain)
    days = around_today(parts["phase"], parts["shift"], parts["unit"], today)
    return replace(plain, readings=(days,), grain=grain)


def _weekday_number(name: str) -> int:
    return WEEKDAYS.index(name[:3].lower())


def _weekday(plain: Dated, found: re.Match[str], today: date | None) -> Dated:
    weekday = _weekday_number(found["weekday"])
    readings: tuple[Days, ...] = ()
    if today is not None:
        back = today - timedelta((today.weekday() - weekday) % WEEK)
        readings = tuple((d, d) for d in _shifted(found["shift"], back, today))
    part = _PARTS.get((found["part"] or "").lower(), "")
    return replace(plain, readings=readings, weekday=weekday, part=part)


def _weekday_range(plain: Dated, found: re.Match[str], today: date | None) -> Dated:
    first, last = _weekday_number(found["weekday"]), _weekday_number(found["weekday2"])
    length = timedelta((last - first) % WEEK)
    if today is None:
        return replace(plain, grain=Grain.RANGE)
    back = today - timedelta((today.weekday() - first) % WEEK)
    starts = (back, back + timedelta(WEEK))
    return replace(plain, readings=tuple((d, d + length) for d in starts), grain=Grain.RANGE)


def _shifted(shift: str | None, back: date, today: date) -> list[date]:
    """The days a weekday may mean; `back` is the last such day up to publication."""
    ahead, week = back + timedelta(WEEK), timedelta(WEEK)
    match (shift or "").lower():
        case "last" | "this past":
            return [back, back - week]
        case "next" | "this coming":
            return [ahead, ahead + week]
        case "the following" | "the previous":
            return [back - week, back, ahead]
        case _:
            return [back, ahead] if back != today else [back, back - week, ahead]


def same_day(a: Dated, b: Dated) -> bool:
    """Whether some reading of one date meets a reading of the other."""
    if a.readings and b.readings:
        return any(x[0] <= y[1] and y[0] <= x[1] for x in a.readings for y in b.readings)
    if a.month is not None and b.month is not None:
        if a.day is None or b.day is None:
            return a.month == b.month
        a_last, b_last = a.until or (a.month, a.day), b.until or (b.month, b.day)
        return (a.month, a.day) <= b_last and (b.month, b.day) <= a_last
    if a.weekday is not None and b.weekday is not None:
        return a.weekday == b.weekday
    return True


def clash(a: Dated, b: Dated) -> bool:
    """Whether two dates cannot both be right; a part of the day counts where both give one.

    Two ranges of days that overlap and are not the same contradict each other, too.
    """
    if not same_day(a, b):
        return True
    if a.grain is b.grain is Grain.RANGE and a.readings and b.readings:
        return not set(a.readings) & set(b.readings)
    return bool(a.part and b.part and a.part != b.part)
