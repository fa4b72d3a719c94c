"""Feeds and sitemaps as they are found: written by hand, by old programs, by programs that broke off."""

from __future__ import annotations

import gzip

import pytest

from compare.datamodel import Failure
from crawlers.discovery import found_urls
from crawlers.discovery.dates import iso_date
from crawlers.registry.outlets import SourceKind

BASE = "https://pier.example/lists/feed.xml"
MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
A = "<title>A</title><link>https://pier.example/a</link>"
B = "<title>B</title><link>https://pier.example/b</link>"


def rss(items: str, more: str = "") -> str:
    return f'<rss version="2.0" {more}><channel><title>Pier</title>{items}</channel></rss>'


def atom(links: str, more: str = "") -> str:
    entry = f"<entry><title>A</title><id>tag:pier.example,2031:1</id>{links}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {more}>{entry}</feed>'


def told(body: str | bytes, kind: SourceKind = SourceKind.FEED) -> tuple[list[str], list[str]]:
    """Addresses (from the host on) with titles, and the reasons of failures."""
    data = body.encode() if isinstance(body, str) else body
    found = list(found_urls(data, BASE, kind))
    pages = [f for f in found if not isinstance(f, Failure)]
    return (
        [f"{f.url.removeprefix('https://pier.example/')} {f.title or ''}".strip() for f in pages],
        [f.reason for f in found if isinstance(f, Failure)],
    )


ODD_FEEDS = [
    ("base of a link", atom('<link xml:base="https://pier.example/d/" href="a.html"/>'), ["d/a.html A"]),
    ("a page that only says self", atom('<link rel="self" href="/a"/>'), ["a A"]),
    (
        "its own language",
        atom('<link hreflang="de" href="/de/a"/><link hreflang="en-GB" href="/a"/>', 'xml:lang="en"'),
        ["a A"],
    ),
    ("a root in a comment", f"\ufeff\n<!-- was <rss> once -->\n{rss(f'<item>{A}</item>')}", ["a A"]),
    ("less and more in a title", rss("<item><title>Under &lt; 5%, over > 3</title><link>/a</link></item>"), ["a Under < 5%, over > 3"]),
    ("a namespace of its own", rss(f"<item>{A}</item>", 'xmlns="http://backend.userland.com/rss2"'), ["a A"]),
    (
        "a front page beside a page",
        rss("<item><title>A</title><link>https://pier.example/?utm_source=rss</link><guid>https://pier.example/a</guid></item>"),
        ["a A"],
    ),
    ("packed twice", gzip.compress(gzip.compress(rss(f"<item>{A}</item>").encode())), ["a A"]),
    ("no mark", rss(f"<item>{A}</item>").encode("utf-16-le"), ["a A"]),
    ("UTF-8 that says it is Latin-1", f'<?xml version="1.0" encoding="iso-8859-1"?>{rss("<item><title>Café</title><link>/a</link></item>")}'.encode(), ["a Café"]),
    ("a packed JSON feed", gzip.compress(b'{"items": [{"url": "/a", "title": "A"}]}'), ["a A"]),
    ("a sitemap", f"<urlset {MAP}><url><loc>https://pier.example/a</loc></url></urlset>", ["a"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "pages"), [row[1:] for row in ODD_FEEDS], ids=[r[0] for r in ODD_FEEDS]
)
def test_an_odd_feed_is_read(body: str | bytes, pages: list[str]) -> None:
    assert told(body) == (pages, [])


def test_an_end_tag_that_is_missing_costs_no_entry() -> None:
    broken = "<title>B &amp; C <b></title><link>https://pier.example/b</link>"
    pages, failures = told(rss(f"<item>{A}</item><item>{broken}</item><item>{A}</item>"))
    assert (pages, failures) == (["a A", "b B & C", "a A"], ["broken XML"])


def test_what_an_entry_was_taken_from_lends_it_no_address() -> None:
    source = '<source><title>Wire</title><link href="https://wire.example/1"/></source>'
    assert told(atom(source)) == ([], ["an entry without an address"])


ODD_SITEMAPS = [
    ("a feed", rss(f"<item>{A}</item><item>{B}</item>"), ["a A", "b B"], []),
    ("no scheme", f"<urlset {MAP}><url><loc>pier.example/a</loc></url><url><loc>//pier.example/b</loc></url></urlset>", ["a", "b"], []),
    ("broken over lines", f"<urlset {MAP}><url><loc>\n https://pier.example/\n a\n</loc></url></urlset>", ["a"], []),
    ("a picture before the page", f'<urlset {MAP}><url><i:image xmlns:i="urn:x"><i:loc>https://pier.example/p.jpg</i:loc></i:image><loc>https://pier.example/a</loc></url></urlset>', ["a"], []),
    ("lines", "# ours, all of it\r\nhttps://pier.example/a\r\n\r\npier.example/b\r\n", ["a", "b"], []),
    ("packed lines", gzip.compress(b"https://pier.example/a\nhttps://pier.example/b"), ["a", "b"], []),
    ("lines with a mark", "https://pier.example/a\nhttps://pier.example/b\n".encode("utf-16"), ["a", "b"], []),
    ("one line", "https://pier.example/a https://pier.example/b", ["a", "b"], []),
    (
        "pictures",
        f"<urlset {MAP}><url><loc>https://pier.example/a.jpg</loc></url><url><loc>/b</loc></url></urlset>",
        ["b"], ["an entry that leads to a picture, sound or film"],
    ),
    ("a page", "<html><body><urlset/>not found</body></html>", [], ["is a <html> document, not one of: sitemapindex, urlset"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "pages", "failures"),
    [row[1:] for row in ODD_SITEMAPS],
    ids=[r[0] for r in ODD_SITEMAPS],
)
def test_an_odd_sitemap_is_read(body: str | bytes, pages: list[str], failures: list[str]) -> None:
    assert told(body, SourceKind.SITEMAP) == (pages, failures)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("jeu., 04 sept. 2031 10:20:00 +0200", "2031-09-04T10:20:00+02:00"),
        ("lun, 5 mayo 2031 10:20 CEST", "2031-05-05T10:20:00+02:00"),
        ("quinta-feira, 4 de setembro de 2031 10:20", "2031-09-04T10:20:00"),
        ("do 4 september 2031 10:20", "2031-09-04T10:20:00"),
    ],
)
def test_weekdays_of_other_languages_take_no_clock_away(written: str, read: str) -> None:
    assert iso_date(written) == read
