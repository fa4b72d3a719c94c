"""Time zones: the one that a name means, and the one that most outlets of an event publish in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from compare.datamodel import Article, Comparison
from compare.errors import UsageError
from compare.times import offset_of

_OFFSET = re.compile(r"(?:UTC|GMT)?([+\-−])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_CHOSEN = "timezone"  # in a run's settings
_FURTHEST = timedelta(hours=14)
# Names of the database that mean something else on every machine, or nothing.
_NO_PLACE = {"localtime", "posixrules", "Factory"}
_NEAREST = 3
_ALIKE = 0.75  # of get_close_matches: a letter or two wrong, no other city
# What clocks of a zone are called in part of the year, or in several zones: no names of the database.
_CALLED = {
    "edt": ("America/New_York",), "cst": ("America/Chicago", "Asia/Shanghai"), "cdt": ("America/Chicago",),
    "mdt": ("America/Denver",), "pst": ("America/Los_Angeles",), "pdt": ("America/Los_Angeles",),
    "bst": ("Europe/London",), "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "cest": ("Europe/Berlin", "Europe/Paris"), "eest": ("Europe/Athens",), "msk": ("Europe/Moscow",),
    "jst": ("Asia/Tokyo",), "aest": ("Australia/Sydney",), "aedt": ("Australia/Sydney",),
    "nzst": ("Pacific/Auckland",), "nzdt": ("Pacific/Auckland",), "sast": ("Africa/Johannesburg",),
}  # fmt: skip


def time_zone(name: str) -> tzinfo:
    """The zone of an IANA name in any case ("Europe/Berlin", "UTC") or of an offset ("UTC+2", "+05:30").

    Raises UsageError, which lists the names that are near, where it is neither.
    """
    plain = name.strip()
    if found := _OFFSET.fullmatch(plain):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if offset <= _FURTHEST:
            return _fixed(offset if found[1] == "+" else -offset)
    names = _names()
    if plain.casefold() in {"utc", "gmt", "z"}:
        return UTC
    if known := names.get(plain.replace(" ", "_").casefold()):
        return ZoneInfo(known)
    raise UsageError(f"{name!r} is no time zone.{_meant(plain, names)}")


@cache
def _names() -> dict[str, str]:
    """Every name of the database by its small letters."""
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_PLACE)}


def _meant(plain: str, names: dict[str, str]) -> str:
    if not names:
        return (
            " This machine has no database of time zones: `pip install tzdata`, or give an offset "
            "such as UTC+2."
        )
    wanted = plain.replace(" ", "_").casefold()
    # Who writes the city alone means the zone that is called by it.
    cities = {name.rpartition("/")[2]: name for name in names if "/" in name}
    city = wanted.rpartition("/")[2]
    near = [cities[city]] if city in cities else []
    near = near or [name.casefold() for name in _CALLED.get(wanted, ())]
    near = near or get_close_matches(wanted, names, n=_NEAREST, cutoff=_ALIKE)
    near = near or [cities[c] for c in get_close_matches(city, cities, n=_NEAREST, cutoff=_ALIKE)]
    listed = [names[each] for each in dict.fromkeys(near) if each in names]
    if listed:
        return f" Did you mean {' or '.join(listed)}?"
    return " Give a name such as Europe/Berlin or America/New_York, or an offset such as UTC+2."


def zone_of(comparison: Comparison) -> tzinfo:
    """Whose times a comparison is told in: the zone that was chosen for it, or its outlets' usual one."""
    chosen = comparison.run.settings.get(_CHOSEN)
    return time_zone(str(chosen)) if chosen else usual_zone(comparison.articles)


def usual_zone(articles: Iterable[Article]) -> tzinfo:
    """The offset in which most outlets say when they published, each counted once; UTC where none says one.

    Of several that are as frequent it is the one nearest to UTC, the western of two as near.
    """
    own: defaultdict[str, list[timedelta]] = defaultdict(list)
    for article in articles:
        offset = offset_of(article.published)
        if offset is not None:
            own[article.outlet].append(offset)
    outlets = [_most_frequent(offsets) for offsets in own.values()]
    return _fixed(_most_frequent(outlets)) if outlets else UTC


def _most_frequent(offsets: list[timedelta]) -> timedelta:
    counts = Counter(offsets)
    return min(counts, key=lambda offset: (-counts[offset], abs(offset), offset))


def _fixed(offset: timedelta) -> tzinfo:
    return timezone(offset) if offset else UTC


def zone_mark(when: datetime) -> str:
    """What stands behind a clock time: what its zone is called there ("CEST"), or the offset ("UTC−4").

    With a minus, at which no line is broken.
    """
    name = when.tzname() or ""
    if isinstance(when.tzinfo, ZoneInfo) and name.isalpha():
        return name
    minutes = int((when.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return (
        f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
        if minutes
        else "UTC"
    )


def zone_name(zone: tzinfo) -> str:
    """The name by which `time_zone` gives the same zone again: "Europe/Berlin", "UTC", "UTC+5:30"."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    return zone_mark(datetime(2000, 1, 1, tzinfo=zone)).replace("−", "-")
