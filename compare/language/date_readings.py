"""What a date means that a pattern found: the days of its readings, resolved by the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from compare.language.date_patterns import WEEKDAYS, month_number
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


class Grain(StrEnum):
    """How finely a date is given."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date means: the fields of `Dated`, without its place in a text."""

    readings: tuple[Days, ...] = ()
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    grain: Grain = Grain.DAY
    until: tuple[int, int] | None = None


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
_CENTURY = 100
_HOLIDAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1),
    "new year's eve": (12, 31), "valentine's day": (2, 14),
}  # fmt: skip


def read(kind: str, found: re.Match[str], today: date | None) -> Reading | None:
    """What a match of that kind of pattern means; None where the calendar has no such day."""
    return _READERS[kind](found, today)


def _near_years(year: str | None, today: date | None) -> list[int]:
    """The years that a date without one may be of; none where nothing says when "today" is."""
    if year:
        return [int(year)]
    return [today.year - 1, today.year, today.year + 1] if today else []


def _calendar_day(found: re.Match[str], today: date | None) -> Reading | None:
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else month_number(parts["month"])
    return _on(month, int(parts["day"]), parts.get("year") or parts.get("year1"), today)


def _on(month: int, day: int, year: str | None, today: date | None) -> Reading | None:
    """A day of the calendar: of that year, else the nearest to today."""
    years = _near_years(year, today)
    days = [d for y in years if (d := possible_day(y, month, day)) is not None]
    if possible_day(2000, month, day) is None or (years and not days):
        return None
    if not year and today:
        days = [nearest(days, today)]
    weekday = days[0].weekday() if len(days) == 1 else None
    return Reading(tuple((d, d) for d in days), weekday, month, day)


def _slashed(found: re.Match[str], _today: date | None) -> Reading | None:
    """The days of "3/4/2019", a day in March or in April: both are kept."""
    year = int(found["year"])
    year += 2000 if year < _CENTURY else 0
    x, y = int(found["x"]), int(found["y"])
    days = {d for m, day in ((x, y), (y, x)) if (d := possible_day(year, m, day)) is not None}
    return Reading(readings=tuple((d, d) for d in sorted(days))) if days else None


def _day_range(found: re.Match[str], today: date | None) -> Reading | None:
    parts = found.groupdict()
    first_month = month_number(parts["month"] or parts["month2"])
    last_month = month_number(parts.get("month2") or parts["month"])
    first_day, last_day = int(parts["day"]), int(parts["day2"])
    ends = possible_day(2000, first_month, first_day), possible_day(2000, last_month, last_day)
    if None in ends:
        return None
    over_new_year = last_month < first_month
    year = parts.get("year1") or (
        str(int(parts["year"]) - over_new_year) if parts["year"] else None
    )
    years = _near_years(year, today)
    firsts = [d for y in years if (d := possible_day(y, first_month, first_day)) is not None]
    if firsts and not year and today:
        firsts = [nearest(firsts, today)]
    ranges = [(d, possible_day(d.year + over_new_year, last_month, last_day)) for d in firsts]
    readings = tuple((d, last) for d, last in ranges if last is not None and d <= last)
    if years and not readings:
        return None
    return Reading(readings=readings, month=first_month, day=first_day, grain=Grain.RANGE, until=(last_month, last_day)
    )  # fmt: skip


def _months(found: re.Match[str], today: date | None) -> Reading:
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
    return Reading(readings=readings, month=first if first == last else None, grain=grain)


def _years(found: re.Match[str], _today: date | None) -> Reading | None:
    parts = found.groupdict()
    if not parts.get("year2"):
        days, phase = year_days(int(parts["year"])), parts.get("phase")
        grain = Grain.VAGUE if phase else Grain.YEAR
        return Reading(readings=(phase_of(days, phase) if phase else days,), grain=grain)
    first, last = int(parts["year1"]), int(parts["year2"])
    if last < _CENTURY:
        last += first // _CENTURY * _CENTURY + (_CENTURY if last < first % _CENTURY else 0)
    if not first < last:
        return None
    return Reading(readings=(year_days(first, last),), grain=Grain.VAGUE)


