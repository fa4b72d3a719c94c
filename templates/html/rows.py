"""Rows of one shape, set together: what a report of 300,000 cells is mostly made of.

Jinja looks up and escapes value by value, about two microseconds each; that alone would take most of
the time in which a large report may be built. Here a template gives the shape of a row once, and
values that come together in many rows (an outlet's key and name; a reason and how sure it is) are set
together once, escaped by the same function that Jinja uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from markupsafe import Markup

from templates.html.legible import ESCAPED

# Stand in the shape for the values; private characters, which no template holds.
_PLACES = tuple(chr(0xE001 + number) for number in range(8))
_ANY_PLACE = re.compile(f"([{''.join(_PLACES)}])")
# So many groups of values are remembered; with more, it begins anew.
_MANY = 1 << 14

Shape = Callable[..., str]
# Values that a shape writes out one after another, and that many rows have in common.
Group = tuple[str, ...]


class Rows:
    """`rows(name, shape, table)`: what `shape(*values)` gives for every row of the table, joined.

    A row is groups of values, all rows of the same sizes and up to eight values in all. `shape` is a macro that only
    writes its arguments out, a group after the other, and that says the same on every page: it is
    called once for its `name`.
    """

    def __init__(self) -> None:
        self._shapes: dict[str, tuple[_Part, ...]] = {}

    def __call__(self, name: str, shape: Shape, table: Sequence[tuple[Group, ...]]) -> Markup:
        """The rows, escaped."""
        if not table:
            return Markup()
        parts = self._shapes.get(name)
        if parts is None:
            parts = self._shapes[name] = tuple(_parts(shape, tuple(map(len, table[0]))))
        columns = zip(*table, strict=True)
        groups = (map(p.__getitem__, column) for p, column in zip(parts, columns, strict=True))
        lines = chain.from_iterable(zip(*groups, strict=True))
        return Markup("".join(lines))  # noqa: S704  the shape came from Jinja, the values through ESCAPED


class _Part(dict[Group, str]):
    """The stretch of a shape that writes out one group of values, set for every group asked for."""

    def __init__(self, cut: Sequence[str], places: str) -> None:
        """`cut` are text and `places` in turns, beginning with text."""
        self._cut = tuple(cut)
        self._numbers = tuple(map(places.index, self._cut[1::2]))

    def __missing__(self, group: Group) -> str:
        if len(self) >= _MANY:
            self.clear()
        values = [ESCAPED[value] for value in group]
        pieces = list(self._cut)
        pieces[1::2] = [values[number] for number in self._numbers]
        known = self[group] = "".join(pieces)
        return known


def _parts(shape: Shape, sizes: Sequence[int]) -> Iterator[_Part]:
    """The shape in stretches: the last one with all text to the end, each other one up to the next group's values."""
    cut = _ANY_PLACE.split(str(shape(*_PLACES[: sum(sizes)])))
    start = at = 0
    for number, size in enumerate(sizes):
        places = "".join(_PLACES[at : at + size])
        at += size
        end = start
        while end + 1 < len(cut) and cut[end + 1] in places:
            end += 2
        # The text behind the last value belongs to this group; the next begins with its own value.
        yield _Part(cut[start : end + 1], places)
        cut[end] = ""
        start = end
        if number + 1 == len(sizes) and end + 1 < len(cut):
            raise ValueError("a shape writes its values out group after group")
