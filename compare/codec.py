"""The files between the stages: articles.jsonl, one row a page, and comparison.json, one an event.

Imports only the data model and the errors, so that the edges may read and write these files too.
Decoding checks every field's type; unknown keys are skipped, so that a newer minor version can
add some. Nothing is ever half-written: a file appears whole or not at all.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec

from compare.datamodel import SCHEMA_VERSION, Article, Comparison, Failure, Stage
from compare.errors import ArticlesFileError, ComparisonFileError, OutputError
from compare.kinds import Cause
from compare.row_files import Row as Given
from compare.row_files import csv_columns, kind_of, rows_of
from compare.rows import NotReadError, article_values, check_complete

# Longer than a book. What is longer is a dump, and matching it would take all the time of an event.
MAX_TEXT = 1_000_000

Row = Article | Failure


def article_line(row: Row) -> bytes:
    """One row of articles.jsonl, newline included; `type` tells articles from failures."""
    kind = "article" if isinstance(row, Article) else "failure"
    body: dict[str, Any] = msgspec.to_builtins(row)
    return msgspec.json.encode({"type": kind} | body) + b"\n"


def read_articles(path: Path) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles and the failures of an articles.jsonl, or of the same rows as CSV.

    A row that cannot be used (not JSON, a missing id, a repeated id, no words, a text too long, a
    key that is nearly one, a date that may be two) becomes a `Failure` at stage "read" that names its line. Raises ArticlesFileError if the file
    cannot be read or not one row of it is an article or a failure.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticlesFileError(
            f"{path}: {error.strerror or error}. {_inside(path, 'articles.jsonl')}"
            "Give the articles.jsonl that `parallax crawl` wrote."
        ) from error
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    unusable: list[Failure] = []
    for given in rows_of(data):
        try:
            row = row_of(given)
            if isinstance(row, Article) and row.id in articles:
                raise NotReadError(f"repeats the id {row.id!r}; the first row was kept")  # noqa: TRY301
        except NotReadError as error:
            unusable.append(unusable_row(f"{path.name} line {given.line} {error}", given.values))
            continue
        if isinstance(row, Article):
            articles[row.id] = row
        else:
            failures.append(row)
    if not articles and not failures and data.strip():
        columns = csv_columns(data)
        table = (
            f" It is CSV with the columns {', '.join(columns)[:300]}; `parallax extract` reads columns "
            "of other names."
            if columns
            else ""
        )
        first = f" {unusable[0].reason}" if unusable else " It has no rows below them."
        first = f" {other}" if (other := kind_of(data) or _is_comparison(data)) else first
        raise ArticlesFileError(f"{path}: no row is an article.{table}{first}")
    return tuple(articles.values()), (*failures, *unusable)


def _is_comparison(data: bytes) -> str:
    begins = data[:200].split(b":")[0]
    return "It is a comparison: `parallax report` shows it." if b"schema_version" in begins else ""


def _inside(path: Path, name: str) -> str:
    """What is meant where a folder is given that holds the file."""
    return f"Did you mean {path / name}? " if (path / name).is_file() else ""


def unusable_row(reason: str, values: Mapping[str, Any]) -> Failure:
    """A row that is neither an article nor a failure, as the failure that it becomes."""
    url, outlet, name = (
        value if isinstance(value := values.get(key), str) else None
        for key in ("url", "outlet", "id")
    )
    return Failure(
        stage=Stage.READ, reason=reason, cause=Cause.BAD_ROW, url=url, outlet=outlet, id=name
    )


def row_of(given: Given) -> Row:
    """The article or failure that a row holds; raises NotReadError where it holds none."""
    if given.problem:
        raise NotReadError(given.problem)
    try:
        if given.values.get("type") == "failure":
            return msgspec.convert(given.values, Failure)
        values = article_values(given.values)
        check_complete(values)
        article = msgspec.convert(values, Article)
    except msgspec.ValidationError as error:
        raise NotReadError(f"is no article: {error}") from error
    if not article.text.strip() and not article.title.strip():
        raise NotReadError("has no text and no title")
    if len(article.text) > MAX_TEXT:
        raise NotReadError(
            f"has a text of {len(article.text):,} characters; at most {MAX_TEXT:,} are read"
        )
    return article


def encode_comparison(comparison: Comparison) -> bytes:
    """comparison.json: in the order given, one line an article, detail or pair, newline at the end."""
    return b"".join(encoded_in_pieces(comparison))


def encoded_in_pieces(comparison: Comparison) -> Iterator[bytes]:
    """The same piece by piece: a large one need not be held whole to be written."""
    for number, field in enumerate(fields(comparison)):
        yield b",\n" if number else b"{"
        yield from _member(field.name, getattr(comparison, field.name))
    yield b"}\n"


def _member(key: str, value: object) -> Iterator[bytes]:
    yield msgspec.json.encode(key) + b": "
    if isinstance(value, tuple) and value:
        yield b"[\n"
        for number, item in enumerate(value):
            yield b",\n" + _item(item) if number else _item(item)
        yield b"\n]"
    else:
        yield msgspec.json.encode(value)


def _item(value: object) -> bytes:
    """An item as JSON; an article with the hash of what was read, so that others can check it."""
    data = msgspec.json.encode(value)
    if isinstance(value, Article):
        return data[:-1] + b',"sha256":"' + value.sha256.encode() + b'"}'
    return data


def decode_comparison(data: bytes, *, name: str = "comparison.json") -> Comparison:
    """The comparison that `encode_comparison` wrote.

    Raises ComparisonFileError if the bytes are no comparison, or one of a newer schema.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).schema_version
        if version > SCHEMA_VERSION:
            raise ComparisonFileError(
                f"{name} has schema version {version}, and this Parallax reads up to "
                f"{SCHEMA_VERSION}. Update Parallax, or compare the articles again."
            )
        comparison = msgspec.json.decode(data, type=Comparison)
        _check_hashes(comparison, data, name)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ComparisonFileError(
            f"{name} is no comparison: {error}. Give the comparison.json that `parallax compare` wrote."
        ) from error
    return _of_schema_1(comparison) if version == 1 else comparison


