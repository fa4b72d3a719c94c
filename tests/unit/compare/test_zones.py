"""Names of time zones, and the zone that most outlets publish in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from compare.datamodel import Article
from compare.errors import UsageError
from compare.zones import time_zone, usual_zone, zone_mark, zone_name

SUMMER = datetime(2031, 7, 6, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "clock"),
    [
        ("Europe/Berlin", "7 00:30 CEST"),
        ("europe/berlin", "7 00:30 CEST"),
        ("America/New York", "6 18:30 EDT"),
        ("America/Sao_Paulo", "6 19:30 UTC−3"),
        ("UTC", "6 22:30 UTC"),
        ("gmt", "6 22:30 UTC"),
        ("UTC+2", "7 00:30 UTC+2"),
        ("+05:30", "7 04:00 UTC+5:30"),
        ("-0330", "6 19:00 UTC−3:30"),
    ],
)
def test_a_zone_is_named_by_the_database_or_by_its_offset(name: str, clock: str) -> None:
    zone = time_zone(name)
    there = SUMMER.astimezone(zone)
    assert f"{there.day} {there:%H:%M} {zone_mark(there)}" == clock
    assert time_zone(zone_name(zone)) == zone


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Berlin", "Did you mean Europe/Berlin?"),
        ("Europ/Berlin", "Did you mean Europe/Berlin?"),
        ("Londn", "Europe/London"),
        ("EDT", "America/New_York"),
        ("Nowhere", "such as Europe/Berlin"),
        ("UTC+99", "such as UTC+2"),
        ("localtime", "such as Europe/Berlin"),
        ("../../etc/passwd", "such as Europe/Berlin"),
        ("", "such as Europe/Berlin"),
    ],
)
def test_what_is_no_zone_is_refused_with_what_may_be_meant(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match="no time zone") as error:
        time_zone(name)
    assert meant in str(error.value)


@pytest.mark.parametrize(
    ("published", "zone"),
    [
        (["2031-05-06T09:00:00-04:00", "2031-05-06T10:00-04:00", "2031-05-06T10:00Z"], "UTC-4"),
        (["2031-05-06T09:00:00-04:00", "2031-05-06T10:00Z"], "UTC"),
        (["2031-05-06T09:00:00+02:00", "2031-05-06", "2031-05-06T10:00", None], "UTC+2"),
        (["2031-05-06", "2031-05", None, "tomorrow"], "UTC"),
        ([], "UTC"),
    ],
)
def test_the_usual_zone_is_that_of_most_outlets_that_say_one(
    published: list[str | None], zone: str
) -> None:
    pages = [
        Article(id=f"{n}", outlet=f"Outlet {n}", title="", text="", published=time)
        for n, time in enumerate(published)
    ]
    assert zone_name(usual_zone(pages)) == zone
    assert zone_name(usual_zone(pages[::-1])) == zone


def test_an_outlet_with_many_articles_counts_once() -> None:
    def page(outlet: str, number: int, zone: str) -> Article:
        time = f"2031-05-06T0{number}:00{zone}"
        return Article(id=outlet + time, outlet=outlet, title="", text="", published=time)

    many = [page("Wire", n, "Z") for n in range(9)]
    others = [page("Courier", 1, "+01:00"), page("Gazette", 1, "+01:00")]
    assert zone_name(usual_zone([*many, *others])) == "UTC+1"
