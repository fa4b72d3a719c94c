"""Marked text: a passage cut where marks begin and end, so that a template only loops over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_GAPS = re.compile(r"(\s+)")
# Statements that share fewer words are told in other words: marking all that differs shows nothing.
ALIKE = 0.5
_EDGES = ".,;:!?…\"'“”‘’«»()[]—–-"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark: its class in the stylesheet, and what a reader is told about it."""

    start: int
    end: int
    kind: str
    note: str = ""


class Piece(NamedTuple):
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

    Words that differ only in case, punctuation or a possessive ending count as the same; the
    pieces that are not "del" join to `new`.
    """
    if old == new:
        return (Piece(new),) if new else ()
    before, after = _tokens(old), _tokens(new)
    found: list[tuple[str, str]] = []
    at = 0
    for i1, i2, j1, j2 in _opcodes(before.keys, after.keys):
        found.append((after.between(at, j1), ""))
        if i1 < i2:
            found.append((before.words(i1, i2), "del"))
        found.append((after.words(j1, j2), "ins"))
        found.append((after.gap(j2) if j1 < j2 else "", ""))
        at = j2
    found.append((after.between(at, len(after.keys)), ""))
    return tuple(Piece(text, kind) for text, kind in found if text)


def kept(parts: Sequence[Piece]) -> float:
    """How much two wordings have in common after `changes`: 1 for all words, 0 for none."""
    lengths = dict.fromkeys(("", "del", "ins"), 0)
    for piece in parts:
        lengths[piece.kind] += len(piece.text.split())
    both = 2 * lengths[""] + lengths["del"] + lengths["ins"]
    return 2 * lengths[""] / both if both else 0.0


@lru_cache(maxsize=50_000)
def _compared(word: str) -> str:
    """A word as it is compared: without case, punctuation around it or a possessive ending."""
    return word.strip(_EDGES).lower().replace("’", "'").removesuffix("'s")


class _Tokens:
    """A text cut at its white space; `keys` are its words as they are compared."""

    def __init__(self, text: str) -> None:
        self._parts = _GAPS.split(text)
        self.keys = list(map(_compared, self._parts[::2]))

    def words(self, start: int, end: int) -> str:
        """Words with what stands between them."""
        return "".join(self._parts[2 * start : max(2 * end - 1, 0)]) if start < end else ""

    def gap(self, word: int) -> str:
        """What stands before a word."""
        return self._parts[2 * word - 1] if 0 < word < len(self.keys) else ""

    def between(self, start: int, end: int) -> str:
        """Words, and what stands after the last of them."""
        return self.words(start, end) + self.gap(end) if start < end else ""


# One wording is held against many in a row.
_tokens = lru_cache(maxsize=64)(_Tokens)


def _opcodes(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; what both begin and end with is set aside first, for speed."""
    head, shorter = 0, min(len(before), len(after))
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if set(old).isdisjoint(new):  # as where one word stands for another
        codes = [("replace", 0, len(old), 0, len(new))] if old or new else []
    else:
        codes = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    for kind, i1, i2, j1, j2 in codes:
        if kind != "equal":
            yield head + i1, head + i2, head + j1, head + j2
