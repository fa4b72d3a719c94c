"""A crawl from beginning to end, in this process: what it was asked, what it gathered, how far it came.

`out/` gets `articles.jsonl` (a row a page, as pages come), `archive/` (what was fetched), `crawl.json`
(what was asked, and the ledger) and `crawl.log`. Running it again on the same folder goes on: what
the archive has is not fetched again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from compare.datamodel import Event
from compare.errors import OutputError, UsageError
from crawlers.archive.reader import ArchiveReader, Earlier
from crawlers.archive.writer import ArchiveWriter
from crawlers.extract.readers import PageReaders, page_readers
from crawlers.options import CrawlOptions
from crawlers.output.articles_jsonl import Counts, Journal
from crawlers.output.crawl_json import CrawlRecord, locked
from crawlers.output.ledger import Ledger, LedgerRow
from crawlers.process import project_settings, run_spiders
from crawlers.registry.outlets import Outlet

if TYPE_CHECKING:
    from crawlers.session import CrawlContext


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """What a crawl gathered: the file, how many rows of each kind it has, and every outlet's row.

    `finished` is False if it was stopped; the same call again goes on from there. `damaged` counts the
    stretches of an archive to replay that could not be read; `answered` and `unanswered` the requests to
    the network, of this time alone.
    """

    articles: Path
    read: int
    failed: int
    ledger: tuple[LedgerRow, ...]
    finished: bool
    damaged: int = 0
    answered: int = 0
    unanswered: int = 0

    @property
    def reached_nothing(self) -> bool:
        """Whether not one server answered, of several requests: this machine may have no network."""
        return not self.answered and self.unanswered > 1


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
    _check_browser(options)
    replayed = ArchiveReader.sessions(options.from_archive, largest=options.largest)
    with ExitStack() as stack:
        stack.enter_context(locked(out))
        record = CrawlRecord.open(out, event, options, now=clock())
        stack.enter_context(_logged(out / "crawl.log"))
        readers = stack.enter_context(page_readers(options))
        sessions = _Sessions(record, event, tuple(outlets), options, clock, progress, readers)
        finished = sessions.run(replayed)
        rows, ledger = sessions.end(finished=finished)
    return CrawlResult(
        articles=record.articles,
        read=rows.articles,
        failed=rows.failures,
        ledger=ledger,
        finished=finished,
        damaged=sum(reader.damaged for reader in replayed),
        answered=sessions.answered,
        unanswered=sessions.unanswered,
    )


def _check_browser(options: CrawlOptions) -> None:
    """Raises UsageError where pages are to be rendered and nothing is there that could."""
    if options.browser is None or options.from_archive:
        return
    if find_spec("scrapy_playwright") is None:
        raise UsageError(
            "--browser needs the extra of that name: pip install 'parallax-news[browser]'."
        )
    if not options.browser.is_file():
        raise UsageError(f"{options.browser} is not there. Give the path of a Chromium.")


@dataclass(slots=True)
class _Sessions:
    """The sessions that one call runs: one, or as many as an archive to replay has."""

    record: CrawlRecord
    event: Event
    outlets: tuple[Outlet, ...]
    options: CrawlOptions
    clock: Callable[[], str]
    progress: Callable[[LedgerRow], None] | None
    readers: PageReaders
    current: CrawlContext | None = None
    answered: int = 0
    unanswered: int = 0

    def run(self, replayed: Sequence[ArchiveReader]) -> bool:
        """Run one session after the other; whether the last came to its own end."""
        if not replayed:
            earlier = ArchiveReader.of(
                self.record.archived(), strict=False, largest=self.options.largest
            )
            writer = ArchiveWriter(
                self.record.next_archive(),
                at=self.clock(),
                user_agent=self.options.user_agent,
                session=self.record.session,
            )
            try:
                before = Earlier(self.record.archived_before())
                return self._run(iter([self._begin(earlier, writer, before)]))
            finally:
                self.answered, self.unanswered = writer.answers, writer.failed
                with suppress(OSError):  # a full disk has been said by then
                    writer.close()
        return self._run(self._in_turn(replayed))

    def _run(self, sessions: Iterator[CrawlContext]) -> bool:
        from crawlers.spiders.coverage import CoverageSpider

        return run_spiders(CoverageSpider, sessions, project_settings(self.options))

    def _in_turn(self, replayed: Sequence[ArchiveReader]) -> Iterator[CrawlContext]:
        before: list[Path] = []
        for reader in replayed:
            if self.current is not None:
                self.record.settled = sum(self.current.journal.finish())
            yield self._begin(reader, None, Earlier(before))
            before += reader.paths

    def _begin(
        self, reader: ArchiveReader, writer: ArchiveWriter | None, before: Earlier
    ) -> CrawlContext:
        from crawlers.session import CrawlContext

        names = [(outlet.name, outlet.domain) for outlet in self.outlets]
        journal = Journal(
            self.record.articles, settled=self.record.settled, outlets=[name for name, _ in names]
        )
        self.current = CrawlContext(
            event=self.event,
            outlets=self.outlets,
            options=self.options,
            clock=self.clock,
            ledger=Ledger(names, self.progress),
            journal=journal,
            readers=self.readers,
            reader=reader,
            writer=writer,
            earlier=before,
        )
        return self.current

    def end(self, *, finished: bool) -> tuple[Counts, tuple[LedgerRow, ...]]:
        """Close the journal and the record; the rows and the ledger of the last session."""
        assert self.current is not None, "there is always one session"
        journal, ledger = self.current.journal, self.current.ledger.rows()
        if (broken := self.current.broken) is not None:
            rows = journal.interrupt()
            with suppress(OutputError):  # the disk is full; that it ran is what stays written there
                self.record.close(ledger, now=self.clock(), rows=sum(rows), finished=False)
            raise broken
        rows = journal.finish() if finished else journal.interrupt()
        self.record.close(ledger, now=self.clock(), rows=sum(rows), finished=finished)
        return rows, ledger


class _Log(logging.FileHandler):
    """A log that says nothing of its own on the terminal; where the disk is full, the crawl says so."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Leave the record out."""


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """What Scrapy and we have to say in detail goes to a file, never to the terminal."""
    try:
        handler = _Log(path, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}. Choose another --out."
        ) from error
    handler.setLevel(logging.INFO)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        with suppress(OSError):
            handler.close()
