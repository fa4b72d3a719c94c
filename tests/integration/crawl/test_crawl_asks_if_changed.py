"""Over real HTTP: looked at again, a page is sent again only if it has changed."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Answerer, Asked, Crawled, Crawler, Site, Web

CONDITIONS = ("If-None-Match", "If-Modified-Since")
FIRST, SECOND, THIRD = (f"2019-04-0{day}T12:00:00+00:00" for day in (1, 2, 3))


@dataclass
class Marked:
    """Answers as `inner` does, with its marks; "not modified" to who has them already."""

    inner: Answerer
    etag: str = ""
    modified: str = ""
    statuses: list[int] = field(default_factory=list)

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        known = [asked.headers.get(name) for name in CONDITIONS]
        same = known[0] == self.etag if self.etag else known[1] == self.modified
        self.statuses.append(304 if same else 200)
        marks = {k: v for k, v in (("ETag", self.etag), ("Last-Modified", self.modified)) if v}
        if same:
            lines = "".join(f"{k}: {v}\r\n" for k, v in marks.items())
            writer.write(f"HTTP/1.1 304 Not Modified\r\n{lines}\r\n".encode())
            await writer.drain()
            return
        self.inner.headers.update(marks)  # type: ignore[attr-defined]
        await self.inner(asked, writer)


def marked(site: Site, path: str, *, etag: str = "", modified: str = "") -> Marked:
    site.pages[path] = page = Marked(site.pages[path], etag, modified)
    return page


def refreshed(crawler: Crawler, now: str) -> Crawled:
    return crawler("out", now=now, refresh=True)


def versions(crawled: Crawled) -> list[tuple[str, str]]:
    return [(row["title"].rpartition(" ")[2], row["fetched_at"]) for row in crawled.rows]


def test_what_has_not_changed_is_not_sent_again_and_is_no_failure(
    web: Web, crawler: Crawler
) -> None:
    site = web.site()
    for name in ("Ashby", "Barrow", "Calder", "Dover"):
        site.story(f"/{name}", name)
    calder = site.pages["/Calder"]
    calder.body = gzip.compress(calder.body.encode())  # type: ignore[attr-defined]
    calder.headers["Content-Encoding"] = "gzip"  # type: ignore[attr-defined]
    site.feed(["/Ashby", "/Barrow", "/Calder", "/Dover"])
    last = "Sun, 24 Mar 2019 10:00:00 GMT"
    tagged = marked(site, "/Ashby", etag='W/"a, b"')
    dated = marked(site, "/Barrow", modified=last)
    packed = marked(site, "/Calder", etag='"c"', modified=last)
    feed = marked(site, "/feed", etag='"f"')
    once = crawler("out", now=FIRST)
    written = once.raw
    assert not [one for one in web.log if set(CONDITIONS) & set(one.headers)]
    assert len(once.articles) == 4

    web.log.clear()
    again = refreshed(crawler, SECOND)
    asked = {one.path: [one.headers.get(name) for name in CONDITIONS] for one in web.log}
    assert asked == {
        "/robots.txt": [None, None],
        "/feed": ['"f"', None],
        "/Ashby": ['W/"a, b"', None],
        "/Barrow": [None, last],
        "/Calder": ['"c"', last],
        "/Dover": [None, None],
    }
    assert again.raw == written
    assert (again.said["read"], again.said["failed"]) == (4, 0)
    assert again.ledger["Outlet 1"]["looked"] == "searched"

    packed.inner.body = gzip.compress(  # type: ignore[attr-defined]
        gzip.decompress(packed.inner.body).replace(b"Calder", b"Elm")  # type: ignore[attr-defined]
    )
    packed.etag = '"e"'
    third = refreshed(crawler, THIRD)
    assert (tagged.statuses, dated.statuses, feed.statuses) == ([200, 304, 304],) * 3
    assert packed.statuses == [200, 304, 200]
    assert versions(third) == [
        ("Ashby", FIRST),
        ("Barrow", FIRST),
        ("Calder", FIRST),
        ("Elm", THIRD),
        ("Dover", FIRST),
    ]

    web.log.clear()
    written = third.raw
    assert crawler("out", now=THIRD).raw == written
    files = sorted((third.out / "archive").iterdir())
    for _ in range(2):
        assert crawler("replayed", from_archive=files).raw == written
    alone = crawler("alone", from_archive=[path for path in files if path.name.startswith("002")])
    assert "not modified (HTTP 304)" in alone.ledger["Outlet 1"]["why"].popitem()[0]
    assert web.log == []


def test_a_redirect_never_takes_one_addresss_marks_to_another(
    web: Web, crawler: Crawler, hostile: Site
) -> None:
    site = web.site()
    site.story("/first", "Ashby")
    site.story("/second", "Barrow")
    site.feed(["/first"])
    marked(site, "/first", etag='"one"')
    marked(site, "/second", etag='"two"')
    crawler("out", now=FIRST)
    site.pages["/first"] = hostile.moved("/second")  # type: ignore[attr-defined]
    web.log.clear()
    again = refreshed(crawler, SECOND)
    asked = {one.path: one.headers.get("If-None-Match") for one in web.log}
    assert (asked["/first"], asked["/second"]) == ('"one"', None)
    assert versions(again) == [("Ashby", FIRST), ("Barrow", SECOND)]


def test_who_says_not_modified_without_being_asked_is_a_failure(
    web: Web, crawler: Crawler, hostile: Site
) -> None:
    site = web.site()
    site.pages["/story"] = hostile.Answer(status=304)  # type: ignore[attr-defined]
    site.feed(["/story"])
    row = crawler("out").failures[site.url("/story")]
    assert row["stage"] == "fetch"
    assert "HTTP 304" in row["reason"]
