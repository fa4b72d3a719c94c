"""What a watch knows: its looks, and what each of them found. One file, written whole, is the truth.

Everything else in the folder (the comparison that stands, the report, the feed, the page) is made
from it, so that a watch that was killed at any moment goes on: what was not written yet is written
by the next look, and nothing is told twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compare.changes import NewsItem
from compare.codec import encode_comparison, read_comparison, write_atomic
from compare.datamodel import Comparison
from compare.errors import InputError
from parallax.corrections import overlaid

if TYPE_CHECKING:
    from templates.feed import Told

SCHEMA = 1
STATE = "watch.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look that found other articles than the one before: when, their hash, its comparison, what was new."""

    at: str
    articles: str
    comparison: str
    items: tuple[NewsItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The looks of a watch, the first one first."""

    schema_version: int = SCHEMA
    looks: tuple[Look, ...] = ()

    def told(self) -> list[Told]:
        """Every item, with the time of its look and what it is known by."""
        from templates.feed import Told

        return [
            Told(f"{number} {place}", look.at, item)
            for number, look in enumerate(self.looks)
            for place, item in enumerate(look.items)
        ]


def read_watched(out: Path) -> Watched:
    """The looks so far in a watch's folder; none where it is new.

    Raises InputError for a file that is no watch's, or of a newer version.
    """
    path = out / STATE
    if not path.exists():
        return Watched()
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Watched)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}. Choose another --out.") from error
    if found.schema_version > SCHEMA:
        raise InputError(
            f"{path} is of a newer Parallax. Update Parallax, or choose another --out."
        )
    return found


def digest(articles: Path) -> str:
    """The hash of an articles.jsonl, by which a look knows that nothing has come.

    When a page failed is no part of it: one that fails at every look is no news.
    """
    whole = sha256()
    for line in articles.read_bytes().splitlines():
        row = msgspec.json.decode(line)
        if row.get("type") == "failure":
            row.pop("at", None)
        whole.update(msgspec.json.encode(row) + b"\n")
    return whole.hexdigest()


def standing(watched: Watched, out: Path) -> Comparison | None:
    """The comparison of the last look; None before the first."""
    return read_comparison(out / watched.looks[-1].comparison) if watched.looks else None


def with_look(
    watched: Watched, out: Path, comparison: Comparison, *, at: str, articles: str
) -> Watched:
    """Takes a look in: its comparison is written first, then the file of looks; from then on it counts.

    No look is earlier than the one before: a clock may be set back while a look goes on.
    """
    from compare.over_time.diff import difference
    from compare.over_time.news import news

    items: tuple[NewsItem, ...] = ()
    if (before := standing(watched, out)) is not None:
        # A person's corrections stand on both sides, and are no news.
        old, new = (overlaid(c, out / "comparison.json") for c in (before, comparison))
        items = news(old, new, difference(old, new))
    name = f"looks/{len(watched.looks) + 1:04d}.json"
    write_atomic(out / name, encode_comparison(comparison))
    at = max([at, *(look.at for look in watched.looks[-1:])])
    look = Look(at=at, articles=articles, comparison=name, items=items)
    after = replace(watched, looks=(*watched.looks, look))
    write_atomic(out / STATE, msgspec.json.format(msgspec.json.encode(after), indent=1) + b"\n")
    return after
