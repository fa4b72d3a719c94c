"""Where to look for articles: bytes of a feed, sitemap, page or answer in, `FoundUrl` out.

Every parser is a pure function `found_urls(body: bytes, base: str) -> Iterator[FoundUrl | Failure]`
in a file of its own; `base` is the address that the bytes came from. A document that is broken
yields what can be read of it and a `Failure` that says what was wrong. Nothing here fetches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from crawlers.discovery import feeds, links, sitemaps
from crawlers.discovery.bounded_xml import decoded, unpacked
from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.discovery.promise import most_promising_first
from crawlers.discovery.raw_entries import root_of
from crawlers.discovery.window import plainly_outside
from crawlers.registry.outlets import SourceKind

__all__ = [
    "Found",
    "FoundUrl",
    "Leads",
    "found_urls",
    "kind_of",
    "most_promising_first",
    "plainly_outside",
]


def _of_home_page(body: bytes, base: str) -> Found:
    return chain(links.feeds_of(body, base), links.found_urls(body, base))


_PARSERS: Mapping[SourceKind, Callable[[bytes, str], Found]] = {
    SourceKind.FEED: feeds.found_urls,
    SourceKind.NEWS_SITEMAP: sitemaps.found_urls,
    SourceKind.SITEMAP: sitemaps.found_urls,
    SourceKind.SECTION: links.found_urls,
    SourceKind.SEARCH: links.found_urls,
    SourceKind.HOME: _of_home_page,
}
_ROOTED = frozenset({SourceKind.FEED, SourceKind.NEWS_SITEMAP, SourceKind.SITEMAP})
_SNIFFED = 60_000  # bytes that show which document it is
_KINDS = {
    Leads.FEED: SourceKind.FEED,
    Leads.SITEMAP: SourceKind.SITEMAP,
    Leads.LISTING: SourceKind.SECTION,
}


def found_urls(body: bytes, base: str, kind: SourceKind) -> Found:
    """What a source of this kind announces, by the parser that reads it.

    A sitemap may be a feed (sitemaps.org says so), and some feeds are sitemaps: the document decides.
    """
    if kind in _ROOTED:
        data, _ = unpacked(body, limit=_SNIFFED)
        root = root_of(decoded(data), (*feeds.ROOTS, *sitemaps.ROOTS))
        if root is not None:
            kind = SourceKind.FEED if root in feeds.ROOTS else SourceKind.SITEMAP
    return _PARSERS[kind](body, base)


def kind_of(found: FoundUrl) -> SourceKind | None:
    """How to read what a found address leads to, if that is one more place to look in."""
    return _KINDS.get(found.leads)
