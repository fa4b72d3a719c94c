"""Coding sheets: one question a row, an empty column for a person's code beside it.

A row's key comes from what it asks about, so that a sheet still fits after a new run that kept its ids.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from compare.datamodel import Cell, Comparison, Conflict, Detail, Mention, Status
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
_BRITISH = {"editorialised": Status.EDITORIALIZED.value}
_CHANGE = re.compile(r"(split|join)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


def as_code(written: str) -> str:
    """A code as it is compared and kept, however its letters, blanks and order of outlets were written."""
    plain = " ".join(written.split())
    if (change := _CHANGE.fullmatch(plain)) is None:
        spaced = " ".join(re.split(r"[-_ ]", plain.lower()))
        return _BRITISH.get(spaced, spaced)
    if change[1].lower() == "join":
        return f"{JOIN}{change[2]}"
    names = {name.strip() for name in change[2].split(";")} - {""}
    return f"{SPLIT}{'; '.join(sorted(names, key=str.casefold))}"


def misfit(kind: ItemKind, code: str) -> str:
    """Why a code is none of those that a question of this kind takes; "" where it is one."""
    allowed = CODES[kind]
    if code in allowed or (kind is ItemKind.ROW and _CHANGE.fullmatch(code)):
        return ""
    also = ", split: OUTLET; OUTLET, join: ID" if kind is ItemKind.ROW else ""
    return f"has the code {code!r}; a {kind} takes {', '.join(allowed)}{also}"


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
_NUMBERLIKE = re.compile(r"\d+(?:e\d+)?")


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
        found = sha256(parts.encode()).hexdigest()[:ID_LENGTH]
        # What a spreadsheet would take for a number (12 digits, 4e7) and round begins with a letter.
        return f"f{found[1:]}" if _NUMBERLIKE.fullmatch(found) else found


def readers_of(
    comparison: Comparison,
) -> tuple[Callable[[Mention], str], Callable[[Mention], str]]:
    """The words of a mention, and the sentence that they stand in; "" of an article that is not there."""
    articles = {a.id: a for a in comparison.articles}

    def words(m: Mention) -> str:
        article = articles.get(m.article)
        return article.read(m.field)[m.start : m.end] if article else ""

    def sentence(m: Mention) -> str:
        article, span = articles.get(m.article), m.sentence
        return article.read(m.field)[span.start : span.end] if article and span else words(m)

    return words, sentence


def items_of(comparison: Comparison, kinds: Iterable[ItemKind]) -> tuple[Item, ...]:
    """Every question of these kinds that a comparison raises, row by row."""
    wanted = frozenset(kinds)
    titles = {
        outlet: " | ".join(
            f"{a.title} {a.url or ''}".strip() for a in comparison.articles if a.outlet == outlet
        )
        for outlet in comparison.outlets
    }

    words, sentence = readers_of(comparison)

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
