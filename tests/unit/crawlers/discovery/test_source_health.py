from __future__ import annotations

import pytest

from crawlers.discovery.source_health import Health, Probe, judge, probes
from crawlers.registry.outlets import Outlet, Source, SourceKind, load_outlets

FEED = Probe(
    "Ferry Post",
    Source(SourceKind.FEED, "https://ferrypost.example/f"),
    "https://ferrypost.example/f",
)
INDEX = Probe(
    "Ferry Post",
    Source(SourceKind.NEWS_SITEMAP, "https://ferrypost.example/s"),
    "https://ferrypost.example/s",
)
RSS = b"""<rss><channel>
<item><link>https://ferrypost.example/a</link><pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item>
<item><link>https://ferrypost.example/b</link></item></channel></rss>"""


def test_each_source_is_asked_once() -> None:
    outlet = Outlet(
        name="Ferry Post",
        domain="ferrypost.example",
        sources=(
            FEED.source,
            Source(SourceKind.SEARCH, "https://ferrypost.example/q?{words}&{start}"),
        ),
    )
    asked = list(probes([outlet]))
    assert asked[0] == FEED
    assert asked[1].url == "https://ferrypost.example/q?government&"
    registry = load_outlets()
    assert len(list(probes(registry))) == sum(len(outlet.sources) for outlet in registry)


def test_a_source_that_works() -> None:
    finding = judge(FEED, status=200, body=RSS, now="2031-05-10T00:00:00Z")
    assert (finding.health, finding.articles, finding.newest) == (
        Health.WORKS,
        2,
        "2031-05-04T10:00:00+00:00",
    )


def test_a_source_that_nobody_feeds() -> None:
    assert judge(FEED, status=200, body=RSS, now="2031-07-10").health is Health.STALE
    assert judge(FEED, status=200, body=RSS).health is Health.WORKS


def test_an_index_names_places() -> None:
    body = b"<sitemapindex><sitemap><loc>https://ferrypost.example/1.xml</loc></sitemap></sitemapindex>"
    finding = judge(INDEX, status=200, body=body, now="2031-05-10")
    assert (finding.health, finding.articles, finding.places) == (Health.WORKS, 0, 1)


@pytest.mark.parametrize(
    ("status", "health"),
    [(404, Health.GONE), (410, Health.GONE), (403, Health.REFUSED), (429, Health.REFUSED),
     (500, Health.FAILED), (None, Health.FAILED)],
)  # fmt: skip
def test_what_did_not_answer(status: int | None, health: Health) -> None:
    finding = judge(FEED, status=status, error="robots.txt forbids it")
    assert finding.health is health
    assert status is not None or finding.reason == "robots.txt forbids it"


def test_a_page_in_place_of_a_feed_is_empty() -> None:
    finding = judge(FEED, status=200, body=b"<!doctype html><html><p>Moved</p></html>")
    assert finding.health is Health.EMPTY
    assert "<html>" in finding.reason
    assert judge(FEED, status=200, body=b"<rss><channel/></rss>").health is Health.EMPTY
