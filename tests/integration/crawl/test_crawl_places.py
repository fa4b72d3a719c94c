"""Over real HTTP: which places are asked first, which are left out and said, and what a hostile one costs others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.crawl.conftest import Crawler, Site, Web

SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def sitemaps(site: Site, hostile: Any, number: int, *, story: str) -> None:
    """An index of numbered sitemaps; the last one, changed shortly after the window, has the story."""
    entries = []
    for n in range(1, number + 1):
        last = n == number
        changed = "2019-04-09" if last else f"2021-0{1 + n % 9}-01"
        address = site.url(f"/sitemaps/{n}.xml")
        entries.append(f"<sitemap><loc>{address}</loc><lastmod>{changed}</lastmod></sitemap>")
        page = site.url(story) if last else site.url(f"/page-of-other-times-{n}")
        day = "2019-03-25" if last else changed
        body = f"<urlset {SPACE}><url><loc>{page}</loc><lastmod>{day}</lastmod></url></urlset>"
        site.pages[f"/sitemaps/{n}.xml"] = hostile.Answer(body, kind="application/xml")
    index = f"<sitemapindex {SPACE}>{''.join(entries)}</sitemapindex>"
    site.pages["/sitemap.xml"] = hostile.Answer(index, kind="application/xml")


def registry(folder: Path, site: Site, **sources: str) -> Path:
    path = folder / "registry.toml"
    lines = [f'{kind} = ["{site.url(at)}"]' for kind, at in sources.items()]
    path.write_text(
        "\n".join(['[[outlet]]\nname = "Outlet 1"', f'domain = "{site.host}"', *lines]) + "\n"
    )
    return path


def test_of_forty_sitemaps_the_one_with_the_event_is_asked_and_the_cut_is_said(
    web: Web, crawler: Crawler, hostile: Any, tmp_path: Path
) -> None:
    site = web.site()
    sitemaps(site, hostile, 40, story="/council-harbour-bridge")
    site.story("/council-harbour-bridge", "Kelby")
    crawled = crawler(registry=registry(tmp_path, site, sitemaps="/sitemap.xml"))
    assert site.url("/council-harbour-bridge") in crawled.articles
    asked = [one.path for one in site.asked() if one.path.startswith("/sitemaps/")]
    assert asked[0] == "/sitemaps/40.xml"
    assert len(asked) == 24
    row = crawled.ledger["Outlet 1"]
    assert (row["sources"], row["answered"], row["cut"], row["looked"]) == (25, 25, 16, "in part")
    assert row["skipped"]["beyond the first 25 places to look in"] == 16


def test_where_no_sitemap_is_listed_the_ones_of_robots_txt_are_asked(
    web: Web, crawler: Crawler, hostile: Any, tmp_path: Path
) -> None:
    site = web.site()
    rules = f"User-agent: *\nDisallow: /private/\nSitemap: {site.url('/sitemap.xml')}\n"
    site.pages["/robots.txt"] = hostile.Answer(rules, kind="text/plain")
    sitemaps(site, hostile, 3, story="/council-harbour-bridge")
    site.story("/council-harbour-bridge", "Kelby")
    site.feed([])
    listed = registry(tmp_path, site, feeds="/feed")
    crawled = crawler(registry=listed)
    assert site.url("/council-harbour-bridge") in crawled.articles
    assert site.times_asked()["/robots.txt"] == 1
    assert crawled.ledger["Outlet 1"]["looked"] == "searched"

    web.log.clear()
    archive = sorted((crawled.out / "archive").iterdir())
    assert crawler("again", registry=listed, from_archive=archive).raw == crawled.raw
    assert web.log == []


def test_a_listed_sitemap_is_enough(
    web: Web, crawler: Crawler, hostile: Any, tmp_path: Path
) -> None:
    site = web.site()
    rules = f"User-agent: *\nDisallow:\nSitemap: {site.url('/other.xml')}\n"
    site.pages["/robots.txt"] = hostile.Answer(rules, kind="text/plain")
    sitemaps(site, hostile, 2, story="/council-harbour-bridge")
    crawler(registry=registry(tmp_path, site, sitemaps="/sitemap.xml"))
    assert "/other.xml" not in site.times_asked()


def test_a_place_that_cannot_be_read_is_one_row_however_often_it_fails(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = web.site()
    items = "".join(f"<item><title>Secret {n} of the page</title></item>" for n in range(3_000))
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    site.pages["/feed"] = hostile.Answer(body, kind="application/rss+xml")
    crawled = crawler()
    (row,) = crawled.rows
    assert row["stage"] == "discovery"
    assert row["reason"] == "an entry without an address (3,000 times)"
    assert crawled.ledger["Outlet 1"]["why"] == {"an entry without an address": 3_000}
    assert crawled.ledger["Outlet 1"]["looked"] == "could not look"


def test_a_hostile_outlet_costs_an_honest_one_nothing(
    web: Web, crawler: Crawler, hostile: Any, tmp_path: Path
) -> None:
    honest, evil = web.site(), web.site()
    paths = [f"/{n}" for n in range(4)]
    for path in paths:
        honest.story(path, f"Marsh{path[1:]}")
    honest.feed(paths)
    # Times that no reader understands at once, in more items than can be read in the time there is.
    items = "<item><pubDate>Sept 12 2012 foo</pubDate><link>/x</link></item>" * 12_000
    for n in range(6):
        body = f"<rss><channel>{items}</channel></rss>"
        evil.pages[f"/feed{n}"] = hostile.Answer(body, kind="application/rss+xml")
    lines = [
        f'[[outlet]]\nname = "Evil"\ndomain = "{evil.host}"',
        f"feeds = {[evil.url(f'/feed{n}') for n in range(6)]}",
        f'[[outlet]]\nname = "Honest"\ndomain = "{honest.host}"\nfeeds = ["{honest.url("/feed")}"]',
    ]
    (tmp_path / "honest.toml").write_text(lines[2])
    (tmp_path / "both.toml").write_text("\n".join(lines))
    crawler("alone", registry=tmp_path / "honest.toml", workers=2)
    alone = [one.at for one in honest.asked()]
    web.log.clear()
    crawled = crawler(registry=tmp_path / "both.toml", workers=2, document_seconds=0.3)
    assert {honest.url(path) for path in paths} <= set(crawled.articles)
    times = [one.at for one in honest.asked()]
    # A busy machine slows both alike; without turns and limits the feeds take minutes.
    assert times[-1] - times[0] < 8 + 3 * (alone[-1] - alone[0])
    assert crawled.ledger["Evil"]["looked"] == "could not look"
    assert crawled.ledger["Evil"]["why"] == {
        "takes too long to read": 3,
        "not read: three earlier documents of this outlet took too long to read": 3,
    }


def test_a_charset_or_an_address_that_is_none_costs_no_readable_page(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = web.site()
    charsets = ["idna", "rot13", "undefined", "hex", "no-such-charset"]
    for name in charsets:
        kind = f"text/html; charset={name}"
        site.pages[f"/{name}"] = hostile.Answer(hostile.story_page(f"Town{name}"), kind=kind)
    site.pages["/bad"] = hostile.moved("http://[nowhere")
    site.pages["/refresh"] = hostile.Answer(
        hostile.story_page("Fresh").replace(
            "<head>", "<head><meta http-equiv=refresh content='0;url=http://[nowhere'>"
        )
    )
    site.feed([*(f"/{name}" for name in charsets), "/bad", "/refresh"])
    crawled = crawler()
    assert {site.url(f"/{name}") for name in charsets} <= set(crawled.articles)
    assert site.url("/refresh") in crawled.articles
    assert "redirects to nowhere" in crawled.failures[site.url("/bad")]["reason"]


def test_an_article_that_ended_with_the_connection_is_not_called_full(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = web.site()

    def closing(page: str) -> Any:
        async def answer(asked: Any, writer: Any) -> None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
            writer.write(head + page.encode())
            await writer.drain()
            writer.close()

        return answer

    whole = hostile.story_page("Whole")
    site.pages["/whole"] = closing(whole)
    site.pages["/cut"] = closing(
        whole.replace("Whole", "Cut").removesuffix("</article></body></html>")
    )
    site.feed(["/whole", "/cut"])
    crawled = crawler("out")
    told = {url: row["completeness"] for url, row in crawled.articles.items()}
    assert told == {site.url("/whole"): "full", site.url("/cut"): "unknown"}
    archive = sorted((crawled.out / "archive").iterdir())
    assert crawler("again", from_archive=archive).raw == crawled.raw
