"""How far a figure would move with other cases: percentile bootstrap (Efron 1979), the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

# So many resamples, from a fixed seed, put the ends of a 95 % interval within a hundredth.
RESAMPLES = 1000
SEED = 20190324
LEVEL = 95.0

Case = TypeVar("Case", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its 95 % interval; None where nothing or too little tells it."""

    value: float | None
    low: float | None = None
    high: float | None = None


def estimate(
    cases: Mapping[Case, int], statistic: Callable[[Mapping[Case, int]], float | None]
) -> Estimate:
    """A statistic of cases (each with how often it came), and its interval over resampled cases.

    Resamples for which the statistic is not defined (None) are left out; no interval is given where one
    case is all there is, or where more than half of the resamples leave it undefined.
    """
    value = statistic(cases)
    total = sum(cases.values())
    if value is None or total < 2:
        return Estimate(value)
    import numpy as np

    names = list(cases)
    shares = np.array([cases[name] for name in names], dtype=np.float64) / total
    drawn = np.random.default_rng(SEED).multinomial(total, shares, size=RESAMPLES).tolist()
    found = []
    for counts in drawn:
        again = statistic({n: c for n, c in zip(names, counts, strict=True) if c})
        if again is not None:
            found.append(again)
    if 2 * len(found) < RESAMPLES:
        return Estimate(value)
    low, high = np.percentile(found, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return Estimate(value, float(low), float(high))
