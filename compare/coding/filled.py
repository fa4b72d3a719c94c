"""Filled-in coding sheets, read back without losing a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from compare.coding.sheets import ItemKind, as_code, misfit
from compare.errors import InputError
from compare.row_files import kind_of, table_text

_READ = frozenset({"key", "kind", "event", "detail", "outlet", "text", "coder", "code", "note"})
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?E[+-]?\d{1,4}")  # as spreadsheets show a large one
_UNSEEN = (
    "\ufeff\u200b\u2060"  # marks of byte order and spaces without width, as copying leaves them
)
_LONG = 20  # lines of one row: texts of a sheet have a few, an open quotation mark takes the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one coder gave one item; `row` is its line in the sheet, the head being 1.

    `outlet` and `text` are what it is about, "" where the sheet does not say.
    """

    key: str
    kind: ItemKind
    detail: str
    code: str
    coder: str
    note: str
    row: int
    event: str = ""
    outlet: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be used, and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet read back: what was coded, how many rows were left open, and the rows that cannot be used.

    The three add up to the rows of the file.
    """

    coded: tuple[Coded, ...]
    open: int
    problems: tuple[Problem, ...]


def read_sheet(path: Path) -> Sheet:
    """The codes in a sheet, in any order of rows and columns, however a spreadsheet saved it as text.

    A row that cannot be used is a `Problem` with its number; none is dropped. Raises InputError for
    a file that cannot be read or has no column `key` or `code`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}. Give a sheet of `parallax code`."
        ) from error
    if other := kind_of(data):
        raise InputError(f"{path} is no sheet. {other}")
    text, delimiter, before = table_text(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [_plain(name).lower() for name in next(rows, [])]
        if missing := [n for n in ("key", "code") if n not in names]:
            raise InputError(
                f"{path} has no column {' and no column '.join(missing)}; it has "
                f"{', '.join(n for n in names if n)[:200] or 'nothing'}. Give a sheet of `parallax code`."
            )
        return _read(_lines(rows, before), names)
    except csv.Error as error:
        where = rows.line_num + before
        raise InputError(
            f"{path} is no CSV from line {where} on: {error}. Save the sheet as CSV UTF-8."
        ) from error


_Line = tuple[int, list[str], int]  # the row's number, its cells, and how many lines they stand on


def _lines(rows: Iterator[list[str]], before: int) -> Iterator[_Line]:
    last = rows.line_num  # type: ignore[attr-defined]  # of csv.reader, whose type has no name
    for number, cells in enumerate(rows, start=2 + before):
        now = rows.line_num  # type: ignore[attr-defined]
        yield number, cells, now - last
        last = now


def _read(rows: Iterable[_Line], names: Sequence[str]) -> Sheet:
    coded: list[Coded] = []
    problems: list[Problem] = []
    left_open = 0
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells, lines in rows:
        given, why = _given(cells, names)
        why = why or _malformed(given)
        mark = (given.get("event", ""), given.get("key", ""), given.get("coder", ""))
        if not why and mark in seen:
            why = f"repeats the question of row {seen[mark]}, which was kept"
        if why:
            if lines > _LONG:
                why += f"; it goes over {lines} lines: a quotation mark in it may not be closed"
            problems.append(Problem(number, why))
            continue
        if not given["code"]:
            left_open += 1  # the same question may be answered in a later row
            continue
        seen[mark] = number
        coded.append(
            Coded(
                key=given["key"],
                kind=ItemKind(given.get("kind", "").lower() or ItemKind.CELL),
                detail=given.get("detail", ""),
                code=given["code"],
                coder=given.get("coder", ""),
                note=given.get("note", ""),
                row=number,
                event=given.get("event", ""),
                outlet=given.get("outlet", ""),
                text=given.get("text", ""),
            )
        )
    return Sheet(tuple(coded), left_open, tuple(problems))


def _plain(cell: str) -> str:
    """A cell without blanks around it, and without the apostrophe that keeps a spreadsheet from running it."""
    plain = cell.strip().strip(_UNSEEN).strip()
    return plain[1:] if plain.startswith("'") and plain[1:2] in {"=", "+", "-", "@"} else plain


def _given(cells: Sequence[str], names: Sequence[str]) -> tuple[dict[str, str], str]:
    """A row's values by their columns, and why they cannot be told apart, "" where they can.

    Spreadsheets leave out or add empty cells at the end of a row: that is no fault, up to the code.
    """
    if not any(cell.strip() for cell in cells):
        return {}, "is empty"
    row = [_plain(cell) for cell in cells]
    if any(row[len(names) :]) or len(row) <= names.index("code"):
        return {}, f"has {len(cells)} cells; the head has {len(names)}"
    row += [""] * (len(names) - len(row))
    given: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if name in _READ and given.setdefault(name, cell) != cell:
            return {}, f"has {given[name]!r} and {cell!r} in two columns called {name}"
    given["code"] = as_code(given["code"])
    return given, ""


def _malformed(given: Mapping[str, str]) -> str:
    if not given["key"]:
        return "has no key"
    if _NUMBER.fullmatch(given["key"]):
        return f"has the key {given['key']}, a number that a spreadsheet made of it: take it from the sheet as it was written"
    kinds = [k.value for k in ItemKind]
    kind = given.get("kind", "").lower() or ItemKind.CELL
    if kind not in kinds:
        return f"has the kind {kind!r}; known: {', '.join(kinds)}"
    why = misfit(ItemKind(kind), given["code"]) if given["code"] else ""
    return why + (
        "" if given.get("kind") or not why else " (without a kind it is taken for a cell)"
    )


def with_events(rows: Iterable[Coded], asking: Mapping[str, Collection[str]]) -> list[Coded]:
    """The rows, each with the event that asks its question; `asking` are events by key.

    Spreadsheets make 5664546 of an event called 05664546, and a day of 2019-03: where one event alone asks
    a question, that is the one that is meant.
    """
    found = []
    for row in rows:
        events = asking.get(row.key, ())
        meant = len(events) == 1 and row.event not in events
        found.append(replace(row, event=next(iter(events))) if meant else row)
    return found


def problems_of(sheet: Sheet) -> Iterator[str]:
    """Each row that cannot be used, in a line for a reader."""
    yield from (f"row {problem.row} {problem.why}" for problem in sheet.problems)
