"""Filled-in coding sheets, read back without losing a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compare.coding.sheets import CODES, JOIN, SPLIT, ItemKind
from compare.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one coder gave one item; `row` is its line in the sheet, the head being 1."""

    key: str
    kind: ItemKind
    detail: str
    code: str
    coder: str
    note: str
    row: int
    event: str = ""


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
    """The codes in a sheet, in any order of rows and columns, with commas, semicolons or tabs.

    A row that cannot be used is a `Problem` with its number; none is dropped. Raises InputError for
    a file that cannot be read or has no column `key` or `code`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}. Give a sheet of `parallax code`."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save the sheet as CSV UTF-8.") from error
    head, _, _ = text.partition("\n")
    mark = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if missing := [n for n in ("key", "code") if n not in names]:
            raise InputError(
                f"{path} has no column {' and no column '.join(missing)}. Give a sheet of `parallax code`."
            )
        return _read(list(rows), names)
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}. Save the sheet as CSV UTF-8.") from error


def _read(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Sheet:
    coded: list[Coded] = []
    problems: list[Problem] = []
    left_open = 0
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in enumerate(rows, start=2):
        why = _malformed(cells, names)
        given = dict(zip(names, (_bare(c) for c in cells), strict=False))
        mark = (given.get("event", ""), given.get("key", ""), given.get("coder", ""))
        if not why and mark in seen:
            why = f"repeats the question of row {seen[mark]}, which was kept"
        if why:
            problems.append(Problem(number, why))
            continue
        seen[mark] = number
        if not given["code"]:
            left_open += 1
            continue
        coded.append(
            Coded(
                key=given["key"],
                kind=ItemKind(given.get("kind") or ItemKind.CELL),
                detail=given.get("detail", ""),
                code=given["code"] if ":" in given["code"] else given["code"].lower(),
                coder=given.get("coder", ""),
                note=given.get("note", ""),
                row=number,
                event=given.get("event", ""),
            )
        )
    return Sheet(tuple(coded), left_open, tuple(problems))


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    plain = cell.strip()
    return plain[1:] if plain.startswith("'") and plain[1:2] in {"=", "+", "-", "@"} else plain


def _malformed(cells: Sequence[str], names: Sequence[str]) -> str:
    if not any(cell.strip() for cell in cells):
        return "is empty"
    if len(cells) != len(names):
        return f"has {len(cells)} cells; the head has {len(names)}"
    given = dict(zip(names, (c.strip() for c in cells), strict=True))
    if not given["key"]:
        return "has no key"
    kinds = [k.value for k in ItemKind]
    kind = given.get("kind") or ItemKind.CELL
    if kind not in kinds:
        return f"has the kind {kind!r}; known: {', '.join(kinds)}"
    code = given["code"].lower()
    allowed = CODES[ItemKind(kind)]
    is_change = kind == ItemKind.ROW and code.startswith((SPLIT, JOIN))
    if code and code not in allowed and not is_change:
        return f"has the code {given['code']!r}; a {kind} takes {', '.join(allowed)}"
    return ""


def problems_of(sheet: Sheet) -> Iterator[str]:
    """Each row that cannot be used, in a line for a reader."""
    yield from (f"row {problem.row} {problem.why}" for problem in sheet.problems)
