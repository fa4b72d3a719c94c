from __future__ import annotations

import gzip

import pytest

from compare.datamodel import Failure
from crawlers.discovery import bounded_xml
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.discovery.sitemaps import found_urls

BASE = "https://ferrypost.example/news.xml"

NEWS = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url>
  <loc>https://ferrypost.example/a?x=1&amp;y=2</loc>
  <lastmod>2031-05-06</lastmod>
  <image:image><image:loc>https://ferrypost.example/a.jpg</image:loc><image:title>no</image:title></image:image>
  <news:news>
    <news:publication><news:name>Ferry Post</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2031-05-04T08:00:00+01:00</news:publication_date>
    <news:title>Harbour opens</news:title>
  </news:news>
</url>
<url><loc></loc></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://ferrypost.example/s-2031-05.xml.gz</loc><lastmod>2031-05-31</lastmod></sitemap>
</sitemapindex>"""


def read(body: bytes) -> tuple[list[FoundUrl], list[str]]:
    found = list(found_urls(body, BASE))
    return (
        [one for one in found if isinstance(one, FoundUrl)],
        [one.reason for one in found if isinstance(one, Failure)],
    )


@pytest.mark.parametrize("body", [NEWS.encode(), gzip.compress(NEWS.encode())])
def test_a_news_sitemap(body: bytes) -> None:
    urls, problems = read(body)
    assert urls == [
        FoundUrl(
            url="https://ferrypost.example/a?x=1&y=2",
            title="Harbour opens",
            published="2031-05-04T08:00:00+01:00",
            modified="2031-05-06",
            source=BASE,
            language="en",
        )
    ]
    assert len(problems) == 1


def test_an_index_leads_to_sitemaps() -> None:
    urls, problems = read(INDEX.encode())
    assert urls == [
        FoundUrl(
            "https://ferrypost.example/s-2031-05.xml.gz",
            modified="2031-05-31",
            source=BASE,
            leads=Leads.SITEMAP,
        )
    ]
    assert problems == []


def test_a_list_of_addresses() -> None:
    urls, problems = read(
        b"\xef\xbb\xbfhttps://ferrypost.example/a\r\nhttps://ferrypost.example/b\nx\n"
    )
    assert [url.url for url in urls] == [
        "https://ferrypost.example/a",
        "https://ferrypost.example/b",
    ]
    assert problems == ["a line that is no address"]


def test_a_cut_address_is_not_taken_for_one() -> None:
    urls, problems = read(INDEX[: INDEX.index("xml.gz")].encode())
    assert urls == []
    assert problems == ["breaks off in the middle of an entry"]


def test_gzip_that_ends_early_or_is_broken() -> None:
    packed = gzip.compress(NEWS.encode() + b" " * 100_000)
    assert "too early" in read(packed[:-20])[1][0]
    assert "gzip" in read(b"\x1f\x8b" + b"\0" * 20)[1][0]


def test_several_gzip_members_are_one_document() -> None:
    half = len(NEWS) // 2
    body = gzip.compress(NEWS[:half].encode()) + gzip.compress(NEWS[half:].encode())
    assert read(body)[0] == read(NEWS.encode())[0]


@pytest.mark.timeout(60)
def test_endless_gzip_members_are_cut() -> None:
    _, problem = bounded_xml.unpacked(gzip.compress(b"") * 200_000)
    assert problem is not None
    assert "members" in problem


def test_a_gzip_bomb_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    data, problem = bounded_xml.unpacked(gzip.compress(b"<urlset>" + b" " * 5_000_000), limit=1_000)
    assert len(data) == 1_000
    assert problem is not None
    assert "1000 bytes" in problem
    monkeypatch.setattr(bounded_xml, "MOST_ELEMENTS", 1_000)
    assert "honest" in read(gzip.compress(b"<urlset>" + b"<a/>" * 2_000))[1][0]


def test_entries_past_the_limit_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_xml, "MOST_ENTRIES", 3)
    entries = "".join(f"<url><loc>https://ferrypost.example/{n}</loc></url>" for n in range(9))
    urls, problems = read(f"<urlset>{entries}</urlset>".encode())
    assert len(urls) == 3
    assert problems == ["more entries than one document may have; the rest were not read"]


def test_depth_is_bounded() -> None:
    urls, problems = read(b"<urlset>" + b"<a>" * 100_000)
    assert urls == []
    assert "depth" in problems[0].lower()


def test_a_feed_is_not_a_sitemap() -> None:
    assert "<rss>" in read(b"<rss><channel/></rss>")[1][0]


def test_prefixes_of_extensions_are_known_without_a_declaration() -> None:
    picture = "<image:image><image:loc>https://img.example/a.jpg</image:loc><image:title>A boat</image:title></image:image>"
    news = "<news:news><news:title>The story</news:title></news:news>"
    own = "<loc>https://ferrypost.example/a</loc>"
    for parts in (picture + own + news, own + picture + news, news + own + picture):
        (found,), problems = read(f"<urlset><url>{parts}</url></urlset>".encode())
        assert (found.url, found.title) == ("https://ferrypost.example/a", "The story")
        assert problems == []


def test_entries_behind_an_error_are_read() -> None:
    body = (
        "<urlset><url><loc>https://ferrypost.example/1</loc><news></url>"
        "<url><loc>https://ferrypost.example/2</loc></url></urlset>"
    )
    urls, problems = read(body.encode())
    assert [found.url for found in urls] == [f"https://ferrypost.example/{n}" for n in (1, 2)]
    assert problems == ["broken XML"]
