"""Where a spider's rows go: to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.session import context_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from compare.datamodel import Article, Failure


class JournalPipeline:
    """Writes every article and failure as it comes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> JournalPipeline:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_item(self, item: Article | Failure) -> Article | Failure:
        """The row, once it is on disk."""
        context_of(self._crawler).journal.add(item)
        return item
