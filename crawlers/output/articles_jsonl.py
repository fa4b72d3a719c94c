"""articles.jsonl while a crawl runs: a row is on disk when it is added, and the end is in order.

Rows are appended as they come, so that whatever kills the crawl loses none that was finished. When
the crawl ends they are put in an order that does not depend on the network. Rows of earlier
finished sessions stay: an article that was fetched again with other text is another version.
Only what decides the order is kept in memory, so that it does not grow with the texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from compare.codec import article_line
from compare.datamodel import Article, Completeness, Failure
from compare.errors import OutputError

Row = Article | Failure


class Counts(NamedTuple):
    """How many rows of each kind a file has."""

    articles: int
    failures: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What decides a row's place: whose it is, of which page, and how much it gives.

    `at` and `length` are where its line is in the file; `text` is the hash of what was read.
    """

    outlet: str
    url: str
    seen: str
    id: str
    said: str = ""
    is_failure: bool = False
    full: bool = False
    characters: int = 0
    text: str = ""
    at: int = 0
    length: int = 0

    @property
    def gives(self) -> tuple[bool, int, str]:
        """Sorts an article before one of the same page that gives more."""
        return self.full, self.characters, self.text


class Journal:
    """The rows of one session of one crawl, and the file that they are in.

    `settled` is the number of leading rows in the file that earlier, finished sessions wrote.
    """

    def __init__(self, path: Path, *, settled: int, outlets: Sequence[str]) -> None:
        self._path = path
        self._outlets = {name: place for place, name in enumerate(outlets)}
        self._entries: dict[bytes, Entry] = {}
        self._on_disk: dict[bytes, tuple[int, int]] = {}
        self._earlier: list[Entry] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._end = self._read_back(settled)
            self._file = path.open("ab")
            self._file.truncate(self._end)  # cuts off a row that was broken off
        except OSError as error:
            raise _unwritable(path, error) from error

    def _read_back(self, settled: int) -> int:
        """Take in the whole lines of the file; where the last of them ends."""
        end = 0
        for number, line in enumerate(_lines(self._path)):
            if not line.endswith(b"\n"):
                break
            if number < settled and (entry := _entry_of_line(line, end)) is not None:
                self._earlier.append(entry)
            self._on_disk[_mark(line)] = (end, len(line))
            end += len(line)
        return end

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def add(self, row: Row) -> bool:
        """Keep a row; False if the session has that very row already.

        Raises OSError where it cannot be written; nothing can be added after that.
        """
        line = article_line(row)
        mark = _mark(line)
        if mark in self._entries:
            return False
        if mark not in self._on_disk:
            self._file.write(line)
            self._file.flush()
            self._on_disk[mark] = (self._end, len(line))
            self._end += len(line)
        self._entries[mark] = entry_of(row, *self._on_disk[mark])
        return True

    def finish(self) -> Counts:
        """Write the file in its final order, and count its rows."""
        self._file.close()
        rows = settle(self._entries.values(), earlier=self._earlier, outlets=self._outlets)
        fresh = self._path.with_name(f".{self._path.name}.new")
        try:
            with self._path.open("rb") as lines, fresh.open("wb") as file:
                for entry in rows:
                    lines.seek(entry.at)
                    file.write(lines.read(entry.length))
            fresh.replace(self._path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise _unwritable(self._path, error) from error
        return _counts(rows)

    def interrupt(self) -> Counts:
        """Leave the file as it is, and count the rows of this session."""
        with suppress(OSError):  # what could not be written is what made the crawl end
            self._file.close()
        return _counts(self._entries.values())


def settle(
    entries: Iterable[Entry], *, earlier: Iterable[Entry], outlets: Mapping[str, int]
) -> list[Entry]:
    """The entries in their final order: by outlet, address, articles before failures, time.

    Two articles of one session at one canonical address are duplicates (print view, AMP): the one that
    gives the most stays. An earlier article stays as a version unless its text is the same.
    """
    best: dict[tuple[str, str], Entry] = {}
    failures = []
    for entry in entries:
        if entry.is_failure:
            failures.append(entry)
            continue
        key = (entry.outlet, entry.url or entry.id)
        best[key] = max(best[key], entry, key=lambda one: one.gives) if key in best else entry
    kept = list(earlier)
    known = {(entry.outlet, entry.url, entry.text) for entry in kept}
    fresh = [entry for entry in best.values() if (entry.outlet, entry.url, entry.text) not in known]
    return sorted([*kept, *fresh, *failures], key=lambda entry: _order(entry, outlets))


def _order(entry: Entry, outlets: Mapping[str, int]) -> tuple[object, ...]:
    place = outlets.get(entry.outlet, len(outlets))
    told = (entry.is_failure, entry.seen, entry.id, entry.said)
    return (place, entry.outlet, entry.url, *told)


def entry_of(row: Row, at: int = 0, length: int = 0) -> Entry:
    """What decides the place of a row."""
    return Entry(
        outlet=row.outlet or "",
        url=row.url or "",
        seen=(row.at if isinstance(row, Failure) else row.fetched_at) or "",
        id=row.id or "",
        said=f"{row.stage} {row.reason}" if isinstance(row, Failure) else "",
        is_failure=isinstance(row, Failure),
        full=isinstance(row, Article) and row.completeness is Completeness.FULL,
        characters=len(row.text) if isinstance(row, Article) else 0,
        text=row.sha256 if isinstance(row, Article) else "",
        at=at,
        length=length,
    )


def _entry_of_line(line: bytes, at: int) -> Entry | None:
    """What decides the place of an article that an earlier session wrote; None for other rows."""
    try:
        row = json.loads(line)
        if row["type"] != "article":
            return None
        names = ("id", "outlet", "title", "text", "url", "fetched_at")
        article = Article(**{name: row.get(name) for name in names})
        return entry_of(article, at, len(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _counts(entries: Iterable[Entry]) -> Counts:
    kinds = [entry.is_failure for entry in entries]
    return Counts(kinds.count(False), kinds.count(True))


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _mark(line: bytes) -> bytes:
    return blake2b(line, digest_size=16).digest()


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written: {error.strerror}. Choose another --out.")
