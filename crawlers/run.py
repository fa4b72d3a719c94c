"""A crawl from beginning to end, in this process: what it was asked, what it gathered, how far it came.

`out/` gets `articles.jsonl` (a row a page, as pages come), `archive/` (what was fetched), `crawl.json`
(what was asked, and the ledger) and `crawl.log`. Running it again on the same folder goes on: what
the archive has is not fetched again.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.datamodel import Event
from compare.errors import UsageError
from crawlers.archive import ArchiveReader, ArchiveWriter
from crawlers.journal import Journal
from crawlers.ledger import Ledger, LedgerRow
from crawlers.options import CrawlOptions
from crawlers.outlets import Outlet
from crawlers.reading import page_readers
from crawlers.record import CrawlRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """What a crawl gathered: the file, how many rows of each kind it has, and every outlet's row.

    `finished` is False if it was stopped; the same call again goes on from there.
    """

    articles: Path
    read: int
    failed: int
    ledger: tuple[LedgerRow, ...]
    finished: bool


def crawl(
    event: Event,
    outlets: Sequence[Outlet],
    *,
    out: Path,
    options: CrawlOptions,
    clock: Callable[[], str],
    progress: Callable[[LedgerRow], None] | None = None,
) -> CrawlResult:
    """Gather what `outlets` published about `event` into the folder `out`.

    `clock` gives the time as ISO 8601 UTC to the second; `progress` is told of every ledger row
    that changed. A page or source that fails becomes a `Failure` row. An interrupt (SIGINT) ends
    the crawl in order. Works once in a process, since Twisted's reactor does.

    Raises UsageError if there is nothing to look in, or `out` holds another event's crawl;
    OutputError if it cannot be written; InputError if an archive to replay cannot be read.
    """
    if not outlets and not event.urls:
        raise UsageError(
            "There is no outlet to look in. Give --outlets FILE, or a page with --url."
        )
    record = CrawlRecord.open(out, event, options, now=clock())
    ledger = Ledger([(outlet.name, outlet.domain) for outlet in outlets], progress)
    with ExitStack() as stack:
        reader, writer = _archive(record, options, clock)
        if writer is not None:
            stack.callback(writer.close)
        journal = Journal(
            record.articles, settled=record.settled, outlets=[outlet.name for outlet in outlets]
        )
        stack.enter_context(_logged(out / "crawl.log"))
        extract = stack.enter_context(page_readers(options))
        finished = _run(
            options,
            event=event,
            outlets=tuple(outlets),
            clock=clock,
            ledger=ledger,
            journal=journal,
            extract=extract,
            reader=reader,
            writer=writer,
        )
        rows = journal.finish() if finished else journal.interrupt()
        record.close(ledger.rows(), now=clock(), rows=sum(rows), finished=finished)
    return CrawlResult(
        articles=record.articles,
        read=rows.articles,
        failed=rows.failures,
        ledger=ledger.rows(),
        finished=finished,
    )


def _archive(
    record: CrawlRecord, options: CrawlOptions, clock: Callable[[], str]
) -> tuple[ArchiveReader, ArchiveWriter | None]:
    if options.from_archive:
        return ArchiveReader.of(options.from_archive), None
    reader = ArchiveReader.of(record.archived(), strict=False)
    writer = ArchiveWriter(
        record.next_archive(), at=clock(), user_agent=options.user_agent, session=record.session
    )
    return reader, writer


def _run(options: CrawlOptions, **parts: Any) -> bool:
    """Run the reactor until the crawl is over; whether it came to its own end."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawlers import settings as project
    from crawlers.context import CrawlContext
    from crawlers.spiders.coverage import CoverageSpider

    context = CrawlContext(options=options, **parts)
    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.setdict(project.settings_for(options), priority="cmdline")
    with _signals_kept():
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(CoverageSpider)
        task = process.crawl(crawler, context=context)
        process.start(install_signal_handlers=_in_main_thread())
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error
    return bool(getattr(crawler.spider, "closed_because", "") == "finished")


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Scrapy leaves its own handlers behind; an interrupt after the crawl would go nowhere."""
    if not _in_main_thread():
        yield
        return
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            if handler is not None:
                signal.signal(number, handler)


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """What Scrapy and we have to say in detail goes to a file, never to the terminal."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setLevel(logging.INFO)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
