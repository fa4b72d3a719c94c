"""Rows that people split and join, and verdicts that follow what they corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from compare.coding.corrections import Correction, split_off
from compare.coding.sheets import ID_LENGTH, JOIN
from compare.datamodel import Cell, Detail, Mention, Quotation, Status
from compare.kinds import Slant, Weight
from compare.verdicts.conflicts.majority import against

CARRYING = frozenset({Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING})


def person(c: Correction) -> str:
    """Who corrected it, as it is shown."""
    return c.coder or "a person"


class Rows:
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
        self._details[into] = _joined(other, one, person(c))
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


def followed(detail: Detail, before: Detail, by: str) -> Detail:
    """The verdicts that rested on conflicts or loaded words which were corrected; those that people coded stay.

    A conflict that is gone accuses nobody any more, and no one is accused because of another's.
    """
    was = {cell.outlet: before.evidence_of(cell) for cell in before.cells}

    def cell(old: Cell) -> Cell:
        if old.corrected_by is not None or old.status not in CARRYING:
            return old
        loaded, before_loaded = (
            any(m.slant is Slant.STRONG for m in some)
            for some in (detail.evidence_of(old), was.get(old.outlet, ()))
        )
        fewer = _hard(old.outlet, detail) < _hard(old.outlet, before)
        settled = fewer and not against(old.outlet, detail.conflicts, detail.mentions)
        status = old.status
        if (status is Status.CONFLICTING and settled) or (
            status is not Status.CONFLICTING and loaded is not before_loaded
        ):
            status = Status.EDITORIALIZED if loaded else Status.INCLUDED
        if status is old.status:
            return old
        reason = f"{by} corrected what this rested on; the program said {old.status}: {old.reason}"
        return replace(old, status=status, reason=reason, confidence=1.0, corrected_by=by)

    return replace(detail, cells=tuple(map(cell, detail.cells)))


def _hard(outlet: str, detail: Detail) -> int:
    """In how many hard conflicts an outlet's words stand."""
    of = detail.mentions
    return sum(
        c.weight is Weight.HARD and outlet in {of[c.a].outlet, of[c.b].outlet}
        for c in detail.conflicts
    )


def _joined(into: Detail, other: Detail, by: str) -> Detail:
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
        cells=tuple(_best(cell, theirs.get(cell.outlet), by) for cell in into.cells),
        conflicts=(*into.conflicts, *conflicts),
        quotations=(*into.quotations, *(q for q in quotations if q is not None)),
        origins=min(max(into.origins, other.origins), max(len(outlets), 1)),
        importance=first.importance,
        importance_score=first.importance_score,
    )


def _best(cell: Cell, other: Cell | None, by: str) -> Cell:
    """An outlet's verdict on a row of two; a person's only where the join decides something."""
    if other is None:
        return cell
    unsure = other.status is Status.CANNOT_TELL
    better = cell.status not in CARRYING and (other.status in CARRYING or unsure)
    if not better and not other.mentions:
        return cell
    best = other if better else cell
    return replace(best, mentions=(*cell.mentions, *other.mentions), corrected_by=by)


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
    reason = f"{person(c)} split this row; what the outlet does with this part was not judged."

    def unjudged(cell: Cell) -> Cell:
        return Cell(
            outlet=cell.outlet, status=Status.CANNOT_TELL, reason=reason, confidence=1.0,
            corrected_by=person(c),
        )  # fmt: skip

    rest, apart = (
        part(detail, lambda m, here=here: (m.outlet in away) is here, unjudged)  # type: ignore[misc]
        for here in (False, True)
    )
    rest, apart = (followed(x, detail, person(c)) for x in (rest, apart))
    return rest, replace(apart, id=new, text=words(moved))


def part(
    detail: Detail, stays: Callable[[Mention], bool], without: Callable[[Cell], Cell]
) -> Detail:
    """The detail with some of its mentions; `without` is what becomes of a cell that loses all of its own."""
    kept = [i for i, m in enumerate(detail.mentions) if stays(m)]
    now = {old: new for new, old in enumerate(kept)}

    def cell(old: Cell) -> Cell:
        mine = tuple(now[i] for i in old.mentions if i in now)
        if mine or old.status not in CARRYING:
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
