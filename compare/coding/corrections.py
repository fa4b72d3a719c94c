"""Corrections by people: a file of their own beside comparison.json, laid over it whenever it is shown.

The comparison stays what the program found, so that a correction can be undone and outlives a new run: it is
found again by what it is about, the detail (or the one its id is forwarded to) and the outlet, values or
sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec

from compare.codec import write_atomic
from compare.coding.filled import Coded, Problem
from compare.coding.sheets import (
    ID_LENGTH,
    JOIN,
    NONE,
    SPLIT,
    Item,
    ItemKind,
    conflict_place,
    items_of,
    loaded_place,
)
from compare.datamodel import Cell, Comparison, Conflict, Detail, Mention, Status
from compare.errors import InputError
from compare.kinds import Slant, Weight

NAME = "corrections.json"
SCHEMA = 1
_CARRYING = frozenset({Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says instead of the program: the code for one question, who, when, and a note."""

    key: str
    kind: ItemKind
    detail: str
    place: str
    code: str
    coder: str = ""
    note: str = ""
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsFile:
    """corrections.json."""

    schema_version: int
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A comparison with corrections laid over it, and those that found nothing to correct."""

    comparison: Comparison
    unused: tuple[Correction, ...]


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file, none where there is no file; raises InputError for one that is none."""
    if not path.is_file():
        return ()
    try:
        found = msgspec.json.decode(path.read_bytes(), type=CorrectionsFile)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} holds no corrections: {error}. Move it away, or correct it by hand."
        ) from error
    if found.schema_version > SCHEMA:
        raise InputError(f"{path} is of a newer Parallax. Update Parallax.")
    return found.corrections


def write_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Writes corrections.json whole; raises OutputError where it cannot."""
    rows = b",\n".join(msgspec.json.encode(c) for c in corrections)
    write_atomic(path, b'{"schema_version": %d,\n"corrections": [\n%s\n]}\n' % (SCHEMA, rows))


def corrections_from(
    coded: Iterable[Coded], comparison: Comparison, *, at: str | None
) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The codes that differ from the program's own, as corrections, and rows whose question is not there."""
    known: Mapping[str, Item] = {i.key: i for i in items_of(comparison, ItemKind)}
    found, problems = [], []
    for row in coded:
        item = known.get(row.key)
        if item is None:
            problems.append(Problem(row.row, "asks about what is not in the comparison"))
        elif why := _impossible(row, item.detail, comparison):
            problems.append(Problem(row.row, why))
        elif row.code != item.program:
            found.append(
                Correction(
                    key=row.key, kind=item.kind, detail=item.detail, place=item.place, code=row.code,
                    coder=row.coder, note=row.note, at=at,
                )
            )  # fmt: skip
    return tuple(found), tuple(problems)


def _impossible(row: Coded, detail: str, comparison: Comparison) -> str:
    """Why a row cannot be split or joined as it is said; "" where it can."""
    lower = row.code.lower()
    if lower.startswith(JOIN):
        other = row.code[len(JOIN) :].strip()
        if other == detail or all(d.id != other for d in comparison.details):
            return f"joins {other!r}, which is no other detail of the comparison"
    if lower.startswith(SPLIT):
        stated = {m.outlet for d in comparison.details if d.id == detail for m in d.mentions}
        named = _outlets(row.code)
        if not named <= stated:
            return f"splits off {', '.join(sorted(named - stated))}, which do not state it"
        if named == stated:
            return "splits off every outlet that states it"
    return ""


def _outlets(code: str) -> set[str]:
    return {name.strip() for name in code[len(SPLIT) :].split(";") if name.strip()}


def merged(earlier: Iterable[Correction], new: Iterable[Correction]) -> tuple[Correction, ...]:
    """Both, the newer one where two answer the same question; in the order of their keys."""
    return tuple(sorted({c.key: c for c in (*earlier, *new)}.values(), key=lambda c: c.key))


def corrected(comparison: Comparison, corrections: Sequence[Correction]) -> Corrected:
    """The comparison as people corrected it; each cell, conflict and mention says by whom."""
    by_detail: dict[str, list[Correction]] = defaultdict(list)
    for c in corrections:
        by_detail[comparison.forwarded.get(c.detail, c.detail)].append(c)
    used: set[str] = set()
    texts = {a.id: a for a in comparison.articles}

    def words(m: Mention) -> str:
        article = texts.get(m.article)
        return article.read(m.field)[m.start : m.end] if article else ""

    def sentence(m: Mention) -> str:
        article, span = texts.get(m.article), m.sentence
        return article.read(m.field)[span.start : span.end] if article and span else words(m)

    details = [
        _changed(d, by_detail[d.id], sentence, used) if d.id in by_detail else d
        for d in comparison.details
    ]
    for c in corrections:
        if c.kind is ItemKind.ROW:
            details, done = _reshaped(details, c, comparison.forwarded, words)
            used |= {c.key} if done else set()
    unused = tuple(c for c in corrections if c.key not in used)
    return Corrected(replace(comparison, details=tuple(details)), unused)


def _person(c: Correction) -> str:
    return c.coder or "a person"


