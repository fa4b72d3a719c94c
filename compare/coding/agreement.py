"""How far coders agree: percent, Cohen's kappa (1960), Krippendorff's alpha for nominal data (2011).

A pattern is what the coders gave one item, in the coders' order, None for an item that one of them left
open. Written out here: the package `krippendorff` is under the GPL, and each figure is a few lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.intervals import Estimate, estimate

Pattern = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class PerCode:
    """One code: how often either coder gave it, and of these how often both did (0 to 1)."""

    code: str
    given: int
    agreement: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders over the `items` that both coded; each figure with its 95 % interval."""

    items: int
    percent: Estimate
    kappa: Estimate
    alpha: Estimate
    per_code: tuple[PerCode, ...]


def agreement_of(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """How far two coders agree; `pairs` are what the two gave each item."""
    cases: Counter[Pattern] = Counter(pairs)
    return Agreement(
        items=len(pairs),
        percent=estimate(cases, percent),
        kappa=estimate(cases, kappa),
        alpha=estimate(cases, alpha),
        per_code=_per_code(pairs),
    )


def percent(cases: Mapping[Pattern, int]) -> float | None:
    """The share of items, 0 to 1, that two coders gave the same code; None without items."""
    total = sum(cases.values())
    return sum(n for (a, b), n in cases.items() if a == b) / total if total else None


def kappa(cases: Mapping[Pattern, int]) -> float | None:
    """Cohen's kappa of two coders; None where both gave everything one code, so that chance explains all."""
    total = sum(cases.values())
    observed = percent(cases)
    if observed is None:
        return None
    one, other = Counter[str | None](), Counter[str | None]()
    for (a, b), n in cases.items():
        one[a] += n
        other[b] += n
    expected = sum(one[code] * other[code] for code in one) / total**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def alpha(cases: Mapping[Pattern, int]) -> float | None:
    """Krippendorff's alpha, nominal, for any number of coders and gaps; None where nothing varies."""
    coincidences: dict[tuple[str, str], float] = {}
    for pattern, n in cases.items():
        codes = [code for code in pattern if code is not None]
        for i, a in enumerate(codes):
            for j, b in enumerate(codes):
                if i != j:
                    share = n / (len(codes) - 1)
                    coincidences[a, b] = coincidences.get((a, b), 0.0) + share
    of_code: dict[str, float] = {}
    for (a, _), weight in coincidences.items():
        of_code[a] = of_code.get(a, 0.0) + weight
    total = sum(of_code.values())
    observed = sum(weight for (a, b), weight in coincidences.items() if a != b)
    expected = total**2 - sum(weight**2 for weight in of_code.values())
    return 1 - (total - 1) * observed / expected if expected > 0 else None


def _per_code(pairs: Sequence[tuple[str, str]]) -> tuple[PerCode, ...]:
    """Specific agreement of each code (Dice 1945): twice both, by all that either gave."""
    given = Counter(code for pair in pairs for code in pair)
    both = Counter(a for a, b in pairs if a == b)
    return tuple(PerCode(c, given[c], round(2 * both[c] / given[c], 4)) for c in sorted(given))
