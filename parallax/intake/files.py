"""What files hold, as articles and failures: tables (CSV, JSON Lines), WARC files, saved pages, folders of them.

Every page and every row becomes an article or a counted failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from compare.codec import Row
from compare.datamodel import Failure, Stage
from compare.errors import InputError
from crawlers.extract.pool import PageJob
from parallax.intake import pages
from parallax.intake.tables import Columns, Owner, Taken, table_rows

if TYPE_CHECKING:
    from crawlers.archive.reader import ArchiveReader
    from crawlers.archive.writer import Fetched, Unfetched
    from crawlers.extract.pool import ExtractPool
    from crawlers.registry.outlets import Outlet

# Pages that wait for their turn, for each worker: memory does not grow with the file.
AHEAD = 4
_TABLES = (".jsonl", ".ndjson", ".csv", ".tsv")
_NAMED = ".json"  # read where it is given by name: in a folder it may be anything
_WARCS = (".warc", ".warc.gz")
KINDS = (*_TABLES, *_WARCS, *pages.KINDS)


def files_in(given: Sequence[Path]) -> list[Source]:
    """The files that are meant: a crawl's folder stands for its articles.jsonl, any other for the files in it.

    The files that a browser keeps beside a page (`NAME_files`) are no pages of their own. Raises
    InputError for what is not there, or not of a kind that can be read.
    """
    found: dict[Path, Source] = {}
    for path in given:
        if path.is_dir():
            own = path / "articles.jsonl"
            inside = [own] if own.exists() else sorted(filter(_readable, path.rglob("*")))
            pages_ = [p for p in inside if not _belongs(p, path)]
            if not pages_:
                raise InputError(f"{path} holds no file that can be read: {', '.join(KINDS)}.")
            found.update({p: Source(p, path) for p in pages_})
        elif not path.exists():
            raise InputError(f"{path}: no such file. Give files, or folders with files.")
        elif not _readable(path) and not path.name.lower().endswith(_NAMED):
            raise InputError(
                f"{path} is of no kind that can be read: {', '.join((*KINDS, _NAMED))}."
            )
        else:
            found[path] = Source(path, path.parent)
    return list(found.values())


def _belongs(file: Path, root: Path) -> bool:
    """Whether a page is a part of another one that was saved beside it: a frame, an advertisement."""
    return any(
        folder.name.endswith("_files")
        and any(
            folder.with_name(folder.name.removesuffix("_files") + end).exists()
            for end in pages.KINDS
        )
        for folder in file.parents
        if folder != root and folder.is_relative_to(root)
    )


def digest_of(path: Path) -> str:
    """The hash of a file's bytes. Raises InputError where it cannot be read."""
    whole = sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                whole.update(part)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}.") from error
    return whole.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the folder that was given for it (its own, where it was given itself)."""

    path: Path
    root: Path


def rows_of(source: Source, outlets: Sequence[Outlet], pool: ExtractPool) -> list[Row]:
    """The articles and failures in one file; one that cannot be read is a failure itself."""
    try:
        return [row for _, row in read([source], outlets, pool)]
    except InputError as error:
        return [Failure(stage=Stage.READ, reason=str(error))]


def read(
    sources: Sequence[Source],
    outlets: Sequence[Outlet],
    pool: ExtractPool,
    columns: Columns | None = None,
) -> Iterator[tuple[str, Row]]:
    """Every article and failure in files, with the event that a table names for it: tables, archives, pages.

    A saved page that a table names is read for that row alone. Raises InputError for a table that
    cannot be read or lacks a column which `columns` names.
    """
    waiting: deque[tuple[str, Row | Future[Row]]] = deque()
    for taken in _taken(sources, _owners(outlets), pool, columns or Columns()):
        row = taken.row
        waiting.append((taken.event, pool.submit(row) if isinstance(row, PageJob) else row))
        if len(waiting) > AHEAD * pool.workers:
            yield _made(waiting.popleft())
    yield from map(_made, waiting)


def _made(waiting: tuple[str, Row | Future[Row]]) -> tuple[str, Row]:
    event, made = waiting
    return event, made.result() if isinstance(made, Future) else made


def _taken(
    sources: Sequence[Source], owner: Owner, pool: ExtractPool, columns: Columns
) -> Iterator[Taken]:
    saved, named = [], set()
    for source in sources:
        name = source.path.name.lower()
        if name.endswith(pages.KINDS):
            saved.append(source)
        elif name.endswith((*_TABLES, _NAMED)):
            for taken in table_rows(source.path, columns, owner):
                if isinstance(taken.row, PageJob) and isinstance(taken.row.body, Path):
                    named.add(taken.row.body.resolve())
                yield taken
        else:
            yield from _warc(source.path, owner)
    free = [(s.path, s.root) for s in saved if s.path.resolve() not in named]
    yield from pages.page_rows(free, owner, pool)


def _readable(path: Path) -> bool:
    # A link to nothing is to be said, as a file that is gone is; skipped, nobody would miss it.
    there = path.is_file() or (path.is_symlink() and not path.exists())
    return there and path.name.lower().endswith(KINDS)


def _warc(path: Path, owner: Owner) -> Iterator[Taken]:
    """The pages in the order of the file; a damaged stretch, and a record that broke off, are failures of their own."""
    from crawlers.archive.reader import ArchiveReader

    try:
        reader = ArchiveReader.of([path])
    except InputError as error:
        yield Taken(Failure(stage=Stage.READ, reason=str(error)))
        return
    for answer in _answers(reader):
        yield Taken(_page(answer, owner))
    for _ in range(reader.damaged):
        reason = f"{path.name}: a stretch is damaged and was skipped"
        yield Taken(Failure(stage=Stage.READ, reason=reason))
    for _ in reader.broken_off:
        reason = f"{path.name}: a record broke off, as where writing or copying was cut short"
        yield Taken(Failure(stage=Stage.READ, reason=reason))


def _answers(reader: ArchiveReader) -> Iterator[Fetched | Unfetched]:
    for url in list(reader.pages()):
        while (answer := reader.take(url)) is not None:
            yield answer


def _page(answer: Fetched | Unfetched, owner: Owner) -> Failure | PageJob:
    from crawlers.archive.writer import Fetched

    outlet = owner(answer.url)

    def lost(reason: str) -> Failure:
        return Failure(
            stage=Stage.FETCH, reason=reason, url=answer.url, outlet=outlet, at=answer.at
        )

    if not isinstance(answer, Fetched):
        return lost(answer.message)
    if answer.status != 200:
        return lost(f"HTTP {answer.status}")
    try:
        body = unpacked_body(answer)
    except ValueError as error:
        return lost(str(error))
    kind = next((v for k, v in answer.headers if k.lower() == "content-type"), None)
    whole = not answer.truncated and not answer.ended_by_closing
    return PageJob(
        answer.url, outlet, body, fetched_at=answer.at, content_type=kind, whole=whole,
        record=answer.record or None,
    )  # fmt: skip


def unpacked_body(answer: Fetched) -> bytes:
    """The body out of its content codings; raises ValueError where it does not come out whole."""
    from scrapy.exceptions import ResponseDataLossError

    from crawlers.downloader.failures import RefusedError
    from crawlers.downloader.unpacking import unpacked
    from crawlers.extract.bounds import MAX_BYTES

    written = ",".join(v for k, v in answer.headers if k.lower() == "content-encoding")
    body = answer.body
    for coding in reversed([c.strip().lower() for c in written.split(",") if c.strip()]):
        if coding == "identity":
            continue
        try:
            body = unpacked(body, coding, largest=MAX_BYTES)
        except KeyError:
            raise ValueError(f"packed in a way that is not known: {coding}") from None
        except (ResponseDataLossError, RefusedError) as error:
            raise ValueError(f"the packed page broke off or is damaged: {error}") from error
    return body


def _owners(outlets: Iterable[Outlet]) -> Owner:
    """The name of the outlet that an address is of, asked once a host."""
    from crawlers.registry.outlets import outlet_of, unlisted_outlet
    from crawlers.urls import host_of

    known = tuple(outlets)
    names: dict[str, str] = {}

    def owner(url: str) -> str:
        host = host_of(url)
        if host not in names:
            names[host] = (outlet_of(url, known) or unlisted_outlet(url)).name
        return names[host]

    return owner
