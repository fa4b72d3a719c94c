"""How alike outlets are in what they state: never in what they are worth."""

from __future__ import annotations

from collections.abc import Sequence

STATED_CODES = frozenset("ieck")


def likeness(rows: Sequence[str], outlets: int) -> list[list[tuple[float, int]]]:
    """For every two outlets: Jaccard likeness of what they state, and how many details both state."""
    states = [[code in STATED_CODES for code in column] for column in zip(*rows, strict=True)]
    masks = [sum(1 << i for i, said in enumerate(column) if said) for column in states]
    masks = masks or [0] * outlets
    return [[(_jaccard(a, b), (a & b).bit_count()) for b in masks] for a in masks]


def _jaccard(a: int, b: int) -> float:
    either = (a | b).bit_count()
    return (a & b).bit_count() / either if either else 0.0


def likeness_order(alike: Sequence[Sequence[tuple[float, int]]]) -> list[int]:
    """The outlets in a chain: from the first, always on to the most alike that is left."""
    if not alike:
        return []
    chain, left = [0], set(range(1, len(alike)))
    while left:
        last = alike[chain[-1]]
        following = max(left, key=lambda i: (last[i][0], -i))
        chain.append(following)
        left.remove(following)
    return chain
