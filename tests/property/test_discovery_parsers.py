"""No bytes crash a parser, and what a parser finds can be fetched."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.datamodel import Event, Failure
from compare.times import moment
from crawlers.discovery import (
    feeds,
    found_urls,
    gdelt,
    links,
    plainly_outside,
    robots,
    search,
    sitemaps,
    url_lists,
    wayback,
)
from crawlers.discovery.dates import iso_date
from crawlers.discovery.found import Found, FoundUrl
from crawlers.registry.outlets import SourceKind
from crawlers.urls import canonical_url, page_key

BASE = "https://ferrypost.example/here"
PARSERS = [
    feeds.found_urls,
    sitemaps.found_urls,
    links.found_urls,
    links.feeds_of,
    robots.found_urls,
    gdelt.found_urls,
    url_lists.found_urls,
]

PIECES = st.sampled_from(
    [
        "<rss>", "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>",
        "</link>", "<guid>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>",
        "<link href='/a-b-c-d'/>", "<urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>",
        "<sitemapindex>", "<sitemap>", "<!DOCTYPE r [", "<!ENTITY a 'b'>", "]>", "]]>", "<![CDATA[", "&a;",
        "&amp;", "&nbsp;", "&#0;", "&", "<?xml version='1.0' encoding='utf-16'?>", "<html>", "<base href='//['>",
        "<a href='/news/one-two-three-four'>", "<a href='http://['>", "</a>", "<time datetime='2031-05-04'>",
        "<a rel=next href='?p=2'>", "<link rel=alternate type='application/rss+xml' href='/f'>", "{", "}",
        '"items": [', "[", "]", '{"url": "/a", "authors": 7}', "https://e.example/a", "2031-05-04T10:00Z",
        "Sitemap: /a.xml\n", '{"articles": [', '{"url": "https://e.example/a", "seendate": 7}', '[["timestamp", "original"]',
        ', ["20310504000000", "https://e.example/a"]', "\\", "#", "\0", "\ufeff", "é", " ",
    ]
)  # fmt: skip
DOCUMENTS = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map(
        lambda pieces: "".join(pieces).encode("utf-8", errors="surrogatepass")
    ),
)


def packed(document: bytes, how: int) -> bytes:
    if how == 1:
        return gzip.compress(document)
    if how == 2:
        return gzip.compress(document)[:-5]
    return document.decode("utf-8", errors="replace").encode("utf-16") if how == 3 else document


@pytest.mark.parametrize("parser", PARSERS)
@given(document=DOCUMENTS, how=st.integers(0, 3))
def test_no_bytes_crash_a_parser(
    parser: Callable[[bytes, str], Found], document: bytes, how: int
) -> None:
    for found in parser(packed(document, how), BASE):
        if isinstance(found, Failure):
            assert found.reason
            assert found.url == BASE
        else:
            assert canonical_url(found.url) == found.url
            assert found.published is None or moment(found.published)
            assert found.modified is None or moment(found.modified)


@given(document=DOCUMENTS, kind=st.sampled_from(SourceKind))
def test_every_kind_of_source_has_a_parser(document: bytes, kind: SourceKind) -> None:
    event = Event(about="x", start="2031-05-01", end="2031-05-05")
    for found in found_urls(document, BASE, kind):
        if isinstance(found, FoundUrl):
            plainly_outside(found, event)


@given(document=DOCUMENTS)
def test_archived_copies_have_a_time(document: bytes) -> None:
    for found in wayback.found_urls(document, BASE):
        if isinstance(found, FoundUrl):
            assert moment(found.modified)


@given(title=st.text(max_size=60), text=st.text(max_size=300))
def test_a_search_asks_for_few_words_each_once(title: str, text: str) -> None:
    for asked, most in (
        (search.telling_words(title, text), search.MOST_TELLING),
        (search.search_words(f"{title} {text}"), search.MOST_WORDS),
    ):
        assert len(asked) <= most
        assert len({word.lower() for word in asked}) == len(asked)
        assert all(word.strip() for word in asked)


@given(st.text(max_size=200))
def test_a_date_is_readable_or_none(written: str) -> None:
    iso = iso_date(written)
    assert iso is None or moment(iso) is not None


URLS = st.one_of(
    st.text(max_size=100),
    st.builds(
        "{}://{}{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(["a.example", "www.A.example:80", "m.a.example", "amp.a.example", "[::1]", "u@a.b", "é.example"]),
        st.sampled_from(["", "/", "/amp", "/a/amp/", "/a.amp.html", "/index.html", "/a//b", "/../a", "/%7Ea", "/é"]),
        st.text(alphabet="?&=abc%19#;/ ", max_size=12),
        st.sampled_from(["", "?utm_source=a", "&amp=1", "?b=2&a=1", "?cid=12", "?cid=x"]),
    ),
)  # fmt: skip


@given(URLS)
def test_canonical_addresses_stay_as_they_are(url: str) -> None:
    canonical = canonical_url(url, BASE)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert page_key(canonical) == page_key(canonical_url(canonical) or "")
        assert "#" not in canonical
        assert canonical.startswith(("http://", "https://"))


@given(URLS)
def test_tracking_never_changes_the_page(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        tracked = f"{canonical}{'&' if '?' in canonical else '?'}utm_source=feed&fbclid=1"
        assert page_key(tracked) == page_key(canonical)


@given(
    st.sampled_from(["Tue, ", "Fri, ", ""]),
    st.integers(0, 32),
    st.sampled_from(["Feb", "Mar", "May", "Dec", "Foo"]),
    st.sampled_from([1969, 1999, 2024, 2031]),
    st.tuples(st.integers(0, 25), st.integers(0, 61), st.integers(0, 61)),
    st.sampled_from(["GMT", "+0000", "-0000", "+0530", "-1300", "+1400", "+1500", "+0860"]),
)
def test_a_date_of_a_feed_is_the_same_in_small_letters(
    weekday: str, day: int, month: str, year: int, clock: tuple[int, int, int], zone: str
) -> None:
    """In capitals, as RFC 822 has it, such a date is read at once, in small ones as free forms are."""
    hour, minute, second = clock
    written = f"{weekday}{day} {month} {year} {hour:02}:{minute:02}:{second:02} "
    assert iso_date(written + zone) == iso_date(written.lower() + zone)
