"""A store in a folder: JSON lines, a file for every file taken in, and one for every comparison.

    STORE/store.json                         what this folder is
    STORE/files/<hash>.jsonl                 the rows of a file, written whole or not at all
    STORE/files/<hash>.json                  its name, how many rows it has, and who took it in and when
    STORE/files/<hash>.parquet               its articles' days, pages and words, where pyarrow is installed
    STORE/comparisons/<event>/<hash>.json    a comparison, as `parallax compare` writes it
    STORE/comparisons/<event>/<hash>.kept    who kept it and when
    STORE/notes/<event>/<number>-<hash>.jsonl    what a person coded and corrected (parallax.stores.coding)

Nothing is ever changed, so that any number of processes may write and read at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from compare.codec import Row, article_line, write_atomic
from compare.datamodel import Article
from compare.errors import InputError, UsageError
from parallax.stores import columns
from parallax.stores.store import (
    Counts,
    Found,
    article_of,
    in_order,
    newest,
    page_of,
    sentences_with,
    stems_of,
    stored,
    within,
)

SCHEMA = 1
_MARK = b'{"type":"article"'
_NAME = re.compile(r"[A-Za-z0-9._-]+")


class FolderStore:
    """See `parallax.stores.store.Store`. Raises InputError for a folder that holds something else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        about = folder / "store.json"
        if not about.exists():
            # What somebody else who makes the store just now has there begins with a dot.
            others = folder.is_dir() and any(p.name[0] != "." for p in folder.iterdir())
            if others and not about.exists():
                raise InputError(
                    f"{folder} is a folder with other things in it. Give a new folder, or a store."
                )
            write_atomic(about, json.dumps({"parallax store": SCHEMA}).encode())
        try:
            schema = json.loads(about.read_bytes())["parallax store"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{about} does not say what store this is ({error}).") from error
        if schema > SCHEMA:
            raise InputError(f"{folder} is a store of a newer Parallax. Update Parallax.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        """Nothing is held open."""

    def has_file(self, digest: str) -> bool:
        """Whether its rows are there."""
        return (self._folder / "files" / f"{digest}.jsonl").exists()

    def add_file(self, digest: str, name: str, rows: Sequence[Row], *, at: str, by: str) -> bool:
        """Writes its rows in one go."""
        if self.has_file(digest):
            return False
        about = {"name": name, "at": at, "by": by, "rows": len(rows)}
        write_atomic(self._folder / "files" / f"{digest}.json", json.dumps(about).encode())
        lines = [article_line(stored(row)) for row in rows]
        # What is derived comes first: where the lines stand, all does.
        if made := columns.columns(_placed(lines)):
            write_atomic(self._folder / "files" / f"{digest}.parquet", made)
        write_atomic(self._folder / "files" / f"{digest}.jsonl", b"".join(lines))
        return True

    def counts(self) -> Counts:
        """Reads the columns; all lines of files without."""
        keys: set[str] = set()
        pages: set[tuple[str, str]] = set()
        files = rows = failures = 0
        for path in self._files():
            files += 1
            known = (
                [(a.id, a.outlet, page_of(a)) for a in map(article_of, _lines(path))]
                if ((beside := _columns(path)) is None)
                else columns.pages(beside)
            )
            articles = 0
            for name, outlet, page in known:
                articles += 1
                keys.add(name)
                pages.add((outlet, page))
            rows += articles
            failures += json.loads(path.with_suffix(".json").read_bytes())["rows"] - articles
        return Counts(
            files=files,
            articles=len(keys),
            versions=len(keys) - len(pages),
            duplicates=rows - len(keys),
            failures=failures,
            comparisons=sum(1 for _ in self._folder.glob("comparisons/*/*.json")),
        )

    def articles(self, start: str | None = None, end: str | None = None) -> Iterator[Article]:
        """Reads the lines of the window, and keeps them in memory."""
        yield from self._newest(lambda path: _of_days(path, start, end))

    def keep(self, event: str, inputs: str, comparison: bytes, *, at: str, by: str) -> bool:
        """Writes it beside what was kept before."""
        path = self._of("comparisons", event) / f"{inputs}.json"
        if path.exists():
            return False
        about: dict[str, Any] = {"at": at, "by": by}
        write_atomic(path.with_suffix(".kept"), json.dumps(about).encode())
        write_atomic(path, comparison)
        return True

    def comparison(self, event: str) -> bytes | None:
        """That with the latest time; of several, the last in the alphabet."""
        found = self._of("comparisons", event).glob("*.json")
        latest = max(found, key=lambda p: (_kept_at(p.with_suffix(".kept")), p.name), default=None)
        return latest.read_bytes() if latest else None

    def note(self, event: str, lines: bytes, *, at: str, by: str) -> bool:  # noqa: ARG002
        """Writes it beside what was said before; the lines say who and when."""
        place, digest = self._of("notes", event), sha256(lines).hexdigest()[:20]
        known = [path.stem for path in place.glob("*.jsonl")]
        if any(name.endswith(digest) for name in known):
            return False
        write_atomic(place / f"{len(known) + 1:06}-{digest}.jsonl", lines)
        return True

    def notes(self, event: str) -> list[bytes]:
        """Two that were written in one moment have one number, and are in the order of their hashes."""
        return [path.read_bytes() for path in sorted(self._of("notes", event).glob("*.jsonl"))]

    def find(self, words: str, limit: int) -> list[Found]:
        """Reads the columns, and the lines of pages that hold the words."""
        wanted = frozenset(stems_of(words))
        if not wanted:
            raise UsageError(
                f"{words!r} has no word that tells texts apart. Give a name or a noun."
            )
        pages: set[tuple[str, str]] = set()
        for path in self._files():
            if (beside := _columns(path)) is not None:
                pages |= columns.pages_with(beside, wanted)
            else:
                pages |= {
                    (a.outlet, page_of(a))
                    for a in map(article_of, _lines(path))
                    if wanted <= stems_of(f"{a.title}\n{a.text}").keys()
                }
        # A page that took the words back has a newer text without them.
        articles = self._newest(lambda path: _of_pages(path, pages))
        return in_order((f for a in articles for f in sentences_with(a, wanted)), limit)

    def _newest(self, read: Callable[[Path], Iterable[bytes]]) -> list[Article]:
        """The newest texts among what is read of every file."""
        kept: dict[str, bytes] = {}
        for path in self._files():
            for line in read(path):
                name = article_of(line).id
                kept[name] = min(kept.get(name, line), line)
        return newest(map(article_of, kept.values()))

    def _files(self) -> list[Path]:
        return sorted((self._folder / "files").glob("*.jsonl"))

    def _of(self, kind: str, event: str) -> Path:
        if not _NAME.fullmatch(event) or event.startswith("."):
            raise UsageError(
                f"{event!r} is no name of an event: letters, digits, '.', '_' and '-'."
            )
        return self._folder / kind / event


def _columns(path: Path) -> Path | None:
    """The columns beside a file of lines, where they can be read."""
    beside = path.with_suffix(".parquet")
    return beside if find_spec("pyarrow") is not None and beside.exists() else None


def _lines(path: Path) -> Iterator[bytes]:
    """The articles' lines."""
    with path.open("rb") as file:
        yield from (line for line in file if line.startswith(_MARK))


def _of_days(path: Path, start: str | None, end: str | None) -> Iterator[bytes]:
    if (beside := _columns(path)) is not None:
        return _at(path, columns.places_of_days(beside, start, end))
    return (line for line in _lines(path) if within(article_of(line), start, end))


def _of_pages(path: Path, pages: Collection[tuple[str, str]]) -> Iterator[bytes]:
    if (beside := _columns(path)) is not None:
        return _at(path, columns.places_of_pages(beside, pages))
    return (x for x in _lines(path) if ((a := article_of(x)).outlet, page_of(a)) in pages)


def _at(path: Path, places: Sequence[columns.Place]) -> Iterator[bytes]:
    if not places:
        return
    with path.open("rb") as file:
        for start, length in places:
            file.seek(start)
            yield file.read(length)


def _placed(lines: Sequence[bytes]) -> Iterator[tuple[columns.Place, bytes]]:
    """The articles' lines, and where they will be."""
    start = 0
    for line in lines:
        if line.startswith(_MARK):
            yield (start, len(line)), line
        start += len(line)


def _kept_at(path: Path) -> str:
    return str(json.loads(path.read_bytes())["at"]) if path.exists() else ""
