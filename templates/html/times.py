"""Times as a report writes them: in UTC, and exactly as precise as they are known."""

from __future__ import annotations

from datetime import datetime, timedelta

from compare.times import Moment, moment
from templates.html.strings import Strings

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def spoken(iso: str | None, say: Strings) -> str:
    """Such as "6 May 2031, 07:40 UTC" or "May 2031"; as given if unreadable; "" for None."""
    when = moment(iso)
    if when is None:
        return iso or ""
    length = when.end - when.start
    if length <= _MINUTE:
        clock = f"{when.start:%H:%M}"
        return say("time.minute", day=_day(when.start, say), clock=clock)
    if length <= _DAY:
        return _day(when.start, say)
    month = say.months[when.start.month - 1]
    year = f"{when.start.year:04d}"
    return year if length > 31 * _DAY else say("time.month", month=month, year=year)


def _day(when: datetime, say: Strings) -> str:
    return say("time.day", day=when.day, month=say.months[when.month - 1], year=f"{when.year:04d}")


def later_by(earlier: Moment, later: Moment, say: Strings) -> str:
    """How much later, from start to start: "35 minutes", "3 hours", "2 days"."""
    minutes = int((later.start - earlier.start).total_seconds() // 60)
    if minutes < 60:
        return say("time.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("time.hours", count=round(minutes / 60))
    return say("time.days", count=round(minutes / 1440))
