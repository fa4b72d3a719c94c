"""What files hold, as rows for a store: WARC files, crawl folders, articles.jsonl and CSV.

Every page of a WARC file becomes an article or a failure; so does every row of the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compare.codec import MAX_TEXT, Row, read_articles
from compare.datamodel import Article, Failure, Stage
from compare.errors import ArticlesFileError, InputError
from compare.rows import NotReadError, article_values
from compare.rows import Row as Given
from compare.rows import rows_of as rows_in

if TYPE_CHECKING:
    from crawlers.archive.reader import ArchiveReader
    from crawlers.archive.writer import Fetched, Unfetched
    from crawlers.extract.pool import ExtractPool
    from crawlers.registry.outlets import Outlet

# Pages that wait for their turn, for each worker: memory does not grow with the file.
_AHEAD = 4
_ROWS = (".jsonl", ".ndjson")
_WARCS = (".warc", ".warc.gz")
_WANTED = frozenset("outlet title text url published modified fetched_at language".split())
KINDS = (*_ROWS, ".csv", *_WARCS)


def files_in(given: Sequence[Path]) -> list[Path]:
    """The files that are meant: a crawl's folder stands for its articles.jsonl, any other for the files in it.

    Raises InputError for what is not there, or not of a kind that can be read.
    """
    found: dict[Path, None] = {}
    for path in given:
        if path.is_dir():
            own = path / "articles.jsonl"
            inside = [own] if own.exists() else sorted(p for p in path.rglob("*") if _readable(p))
            if not inside:
                raise InputError(f"{path} holds no file that can be read: {', '.join(KINDS)}.")
            found.update(dict.fromkeys(inside))
        elif not path.exists():
            raise InputError(f"{path}: no such file. Give files, or folders with files.")
        elif not _readable(path):
            raise InputError(f"{path} is of no kind that can be read: {', '.join(KINDS)}.")
        else:
            found[path] = None
    return list(found)


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


def rows_of(path: Path, outlets: Sequence[Outlet], pool: ExtractPool) -> list[Row]:
    """The articles and failures in a file; pages of archives are read in the pool's processes."""
    name = path.name.lower()
    if name.endswith(_ROWS):
        return _jsonl(path)
    if name.endswith(".csv"):
        return _csv(path)
    return list(_warc(path, outlets, pool))


def _readable(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(KINDS)


def _jsonl(path: Path) -> list[Row]:
    try:
        articles, failures = read_articles(path)
    except ArticlesFileError as error:
        return [Failure(stage=Stage.READ, reason=str(error))]
    return [*articles, *failures]


def _csv(path: Path) -> list[Row]:
    """Columns by the names of an article's fields; outlet and text are needed, an id is not."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"{path.name} cannot be read: {error.strerror or error}"
        return [Failure(stage=Stage.READ, reason=reason)]
    return [_csv_row(given, f"{path.name} line {given.line}") for given in rows_in(data)]


def _csv_row(row: Given, where: str) -> Row:
    url = row.values.get("url")
    try:
        given = article_values(row.values)
    except NotReadError as error:
        return Failure(stage=Stage.READ, reason=f"{where} {error}", url=url)
    lacks = next((k for k in ("outlet", "text") if not given.get(k)), None)
    if row.problem or lacks or len(given["text"]) > MAX_TEXT:
        long = f"has a text of more than {MAX_TEXT:,} characters"
        reason = row.problem or (f"has no {lacks}" if lacks else long)
        return Failure(stage=Stage.READ, reason=f"{where} {reason}", url=url)
    known = {k: v for k, v in given.items() if k in _WANTED}
    return msgspec.convert({"id": where, "title": ""} | known, Article)


def _warc(path: Path, outlets: Sequence[Outlet], pool: ExtractPool) -> Iterator[Row]:
    """The pages in the order of the file; a damaged stretch is a failure of its own."""
    from crawlers.archive.reader import ArchiveReader

    try:
        reader = ArchiveReader.of([path])
    except InputError as error:
        yield Failure(stage=Stage.READ, reason=str(error))
        return
    owner = _owners(outlets)
    waiting: deque[Row | Future[Row]] = deque()
    for answer in _answers(reader):
        waiting.append(_page(answer, owner, pool))
        if len(waiting) > _AHEAD * pool.workers:
            yield _row(waiting.popleft())
    yield from map(_row, waiting)
    for _ in range(reader.damaged):
        yield Failure(stage=Stage.READ, reason=f"{path.name}: a stretch is damaged and was skipped")


def _answers(reader: ArchiveReader) -> Iterator[Fetched | Unfetched]:
    for url in list(reader.pages()):
        while (answer := reader.take(url)) is not None:
            yield answer


def _page(
    answer: Fetched | Unfetched, owner: Callable[[str], str], pool: ExtractPool
) -> Row | Future[Row]:
    from crawlers.archive.writer import Fetched
    from crawlers.extract.pool import PageJob

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
        body = _unpacked(answer)
    except ValueError as error:
        return lost(str(error))
    kind = next((v for k, v in answer.headers if k.lower() == "content-type"), None)
    whole = not answer.truncated and not answer.ended_by_closing
    return pool.submit(
        PageJob(answer.url, outlet, body, fetched_at=answer.at, content_type=kind, whole=whole)
    )


def _row(made: Row | Future[Row]) -> Row:
    return made.result() if isinstance(made, Future) else made


def _unpacked(answer: Fetched) -> bytes:
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


def _owners(outlets: Iterable[Outlet]) -> Callable[[str], str]:
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
