"""Over real HTTP: what is no page by its own word is not downloaded, and the rest is as before."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawlers.archive.reader import ArchiveReader

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Asked, Crawler, Web

NO_PAGES = {
    "/picture": "image/png",
    "/drawing": "image/svg+xml; charset=utf-8",
    "/film": "video/mp4",
    "/speech": "Audio/MPEG",
    "/paper": "application/pdf",
    "/packed": "application/zip",
    "/slides": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass
class Streamed:
    """Declares 900 kB and sends them bit by bit, a second in all; `sent` is how far it came."""

    kind: str
    headers: str = ""
    status: int = 200
    sent: list[int] = field(default_factory=list)
    SIZE = 900_000
    STEP = 15_000

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.sent.append(0)
        head = f"HTTP/1.1 {self.status} Said\r\nContent-Type: {self.kind}\r\n{self.headers}"
        writer.write(f"{head}Content-Length: {self.SIZE}\r\n\r\n".encode())
        while self.sent[-1] < self.SIZE:
            writer.write(b"<p>x" * (self.STEP // 4))
            await writer.drain()
            self.sent[-1] += self.STEP
            await asyncio.sleep(1 / 60)


def test_the_body_of_what_is_no_page_is_not_awaited(web: Web, crawler: Crawler) -> None:
    site = web.site()
    streams = {path: Streamed(kind) for path, kind in NO_PAGES.items()}
    streams["/drawing"].headers = "Content-Encoding: gzip\r\n"
    site.pages |= streams
    site.pages["/to-film"] = Streamed("image/gif", "Location: /film2\r\n", status=302)
    site.pages["/film2"] = moved_to = Streamed("video/webm")
    site.pages["/gone"] = Streamed("image/png", status=404)
    site.feed([*streams, "/to-film", "/gone", "/story"])
    site.story("/story", "Ashby")
    crawled = crawler("out", per_host=8)

    assert set(crawled.articles) == {site.url("/story")}
    for path, kind in NO_PAGES.items():
        row = crawled.failures[site.url(path)]
        assert (row["stage"], row["reason"]) == (
            "extract",
            f"not a web page: served as {kind.partition(';')[0]}",
        )
    reasons = {url: row["reason"] for url, row in crawled.failures.items()}
    assert reasons[site.url("/gone")] == "not found (HTTP 404)"
    assert "not a web page: served as video/webm" in reasons.values()
    assert crawled.ledger["Outlet 1"]["failed"] == len(NO_PAGES) + 2
    for stream in [*streams.values(), moved_to]:
        assert len(stream.sent) == 1
        assert stream.sent[0] < Streamed.SIZE / 2, stream.kind

    archives = sorted((crawled.out / "archive").iterdir())
    assert truncated(archives) == {
        *map(site.url, streams), *map(site.url, ("/to-film", "/film2", "/gone"))
    }  # fmt: skip
    kept = ArchiveReader.of(archives).take(site.url("/film"))
    assert kept is not None
    assert getattr(kept, "truncated", None) is True
    again = crawler("again", from_archive=list(map(str, archives)))
    assert again.raw == crawled.raw


def truncated(archives: list[Path]) -> set[str]:
    """The addresses whose bodies the archive says it has not in full."""
    found = set()
    for path in archives:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                if record.headers.get("WARC-Truncated"):
                    found.add(record.headers["WARC-Target-URI"])
    return found


def test_what_announces_pages_is_read_however_it_is_served(web: Web, crawler: Crawler) -> None:
    site = web.site()
    site.feed(["/from-feed"])
    feed: Any = site.pages["/feed"]
    feed.kind = "image/svg+xml"
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    listed = f"<url><loc>{site.url('/from-map')}</loc><lastmod>2019-03-24</lastmod></url>"
    packed = gzip.compress(f"<urlset xmlns='{space}'>{listed}</urlset>".encode())
    site.pages["/map.xml.gz"] = type(feed)(packed, kind="application/zip")
    site.story("/from-feed", "Ashby")
    site.story("/from-map", "Barrow")
    registry = crawler.registry()
    registry.write_text(f'{registry.read_text()}sitemaps = ["{site.url("/map.xml.gz")}"]\n')
    crawled = crawler("out", registry=registry)
    assert set(crawled.articles) == {site.url("/from-feed"), site.url("/from-map")}
