"""First and last days of what a text names: a month, a part of one, "last week", "two weeks ago"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from compare.language.number_words import small_number

Days = tuple[date, date]
WEEK = 7
# What part of a month or a year is "early", "mid" and "late": wide enough to meet at no edge that matters.
_PHASES = {"early": (0.0, 0.42), "mid": (0.28, 0.72), "late": (0.58, 1.0)}
_PHASE_OF = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
# How far off "two weeks ago" may be, by what it is told in.
_ROUGHLY = {"day": 0, "week": 3, "month": 16, "year": 190, "decade": 1500}
_LENGTH = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5}
_VAGUE_COUNTS = {"a couple of": (1.5, 3.5), "a few": (2.0, 7.0), "several": (2.0, 10.0)}


def month_days(year: int, month: int) -> Days:
    """The first and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(year: int, last: int | None = None) -> Days:
    """The first and last day of a year, or of some years."""
    return date(year, 1, 1), date(last or year, 12, 31)


def phase_of(days: Days, words: str) -> Days:
    """The part of a time that "early" or "the end of" says."""
    plain = words.lower().strip(" -").removeprefix("the ").removesuffix(" of")
    from_part, to_part = _PHASES[_PHASE_OF.get(plain, plain)]
    length = (days[1] - days[0]).days
    return (
        days[0] + timedelta(round(from_part * length)),
        days[0] + timedelta(round(to_part * length)),
    )


def possible_day(year: int, month: int, day: int) -> date | None:
    """That day of the calendar; None where there is none."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def nearest(days: list[date], today: date) -> date:
    """Without a year news means the nearest such day."""
    return min(days, key=lambda d: abs((d - today).days))


def around_today(phase: str, shift: str, unit: str, today: date) -> Days:
    """The days of "last week", "earlier this month", "late last year"."""
    by = {"last": -1, "next": 1}.get(shift, 0)
    if unit in {"week", "weekend"}:
        monday = today - timedelta(today.weekday()) + timedelta(WEEK * by)
        if phase == "earlier" and monday < today:
            return monday - timedelta(1), today - timedelta(1)
        # Weeks begin on Sunday or Monday, and "last week" is said on Sunday of the one just over.
        whole = monday - timedelta(1), monday + timedelta(WEEK - 1)
    elif unit == "year":
        whole = year_days(today.year + by)
    else:
        months = today.year * 12 + today.month - 1 + by
        whole = month_days(months // 12, months % 12 + 1)
    if phase in {"earlier", "later"}:
        inside = whole[0] < today < whole[1]
        if not inside:
            return whole
        return (whole[0], today) if phase == "earlier" else (today, whole[1])
    return phase_of(whole, phase) if phase else whole


def ago(count: str, unit: str, today: date) -> Days | None:
    """The days that "two weeks ago" may mean; None for what lies before the calendar."""
    words = " ".join(count.lower().split())
    number = 1.0 if words in {"a", "an"} else small_number(words)
    low, high = _VAGUE_COUNTS.get(words, (number, number))
    if low is None or high is None:
        return None
    rough = timedelta(_ROUGHLY[unit])
    try:
        first = today - timedelta(round(high * _LENGTH[unit])) - rough
        return first, today - timedelta(round(low * _LENGTH[unit])) + rough
    except OverflowError:
        return None
