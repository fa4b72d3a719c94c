"""Files of rows as people save them: JSON Lines, JSON or CSV, in UTF-8, UTF-16 or what Excel writes.

`rows_of` gives every row's keys and values by the line that it stands on, or why it has none; what a row
means is said by `compare.rows`.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_SEPARATOR = "sep="  # Excel's own first line, which names the delimiter
_LONGEST_CELL = 10_000_000  # characters; csv's own limit is shorter than a long article
_OTHERS = (
    (b"PK\x03\x04", "an Excel or another packed file: save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file: save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "packed with gzip: unpack it first (gunzip)"),
    (b"%PDF", "a PDF: its text has to be copied into rows"),
    (b"PAR1", "a Parquet file: write it as CSV or JSON Lines"),
    (b"WARC/", "an archive of pages: read it with `parallax extract`"),
    (b"<", "HTML or XML: read saved pages with `parallax extract`"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the line that it begins or ends on: its values, or what is wrong with it."""

    line: int
    values: Mapping[str, Any]
    problem: str = ""


def kind_of(data: bytes) -> str:
    """What a file is that is none of rows, and what to do with it; "" where that is not known."""
    begins = decoded(data[:100]).lstrip()
    return next((f"It is {what}." for mark, what in _OTHERS if begins.startswith(mark)), "")


def decoded(data: bytes) -> bytes:
    """The same text in UTF-8, without a byte order mark and with line feeds.

    UTF-16 without its mark is known by its zeros, which no other writing of the first characters has.
    """
    charset = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if charset == "utf-8":
        data = data.removeprefix(codecs.BOM_UTF8)
    elif not charset and data[:1] and data[1:4:2] == b"\0\0":
        charset = "utf-16-le"
    elif not charset and data[:4:2] == b"\0\0" and data[1:2] != b"\0":
        charset = "utf-16-be"
    if charset.startswith("utf-"):
        data = data.decode(charset, "replace").encode() if charset != "utf-8" else data
    # Spreadsheets on old Macs ended lines with a carriage return alone.
    return data.replace(b"\r", b"\n") if b"\n" not in data else data


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 as what Windows-1252 has for them: how Excel saves a plain CSV."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("parallax.windows", _as_windows)


def rows_of(data: bytes) -> Iterator[Row]:
    """The rows of JSON Lines, JSON or CSV, told apart by how they begin."""
    data = decoded(data)
    columns = csv_columns(data)
    yield from _of_csv(data, columns) if columns else _of_json(data)


# CSV


def csv_columns(data: bytes) -> list[str]:
    """The columns that a table names in its first line; none where it is no CSV."""
    first, cuts, _ = _head(decoded(data))
    if not first or first[0] in "{[<" or not cuts:
        return []
    try:
        (names,) = csv.reader([first], delimiter=cuts, strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        return []
    return [name.strip() for name in names]


def table_text(data: bytes) -> tuple[str, str, int]:
    """A table's text from the line that names its columns on, its delimiter, and how many lines are before."""
    data = decoded(data)
    _, cuts, before = _head(data)
    text = io.StringIO(data.decode("utf-8", "parallax.windows"), newline="")
    for _ in range(before):
        text.readline()
    return text.read(), cuts or _DELIMITERS[0], before


def _head(data: bytes) -> tuple[str, str, int]:
    """The line that names the columns, the delimiter ("" for none), and how many lines are before it."""
    delimiter, before, at = "", 0, 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end].decode("utf-8", "parallax.windows").strip()
        plain = line.strip('"')
        if plain.lower().startswith(_SEPARATOR) and not delimiter:
            delimiter = plain[len(_SEPARATOR) :][:1] or "\t"
        elif line and not line.startswith("#"):
            return line, delimiter if delimiter and delimiter in line else _delimiter(line), before
        at, before = end + 1, before + 1
    return "", "", before


def _delimiter(first: str) -> str:
    most = max(_DELIMITERS, key=first.count)
    return most if most in first else ""


def _of_csv(data: bytes, columns: list[str]) -> Iterator[Row]:
    text, cuts, before = table_text(data)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=cuts, skipinitialspace=True)
    twice = {name for name, times in Counter(columns).items() if times > 1 and name}
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        next(table)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            line = table.line_num + before
            if len(cells) != len(columns):
                problem = f"has {len(cells)} cells, and the first line names {len(columns)} columns"
                yield Row(line, {}, problem)
                continue
            given = {k: v for k, v in zip(columns, cells, strict=True) if v.strip()}
            # Which of two columns of one name is meant nobody can tell, unless they say the same.
            unclear = {
                k
                for k in twice
                if len({v for n, v in zip(columns, cells, strict=True) if n == k}) > 1
            }
            problem = f"has two columns called {', '.join(sorted(unclear))}" if unclear else ""
            yield Row(line, given, problem)
    except csv.Error as error:
        yield Row(table.line_num + before, {}, f"is no CSV: {error}")
    finally:
        csv.field_size_limit(limit)


# JSON


def _of_json(data: bytes) -> Iterator[Row]:
    """A row a line; from the first line on that is none, all values that follow, where they are whole."""
    at, number, tried = 0, 0, False
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line, number = data[at:end], number + 1
        if line.strip():
            raw, problem = _value(line)
            if problem and not tried:
                tried = True
                whole = _of_document(data[at:], number)
                if whole is not None:
                    yield from whole
                    return
            yield from [Row(number, {}, problem)] if problem else _unwrapped(raw, number)
        at = end + 1


def _value(line: bytes) -> tuple[Any, str]:
    """The value that a line holds, or what is wrong with it."""
    try:
        return msgspec.json.decode(line), ""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = f"is not JSON: {_over_lines(line) or error}"
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return None, f"is not JSON in UTF-8 (byte {error.start}): save the file as UTF-8"
    try:
        raw = json.loads(text, parse_constant=_nothing)
        msgspec.json.encode(raw)  # half a surrogate pair is no letter
    except (ValueError, RecursionError):
        return None, problem
    return raw, ""


def _nothing(_: str) -> None:
    """What Python and pandas write for no value: NaN, Infinity."""


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


def _of_document(data: bytes, line: int) -> list[Row] | None:
    """The rows of JSON values that stand one behind another, or None where not all of it is whole."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    decoder = json.JSONDecoder(parse_constant=_nothing)
    rows: list[Row] = []
    at = counted = 0
    while (at := _past_blanks(text, at)) < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            raw, at = decoder.raw_decode(text, at)
            msgspec.json.encode(raw)
        except (ValueError, RecursionError):
            return None
        rows += _unwrapped(raw, line)
    return rows


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] == ","):
        at += 1
    return at


def _unwrapped(raw: Any, line: int) -> Iterator[Row]:
    """The rows in a value: itself, those of a list, or those of the one list of objects that it holds."""
    if isinstance(raw, dict):
        lists = [v for v in raw.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if len(lists) == 1 and not raw.keys() & {"id", "text", "title", "outlet", "type"}:
            raw = lists[0]
    for one in raw if isinstance(raw, list) else [raw]:
        yield Row(line, one) if isinstance(one, dict) else Row(line, {}, "is not a JSON object")
