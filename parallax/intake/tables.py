"""Rows of a table (CSV, JSON Lines) as articles, pages to read, or counted failures.

A row holds its text, or names the file of a page (`path`, or Zotero's `File Attachments`). Its keys
are those of an article, columns that the user maps to them, or usual names of other programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from compare.codec import row_of, unusable_row
from compare.datamodel import Article, Failure
from compare.errors import InputError, UsageError
from compare.row_files import Row, csv_columns, rows_of
from compare.rows import NotReadError, article_values, keyed
from crawlers.extract.pool import PageJob
from parallax.intake.csl import csl_values, is_csl

Owner = Callable[[str], str]  # an address to the name of its outlet
PATH = "path"
KEYS = (*(f.name for f in fields(Article)), PATH)
# Zotero 7, CSV.js of its translators: paths of an item's files, parted by semicolons.
_ATTACHED = "File Attachments"
_SAVED = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
# Of Media Cloud's exports of stories, new and old (web-search, its API's notebooks; MediaCloud-Web-Tools).
_MEDIA_CLOUD = ({"media_name", "media_url"}, {"stories_id", "publish_date", "url"})
_READ_THEM = "Read the pages with `parallax crawl --urls FILE`, which takes this file"


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns hold: keys of an article (or `path`) to columns, and the event's column."""

    named: Mapping[str, str] = field(default_factory=dict)
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row or page of a file gives, and the event that the row names ("" where it names none)."""

    row: Article | Failure | PageJob
    event: str = ""


def columns_of(written: Sequence[str], event: str | None) -> Columns:
    """The columns that options name, each as KEY=COLUMN; raises UsageError for what is no key."""
    named = {}
    for one in written:
        key, equals, column = one.partition("=")
        if not equals or not column.strip() or key.strip() not in KEYS:
            like = get_close_matches(key.strip().casefold(), KEYS, n=1)
            meant = f" Did you mean {like[0]}?" if like and like[0] != key.strip() else ""
            raise UsageError(
                f"--column {one}: write KEY=COLUMN, where KEY is one of {', '.join(KEYS)}.{meant}"
            )
        named[key.strip()] = column.strip()
    return Columns(named, event)


def table_rows(path: Path, columns: Columns, owner: Owner) -> Iterator[Taken]:
    """Every row of a table, in its order; one of an article whose id another row has is a failure.

    Raises InputError for a file that cannot be read, or that lacks a column which was named.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}. Give a table or a folder.") from error
    rows = list(rows_of(data))
    _check(path, columns, csv_columns(data) or [key for row in rows for key in row.values])
    taken: set[tuple[str, str]] = set()
    for row in rows:
        event = str(row.values.get(columns.event, "") if columns.event else "").strip()
        given = keyed(row.values, columns.named)
        where = f"{path.name} line {row.line}"
        try:
            made = _made(Row(row.line, given, row.problem), row.values, path, owner)
            if isinstance(made, Article):
                if (event, made.id) in taken:
                    raise NotReadError(f"repeats the id {made.id!r}; the first row was kept")  # noqa: TRY301
                taken.add((event, made.id))
        except NotReadError as error:
            made = unusable_row(f"{where} {error}", given)
        yield Taken(made, event)


def _check(path: Path, columns: Columns, known: Sequence[str]) -> None:
    asked = [*columns.named.values(), *([columns.event] if columns.event else [])]
    for column in asked:
        if known and column not in known:
            there = list(dict.fromkeys(known))
            like = get_close_matches(column, there, n=1)
            meant = f" Did you mean {like[0]}?" if like else ""
            raise InputError(
                f"{path} has no column {column!r}; it has {', '.join(there)[:300]}.{meant}"
            )


def _made(
    row: Row, written: Mapping[str, Any], path: Path, owner: Owner
) -> Article | Failure | PageJob:
    """What a row gives; raises NotReadError where it gives nothing."""
    if row.problem or row.values.get("type") == "failure":
        return row_of(row)
    given = dict(row.values) | (csl_values(written) if is_csl(written) else {})
    url = given.get("url")
    if not given.get("outlet") and isinstance(url, str) and url.strip():
        given["outlet"] = owner(url)
    has = ", ".join(map(str, written))[:200] or "nothing"
    if not given.get("outlet"):
        raise NotReadError(
            f"says neither the page's url nor its outlet: give one of them; this one has {has}"
        )
    if "text" in given:
        named = {"id": f"{path.stem}-{row.line}", "title": ""} if "id" not in given else {}
        return row_of(Row(row.line, {"title": "", **named, **given}))
    page = given.get(PATH) or _snapshot(written)
    if not isinstance(page, str):
        raise NotReadError(_no_text(written, has))
    return _page(article_values(given), path.parent / page)


def _page(given: Mapping[str, Any], file: Path) -> PageJob:
    texts = {k: str(v) for k, v in given.items() if v}
    return PageJob(
        url=texts.get("url", ""),
        outlet=texts["outlet"],
        body=file,
        id=texts.get("id"),
        fetched_at=texts.get("fetched_at"),
        content_type=texts.get("content_type"),
    )


def _snapshot(written: Mapping[str, Any]) -> str | None:
    """The first page among the files that Zotero keeps of an item."""
    files = [name.strip() for name in str(written.get(_ATTACHED) or "").split(";")]
    return next((name for name in files if name.lower().endswith(_SAVED)), None)


def _no_text(written: Mapping[str, Any], has: str) -> str:
    """Why a row without a text or page gives nothing, and what to do."""
    if any(written.keys() >= columns for columns in _MEDIA_CLOUD):
        return f"has no text: Media Cloud exports addresses and titles. {_READ_THEM}"
    if is_csl(written):
        return f"has no text: CSL JSON holds addresses and titles. {_READ_THEM}"
    if attached := str(written.get(_ATTACHED) or "").strip():
        return f"has no saved page (.html), only {attached[:200]}: save a snapshot in Zotero"
    return f"has no text and names no page: give text, or path as {{id, path, url}}; this one has {has}"
