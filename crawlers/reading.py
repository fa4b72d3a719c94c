"""Pages are read in other processes, so that a slow one never holds up the network."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial

from compare.datamodel import Article, Failure, Stage
from crawlers.discovery.found import FoundUrl
from crawlers.options import CrawlOptions


class PageReaders:
    """Processes that run `extract_page`; a page that hangs or kills one becomes a `Failure`."""

    def __init__(self, workers: int, timeout: float) -> None:
        self._workers = workers
        self._timeout = timeout
        self._pool = self._new_pool()
        # No more pages are handed over than are read at once, so that time is counted from the
        # start of reading, and one that hangs takes no other with it than those beside it.
        self._free = asyncio.Semaphore(workers)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
        )

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
        read = partial(
            _read,
            body,
            url=url,
            outlet=outlet,
            fetched_at=fetched_at,
            content_type=content_type,
            hint=hint,
        )
        failed = partial(Failure, stage=Stage.EXTRACT, url=url, outlet=outlet, at=fetched_at)
        async with self._free:
            for _ in range(2):  # a page whose process another one took down is read again
                pool = self._pool
                try:
                    running = asyncio.wrap_future(pool.submit(read))
                    return await asyncio.wait_for(running, self._timeout)
                except TimeoutError:
                    self._replace(pool)
                    return failed(reason=f"reading it took longer than {self._timeout:g} s")
                except BrokenProcessPool:
                    self._replace(pool)
        return failed(reason="reading it broke the process that read it")

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._pool is broken:
            self._pool = self._new_pool()
            _end(broken)

    def close(self) -> None:
        """End the processes."""
        _end(self._pool)


@contextmanager
def page_readers(options: CrawlOptions) -> Iterator[PageReaders]:
    """The processes that read a crawl's pages, ended when it is over."""
    readers = PageReaders(options.workers, options.extract_timeout)
    try:
        yield readers
    finally:
        readers.close()


def _end(pool: ProcessPoolExecutor) -> None:
    for worker in list((pool._processes or {}).values()):  # Python 3.14 has kill_workers()
        worker.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """An interrupt is for the crawl to handle; and what is slow to import is imported now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import crawlers.extract  # noqa: F401 - heavy


def _read(
    body: bytes,
    *,
    url: str,
    outlet: str,
    fetched_at: str | None,
    content_type: str | None,
    hint: FoundUrl | None,
) -> Article | Failure:
    from crawlers.extract import extract_page

    return extract_page(
        body, url=url, outlet=outlet, fetched_at=fetched_at, content_type=content_type, hint=hint
    )
