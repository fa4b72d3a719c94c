"""Where a spider's rows go: to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

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
        """The row, once it is on disk; raises DropItem once rows cannot be kept any more."""
        context = context_of(self._crawler)
        if context.broken is not None:
            raise DropItem("the crawl is being given up")
        try:
            context.journal.add(item)
        except OSError as error:
            context.give_up(f"{context.journal.path} cannot be written ({error.strerror})")
            raise DropItem("this row cannot be written") from error
        return item
