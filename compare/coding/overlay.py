"""A comparison as people corrected it: their corrections laid over what the program found.

Cells, conflicts and loaded words are corrected first, in the rows that the people saw; then rows are
split, then joined. So the order in which corrections were made or undone decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from compare.coding.corrections import Correction, split_off
from compare.coding.sheets import (
    CODES,
    ID_LENGTH,
    JOIN,
    NONE,
    SPLIT,
    ItemKind,
    conflict_place,
    loaded_place,
)
from compare.datamodel import Cell, Comparison, Conflict, Detail, Mention, Quotation, Status
from compare.kinds import Slant, Weight

_CARRYING = frozenset({Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING})
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
    rows = [c for c in corrections if c.kind is ItemKind.ROW]
    reshaped = _Rows(details, comparison.forwarded, used)
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


class _Rows:
    """The details while they are split and joined."""

    def __init__(
        self, details: Sequence[Detail], forwarded: Mapping[str, str], used: set[str]
    ) -> None:
        self._details: list[Detail | None] = list(details)
        self._places = {d.id: i for i, d in enumerate(details)}
        self._forwarded = dict(forwarded)
        self._used = used
        self._new: dict[int, list[Detail]] = defaultdict(list)

    def _lead(self, name: str) -> str:
        """The id that an id leads to by now."""
        seen = set()
        while name in self._forwarded and name not in seen:
            seen.add(name)
            name = self._forwarded[name]
        return name

    def place(self, name: str) -> int | None:
        """Where the row with an id, or the one that it went into, stands."""
        return self._places.get(self._lead(name))

    def split(self, c: Correction, words: Callable[[Mention], str]) -> None:
        """Takes some outlets' words out of a row, into a new one behind it."""
        place = self.place(c.detail)
        detail = self._details[place] if place is not None else None
        if place is None or detail is None:
            return
        stated = {m.outlet for m in detail.mentions}
        away, _ = split_off(c.code, stated)
        if not away or away == stated:
            return
        self._details[place], new = _split(detail, away, c, words)
        self._new[place].append(new)
        self._used.add(c.key)

    def join(self, c: Correction) -> None:
        """Makes one row of two; what is one already, by the program or another correction, stays so."""
        own, into = self.place(c.detail), self.place(c.code[len(JOIN) :])
        one = self._details[own] if own is not None else None
        other = self._details[into] if into is not None else None
        if one is None or other is None or own is None or into is None:
            return
        self._used.add(c.key)
        if own == into:
            return
        self._details[into] = _joined(other, one, _person(c))
        self._details[own] = None
        self._new[into] += self._new.pop(own, [])
        self._forwarded[one.id] = other.id

    def all(self) -> tuple[Detail, ...]:
        """The rows as they are now; one that was part of a joined one is part of what that went into."""
        rows = [d for i, row in enumerate(self._details) for d in (row, *self._new.get(i, ())) if d]
        return tuple(replace(d, part_of=self._whole(d)) if d.part_of else d for d in rows)

    def _whole(self, detail: Detail) -> str | None:
        whole = self._lead(detail.part_of) if detail.part_of else None
        return None if whole == detail.id else whole

    def forwarded(self) -> dict[str, str]:
        """Ids that are gone, each with the one that it leads to."""
        return {old: self._lead(old) for old in self._forwarded}


def _joined(into: Detail, other: Detail, person: str) -> Detail:
    """One row of two: where an outlet's verdicts differ, that which has its words, or which cannot tell."""
    shift = len(into.mentions)
    theirs = {
        cell.outlet: replace(cell, mentions=tuple(i + shift for i in cell.mentions))
        for cell in other.cells
    }
    conflicts = tuple(replace(x, a=x.a + shift, b=x.b + shift) for x in other.conflicts)
    quotations = (_renumbered(q, lambda i: i + shift) for q in other.quotations)
    outlets = {m.outlet for m in (*into.mentions, *other.mentions)}
    first = max(into, other, key=lambda d: d.importance_score)
    return replace(
        into,
        mentions=(*into.mentions, *other.mentions),
        cells=tuple(_best(cell, theirs.get(cell.outlet), person) for cell in into.cells),
        conflicts=(*into.conflicts, *conflicts),
        quotations=(*into.quotations, *(q for q in quotations if q is not None)),
        origins=min(max(into.origins, other.origins), max(len(outlets), 1)),
        importance=first.importance,
        importance_score=first.importance_score,
    )


def _best(cell: Cell, other: Cell | None, person: str) -> Cell:
    """An outlet's verdict on a row of two; a person's only where the join decides something."""
    if other is None:
        return cell
    unsure = other.status is Status.CANNOT_TELL
    better = cell.status not in _CARRYING and (other.status in _CARRYING or unsure)
    if not better and not other.mentions:
        return cell
    best = other if better else cell
    return replace(best, mentions=(*cell.mentions, *other.mentions), corrected_by=person)


def _renumbered(quotation: Quotation, now: Callable[[int], int | None]) -> Quotation | None:
    """A quotation with the places that its mentions have now; None where fewer than two are left."""
    left = [
        replace(r, mention=place)
        for r in quotation.renderings
        if (place := now(r.mention)) is not None
    ]
    return replace(quotation, renderings=tuple(left)) if len(left) > 1 else None


def _split(
    detail: Detail, away: frozenset[str], c: Correction, words: Callable[[Mention], str]
) -> tuple[Detail, Detail]:
    """The row without some outlets' words, and a row of those; what nobody judged is "cannot tell"."""
    moved = max((m for m in detail.mentions if m.outlet in away), key=lambda m: m.probability)
    # By the id that the person saw: it stays the same where a new run forwards that one.
    new = sha256(f"{c.detail} {c.code}".encode()).hexdigest()[:ID_LENGTH]
    reason = f"{_person(c)} split this row; what the outlet does with this part was not judged."

    def unjudged(cell: Cell) -> Cell:
        return Cell(
            outlet=cell.outlet, status=Status.CANNOT_TELL, reason=reason, confidence=1.0,
            corrected_by=_person(c),
        )  # fmt: skip

    rest, apart = (
        _part(detail, lambda m, here=here: (m.outlet in away) is here, unjudged)  # type: ignore[misc]
        for here in (False, True)
    )
    return rest, replace(apart, id=new, text=words(moved))


def _part(
    detail: Detail, stays: Callable[[Mention], bool], without: Callable[[Cell], Cell]
) -> Detail:
    """The detail with some of its mentions; `without` is what becomes of a cell that loses all of its own."""
    kept = [i for i, m in enumerate(detail.mentions) if stays(m)]
    now = {old: new for new, old in enumerate(kept)}

    def cell(old: Cell) -> Cell:
        mine = tuple(now[i] for i in old.mentions if i in now)
        if mine or old.status not in _CARRYING:
            return replace(old, mentions=mine)
        return without(old)

    quotations = (_renumbered(q, now.get) for q in detail.quotations)
    mentions = tuple(detail.mentions[i] for i in kept)
    return replace(
        detail,
        mentions=mentions,
        cells=tuple(map(cell, detail.cells)),
        conflicts=tuple(
            replace(x, a=now[x.a], b=now[x.b])
            for x in detail.conflicts
            if x.a in now and x.b in now
        ),
        quotations=tuple(q for q in quotations if q is not None),
        origins=min(detail.origins, max(len({m.outlet for m in mentions}), 1)),
    )
