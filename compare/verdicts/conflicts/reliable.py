"""How often each kind of conflict is right, as measured; what is right too seldom is no conflict.

The figures (`compare/data/conflicts.json`) are of labelled events whose texts the matching had not
seen; `python -m benchmarks.quality.conflicts --coverage FOLDER --write` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from compare.datamodel import ConflictKind
from compare.kinds import Weight
from compare.learned import read_data
from compare.verdicts.conflicts.statement import Difference


def reliable(
    found: Iterable[Difference], doubtful: frozenset[ConflictKind] | None = None
) -> list[Difference]:
    """The differences, those of kinds that are right less than half of the time soft.

    `doubtful` are these kinds, as measured unless given; a kind that was never met is held to its
    written pairs alone.
    """
    kinds = _doubtful() if doubtful is None else doubtful
    return [replace(d, weight=Weight.SOFT) if d.kind in kinds else d for d in found]


@lru_cache(maxsize=1)
def _doubtful() -> frozenset[ConflictKind]:
    kinds = read_data("compare", "data/conflicts.json")["kinds"]
    return frozenset(ConflictKind(kind) for kind, figures in kinds.items() if not figures["shown"])
