from __future__ import annotations

import pytest

from compare.datamodel import Event
from crawlers.discovery import plainly_outside
from crawlers.discovery.found import FoundUrl, Leads

EVENT = Event(about="planes", start="2031-05-03", end="2031-05-06")
PAGE = "https://ferrypost.example/a"


@pytest.mark.parametrize(
    ("published", "outside"),
    [
        ("2031-05-03", False),
        ("2031-05-06T23:59:59+00:00", False),
        ("2031-05-02T01:00:00+00:00", False),
        ("2031-05-07T12:00:00+00:00", False),
        ("2031-05-01T23:00:00+00:00", True),
        ("2031-05-08T01:00:00+00:00", True),
        ("2031-05", False),
        ("2031-04", True),
        ("2031-06", True),
        (None, False),
        ("soon", False),
    ],
)
def test_by_time_of_publication(published: str | None, outside: bool) -> None:
    reason = plainly_outside(FoundUrl(PAGE, published=published), EVENT)
    assert bool(reason) is outside
    assert reason is None or str(published) in reason


@pytest.mark.parametrize(
    ("modified", "outside"), [("2031-04-01", True), ("2031-05-04", False), ("2033-01-01", False)]
)
def test_a_later_change_says_nothing(modified: str, outside: bool) -> None:
    assert bool(plainly_outside(FoundUrl(PAGE, modified=modified), EVENT)) is outside


@pytest.mark.parametrize(
    ("path", "outside"),
    [
        ("/2031/05/04/x", False),
        ("/2031/05/x", False),
        ("/2030/05/04/x", True),
        ("/2031/jun/12/x", True),
        ("/a/2031-02-01/x", True),
        ("/20310201/x", True),
        ("/a-look-back-at-2001-09-11", False),
        ("/2030", False),
        ("/2031/99/x", False),
    ],
)
def test_by_the_date_in_an_address(path: str, outside: bool) -> None:
    assert bool(plainly_outside(FoundUrl(f"https://e.example{path}"), EVENT)) is outside


def test_what_is_said_counts_more_than_the_address() -> None:
    found = FoundUrl("https://e.example/2030/01/01/x", published="2031-05-04")
    assert plainly_outside(found, EVENT) is None


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("https://e.example/sitemap-2030-05.xml", True),
        ("https://e.example/sitemap.xml?yyyy=2030&mm=05&dd=04", True),
        ("https://e.example/s_203105.xml.gz", False),
        ("https://e.example/sitemap-20300.xml", False),
        ("https://e.example/sitemap-2030.xml", False),
    ],
)
def test_sitemaps_of_another_time_need_no_fetch(url: str, outside: bool) -> None:
    assert bool(plainly_outside(FoundUrl(url, leads=Leads.SITEMAP), EVENT)) is outside


def test_a_feed_is_never_outside_by_its_address() -> None:
    assert (
        plainly_outside(FoundUrl("https://e.example/2001/01/feed", leads=Leads.FEED), EVENT) is None
    )


def test_the_ends_of_the_calendar() -> None:
    wide = Event(about="x", start="0001-01-01", end="9999-12-30")
    for published in ("0001-01-01", "9999-12-30", "2031-05-04"):
        assert (
            plainly_outside(FoundUrl(PAGE, published=published, modified=published), wide) is None
        )


def test_an_open_window_keeps_all() -> None:
    assert plainly_outside(FoundUrl(PAGE, published="1999-01-01"), Event(about="x")) is None
    after = Event(about="x", start="2031-05-03")
    assert plainly_outside(FoundUrl(PAGE, published="1999-01-01"), after)
    assert plainly_outside(FoundUrl(PAGE, published="2099-01-01"), after) is None
