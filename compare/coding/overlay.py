"""A comparison as people corrected it: their corrections laid over what the program found.

Cells, conflicts and loaded words are corrected first, in the rows that the people saw; then rows are
split, then joined. So the order in which corrections were made or undone decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from compare.coding.corrections import Correction
from compare.coding.reshaping import CARRYING, Rows, followed, part, person
from compare.coding.sheets import (
    CODES,
    JOIN,
    NONE,
    SPLIT,
    ItemKind,
    conflict_place,
    loaded_place,
    readers_of,
)
from compare.datamodel import Cell, Comparison, Conflict, Detail, Mention, Status
from compare.kinds import Slant, Weight

_NOTED = frozenset(CODES[ItemKind.ROW])


@dataclass(frozen=True, slots=True)
class Corrected:
    """A comparison with corrections laid over it, and those that found nothing to correct."""

    comparison: Comparison
    unused: tuple[Correction, ...]


def corrected(comparison: Comparison, corrections: Sequence[Correction]) -> Corrected:
    """The comparison as people corrected it; each cell, conflict and mention says by whom.

    The id of a row that was joined to another is forwarded to that one.
    """
    by_detail: dict[str, list[Correction]] = defaultdict(list)
    # Where a row went into another, what was said of that one itself comes last, and counts.
    for c in sorted(corrections, key=lambda c: c.detail not in comparison.forwarded):
        by_detail[comparison.forwarded.get(c.detail, c.detail)].append(c)
    used: set[str] = set()
    words, sentence = readers_of(comparison)
    details = [
        _changed(d, by_detail[d.id], sentence, used) if d.id in by_detail else d
        for d in comparison.details
    ]
    rows = [c for c in corrections if c.kind is ItemKind.ROW]
    reshaped = Rows(details, comparison.forwarded, used)
    for c in (c for c in rows if c.code.startswith(SPLIT)):
        reshaped.split(c, words)
    for c in (c for c in rows if c.code.startswith(JOIN)):
        reshaped.join(c)
    # "several facts" says nothing that could be laid over: it is noted, and found as long as its row is.
    used |= {c.key for c in rows if c.code in _NOTED and reshaped.place(c.detail) is not None}
    unused = tuple(c for c in corrections if c.key not in used)
    return Corrected(
        replace(comparison, details=reshaped.all(), forwarded=reshaped.forwarded()), unused
    )


def _changed(
    detail: Detail,
    corrections: Iterable[Correction],
    sentence: Callable[[Mention], str],
    used: set[str],
) -> Detail:
    """The detail with its cells, conflicts and loaded words as they were coded, and what follows of that."""
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
    coded = replace(
        detail,
        cells=tuple(_cell(cell, cells.get(cell.outlet)) for cell in detail.cells),
        conflicts=tuple(x for x in kept if x is not None),
        mentions=tuple(_mention(m, loaded.get(whose[i])) for i, m in enumerate(detail.mentions)),
    )
    people = dict.fromkeys(person(c) for some in (conflicts, loaded) for c in some.values())
    coded = followed(coded, detail, " and ".join(people)) if people else coded
    # Who does not state it has no words on it, is nobody's opponent and not the first.
    not_stating = {name for name, c in cells.items() if Status(c.code) not in CARRYING}
    if not not_stating or {m.outlet for m in detail.mentions} <= not_stating:
        return coded
    return part(coded, lambda m: m.outlet not in not_stating, lambda cell: cell)


def _cell(cell: Cell, c: Correction | None) -> Cell:
    if c is None:
        return cell
    note = f" “{c.note}”" if c.note else ""
    reason = (
        f"{person(c)} coded this as {c.code}{note}; the program said {cell.status}: {cell.reason}"
    )
    status = Status(c.code)
    return replace(cell, status=status, reason=reason, confidence=1.0, corrected_by=person(c))


def _conflict(conflict: Conflict, c: Correction | None) -> Conflict | None:
    if c is None:
        return conflict
    if c.code == NONE:
        return None
    sentence = f"{conflict.sentence} ({person(c)} coded this as {c.code}.)"
    return replace(conflict, weight=Weight(c.code), sentence=sentence)


def _mention(mention: Mention, c: Correction | None) -> Mention:
    if c is None:
        return mention
    if c.code == NONE:
        return replace(mention, slant=None, editorialized=False, cues=())
    return replace(mention, slant=Slant(c.code), editorialized=True)
