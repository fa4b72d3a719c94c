"""What may be set about a crawl. Everything has a default that is polite to a stranger's server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PRODUCT = "Parallax"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOptions:
    """How a crawl behaves; times are in seconds, sizes in bytes, counts per outlet unless said.

    `contact` is an address or mail that a server's owner can write to; it goes into the
    User-Agent. `allow_private` lets addresses of loopback and private networks be fetched.
    `longest_wait` bounds a Crawl-delay and a Retry-After: who asks for more is not fetched at all.
    `from_archive` reads these WARC files instead of the network. `refresh` looks at everything
    again, and keeps what has changed as a new version. `gdelt` and `wayback` are the addresses of
    those services, or None to leave them alone; `wayback_copies` is where the latter's copies are,
    `gdelt_delay` the seconds that the former wants between questions. `sources` are the feeds, sitemaps and
    sections that are asked, `source_depth` how many of them one after the other lead there. `browser` is the Chromium that
    renders pages that need scripts, or None to leave them unread. `extract_timeout` is the time that
    reading one page may take, `document_seconds` the time of the processor that reading one feed,
    sitemap or section may: the largest sitemap that the protocol allows takes three.
    """

    version: str = "0"
    contact: str | None = None
    allow_private: bool = False
    delay: float = 1.0
    per_host: int = 2
    at_once: int = 64
    timeout: float = 30.0
    largest: int = 10_000_000
    retries: int = 2
    longest_wait: float = 60.0
    pages: int = 50
    sources: int = 25
    source_depth: int = 2
    workers: int = 2
    extract_timeout: float = 20.0
    document_seconds: float = 5.0
    refresh: bool = False
    from_archive: tuple[Path, ...] = ()
    gdelt: str | None = None
    gdelt_delay: float = 5.0
    wayback: str | None = None
    wayback_copies: str = "https://web.archive.org/web"
    browser: Path | None = None
    render_timeout: float = 45.0

    @property
    def user_agent(self) -> str:
        """Who is asking, and whom to write to: never the name of a browser."""
        reach = f"+{self.contact}" if self.contact else "compares news coverage; no contact given"
        return f"{PRODUCT}/{self.version} ({reach})"
