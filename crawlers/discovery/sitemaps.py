"""Sitemaps, news sitemaps, sitemap indexes and plain-text sitemaps (sitemaps.org 0.9, Google News)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from compare.datamodel import Failure
from crawlers.discovery.bounded_xml import (
    MOST_ENTRIES,
    TOO_MANY,
    decoded,
    local_name,
    lost,
    records,
    text_of,
    unpacked,
)
from crawlers.discovery.dates import iso_date
from crawlers.discovery.feeds import plain
from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.urls import canonical_url

_ROOTS = ("urlset", "sitemapindex")
_FOREIGN = ("image", "video", "xhtml", "mobile", "pagemap")


def found_urls(body: bytes, base: str) -> Found:
    """The articles and further sitemaps that a sitemap names, in its order.

    A news sitemap gives title, time of publication and language; any other only `lastmod`, which
    is when the page was last changed, and so says nothing of when it was published.
    """
    if _is_plain_text(body):
        yield from _of_lines(body, base)
        return
    for entry in records(body, base, roots=_ROOTS, tags=("url", "sitemap")):
        yield entry if isinstance(entry, Failure) else _of_entry(entry, base)


def _of_entry(entry: etree._Element, base: str) -> FoundUrl | Failure:
    parts: dict[str, str] = {}
    for part in entry.iterdescendants():
        if not _is_foreign(part.tag):
            parts.setdefault(local_name(part), text_of(part))
    url = canonical_url(parts.get("loc", "").replace("&amp;", "&"), base)
    if not parts.get("loc") or url is None:
        return lost(base, "an entry without an address")
    return FoundUrl(
        url=url,
        title=plain(parts.get("title", "")) or None,
        published=iso_date(parts.get("publication_date")),
        modified=iso_date(parts.get("lastmod")),
        source=base,
        leads=Leads.SITEMAP if local_name(entry) == "sitemap" else Leads.ARTICLE,
        language=_language(parts),
    )


@lru_cache(maxsize=512)
def _is_foreign(tag: str) -> bool:
    """Whether a tag is of an extension: by its namespace, or by its prefix where none is declared."""
    namespace, _, name = tag.lower().rpartition("}")
    prefix = name.partition(":")[0] if ":" in name else ""
    return any(known in namespace or known == prefix for known in _FOREIGN)


def _language(parts: Mapping[str, str]) -> str | None:
    written = parts.get("language", "").strip().lower()
    return written if 2 <= len(written) <= 10 else None


def _is_plain_text(body: bytes) -> bool:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:8].lower()
    return start.startswith((b"http://", b"https://"))


def _of_lines(body: bytes, base: str) -> Found:
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    lines = decoded(data).split()
    for line in lines[:MOST_ENTRIES]:
        url = canonical_url(line)
        yield FoundUrl(url, source=base) if url else lost(base, "a line that is no address")
    if len(lines) > MOST_ENTRIES:
        yield lost(base, TOO_MANY)
