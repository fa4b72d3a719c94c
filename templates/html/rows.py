"""Rows of one shape, set together: what a report of 300,000 cells is mostly made of.

Jinja looks up and escapes value by value, about two microseconds each; that alone would take most of
the time in which a large report may be built. Here a template gives the shape of a row once, and a
value that many rows share is escaped once, by the same function that Jinja uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat

from markupsafe import Markup

from templates.html.legible import ESCAPED

# Stand in the shape for the values; private characters, which no template holds.
_PLACES = tuple(chr(0xE001 + number) for number in range(8))
_ANY_PLACE = re.compile(f"([{''.join(_PLACES)}])")

Shape = Callable[..., str]


class Rows:
    """`rows(name, shape, table)`: what `shape(*values)` gives for every row of the table, joined.

    `shape` is a macro that only writes its arguments out, and that says the same on every page:
    it is called once for its `name`. Rows have the same number of values, up to eight.
    """

    def __init__(self) -> None:
        self._shapes: dict[str, list[str]] = {}

    def __call__(self, name: str, shape: Shape, table: Sequence[tuple[str, ...]]) -> Markup:
        """The rows, escaped."""
        if not table:
            return Markup()
        width = len(table[0])
        cut = self._shapes.get(name)
        if cut is None:
            cut = self._shapes[name] = _ANY_PLACE.split(str(shape(*_PLACES[:width])))
        values = list(map(ESCAPED.__getitem__, chain.from_iterable(table)))
        # Text of the shape and places for values take turns in it.
        columns: list[Iterable[str]] = [
            values[_PLACES.index(part) :: width] if number % 2 else repeat(part, len(table))
            for number, part in enumerate(cut)
        ]
        lines = chain.from_iterable(zip(*columns, strict=True))
        return Markup("".join(lines))  # noqa: S704  the shape came from Jinja, the values through ESCAPED
