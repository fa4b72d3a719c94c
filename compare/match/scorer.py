"""Logistic regressions over named features, read from small data files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from compare.match.units import Floats

# Standardised features are cut here, so that one odd value cannot decide alone.
CUT = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """The log odds are a weighed sum of standardised features."""

    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def log_odds(self, values: Mapping[str, Floats]) -> Floats:
        """The log odds of each row of features, (n,). Raises KeyError where a feature is missing."""
        return (self.intercept + self.share({f: values[f] for f in self.features})).astype(
            np.float32
        )

    def share(self, values: Mapping[str, Floats]) -> NDArray[np.float64]:
        """What some of its features add to the log odds, (n,)."""
        total = np.zeros(len(next(iter(values.values()))), dtype=np.float64)
        for name, mean, scale, weight in zip(
            self.features, self.mean, self.scale, self.weights, strict=True
        ):
            if name in values:
                total += weight * np.clip((values[name] - mean) / scale, -CUT, CUT)
        return total


def probability(log_odds: Floats) -> Floats:
    """The probability of log odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float32)


@lru_cache(maxsize=8)
def load(name: str) -> Logistic:
    """The regression in `compare/data/<name>.json`; `benchmarks/fit/pairs.py` writes it."""
    text = (files("compare") / "data" / f"{name}.json").read_text(encoding="utf-8")
    data = json.loads(text)
    rows = data["features"]
    return Logistic(
        features=tuple(rows),
        mean=np.array([row["mean"] for row in rows.values()], dtype=np.float32),
        scale=np.array([row["scale"] for row in rows.values()], dtype=np.float32),
        weights=np.array([row["weight"] for row in rows.values()], dtype=np.float32),
        intercept=float(data["intercept"]),
    )
