"""Pages are read in other processes, so that a slow one never holds up the network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from compare.datamodel import Article, Failure
from crawlers.discovery.found import FoundUrl
from crawlers.extract.pool import ExtractPool, PageJob
from crawlers.options import CrawlOptions


class PageReaders:
    """Awaits `extract_page` as it runs elsewhere; a page that hangs or kills its process is a `Failure`."""

    def __init__(self, pool: ExtractPool) -> None:
        self._pool = pool

    async def __call__(
        self,
        body: bytes,
        *,
        url: str,
        outlet: str,
        fetched_at: str | None,
        content_type: str | None,
        hint: FoundUrl | None,
    ) -> Article | Failure:
        """The article on a page, or why there is none."""
        job = PageJob(
            url=url,
            outlet=outlet,
            body=body,
            fetched_at=fetched_at,
            content_type=content_type,
            hint=hint,
        )
        return await asyncio.wrap_future(self._pool.submit(job))


@contextmanager
def page_readers(options: CrawlOptions) -> Iterator[PageReaders]:
    """The processes that read a crawl's pages, ended when it is over."""
    with ExtractPool(options.workers, seconds=options.extract_timeout) as pool:
        yield PageReaders(pool)
