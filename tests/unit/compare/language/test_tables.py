"""Written pairs of statements: the same value, worded differently, excluding each other, or none to compare."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from compare.language.ages import ages
from compare.language.clock import clock_times
from compare.language.dates import dates
from compare.language.quantities import quantities
from compare.language.relations import (
    Relation,
    relate_ages,
    relate_clock_times,
    relate_dates,
    relate_quantities,
)

TABLES = Path(__file__).parent / "tables"
READ: dict[str, tuple[Callable[[str], Sequence[Any]], Callable[[Any, Any], Relation]]] = {
    "numbers": (quantities, relate_quantities),
    "days": (partial(dates, published="2024-03-10"), relate_dates),
    "clock": (clock_times, relate_clock_times),
    "ages": (ages, relate_ages),
}


def pairs() -> Iterator[Any]:
    for name in READ:
        for group in tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))["group"]:
            for relation in Relation:
                for a, b in group.get(relation.value, []):
                    yield pytest.param(name, a, b, relation, id=f"{name}: {a} | {b}")


def related(name: str, a: str, b: str) -> Relation:
    """How the values of two texts stand: what finds its like is agreed on, then the strongest counts."""
    read, relate = READ[name]
    left, right = read(a), read(b)
    found = {(i, j): relate(x, y) for i, x in enumerate(left) for j, y in enumerate(right)}
    agreed = [pair for pair, relation in found.items() if relation is Relation.SAME]
    rows, columns = {i for i, _ in agreed}, {j for _, j in agreed}
    rest = {r for (i, j), r in found.items() if i not in rows and j not in columns}
    for relation in (Relation.HARD, Relation.SOFT):
        if relation in rest:
            return relation
    return Relation.SAME if agreed else Relation.OTHER


@pytest.mark.parametrize(("name", "a", "b", "expected"), list(pairs()))
def test_values_stand_to_each_other_as_a_reader_says(
    name: str, a: str, b: str, expected: Relation
) -> None:
    assert related(name, a, b) is related(name, b, a) is expected


def test_the_tables_are_as_large_as_they_should_be() -> None:
    relations = [p.values[3] for p in pairs()]
    assert len(relations) >= 200
    assert sum(r in {Relation.SAME, Relation.OTHER} for r in relations) >= len(relations) / 2