def _changed(
    detail: Detail,
    corrections: Iterable[Correction],
    sentence: Callable[[Mention], str],
    used: set[str],
) -> Detail:
    """The detail with its cells, conflicts and loaded words as they were coded."""
    of_kind: dict[ItemKind, dict[str, Correction]] = defaultdict(dict)
    for c in corrections:
        of_kind[c.kind][c.place] = c
    cells, conflicts, loaded = (
        of_kind[k] for k in (ItemKind.CELL, ItemKind.CONFLICT, ItemKind.LOADED)
    )
    used |= {cells[cell.outlet].key for cell in detail.cells if cell.outlet in cells}
    places = {conflict: conflict_place(detail, conflict) for conflict in detail.conflicts}
    used |= {conflicts[p].key for p in places.values() if p in conflicts}
    whose = {i: loaded_place(m.outlet, sentence(m)) for i, m in enumerate(detail.mentions)}
    used |= {loaded[p].key for p in whose.values() if p in loaded}
    kept = (_conflict(x, conflicts.get(p)) for x, p in places.items())
    return replace(
        detail,
        cells=tuple(_cell(cell, cells.get(cell.outlet)) for cell in detail.cells),
        conflicts=tuple(x for x in kept if x is not None),
        mentions=tuple(_mention(m, loaded.get(whose[i])) for i, m in enumerate(detail.mentions)),
    )


def _cell(cell: Cell, c: Correction | None) -> Cell:
    if c is None:
        return cell
    note = f" “{c.note}”" if c.note else ""
    reason = (
        f"{_person(c)} coded this as {c.code}{note}; the program said {cell.status}: {cell.reason}"
    )
    status = Status(c.code)
    return replace(cell, status=status, reason=reason, confidence=1.0, corrected_by=_person(c))


def _conflict(conflict: Conflict, c: Correction | None) -> Conflict | None:
    if c is None:
        return conflict
    if c.code == NONE:
        return None
    sentence = f"{conflict.sentence} ({_person(c)} coded this as {c.code}.)"
    return replace(conflict, weight=Weight(c.code), sentence=sentence)


def _mention(mention: Mention, c: Correction | None) -> Mention:
    if c is None:
        return mention
    if c.code == NONE:
        return replace(mention, slant=None, editorialized=False, cues=())
    return replace(mention, slant=Slant(c.code), editorialized=True)


def _reshaped(
    details: list[Detail],
    c: Correction,
    forwarded: Mapping[str, str],
    words: Callable[[Mention], str],
) -> tuple[list[Detail], bool]:
    """The rows after one was split or joined; whether that could be done."""
    place = {d.id: i for i, d in enumerate(details)}
    own = place.get(forwarded.get(c.detail, c.detail))
    if own is None:
        return details, False
    lower = c.code.lower()
    if lower.startswith(JOIN):
        wanted = c.code[len(JOIN) :].strip()
        other = place.get(forwarded.get(wanted, wanted))
        if other is None or other == own:
            return details, False
        joined = _joined(details[other], details[own], _person(c))
        return [joined if i == other else d for i, d in enumerate(details) if i != own], True
    if lower.startswith(SPLIT):
        away = _outlets(c.code) & {m.outlet for m in details[own].mentions}
        if not away or away == {m.outlet for m in details[own].mentions}:
            return details, False
        return [*details[:own], *_split(details[own], away, c, words), *details[own + 1 :]], True
    return details, True


def _joined(into: Detail, other: Detail, person: str) -> Detail:
    """One row of two: where an outlet's verdicts differ, that which has its words."""
    shift = len(into.mentions)
    theirs = {
        cell.outlet: replace(cell, mentions=tuple(i + shift for i in cell.mentions))
        for cell in other.cells
    }
    cells = []
    for cell in into.cells:
        two = theirs.get(cell.outlet, cell)
        best = cell if cell.status in _CARRYING or two.status not in _CARRYING else two
        mentions = (*cell.mentions, *two.mentions) if two is not cell else cell.mentions
        cells.append(replace(best, mentions=mentions, corrected_by=person))
    conflicts = tuple(replace(x, a=x.a + shift, b=x.b + shift) for x in other.conflicts)
    return replace(
        into,
        mentions=(*into.mentions, *other.mentions),
        cells=tuple(cells),
        conflicts=(*into.conflicts, *conflicts),
    )


def _split(
    detail: Detail, away: set[str], c: Correction, words: Callable[[Mention], str]
) -> tuple[Detail, Detail]:
    """The row without some outlets' words, and a row of those; what nobody judged is "cannot tell"."""
    moved = max((m for m in detail.mentions if m.outlet in away), key=lambda m: m.probability)
    new = sha256(f"{detail.id} {c.code}".encode()).hexdigest()[:ID_LENGTH]
    return (
        _part(detail, lambda m: m.outlet not in away, detail.id, _person(c)),
        replace(_part(detail, lambda m: m.outlet in away, new, _person(c)), text=words(moved)),
    )


def _part(detail: Detail, stays: Callable[[Mention], bool], name: str, person: str) -> Detail:
    kept = [i for i, m in enumerate(detail.mentions) if stays(m)]
    now = {old: new for new, old in enumerate(kept)}
    reason = f"{person} split this row; what the outlet does with this part was not judged."

    def cell(old: Cell) -> Cell:
        mine = tuple(now[i] for i in old.mentions if i in now)
        if mine or old.status not in _CARRYING:
            return replace(old, mentions=mine)
        return Cell(
            outlet=old.outlet, status=Status.CANNOT_TELL, reason=reason, confidence=1.0,
            corrected_by=person,
        )  # fmt: skip

    conflicts = tuple(
        replace(x, a=now[x.a], b=now[x.b]) for x in detail.conflicts if x.a in now and x.b in now
    )
    return replace(
        detail,
        id=name,
        mentions=tuple(detail.mentions[i] for i in kept),
        cells=tuple(map(cell, detail.cells)),
        conflicts=conflicts,
        quotations=(),
    )
