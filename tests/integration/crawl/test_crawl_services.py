"""Sources that speak of many outlets, and copies of what is gone, over HTTP in their own formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawlers.archive.writer import ArchiveWriter, Fetched

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Web

NOW = "2019-04-01T12:00:00+00:00"


def test_gdelt_announces_pages_of_many_outlets_and_its_silence_is_told_of_all(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    first, second = web.site(), web.site()
    for site, name in ((first, "Margate"), (second, "Norwich")):
        site.feed([])
        site.story("/found", name)
    registry = crawler.registry(first, second)
    gdelt = web.site()
    articles = [
        {"url": site.url("/found"), "title": "Found", "seendate": "20190324T101500Z",
         "domain": "127.0.0.1", "language": "English", "sourcecountry": "United Kingdom"}
        for site in (first, second)
    ]  # fmt: skip
    articles.append({**articles[0], "url": "https://elsewhere.example/story"})
    asked: list[Any] = []

    async def answer(request: Any, writer: Any) -> None:
        asked.append(request)
        reply = hostile.Answer(json.dumps({"articles": articles}), kind="application/json")
        await reply(request, writer)

    gdelt.otherwise = answer
    there = crawler("out", registry=registry, gdelt=gdelt.url("/api/v2/doc/doc"), gdelt_delay=0)
    assert set(there.articles) == {first.url("/found"), second.url("/found")}
    assert "domain%3A127.0.0.1" in asked[0].path
    assert [row["sources"] for row in there.ledger.values()] == [2, 2]

    gdelt.otherwise = hostile.Answer("Your query was too short or too long.", kind="text/html")
    silent = crawler("silent", registry=registry, gdelt=gdelt.url("/api/v2/doc/doc"), gdelt_delay=0)
    assert silent.articles == {}
    assert {row["looked"] for row in silent.ledger.values()} == {"in part"}
    assert all("too short" in str(row["why"]) for row in silent.ledger.values())
    (lost,) = (row for row in silent.rows if "too short" in row["reason"])
    assert (lost["stage"], lost["outlet"]) == ("discovery", None)  # a place, and nobody's page
    assert lost["url"] == gdelt.url("/api/v2/doc/doc")


def test_of_a_page_that_is_gone_the_archived_copy_is_read_and_said(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site, wayback = web.site(), web.site()
    site.feed(["/gone", "/never-archived", "/refused"])
    site.pages["/refused"] = hostile.Answer("no", status=403)
    registry = crawler.registry(site)
    columns = ["timestamp", "original", "mimetype", "statuscode", "digest"]
    copies = [
        [f"2019032{day}101500", site.url("/gone"), "text/html", "200", f"D{day}"] for day in (4, 5)
    ]

    async def index(request: Any, writer: Any) -> None:
        rows = [columns, *copies] if "gone" in request.path else []
        await hostile.Answer(json.dumps(rows), kind="application/json")(request, writer)

    wayback.otherwise = index
    copy = f"/web/20190324101500id_/{site.url('/gone')}"
    wayback.story(copy, "Oldham")
    done = crawler(
        "out",
        registry=registry,
        wayback=wayback.url("/cdx/search/cdx"),
        wayback_copies=wayback.url("/web"),
    )
    article = done.articles[site.url("/gone")]
    assert "Oldham" in article["title"]
    assert article["archived"] == wayback.url(copy)
    assert article["outlet"] == "Outlet 1"
    reasons = {url: row["reason"] for url, row in done.failures.items()}
    assert reasons == {
        site.url("/never-archived"): "not found (HTTP 404); no archived copy of it is known",
        site.url("/refused"): "refuses us (HTTP 403)",
    }
    (row,) = done.ledger.values()
    assert (row["found"], row["read"], row["failed"]) == (3, 1, 2)

    web.log.clear()
    replayed = crawler(
        "replayed",
        registry=registry,
        from_archive=sorted((done.out / "archive").iterdir()),
        wayback=wayback.url("/cdx/search/cdx"),
        wayback_copies=wayback.url("/web"),
    )
    assert replayed.raw == done.raw
    assert web.log == []


def test_a_trap_of_endless_listings_is_left_after_a_few_steps(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = web.site()
    site.otherwise = hostile.endless_calendar(site)
    registry = crawler.registry(site, feeds=False)
    registry.write_text(registry.read_text() + f'sitemaps = ["{site.url("/calendar/0")}"]\n')
    done = crawler("out", registry=registry, sources=8)
    assert len(site.asked()) <= 1 + 8
    (row,) = done.ledger.values()
    assert any("places" in reason for reason in row["skipped"])


def test_only_so_many_pages_of_an_outlet_are_fetched_and_the_rest_is_said(
    web: Web, crawler: Crawler
) -> None:
    site = web.site()
    for place in range(6):
        site.story(f"/{place}", f"Preston{place}")
    site.feed([f"/{place}" for place in range(6)])
    done = crawler("out", pages=2)
    assert len(done.articles) == 2
    assert "4 pages beyond the first 2 were not fetched" in {r.get("reason") for r in done.rows}


def test_a_slow_host_never_holds_up_the_others(web: Web, crawler: Crawler, hostile: Any) -> None:
    slow, quick = web.site(hostile.Answer("User-agent: *\nCrawl-delay: 1.5")), web.site()
    for site, number in ((slow, 5), (quick, 12)):
        for place in range(number):
            site.story(f"/{place}", f"Quern{place}")
        site.feed([f"/{place}" for place in range(number)])
    done = crawler("out", at_once=4, retries=0)
    assert len(done.articles) == 17
    pages_of_the_slow = [one.at for one in slow.asked() if one.path not in {"/robots.txt", "/feed"}]
    assert max(one.at for one in quick.asked()) < pages_of_the_slow[-1]


def test_inner_addresses_are_refused_on_every_hop_of_a_redirect(
    web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    """The first hops come from an archive, since only they can be public in a test."""
    inner = web.site()
    inner.story("/secret", "Quarley")
    (tmp_path / "empty.toml").write_text('[[outlet]]\ndomain = "public.example"\nfeeds = ["http://public.example/feed"]\n')  # fmt: skip
    archive = ArchiveWriter(
        tmp_path / "out" / "archive" / "001-0001.warc.gz", at=NOW, user_agent="t", session=1
    )
    hops = {
        "http://public.example/robots.txt": (404, ""),
        "http://public.example/feed": (200, "<rss version='2.0'><channel></channel></rss>"),
        "http://public.example/number": (302, inner.url("/secret")),
        "http://public.example/name": (302, f"http://localhost:{inner.port}/secret"),
        "http://public.example/twice": (302, "http://public.example/number"),
    }
    for url, (status, more) in hops.items():
        headers = (
            [("Location", more)] if status == 302 else [("Content-Type", "application/rss+xml")]
        )
        body = b"" if status == 302 else more.encode()
        archive.fetched(
            Fetched(url=url, at=NOW, status=status, headers=headers, body=body), "GET", []
        )
    archive.close()
    pages = [url for url, (status, _) in hops.items() if status == 302]
    done = crawler(
        "out",
        registry=tmp_path / "empty.toml",
        event={"urls": [*pages, inner.url("/direct"), f"http://localhost:{inner.port}/direct"]},
        allow_private=False,
    )
    assert done.articles == {}
    said = {url: row["reason"] for url, row in done.failures.items()}
    assert set(said) >= {*pages[:2], inner.url("/direct")}
    for url in (*pages[:2], inner.url("/direct"), f"http://localhost:{inner.port}/direct"):
        assert "private or local network" in said[url], url
    assert web.log == []
