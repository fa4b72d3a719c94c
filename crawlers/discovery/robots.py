"""The `Sitemap:` lines of robots.txt, which may name a sitemap that the registry does not know."""

from __future__ import annotations

import re

from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.urls import canonical_url

_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_LARGEST = 500 * 1024  # bytes: what RFC 9309 asks readers to read at least


def found_urls(body: bytes, base: str) -> Found:
    """The sitemaps that a robots.txt names, each once; whatever else is there is not for us."""
    text = body[:_LARGEST].decode("utf-8-sig", errors="replace")
    urls = dict.fromkeys(canonical_url(line, base) for line in _LINE.findall(text))
    yield from (FoundUrl(url, source=base, leads=Leads.SITEMAP) for url in urls if url)
