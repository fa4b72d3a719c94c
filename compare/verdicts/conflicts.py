"""Where two outlets report the same detail differently, and what each says.

Values are compared between mentions of the same detail only, and only values that could be of the same
thing: the same unit and noun for quantities. A value that the other mention also has is no conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from compare.datamodel import Conflict, ConflictKind, Mention, Span
from compare.features import dates, quantities
from compare.verdicts.reading import Reading


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values that cannot both be right; spans are within each mention's words."""

    kind: ConflictKind
    a: Span
    b: Span


def conflicts_of(mentions: tuple[Mention, ...], reading: Reading) -> tuple[Conflict, ...]:
    """The conflicts among a detail's mentions, in the order of the mentions."""
    found: list[Conflict] = []
    for i, j in combinations(range(len(mentions)), 2):
        if mentions[i].outlet != mentions[j].outlet:
            found += _between(i, j, mentions[i], mentions[j], reading)
    return tuple(found)


def _between(i: int, j: int, a: Mention, b: Mention, reading: Reading) -> Iterator[Conflict]:
    a_text, b_text = reading.words_of(a), reading.words_of(b)
    published = [reading.article[m.article].published for m in (a, b)]
    for d in (*_numbers(a_text, b_text), *_dates(a_text, b_text, published)):
        a_value, b_value = a_text[d.a.start : d.a.end], b_text[d.b.start : d.b.end]
        yield Conflict(
            a=i,
            b=j,
            kind=d.kind,
            a_value=a_value,
            b_value=b_value,
            a_span=Span(a.start + d.a.start, a.start + d.a.end),
            b_span=Span(b.start + d.b.start, b.start + d.b.end),
            sentence=f"{a.outlet} says {a_value}, {b.outlet} says {b_value}.",
        )


def _numbers(a: str, b: str) -> Iterator[Difference]:
    left, right = quantities.quantities(a), quantities.quantities(b)
    lonely_left = [x for x in left if not any(quantities.same(x, y) for y in right)]
    lonely_right = [y for y in right if not any(quantities.same(x, y) for x in left)]
    for x in lonely_left:
        against = [y for y in lonely_right if quantities.clash(x, y) and _same_count(x, y)]
        if len(against) == 1:
            y = against[0]
            yield Difference(ConflictKind.NUMBER, Span(x.start, x.end), Span(y.start, y.end))


def _same_count(a: quantities.Quantity, b: quantities.Quantity) -> bool:
    """Whether two quantities surely count the same: a noun or a unit in common, not just no clash."""
    return bool(a.unit or (a.counted and a.counted == b.counted))


def _dates(a: str, b: str, published: list[str | None]) -> Iterator[Difference]:
    left, right = dates.dates(a, published[0]), dates.dates(b, published[1])
    if len(left) != 1 or len(right) != 1:
        return
    x, y = left[0], right[0]
    if dates.clash(x, y):
        yield Difference(ConflictKind.DATE, Span(x.start, x.end), Span(y.start, y.end))
