"""Rows of a corpus dealt out to events, each row to one file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from compare.codec import Row, unusable_row
from compare.datamodel import Article

# Not .jsonl, so that `compare events/*.jsonl` does not take it for an event.
FAILED = "not-read.ndjson"
_LONGEST = 80  # characters of a file's name; file systems take 255 bytes


def by_event(rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """The rows with their events; an article whose id another of its event has becomes a failure."""
    taken: set[tuple[str, str]] = set()
    found: list[tuple[str, Row]] = []
    for event, row in rows:
        if isinstance(row, Article):
            if (event, row.id) in taken:
                values = {"id": row.id, "url": row.url, "outlet": row.outlet}
                why = f"repeats the id {row.id!r} of another file or page; the first was kept"
                found.append((event, unusable_row(why, values)))
                continue
            taken.add((event, row.id))
        found.append((event, row))
    return found


def split_files(rows: Sequence[tuple[str, Row]], folder: Path) -> dict[Path, list[Row]]:
    """A file an event, with its articles and failures in their order.

    Rows that name no event, and events without a single article, go into FAILED.
    """
    events: dict[str, list[Row]] = {}
    for event, row in rows:
        events.setdefault(event, []).append(row)
    files: dict[Path, list[Row]] = {}
    lost: list[Row] = []
    for event, members in events.items():
        if not event or not any(isinstance(row, Article) for row in members):
            lost += members
            continue
        files[_free(folder, event, files)] = members
    return files | ({folder / FAILED: lost} if lost else {})


def _free(folder: Path, event: str, taken: Iterable[Path]) -> Path:
    """The event's own file; events whose names differ in signs alone get numbers."""
    name = re.sub(r"[^\w.-]{1,200}", "-", event)[:_LONGEST].strip(".-") or "event"
    used = {path.name.casefold() for path in taken}
    number, free = 1, f"{name}.jsonl"
    while free.casefold() in used:
        number += 1
        free = f"{name}-{number}.jsonl"
    return folder / free
