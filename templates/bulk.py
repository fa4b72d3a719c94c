"""Rows of one shape, set together: what a report of 300,000 cells is mostly made of.

Jinja escapes value by value, about ten microseconds a cell; that alone would take most of the time
in which a large report may be built. Here a template gives the shape of a row once, and the values
of all rows are escaped in one call of the same function that Jinja uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from markupsafe import Markup, escape

from templates.legible import legible

# Between values: a printable character that few values hold, so that one look at the joined values
# says whether any of them needs care. Then the control character it pictures, which no legible value
# can hold, stands between them instead.
_BETWEEN = "\N{SYMBOL FOR UNIT SEPARATOR}"
_NEVER_LEGIBLE = "\x1f"
# Stand in the shape for the values; private characters, which no template holds.
_PLACES = tuple(chr(0xE001 + number) for number in range(8))
_ANY_PLACE = re.compile(f"[{''.join(_PLACES)}]")

Shape = Callable[..., str]


class Rows:
    """`rows(name, shape, table)`: what `shape(*values)` gives for every row of the table, joined.

    `shape` is a macro that only writes its arguments out, and that says the same on every page:
    it is called once for its `name`. Rows have the same two to eight values.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, list[int]]] = {}

    def __call__(self, name: str, shape: Shape, table: Sequence[tuple[str, ...]]) -> Markup:
        """The rows, escaped."""
        if not table:
            return Markup()
        width = len(table[0])
        if name not in self._known:
            self._known[name] = _compiled(shape, width)
        row, order = self._known[name]
        values = _escaped(list(chain.from_iterable(table)))
        lines = map(row.__mod__, zip(*(values[place::width] for place in order), strict=True))
        return Markup("".join(lines))  # noqa: S704  the shape came from Jinja, the values through escape()


def _compiled(shape: Shape, width: int) -> tuple[str, list[int]]:
    """The row as a format string, and which values it takes in which order."""
    pattern = str(shape(*_PLACES[:width]))
    order = [_PLACES.index(place) for place in _ANY_PLACE.findall(pattern)]
    return _ANY_PLACE.sub("%s", pattern.replace("%", "%%")), order


def _escaped(values: list[str]) -> list[str]:
    joined = _BETWEEN.join(values)
    if joined.isprintable() and joined.count(_BETWEEN) == len(values) - 1:
        return str(escape(joined)).split(_BETWEEN)
    joined = _NEVER_LEGIBLE.join(map(legible, values))
    return str(escape(joined)).split(_NEVER_LEGIBLE)
