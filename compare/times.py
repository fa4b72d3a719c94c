"""Times as intervals: what an ISO 8601 string may mean, and what lies before what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from compare.memory import remembered


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """The instants that a time may mean: `start` to `end`, in UTC, `end` excluded."""

    start: datetime
    end: datetime

    def before(self, other: Moment) -> bool:
        """Whether every instant of this lies before every instant of the other."""
        return self.end <= other.start


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>Z|z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)


# An event has few times, and each is compared with every other.
@remembered(4096)
def moment(iso: str | None) -> Moment | None:
    """The interval that an ISO 8601 string means, as precise as the string is; None if unreadable.

    "2019-03-24" is that whole day. A time without a zone is read as UTC: what it is compared with
    was mostly written down the same way.
    """
    found = _ISO.fullmatch(iso.strip()) if iso else None
    if found is None:
        return None
    part = {k: int(v) for k, v in found.groupdict().items() if v and k != "zone"}
    try:
        start = datetime(
            part["year"], part.get("month", 1), part.get("day", 1),
            part.get("hour", 0), part.get("minute", 0), min(part.get("second", 0), 59), tzinfo=UTC,
        ) - _offset(found["zone"])  # fmt: skip
        return Moment(start, _end_of(start, part))
    except (ValueError, OverflowError):
        return None


def outside_window(
    published: str | None, start: str | None, end: str | None, *, slack: timedelta
) -> str:
    """Why something published then lies outside a window, "" where it may lie in it or nobody knows.

    All three are ISO 8601, an end that is None is open, and `slack` is left on either side.
    """
    when, first, last = moment(published), moment(start), moment(end)
    if when and last and when.start - last.end > slack:
        return f"published {published}, after the window ends on {end}"
    if when and first and first.start - when.end > slack:
        return f"published {published}, before the window begins on {start}"
    return ""


# A time as a reason writes it, to the minute; whoever shows it in another zone finds it by this.
WRITTEN_TIME = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}), (\d\d):(\d\d) UTC")


def written_time(when: datetime) -> str:
    """An instant as reasons write it: "6 May 2031, 07:40 UTC", whatever the locale."""
    return f"{written_day(when)}, {when:%H:%M} UTC"


def written_day(when: datetime) -> str:
    """A day as reasons write it: "6 May 2031"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year:04d}"


def instant_of(written: re.Match[str]) -> Moment | None:
    """The minute that a match of WRITTEN_TIME means; None for a day or an hour that there is not."""
    day, month, year, hour, minute = written.groups()
    return moment(f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}T{hour}:{minute}Z")


def own_day(iso: str | None) -> date | None:
    """The day that a time is on where it was written down, by its own zone: the "today" of who writes then."""
    when = moment(iso)
    return (when.start + (offset_of(iso) or timedelta())).date() if when else None


def offset_of(iso: str | None) -> timedelta | None:
    """How far a time's own zone is from UTC, as it is written; None where it says none, or is no time."""
    found = _ISO.fullmatch(iso.strip()) if iso and moment(iso) else None
    return _offset(found["zone"]) if found and found["zone"] else None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def _end_of(start: datetime, part: dict[str, int]) -> datetime:
    if "second" in part:
        return start + timedelta(seconds=1)
    if "minute" in part:
        return start + timedelta(minutes=1)
    if "hour" in part:
        return start + timedelta(hours=1)
    if "day" in part:
        return start + timedelta(days=1)
    if "month" in part:
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start.replace(year=start.year + 1)
