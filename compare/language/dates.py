"""Days, months and years that a text names, resolved by the day it was published.

A weekday without a date may look back or ahead: both readings are kept, and two dates clash only if
no reading of one meets a reading of the other. Written for English; a kept library (dateparser)
resolves single phrases well, but finds them without reliable offsets and settles on one reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from compare.times import moment

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_PARTS = {
    "morning": "morning",
    "midday": "noon",
    "noon": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "evening",
}
_PATTERNS = (
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"),
    (
        "month_day",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!,\d{{3}})(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    ),
    (
        "day_month",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?!\w)(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    ),
    ("month_year", rf"\b{_MONTH},?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b"),
    (
        "month",
        rf"\b(?:in|since|until|by|last|this|next|early|late|mid|during|through|of|from)[\s-]+{_MONTH}(?![\w’'-])(?!\s+\d)",
    ),
    (
        "weekday",
        (
            r"\b(?:(?P<shift>last|next|this|this past|this coming|the following|the previous)\s+)?"
            r"(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day(?:[’']s)?\b(?:\s+(?P<part>morning|afternoon|evening|night|noon|midday)\b)?"
        ),
    ),
    (
        "near",
        r"\b(?P<near>today|tonight|yesterday|tomorrow|this morning|this afternoon|this evening|last night)\b",
    ),
    (
        "span",
        r"\b(?P<shift>last|this|next|earlier this|later this)\s+(?P<unit>week|weekend|month|year)\b",
    ),
    (
        "year",
        r"\b(?:in|since|until|by|during|from|of|early|late)\s+(?P<year>(?:19|20)\d\d)\b(?!\s+\w+s\b)",
    ),
)
_DATE = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS]
# How far behind or ahead of publication a bare weekday lies.
WEEK = 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `text[start:end]`: the days it may mean, each reading from first to last day.

    `readings` is empty where nothing resolves it (a weekday in an article without a date); then
    `weekday` (0 Monday) or `month` and `day` still compare. `part` is a part of the day or "".
    """

    start: int
    end: int
    text: str
    readings: tuple[tuple[date, date], ...] = ()
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""


def dates(text: str, published: str | None = None) -> list[Dated]:
    """The dates that a text names, in order; `published` is ISO 8601 as the article says it."""
    return list(_dates(text, published))


# A statement is compared with every other one of its details: it is read once.
@lru_cache(maxsize=8192)
def _dates(text: str, published: str | None) -> tuple[Dated, ...]:
    when = moment(published)
    today = when.start.date() if when is not None and (when.end - when.start).days <= 1 else None
    taken: list[Dated] = []
    for kind, pattern in _DATE:
        for found in pattern.finditer(text):
            if any(found.start() < d.end and d.start < found.end() for d in taken):
                continue
            dated = _dated(kind, found, today)
            if dated is not None:
                taken.append(dated)
    return tuple(sorted(taken, key=lambda d: d.start))


def _dated(kind: str, found: re.Match[str], today: date | None) -> Dated | None:
    parts = found.groupdict()
    start, end, text = found.start(), found.end(), found.group()
    if kind == "weekday":
        return _weekday(found, today)
    if kind in {"near", "span"}:
        readings = _near(parts, today) if today else ()
        return Dated(start, end, text, readings, part=_part_of(parts.get("near") or ""))
    if kind == "year":
        year = int(parts["year"])
        return Dated(start, end, text, ((date(year, 1, 1), date(year, 12, 31)),))
    month = int(parts["m"]) if kind == "iso" else _month_number(parts["month"])
    if kind in {"month", "month_year"}:
        return _whole_month(found, month, today)
    return _calendar_day(found, month, int(parts["day"]), today)


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _calendar_day(found: re.Match[str], month: int, day: int, today: date | None) -> Dated | None:
    year = found.groupdict().get("year")
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1] if today else []
    days = [
        date(y, month, day)
        for y in years
        if 1 <= month <= 12 and 1 <= day <= monthrange(y, month)[1]
    ]
    if not 1 <= day <= 31 or not 1 <= month <= 12 or (years and not days):
        return None
    if not year and today:
        # Without a year news means the nearest such day.
        days = [min(days, key=lambda d: abs((d - today).days))]
    readings = tuple((d, d) for d in days)
    weekday = days[0].weekday() if len(days) == 1 else None
    return Dated(found.start(), found.end(), found.group(), readings, weekday, month, day)


def _whole_month(found: re.Match[str], month: int, today: date | None) -> Dated | None:
    name = found["month"]
    if name in {"may", "march", "mar"}:
        return None
    year = found.groupdict().get("year")
    years = [int(year)] if year else [today.year - 1, today.year] if today else []
    readings = tuple((date(y, month, 1), date(y, month, monthrange(y, month)[1])) for y in years)
    return Dated(found.start(), found.end(), found.group(), readings, month=month)


def _weekday(found: re.Match[str], today: date | None) -> Dated:
    weekday = [name[:3] for name in _WEEKDAYS].index(found["weekday"][:3].lower())
    readings: tuple[tuple[date, date], ...] = ()
    if today is not None:
        back = today - timedelta((today.weekday() - weekday) % WEEK)
        days = _shifted(found["shift"], back, today)
        readings = tuple((d, d) for d in days)
    part = _PARTS.get((found["part"] or "").lower(), "")
    return Dated(found.start(), found.end(), found.group(), readings, weekday, part=part)


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


def _near(parts: dict[str, str | None], today: date) -> tuple[tuple[date, date], ...]:
    near, unit = (parts.get("near") or "").lower(), (parts.get("unit") or "").lower()
    if near:
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(near, 0)
        day = today + timedelta(shift)
        return ((day, day),)
    shift = {"last": -1, "next": 1}.get((parts.get("shift") or "").lower(), 0)
    if unit in {"week", "weekend"}:
        monday = today - timedelta(today.weekday()) + timedelta(WEEK * shift)
        if (parts.get("shift") or "").lower() == "earlier this" and monday < today:
            return ((monday - timedelta(1), today - timedelta(1)),)
        # Weeks begin on Sunday or Monday, and "last week" is said on Sunday of the one just over.
        return ((monday - timedelta(1), monday + timedelta(WEEK - 1)),)
    if unit == "year":
        return ((date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)),)
    month = (today.month - 1 + shift) % 12 + 1
    year = today.year + (today.month - 1 + shift) // 12
    return ((date(year, month, 1), date(year, month, monthrange(year, month)[1])),)


def _part_of(near: str) -> str:
    word = near.lower().split()[-1] if near else ""
    return _PARTS.get("night" if word == "tonight" else word, "")


def same_day(a: Dated, b: Dated) -> bool:
    """Whether some reading of one date meets a reading of the other."""
    if a.readings and b.readings:
        return any(x[0] <= y[1] and y[0] <= x[1] for x in a.readings for y in b.readings)
    if a.weekday is not None and b.weekday is not None:
        return a.weekday == b.weekday
    if a.month is not None and b.month is not None:
        return a.month == b.month and (a.day is None or b.day is None or a.day == b.day)
    return True


def clash(a: Dated, b: Dated) -> bool:
    """Whether two dates cannot both be right; a part of the day counts where both give one."""
    if not same_day(a, b):
        return True
    return bool(a.part and b.part and a.part != b.part)
