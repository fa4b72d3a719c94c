"""Pages and documents are read in other processes, so that a slow one never holds up the network."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from compare.datamodel import Article, Failure, Stage
from crawlers.discovery.announced import Announced, ReadsDocument, announced
from crawlers.extract.pool import ExtractPool, PageJob
from crawlers.extract.turns import STOPPED, Turns
from crawlers.options import CrawlOptions

if TYPE_CHECKING:
    from compare.datamodel import Event

T = TypeVar("T")

_TOO_SLOW = "takes too long to read"
_UNREADABLE = "could not be read"

log = logging.getLogger(__name__)


class MachineError(Exception):
    """The machine fails, and no page or server: the message says in what."""


class PageReaders:
    """Awaits what other processes read; a page that hangs or kills its process is a `Failure`."""

    def __init__(self, pool: ExtractPool, options: CrawlOptions) -> None:
        self._pool = pool
        self._seconds = options.extract_timeout
        self._document_seconds = options.document_seconds
        self._turns = Turns(options.workers)

    async def page(self, job: PageJob) -> Article | Failure:
        """The article on a page, or why there is none."""
        async with self._turns.of(job.outlet):
            if self._turns.is_stopped(job.outlet):
                return Failure(
                    stage=Stage.EXTRACT,
                    reason=STOPPED,
                    url=job.url,
                    outlet=job.outlet,
                    at=job.fetched_at,
                )
            begun = monotonic()
            with _pool_errors_told():
                running = self._pool.submit(job)
            row = await asyncio.wrap_future(running)
            if isinstance(row, Failure) and monotonic() - begun >= self._seconds:
                self._turns.took_too_long(job.outlet)
            return row

    async def announced(
        self, read: ReadsDocument, body: bytes, base: str, event: Event, *, outlet: str
    ) -> Announced:
        """What a document announces; one that hangs or kills its process announces nothing.

        `outlet` is whose turn it takes.
        """
        async with self._turns.of(outlet):
            if self._turns.is_stopped(outlet):
                return Announced(problems=((STOPPED, 1),))
            with _pool_errors_told():
                running = self._pool.run(
                    _within, self._document_seconds, announced, read, body, base, event,
                    seconds=max(self._seconds, 4 * self._document_seconds),
                )  # fmt: skip
            try:
                return await asyncio.wrap_future(running)
            except Exception as error:  # noqa: BLE001 - a stranger's document; the log has the rest
                log.warning("%s could not be read: %r", base, error)
                too_slow = isinstance(error, TimeoutError) or _ran_out_of_time(error)
                if too_slow:
                    self._turns.took_too_long(outlet)
                return Announced(problems=((_TOO_SLOW if too_slow else _UNREADABLE, 1),))


@contextmanager
def _pool_errors_told() -> Iterator[None]:
    """Raises MachineError where no process can be had to read in."""
    try:
        yield
    except (RuntimeError, OSError) as error:
        raise MachineError("the processes that read pages cannot be started") from error


def _within(seconds: float, function: Callable[..., T], *args: object) -> T:
    """What the function gives; its process is ended once that takes so many seconds of the processor."""
    if not hasattr(signal, "setitimer"):  # Windows; the limit in time that passes still holds
        return function(*args)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return function(*args)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _ran_out_of_time(error: Exception) -> bool:
    """Whether a process was ended by its timer."""
    return getattr(error, "exitcode", None) == -getattr(signal, "SIGPROF", 0)


@contextmanager
def page_readers(options: CrawlOptions) -> Iterator[PageReaders]:
    """The processes that read a crawl's pages, ended when it is over."""
    with ExtractPool(options.workers, seconds=options.extract_timeout) as pool:
        yield PageReaders(pool, options)
