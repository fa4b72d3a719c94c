"""What one session of a crawl knows and keeps, handed to the spider and the middlewares as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from compare.datamodel import Event
from compare.errors import OutputError
from crawlers.archive.reader import ArchiveReader, Earlier
from crawlers.archive.writer import ArchiveWriter
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.plan import PlannedPage
from crawlers.extract.readers import PageReaders
from crawlers.options import CrawlOptions
from crawlers.output.articles_jsonl import Journal
from crawlers.output.ledger import Ledger
from crawlers.registry.outlets import Outlet, outlet_of, unlisted_outlet
from crawlers.urls import page_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@dataclass(slots=True, kw_only=True)
class CrawlContext:
    """One session of a crawl.

    `reader` answers for what was fetched before; `writer` keeps what is fetched now, and is None
    in a replay, which never touches the network. `earlier` has the answers of the sessions before.
    `clock` tells the time as ISO 8601 UTC. `sitemaps` are those that robots.txt names, by origin.
    `end` stops the crawl in order.
    """

    event: Event
    outlets: tuple[Outlet, ...]
    options: CrawlOptions
    clock: Callable[[], str]
    ledger: Ledger
    journal: Journal
    readers: PageReaders
    reader: ArchiveReader
    writer: ArchiveWriter | None
    earlier: Earlier = field(default_factory=Earlier)
    sitemaps: dict[str, tuple[FoundUrl, ...]] = field(default_factory=dict)
    broken: OutputError | None = None
    end: Callable[[], None] = lambda: None
    _claims: dict[str, PlannedPage] = field(default_factory=dict)

    def give_up(self, why: str) -> None:
        """End the crawl, since this machine fails and not a page; what is on disk stays.

        The first reason is the one that is raised when the crawl has ended (`broken`).
        """
        if self.broken is None:
            self.broken = OutputError(
                f"the crawl cannot go on: {why}. What was read is kept; when there is room again, run "
                "the same command to go on."
            )
            self.end()

    @property
    def replays_foreign(self) -> bool:
        """Whether this reads another program's archive, which need not hold any robots.txt."""
        return self.writer is None and self.reader.foreign

    @property
    def renders(self) -> bool:
        """Whether pages may be read in a browser; in a replay, as they were rendered."""
        return self.options.browser is not None and not self.replays_foreign

    def claim(self, url: str, page: PlannedPage) -> bool:
        """Whether this address is to be read for `page`; False if another page has it already."""
        return self._claims.setdefault(page_key(url), page) is page

    def owner(self, url: str) -> Outlet:
        """The outlet that an address belongs to, listed or not."""
        known = outlet_of(url, self.outlets)
        if known is None:
            known = unlisted_outlet(url)
            self.ledger.add_outlet(known.name, known.domain)
        return known


def context_of(crawler: Crawler) -> CrawlContext:
    """What this crawl knows and keeps: it travels on the spider."""
    return cast("CrawlContext", cast("Any", crawler.spider).context)