# How schema 1, which had no field for it, worded the failure of a second copy; then came the id.
_COPY_IN_SCHEMA_1 = "the same article as "


def _of_schema_1(comparison: Comparison) -> Comparison:
    """The comparison of schema 1 as this one has it: copies are named in a field."""
    failures = tuple(
        replace(f, cause=Cause.COPY, copy_of=f.reason.removeprefix(_COPY_IN_SCHEMA_1))
        if f.stage is Stage.READ and f.reason.startswith(_COPY_IN_SCHEMA_1)
        else f
        for f in comparison.failures
    )
    return replace(comparison, schema_version=SCHEMA_VERSION, failures=failures)


def _check_hashes(comparison: Comparison, data: bytes, name: str) -> None:
    """Raises ComparisonFileError where an article's title and text are not those that were compared."""
    stated = msgspec.json.decode(data, type=_Stated).articles
    for article, hashed in zip(comparison.articles, stated, strict=True):
        if hashed.sha256 is not None and hashed.sha256 != article.sha256:
            raise ComparisonFileError(
                f"{name} is damaged: the words of the article {article.id!r} are not those that were "
                "compared. Compare the articles again."
            )


class _Hash(msgspec.Struct):
    sha256: str | None = None


class _Stated(msgspec.Struct):
    articles: list[_Hash] = []


class _Version(msgspec.Struct):
    schema_version: int


def read_comparison(path: Path) -> Comparison:
    """The comparison in a file; raises ComparisonFileError as `decode_comparison` does."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ComparisonFileError(
            f"{path}: {error.strerror or error}. {_inside(path, 'comparison.json')}"
            "Give the comparison.json that `parallax compare` wrote."
        ) from error
    return decode_comparison(data, name=str(path))


def write_comparison(comparison: Comparison, path: Path) -> None:
    """Writes comparison.json whole; raises OutputError where it cannot."""
    write_atomic(path, encode_comparison(comparison))


def check_writable(folder: Path) -> None:
    """Raises OutputError where a folder cannot be written, or made: to be asked before hours of work."""
    there = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        why = "Permission denied" if there.is_dir() else f"{there} is no folder"
        raise OutputError(f"{folder} cannot be written: {why}. Choose another --out.")


def write_atomic(path: Path, data: bytes) -> None:
    """Writes a file so that it appears whole or not at all; makes its folder.

    Raises OutputError where the folder or file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        do = "Make room, and run the same command again" if full else "Choose another folder"
        raise OutputError(f"{path} cannot be written: {error.strerror or error}. {do}.") from error
