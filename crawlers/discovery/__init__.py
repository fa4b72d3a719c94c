"""Where to look for articles: bytes of a feed, sitemap, page or answer in, `FoundUrl` out.

Every parser is a pure function `found_urls(body: bytes, base: str) -> Iterator[FoundUrl | Failure]`
in a file of its own; `base` is the address that the bytes came from. A document that is broken
yields what can be read of it and a `Failure` that says what was wrong. Nothing here fetches.
"""

from crawlers.discovery.found import Found, FoundUrl, Leads

__all__ = ["Found", "FoundUrl", "Leads"]
