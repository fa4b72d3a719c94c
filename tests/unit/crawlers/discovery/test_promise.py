from __future__ import annotations

from compare.datamodel import Event
from crawlers.discovery import most_promising_first
from crawlers.discovery.found import FoundUrl, Leads

EVENT = Event(about="strike", start="2031-05-03", end="2031-05-06")


def place(path: str, changed: str | None = None) -> FoundUrl:
    return FoundUrl(f"https://ferrypost.example/{path}", modified=changed, leads=Leads.SITEMAP)


def order(*places: FoundUrl) -> list[str]:
    return [one.url.rpartition("/")[2] for one in most_promising_first(places, EVENT)]


def test_by_what_the_address_says() -> None:
    assert order(
        place("archive-2019.xml"),
        place("video-sitemap.xml"),
        place("sitemap-9.xml"),
        place("post-sitemap.xml"),
        place("news-sitemap.xml"),
        place("archive-2031.xml"),
        place("sitemap-2031-05.xml"),
    ) == [
        "sitemap-2031-05.xml",
        "archive-2031.xml",
        "news-sitemap.xml",
        "post-sitemap.xml",
        "sitemap-9.xml",
        "video-sitemap.xml",
        "archive-2019.xml",
    ]


def test_numbered_sitemaps_by_when_they_were_filled() -> None:
    assert order(
        place("post-sitemap9.xml", "2033-01-01"),
        place("post-sitemap1.xml"),
        place("post-sitemap4.xml", "2031-05-20"),
        place("post-sitemap5.xml", "2031-08-01"),
    ) == ["post-sitemap4.xml", "post-sitemap5.xml", "post-sitemap9.xml", "post-sitemap1.xml"]


def test_without_a_window_news_comes_first_and_nothing_is_lost() -> None:
    places = [place("a-2019.xml"), place("b.xml", "2031-01-01"), place("news.xml")]
    ordered = most_promising_first(places, Event(about="x"))
    assert ordered[0] == places[2]
    assert sorted(one.url for one in ordered) == sorted(one.url for one in places)


def test_the_host_says_nothing() -> None:
    places = [
        FoundUrl("https://sport-news.example/post-sitemap.xml", leads=Leads.SITEMAP),
        FoundUrl("https://sport-news.example/sitemap.xml", leads=Leads.SITEMAP),
    ]
    assert most_promising_first(reversed(places), EVENT) == places
