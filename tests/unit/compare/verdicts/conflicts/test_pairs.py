"""Written pairs of statements of one detail: those that exclude each other, and those that only look like it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compare.kinds import Weight
from compare.verdicts.conflicts.differences import Statement, differences

GROUPS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))["group"]
DAY = "2019-03-24"


def pairs(relation: str) -> Iterator[Any]:
    for group in GROUPS:
        for a, b in group.get(relation, ()):
            yield pytest.param(a, b, id=f"{a} | {b}")


def hard(a: str, b: str) -> list[tuple[str, str]]:
    """The values that exclude each other, in both orders."""
    left, right = Statement(a, DAY, article=a), Statement(b, DAY, article=b)
    return [
        (one.text[d.a.start : d.a.end], other.text[d.b.start : d.b.end])
        for one, other in ((left, right), (right, left))
        for d in differences(one, other)
        if d.weight is Weight.HARD
    ]


@pytest.mark.parametrize(("a", "b"), list(pairs("hard")))
def test_values_that_exclude_each_other_are_told_whichever_outlet_comes_first(
    a: str, b: str
) -> None:
    found = hard(a, b)
    assert {(x, y) for x, y in found} >= {(y, x) for x, y in found} != set()


@pytest.mark.parametrize(("a", "b"), list(pairs("none")))
def test_what_says_the_same_or_something_else_is_no_hard_conflict(a: str, b: str) -> None:
    assert hard(a, b) == []


def test_half_of_the_pairs_only_look_like_a_conflict() -> None:
    assert len(list(pairs("none"))) >= len(list(pairs("hard"))) > 0
