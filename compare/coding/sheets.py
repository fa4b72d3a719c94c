"""Coding sheets: one question a row, a person's code beside it, read back without losing a row.

A row's key comes from what it asks about, so that a sheet still fits after a new run that kept its ids.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from compare.datamodel import Cell, Comparison, Conflict, Detail, Mention, Status
from compare.errors import InputError
from compare.kinds import Slant, Weight

T = TypeVar("T")


class ItemKind(StrEnum):
    """What a row of a sheet asks about."""

    CELL = "cell"
    CONFLICT = "conflict"
    LOADED = "loaded words"
    ROW = "row"


NONE = "none"
ONE_FACT = "one fact"
SPLIT, JOIN = "split: ", "join: "
# What may stand in the column `code`, by the row's kind; a row also takes "split: OUTLET; OUTLET" and "join: ID".
CODES = {
    ItemKind.CELL: tuple(s.value for s in Status),
    ItemKind.CONFLICT: (*(w.value for w in Weight), NONE),
    ItemKind.LOADED: (*(s.value for s in Slant), NONE),
    ItemKind.ROW: (ONE_FACT, "several facts"),
}
COLUMNS = {
    "key": "names the question; leave it as it is",
    "kind": "cell, conflict, loaded words or row: what is asked",
    "event": "what the event is called",
    "detail": "the detail's id",
    "outlet": "whose cell, words or values it is; empty for a row",
    "text": "the detail in its plainest mention",
    "asked": "the words in question: two values, or a sentence",
    "articles": "titles and addresses of what the outlet published",
    "program": "the program's own code; empty in a blind sheet",
    "reason": "why, in a sentence; empty in a blind sheet",
    "evidence": "the words that show it; empty in a blind sheet",
    "coder": "yours: who codes",
    "code": "yours: one of the codes of the codebook",
    "note": "yours: anything else",
}
ID_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question that a comparison raises, with the program's own answer.

    `detail` is an id, `place` what tells items of one detail apart: an outlet, a conflict's values, or an
    outlet's sentence.
    """

    kind: ItemKind
    detail: str
    place: str
    outlet: str
    text: str
    asked: str
    articles: str
    program: str
    reason: str
    evidence: str

    @property
    def key(self) -> str:
        """The same for the same question of a later run."""
        parts = f"{self.kind}\n{self.detail}\n{self.place}"
        return sha256(parts.encode()).hexdigest()[:ID_LENGTH]


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


def items_of(comparison: Comparison, kinds: Iterable[ItemKind]) -> tuple[Item, ...]:
    """Every question of these kinds that a comparison raises, row by row."""
    wanted = frozenset(kinds)
    articles = {a.id: a for a in comparison.articles}
    titles = {
        outlet: " | ".join(
            f"{a.title} {a.url or ''}".strip() for a in comparison.articles if a.outlet == outlet
        )
        for outlet in comparison.outlets
    }

    def words(m: Mention) -> str:
        article = articles.get(m.article)
        return article.read(m.field)[m.start : m.end] if article else ""

    def sentence(m: Mention) -> str:
        article, span = articles.get(m.article), m.sentence
        return article.read(m.field)[span.start : span.end] if article and span else words(m)

    found: list[Item] = []
    for detail in comparison.details:
        if ItemKind.ROW in wanted:
            found.append(_row(detail, words))
        if ItemKind.CELL in wanted:
            found += [
                _cell(detail, cell, titles.get(cell.outlet, ""), words) for cell in detail.cells
            ]
        if ItemKind.CONFLICT in wanted:
            found += [_conflict(detail, conflict) for conflict in detail.conflicts]
        if ItemKind.LOADED in wanted:
            found += [_loaded(detail, m, sentence(m)) for m in detail.mentions]
    return tuple({item.key: item for item in found}.values())


def _cell(detail: Detail, cell: Cell, articles: str, words: object) -> Item:
    assert callable(words)
    proof = [words(detail.mentions[i]) for i in cell.mentions]
    return Item(
        kind=ItemKind.CELL, detail=detail.id, place=cell.outlet, outlet=cell.outlet, text=detail.text,
        asked="", articles=articles, program=cell.status.value, reason=cell.reason,
        evidence=" | ".join(proof),
    )  # fmt: skip


def conflict_place(detail: Detail, conflict: Conflict) -> str:
    """What tells a conflict from the others of its detail, in any run: its kind, outlets and values."""
    sides = sorted(
        (detail.mentions[i].outlet, value)
        for i, value in ((conflict.a, conflict.a_value), (conflict.b, conflict.b_value))
    )
    return f"{conflict.kind}: {sides}"


def _conflict(detail: Detail, conflict: Conflict) -> Item:
    a, b = detail.mentions[conflict.a], detail.mentions[conflict.b]
    return Item(
        kind=ItemKind.CONFLICT, detail=detail.id, place=conflict_place(detail, conflict),
        outlet=f"{a.outlet} / {b.outlet}", text=detail.text,
        asked=f"{conflict.a_value} / {conflict.b_value}", articles="",
        program=conflict.weight.value, reason=conflict.sentence, evidence="",
    )  # fmt: skip


def loaded_place(outlet: str, sentence: str) -> str:
    """What tells an outlet's sentence from its others, in any run."""
    return f"{outlet}: {sentence}"


def _loaded(detail: Detail, mention: Mention, sentence: str) -> Item:
    return Item(
        kind=ItemKind.LOADED, detail=detail.id, place=loaded_place(mention.outlet, sentence),
        outlet=mention.outlet, text=detail.text, asked=sentence, articles="",
        program=mention.slant.value if mention.slant else NONE, reason="", evidence="",
    )  # fmt: skip


def _row(detail: Detail, words: object) -> Item:
    assert callable(words)
    stated = " | ".join(f"{m.outlet}: {words(m)}" for m in detail.mentions)
    return Item(
        kind=ItemKind.ROW, detail=detail.id, place="", outlet="", text=detail.text, asked=stated,
        articles="", program=ONE_FACT, reason="", evidence="",
    )  # fmt: skip


def sampled(items: Sequence[T], number: int | None, seed: int) -> tuple[T, ...]:
    """So many items drawn evenly at random, in their order; all of them for None."""
    if number is None or number >= len(items):
        return tuple(items)
    drawn = sorted(random.Random(seed).sample(range(len(items)), number))  # noqa: S311
    return tuple(items[i] for i in drawn)


def sheet_csv(items: Iterable[tuple[str, Item]], *, coder: str, blind: bool, seed: int) -> bytes:
    """A sheet of events' items for one coder, in an order of its own: one that two share would shift both alike."""
    from compare.spreadsheet import csv_bytes

    rows = list(items)
    random.Random(f"{seed} {coder}").shuffle(rows)  # noqa: S311
    return csv_bytes(
        COLUMNS,
        (
            (
                i.key, i.kind.value, event, i.detail, i.outlet, i.text, i.asked, i.articles,
                *(("", "", "") if blind else (i.program, i.reason, i.evidence)), coder, "", "",
            )
            for event, i in rows
        ),
    )  # fmt: skip


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
