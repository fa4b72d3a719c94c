"""A store in a folder: JSON lines, a file for every file taken in, and one for every comparison.

    STORE/store.json                         what this folder is
    STORE/files/<hash>.jsonl                 the rows of a file, written whole or not at all
    STORE/files/<hash>.json                  its name, and who took it in and when
    STORE/comparisons/<event>/<hash>.json    a comparison, as `parallax compare` writes it
    STORE/comparisons/<event>/<hash>.kept    who kept it and when

Nothing is ever changed, so that any number of processes may write and read at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from compare.codec import Row, article_line, write_atomic
from compare.datamodel import Article
from compare.errors import InputError, UsageError
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
            if folder.exists() and any(folder.iterdir()):
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
        lines = b"".join(article_line(stored(row)) for row in rows)
        write_atomic(self._folder / "files" / f"{digest}.jsonl", lines)
        return True

    def counts(self) -> Counts:
        """Reads all rows."""
        keys: set[str] = set()
        pages: set[tuple[str, str]] = set()
        files = rows = failures = 0
        for path in self._files():
            files += 1
            for line in _lines(path):
                if not line.startswith(_MARK):
                    failures += 1
                    continue
                rows += 1
                article = article_of(line)
                keys.add(article.id)
                pages.add((article.outlet, page_of(article)))
        return Counts(
            files=files,
            articles=len(keys),
            versions=len(keys) - len(pages),
            duplicates=rows - len(keys),
            failures=failures,
            comparisons=sum(1 for _ in self._folder.glob("comparisons/*/*.json")),
        )

    def articles(self, start: str | None = None, end: str | None = None) -> Iterator[Article]:
        """Reads all rows, and keeps those of the window in memory."""
        kept: dict[str, bytes] = {}
        for path in self._files():
            for line in _lines(path):
                if line.startswith(_MARK) and within(article := article_of(line), start, end):
                    kept[article.id] = min(kept.get(article.id, line), line)
        yield from newest(map(article_of, kept.values()))

    def keep(self, event: str, inputs: str, comparison: bytes, *, at: str, by: str) -> bool:
        """Writes it beside what was kept before."""
        path = self._comparisons(event) / f"{inputs}.json"
        if path.exists():
            return False
        about: dict[str, Any] = {"at": at, "by": by}
        write_atomic(path.with_suffix(".kept"), json.dumps(about).encode())
        write_atomic(path, comparison)
        return True

    def comparison(self, event: str) -> bytes | None:
        """That with the latest time; of several, the last in the alphabet."""
        found = self._comparisons(event).glob("*.json")
        latest = max(found, key=lambda p: (_kept_at(p.with_suffix(".kept")), p.name), default=None)
        return latest.read_bytes() if latest else None

    def find(self, words: str, limit: int) -> list[Found]:
        """Reads all articles."""
        wanted = frozenset(stems_of(words))
        if not wanted:
            raise UsageError(
                f"{words!r} has no word that tells texts apart. Give a name or a noun."
            )
        return in_order(
            (found for article in self.articles() for found in sentences_with(article, wanted)),
            limit,
        )

    def _files(self) -> list[Path]:
        return sorted((self._folder / "files").glob("*.jsonl"))

    def _comparisons(self, event: str) -> Path:
        if not _NAME.fullmatch(event) or event.startswith("."):
            raise UsageError(
                f"{event!r} is no name of an event: letters, digits, '.', '_' and '-'."
            )
        return self._folder / "comparisons" / event


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _kept_at(path: Path) -> str:
    return str(json.loads(path.read_bytes())["at"]) if path.exists() else ""
