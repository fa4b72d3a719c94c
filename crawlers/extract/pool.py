"""Extraction in other processes, each page with a time limit: no page can hang or kill a run.

Who submits a page gets a future, so that the crawl's reactor never waits. A page that takes too long or takes its process down becomes a `Failure`, and the
pool goes on with a new process.
"""

from __future__ import annotations

import gzip
import multiprocessing
import os
import signal
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from compare.datamodel import Article, Failure, Stage
from crawlers.extract.bounds import MAX_BYTES

if TYPE_CHECKING:
    from types import TracebackType

    from crawlers.discovery.found import FoundUrl

Extracted = Article | Failure
T = TypeVar("T")

# The slowest of 226 real pages takes 0.2 s of a core. The limit is in time that passes, so it
# leaves room for a machine that does ten other things.
PAGE_SECONDS = 90.0
# Of the processor, for one page: a busy machine takes nothing of it.
PROCESSOR_SECONDS = 5.0
_OUT_OF_TIME = getattr(signal, "SIGPROF", 0)  # what ends a process whose time is up
_SAFE_PATH = "PYTHONSAFEPATH"
# A page of MAX_BYTES parses in well under this much; what takes more is made to.
WORKER_BYTES = 4 << 30
# lxml and trafilatura keep caches; a new process gives their memory back.
_PAGES_A_WORKER = 400
# Loaded once in the server that workers are forked from.
_PRELOADED = ["crawlers.extract.warm"]


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page to extract: its bytes, or the file that holds them (.gz too), and what is known of it."""

    url: str
    outlet: str
    body: bytes | Path
    id: str | None = None
    fetched_at: str | None = None
    content_type: str | None = None
    hint: FoundUrl | None = None
    whole: bool = False  # whether it is known that all bytes came
    record: str | None = None  # of an archive (WARC-Record-ID), where the bytes are


class ExtractPool:
    """Processes that extract pages. Use as a context manager: leaving it stops what still runs."""

    def __init__(
        self,
        workers: int | None = None,
        *,
        seconds: float = PAGE_SECONDS,
        processor: float = PROCESSOR_SECONDS,
    ) -> None:
        self.workers = workers or available_cores()
        self._seconds = seconds
        self._processor = processor
        self._pool = ProcessPool(
            max_workers=self.workers,
            max_tasks=_PAGES_A_WORKER,
            initializer=_limit_memory,
            context=_context(),
        )

    def submit(self, job: PageJob) -> Future[Extracted]:
        """The article or failure to come; the future never holds an exception."""
        answer: Future[Extracted] = Future()
        running = self._pool.schedule(
            _limited, args=[extract_job, job, self._processor], timeout=self._seconds
        )
        running.add_done_callback(
            lambda done: answer.set_result(_outcome(done, job, self._seconds))
        )
        return answer

    def run(self, function: Callable[..., T], *args: object, seconds: float) -> Future[T]:
        """What a function of a module gives in one of the processes, or the error it ends with."""
        running: Future[T] = self._pool.schedule(function, args=args, timeout=seconds)
        return running

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the processes; pages still in work become failures."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def available_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """How workers start. Forking a process that has threads may deadlock; a fork server has none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        os.environ[_SAFE_PATH] = "1"  # every worker is a Python of its own there, started later
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver  # where there is none, it cannot be imported

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with _safe_path():
        forkserver.ensure_running()  # it loads while the caller still does other things
    return context


@contextmanager
def _safe_path() -> Iterator[None]:
    """Python processes started meanwhile import nothing from the current folder, whatever lies in it.

    The fork server and the tracker of its resources are `python -c`, which would look there first.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _outcome(done: Future[Extracted], job: PageJob, seconds: float) -> Extracted:
    if done.cancelled():
        return _failed(job, "extraction was stopped before this page was read")
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, (TimeoutError, FutureTimeoutError)):
        return _failed(job, f"extraction took longer than {seconds:g} seconds and was stopped")
    if isinstance(error, ProcessExpired) and error.exitcode == -_OUT_OF_TIME:
        return _failed(job, "extraction took too much of the processor and was stopped")
    if isinstance(error, ProcessExpired):
        return _failed(job, "the page took the process that read it down")
    if isinstance(error, MemoryError):
        return _failed(job, "the page needs more memory than one page may")
    return _failed(job, f"extraction failed with {type(error).__name__}: {error}")


def _failed(job: PageJob, reason: str, stage: Stage = Stage.EXTRACT) -> Failure:
    return Failure(
        stage=stage, reason=reason, url=job.url, outlet=job.outlet, id=job.id, at=job.fetched_at
    )


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds there
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = WORKER_BYTES if hard == resource.RLIM_INFINITY else min(WORKER_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _limited(read: Callable[[PageJob], Extracted], job: PageJob, processor: float) -> Extracted:
    """Read one page in a worker: the process ends where the page takes too much of the processor."""
    if not hasattr(signal, "setitimer"):  # Windows; the limit in time that passes holds there
        return read(job)
    signal.setitimer(signal.ITIMER_PROF, processor)
    try:
        return read(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def extract_job(job: PageJob) -> Extracted:
    """Extract one page, here and now; a file that cannot be read gives a failure."""
    from crawlers.extract.page import extract_page

    try:
        body = read_page(job.body) if isinstance(job.body, Path) else job.body
    except (OSError, EOFError, zlib.error) as error:
        return _failed(job, f"the page's file cannot be read: {error}", Stage.READ)
    found = extract_page(
        body,
        url=job.url,
        outlet=job.outlet,
        id=job.id,
        fetched_at=job.fetched_at,
        content_type=job.content_type,
        hint=job.hint,
        whole=job.whole,
    )
    return replace(found, record=job.record) if isinstance(found, Article) else found


def read_page(path: Path) -> bytes:
    """A page's bytes, decompressed if its name ends in .gz; never more than one byte over MAX_BYTES."""
    if path.suffix == ".gz":
        with gzip.open(path) as packed:
            return packed.read(MAX_BYTES + 1)
    with path.open("rb") as plain:
        return plain.read(MAX_BYTES + 1)
