"""Marked text: a passage cut where marks begin and end, so that a template only loops over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from compare.text import words


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark: its class in the stylesheet, and what a reader is told about it."""

    start: int
    end: int
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks; `kind` is "" where there are none."""

    text: str
    kind: str = ""
    note: str = ""


def pieces(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """`text[start:end]` in pieces whose texts join to it; marks may overlap and reach outside."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    if not inside:
        return (Piece(text[start:end]),) if start < end else ()
    edges = {start, end, *(m.start for m in inside), *(m.end for m in inside)}
    cuts = sorted(e for e in edges if start <= e <= end)
    return tuple(_piece(text, a, b, inside) for a, b in pairwise(cuts))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    over = [m for m in marks if m.start <= start and m.end >= end]
    kinds = dict.fromkeys(m.kind for m in over)
    notes = dict.fromkeys(m.note for m in over if m.note)
    return Piece(text[start:end], " ".join(kinds), "; ".join(notes))


def changes(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word, what `new` drops from `old` ("del") and adds to it ("ins").

    Words that differ only in case or possessive ending count as the same; the pieces that are not
    "del" join to `new`.
    """
    if old == new:
        return (Piece(new),) if new else ()
    before, after = words(old), words(new)
    matcher = SequenceMatcher(None, [w.key for w in before], [w.key for w in after], autojunk=False)
    found: list[Piece] = []
    at = 0
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        start = after[j1].start if j1 < j2 else (after[j1].start if j1 < len(after) else len(new))
        if at < start:
            found.append(Piece(new[at:start]))
        if i1 < i2:
            found.append(Piece(old[before[i1].start : before[i2 - 1].end], "del"))
        at = start
        if j1 < j2:
            at = after[j2 - 1].end
            found.append(Piece(new[start:at], "ins"))
    if at < len(new):
        found.append(Piece(new[at:]))
    return tuple(found)
