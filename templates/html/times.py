"""Times as a report writes them: in one zone, named beside them, and exactly as precise as they are known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from compare.memory import remembered
from compare.times import WRITTEN_TIME, Moment, instant_of, moment
from compare.zones import zone_mark
from templates.html.strings import Strings

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def spoken(iso: str | None, say: Strings, zone: tzinfo = UTC) -> str:
    """Such as "6 May 2031, 07:40 UTC" or "May 2031"; as given if unreadable; "" for None.

    A time is put into `zone`; a day without a time stays the day that it is called.
    """
    when = moment(iso)
    return iso or "" if when is None else spoken_moment(when, say, zone)


def spoken_moment(when: Moment, say: Strings, zone: tzinfo = UTC) -> str:
    """The same of what was read already."""
    length = when.end - when.start
    if length < _DAY:
        start = in_zone(when.start, zone)
        if length > _MINUTE:
            return _day(start, say)
        clock = f"{start:%H:%M}"
        return say("time.minute", day=_day(start, say), clock=clock, zone=zone_mark(start))
    if length == _DAY:
        return _day(when.start, say)
    month = say.months[when.start.month - 1]
    year = f"{when.start.year:04d}"
    return year if length > 31 * _DAY else say("time.month", month=month, year=year)


def spoken_within(reason: str, say: Strings, zone: tzinfo) -> str:
    """A cell's reason with the times in it put into a zone."""

    def put(found: re.Match[str]) -> str:
        when = instant_of(found)
        return found[0] if when is None else spoken_moment(when, say, zone)

    # A report has hundreds of thousands of reasons, most of them without a time.
    return reason if zone is UTC or " UTC" not in reason else WRITTEN_TIME.sub(put, reason)


def in_zone(when: datetime, zone: tzinfo) -> datetime:
    """An instant on the clocks of a zone; at the ends of the calendar, where there is no such day, as it was."""
    try:
        return when.astimezone(zone)
    except OverflowError:
        return when


def _day(when: datetime, say: Strings) -> str:
    return say("time.day", day=when.day, month=say.months[when.month - 1], year=f"{when.year:04d}")


# Few times, as `moment` says.
@remembered(4096)
def later_by(earlier: Moment, later: Moment, say: Strings) -> str:
    """How much later, from start to start: "35 minutes", "3 hours", "2 days"."""
    minutes = int((later.start - earlier.start).total_seconds() // 60)
    if minutes < 60:
        return say("time.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("time.hours", count=round(minutes / 60))
    return say("time.days", count=round(minutes / 1440))
