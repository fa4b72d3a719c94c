"""Sitemaps, news sitemaps, sitemap indexes and plain-text sitemaps (sitemaps.org 0.9, Google News)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

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
from crawlers.discovery.feeds import NO_ADDRESS, is_media, plain, written_address
from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.urls import canonical_url

ROOTS = ("urlset", "sitemapindex")
_SNIFFED = 2_000  # bytes; comments may stand before the first address
_FOREIGN = ("image", "video", "xhtml", "mobile", "pagemap")


def found_urls(body: bytes, base: str) -> Found:
    """The articles and further sitemaps that a sitemap names, in its order.

    A news sitemap gives title, time of publication and language; any other only `lastmod`, which
    is when the page was last changed, and so says nothing of when it was published.
    """
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    if _is_plain_text(data):
        yield from _of_lines(data, base)
        return
    for entry in records(data, base, roots=ROOTS, tags=("url", "sitemap")):
        yield entry if isinstance(entry, Failure) else _of_entry(entry, base)


def _of_entry(entry: etree._Element, base: str) -> FoundUrl | Failure:
    parts: dict[str, str] = {}
    # An entry's own parts before those of what stands in it, whatever that is called.
    for part in chain(entry, entry.iterdescendants()):
        if not _is_foreign(part.tag):
            name = local_name(part)
            written = "".join(map(str, part.itertext())) if name == "loc" else text_of(part)
            parts.setdefault(name, written)
    url = canonical_url(written_address(parts.get("loc", ""), base), base)
    if not parts.get("loc") or url is None:
        return lost(base, NO_ADDRESS)
    if is_media(url):
        return lost(base, "an entry that leads to a picture, sound or film")
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


def _is_plain_text(data: bytes) -> bool:
    lines = (line.strip("\ufeff \t") for line in decoded(data[:_SNIFFED]).splitlines())
    start = next((line for line in lines if line and not line.startswith("#")), "")
    return start.lower().startswith(("http://", "https://"))


def _of_lines(data: bytes, base: str) -> Found:
    written = (line.strip("\ufeff \t") for line in decoded(data).splitlines())
    lines = [
        each
        for line in written
        if line and not line.startswith("#")
        for each in (line.split() if " http" in line else [line])
    ]
    for line in lines[:MOST_ENTRIES]:
        url = canonical_url(written_address(line, base))
        yield FoundUrl(url, source=base) if url else lost(base, "a line that is no address")
    if len(lines) > MOST_ENTRIES:
        yield lost(base, TOO_MANY)
