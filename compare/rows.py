"""Rows that people write or other programs export: JSON Lines or CSV, in UTF-8 or UTF-16.

`rows_of` gives every row's keys and values, or why it has none; `article_values` are those of an
article, or the question that a person has to answer first: a key that is nearly one, a date that may
be two.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

import msgspec

from compare.datamodel import Article
from compare.times import moment

# As spreadsheets and other programs call what an article's row has; the key is what is read.
_CALLED = {
    "published": "date pubdate pub_date publish_date published_at published_date publication_date date_published datepublished",
    "title": "headline heading",
    "text": "body content fulltext full_text article_text articlebody maintext",
    "outlet": "publication_title media_name source publisher publication newspaper site",
    "url": "link href address",
    "authors": "author byline",
    "language": "lang",
    "id": "article_id stories_id uid key",
}
_MEANT = {name: key for key, names in _CALLED.items() for name in names.split()}
_KEYS = [field.name for field in fields(Article)]
_ALIKE = 0.85  # of difflib: "titel", "publised"; by eye
_TEXTS = ("id", "outlet", "title", "text")
_NUMBERED = ("id", "outlet")  # what may be a number: 17, or a paper named 1843
_LISTS = ("authors", "credits")
_TIMES = ("published", "modified")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000_000  # characters; csv's own limit is shorter than a long article
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\D.{0,30})?")


class NotReadError(Exception):
    """What keeps a row from being used, in words that follow "line 3 "."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the line that it begins or ends on: its values, or what is wrong with it."""

    line: int
    values: Mapping[str, Any]
    problem: str = ""


def decoded(data: bytes) -> bytes:
    """The same text in UTF-8 without a byte order mark; UTF-16 is known by its mark."""
    if data.startswith(_MARKS):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as what Windows-1252 has for them: how Excel saves a plain CSV."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("parallax.windows", _as_windows)


def rows_of(data: bytes) -> Iterator[Row]:
    """The rows of JSON Lines or CSV, told apart by how they begin."""
    data = decoded(data)
    columns = csv_columns(data)
    yield from _of_csv(data, columns) if columns else _of_json(data)


def csv_columns(data: bytes) -> list[str]:
    """The columns that a table names in its first line; none where it is no CSV."""
    first = decoded(data).lstrip().split(b"\n", 1)[0].decode("utf-8", "parallax.windows").strip()
    if not first or first[0] in "{[" or not (cuts := _delimiter(first)):
        return []
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=cuts, strict=True))]
    except csv.Error:
        return []


def _delimiter(first: str) -> str:
    most = max(_DELIMITERS, key=first.count)
    return most if most in first else ""


def _of_json(data: bytes) -> Iterator[Row]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            raw = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Row(number, {}, f"is not JSON: {_over_lines(line) or error}")
            continue
        if isinstance(raw, dict):
            yield Row(number, raw)
        else:
            yield Row(
                number, {}, ": ".join(filter(None, ("is not a JSON object", _over_lines(line))))
            )


def _over_lines(line: bytes) -> str:
    """What to do about JSON that is not written as one object a line; "" for anything else."""
    begins = line.strip()[:2]
    if begins[:1] == b"[":
        return "it begins a list; write one object a line, as jq -c '.[]' FILE does"
    if begins == b"{":
        return (
            "it begins an object over several lines; write each on one line, as jq -c . FILE does"
        )
    return ""


def _of_csv(data: bytes, columns: list[str]) -> Iterator[Row]:
    text = data.decode("utf-8", "parallax.windows").lstrip()
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]))
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        next(table)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                problem = f"has {len(cells)} cells, and the first line names {len(columns)} columns"
                yield Row(table.line_num, {}, problem)
                continue
            given = {k: v for k, v in zip(columns, cells, strict=True) if v.strip()}
            yield Row(table.line_num, given | _lists(given))
    except csv.Error as error:
        yield Row(table.line_num, {}, f"is no CSV: {error}")
    finally:
        csv.field_size_limit(before)


def _lists(given: Mapping[str, str]) -> dict[str, list[str]]:
    """Cells that hold several names, parted by semicolons."""
    return {k: [n.strip() for n in given[k].split(";") if n.strip()] for k in _LISTS if k in given}


def article_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an article's row that are given; a number as id or outlet is its name.

    Raises NotReadError for a key that is nearly one that is missing, and for a time that cannot be read.
    """
    given = {k: v for k, v in row.items() if v is not None and not (v == "" and k not in _TEXTS)}
    for key in given:
        if key not in _KEYS and (meant := near(key)) and meant not in given:
            raise NotReadError(f"has \u201c{key}\u201d, which is not read: did you mean {meant}?")
    for key in _TIMES:
        if isinstance(written := given.get(key), str) and moment(written) is None:
            raise NotReadError(f"has \u201c{written[:40]}\u201d for {key}{_asked(written)}")
    for key in _NUMBERED:
        if isinstance(given.get(key), int | float) and not isinstance(given[key], bool):
            given[key] = str(given[key])
    return given


def keyed(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A row by the keys of an article: those of `columns` (key to column), then usual names.

    Of several columns that are usual names of one key, the most usual one counts.
    """
    named = set(columns.values())
    found = {k: v for k, v in row.items() if k not in named}
    for key in [k for k in found if k not in _KEYS and k.strip().casefold() in _KEYS]:
        found.setdefault(key.strip().casefold(), found.pop(key))
    plain = {_plain(k): k for k in reversed(found)}
    for key, names in usual_names().items():
        column = next((plain[n] for n in names if n in plain), None)
        if key not in found and key not in columns and column is not None:
            found[key] = found.pop(column)
    found = {k: v for k, v in found.items() if k not in columns}
    found |= {key: row[column] for key, column in columns.items() if column in row}
    return found | _lists({k: v for k, v in found.items() if isinstance(v, str)})


def usual_names() -> dict[str, tuple[str, ...]]:
    """What columns are usually called, by the key that they mean, the most usual first."""
    return {key: tuple(names.split()) for key, names in _CALLED.items()}


def _plain(key: str) -> str:
    return re.sub(r"[\W_]{1,20}", "_", key.strip().casefold())


def near(key: str) -> str | None:
    """The key of an article's row that another one is nearly, or that it is another word for."""
    plain = _plain(key)
    if plain in _MEANT:
        return _MEANT[plain]
    return next(iter(get_close_matches(plain, _KEYS, n=1, cutoff=_ALIKE)), None)


def _asked(written: str) -> str:
    """What to write for a time that cannot be read."""
    if found := _DAY_OR_MONTH.fullmatch(written.strip()):
        one, other, year = map(int, found.groups())
        days = [d for m, n in ((other, one), (one, other)) if (d := _day(year, m, n)) is not None]
        if len(set(days)) == 2:
            meant = " or ".join(f"{d.day} {d:%B} ({d})" for d in days)
            return f": which day is it? Write {meant}."
        if days:
            return f": write {days[0]}."
    return ", which is no time: write 2025-05-12 or 2025-05-12T14:30+01:00."


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
