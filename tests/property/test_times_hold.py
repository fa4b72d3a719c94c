"""Whatever the zone, a time that is written is the same instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from compare.times import moment
from compare.zones import time_zone, zone_mark, zone_name
from templates.html.strings import english
from templates.html.times import later_by, spoken, spoken_within

MONTHS = english().months
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "UTC-3:30",
    "UTC",
]
NAMES = st.sampled_from(ZONES)
TIMES = st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)).map(  # noqa: DTZ001
    lambda t: t.replace(second=0, microsecond=0, tzinfo=UTC)
)


def read(words: str, name: str) -> set[datetime]:
    """The instants that words such as "6 May 2031, 07:40 CEST" mean: two where clocks are put back."""
    date, clock = words.split(", ")
    day, month, year = date.split()
    hour, minute = clock.split()[0].split(":")
    zone = time_zone(name)
    wall = datetime(
        int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=zone
    )
    both = [wall, wall.replace(fold=1)]
    return {t.astimezone(UTC) for t in both if zone_mark(t) == clock.split()[1]}


@given(when=TIMES, name=NAMES)
def test_the_instant_stays_and_its_zone_is_beside_it(when: datetime, name: str) -> None:
    words = spoken(when.isoformat(), english(), time_zone(name))
    assert read(words, name) == {when}
    reason = f"The Wire's article of {when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC was read."
    assert words in spoken_within(reason, english(), time_zone(name))


@given(first=TIMES, minutes=st.integers(0, 10**5), name=NAMES, offset=st.integers(-14 * 4, 14 * 4))
def test_how_much_later_is_the_same_from_any_zone(
    first: datetime, minutes: int, name: str, offset: int
) -> None:
    zone = time_zone(name)
    start, end = moment(first.isoformat()), moment((first + timedelta(minutes=minutes)).isoformat())
    assert start
    assert end
    there = moment(first.astimezone(zone).isoformat())
    assert there == start
    assert later_by(there, end, english()) == later_by(start, end, english())
    sign, (hours, quarters) = "-" if offset < 0 else "+", divmod(abs(offset), 4)
    fixed = time_zone(f"UTC{sign}{hours}:{quarters * 15:02}")
    assert not isinstance(fixed, ZoneInfo)
    assert fixed.utcoffset(first) == timedelta(minutes=15 * offset)
    assert time_zone(zone_name(fixed)) == fixed