def _weekday_number(name: str) -> int:
    return WEEKDAYS.index(name[:3].lower())


def _weekday(found: re.Match[str], today: date | None) -> Reading:
    weekday = _weekday_number(found["weekday"])
    readings: tuple[Days, ...] = ()
    if today is not None:
        back = today - timedelta((today.weekday() - weekday) % WEEK)
        readings = tuple((d, d) for d in _shifted(found["shift"], back, today))
    part = _PARTS.get((found["part"] or "").lower(), "")
    return Reading(readings=readings, weekday=weekday, part=part)


def _weekday_range(found: re.Match[str], today: date | None) -> Reading:
    first, last = _weekday_number(found["weekday"]), _weekday_number(found["weekday2"])
    length = timedelta((last - first) % WEEK)
    if today is None:
        return Reading(grain=Grain.RANGE)
    back = today - timedelta((today.weekday() - first) % WEEK)
    starts = (back, back + timedelta(WEEK))
    return Reading(readings=tuple((d, d + length) for d in starts), grain=Grain.RANGE)


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


def _holiday(found: re.Match[str], today: date | None) -> Reading | None:
    name = " ".join(found["holiday"].lower().replace("’", "'").split())
    return _on(*_HOLIDAYS[name], None, today)


def _quarter(found: re.Match[str], today: date | None) -> Reading:
    """The three months of a quarter, of the year or, where none is given, of the two that it may be of."""
    number = "first second third fourth".split().index(
        {"1": "first", "2": "second", "3": "third", "4": "fourth"}.get(found["which"][0], found["which"].lower())
    )  # fmt: skip
    years = [int(found["year"])] if found["year"] else [today.year - 1, today.year] if today else []
    first = 3 * number + 1
    readings = tuple((month_days(y, first)[0], month_days(y, first + 2)[1]) for y in years)
    return Reading(readings=readings, grain=Grain.VAGUE)


def _decade(found: re.Match[str], _today: date | None) -> Reading:
    days = year_days(int(found["decade"]), int(found["decade"]) + 9)
    return Reading(
        readings=(phase_of(days, found["phase"]) if found["phase"] else days,), grain=Grain.VAGUE
    )


def _near(found: re.Match[str], today: date | None) -> Reading:
    near = found["near"].lower()
    steps = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip
    day = today + timedelta(steps.get(near, 0)) if today else None
    part = _PARTS.get(near.split()[-1], "")
    return Reading(readings=((day, day),) if day else (), part=part)


def _ago(found: re.Match[str], today: date | None) -> Reading:
    days = ago(found["count"].lower(), found["unit"].lower(), today) if today else None
    exact = days is not None and days[0] == days[1]
    return Reading(readings=(days,) if days else (), grain=Grain.DAY if exact else Grain.VAGUE)


def _span(found: re.Match[str], today: date | None) -> Reading:
    parts = {name: (value or "").lower() for name, value in found.groupdict().items()}
    grain = Grain.VAGUE if parts["phase"] else _GRAINS[parts["unit"]]
    if today is None:
        return Reading(grain=grain)
    return Reading(
        readings=(around_today(parts["phase"], parts["shift"], parts["unit"], today),), grain=grain
    )


_READERS: dict[str, Callable[[re.Match[str], date | None], Reading | None]] = {
    "weekday": _weekday,
    "weekdays": _weekday_range,
    "near": _near,
    "span": _span,
    "ago": _ago,
    "year": _years,
    "years": _years,
    "decade": _decade,
    "quarter": _quarter,
    "month": _months,
    "month_year": _months,
    "months": _months,
    "days": _day_range,
    "listed": _day_range,
    "slashed": _slashed,
    "holiday": _holiday,
    "iso": _calendar_day,
    "dotted": _calendar_day,
    "month_day": _calendar_day,
    "day_month": _calendar_day,
}
