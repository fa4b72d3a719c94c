"""How likely two articles are about one event: what they share, then what their neighbours say.

Two small logistic regressions from `compare/data/grouping.json`; `benchmarks/fit/grouping.py` says
on what they were fitted. The first reads the views of a pair. What it finds too unlikely to matter
is taken as apart, so that a component of linked articles is judged the same alone as among all. The
second reads the views again beside what the pair's neighbours in the component say of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from compare.gate.likeness import VIEWS
from compare.gate.relations import RELATIONS, SCALE, relations_of
from compare.learned import LearnedModel, Misfit, Origin, read_data, sigmoid

Floats = NDArray[np.float32]

# Log odds at which two articles are taken as apart after the first reading: one in thirteen.
FLOOR = -2.5
_SURE = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class PairModel:
    """The fitted numbers: views, views with relations, and the mean probability that makes an event."""

    first: LearnedModel
    second: LearnedModel
    threshold: float

    def misfit(self, encoder: str) -> Misfit | None:
        """Why it was not fitted for an encoder; None where it was."""
        return self.first.origin.misfit("grouping", encoder)

    def odds(self, views: Floats) -> Floats:
        """First-stage log odds (...,) of views (..., 10)."""
        return np.clip(self.first.log_odds(views), -_SURE, _SURE)

    def probabilities(self, views: Floats, odds: Floats) -> Floats:
        """How likely each pair of a component is of one event, (n, n), from views (n, n, 10) and odds (n, n)."""
        features = np.concatenate([relations(odds), views], axis=-1)
        likely = sigmoid(np.clip(self.second.log_odds(features), -_SURE, _SURE))
        return np.where(odds > FLOOR, likely, 0.0).astype(np.float32)


@lru_cache(maxsize=1)
def load() -> PairModel:
    """The model in `compare/data/grouping.json`."""
    data = read_data("compare", "data/grouping.json")
    origin = Origin.of(data)
    return PairModel(
        first=LearnedModel.of(data["first"], origin=origin, features=VIEWS, dtype=np.float32),
        second=LearnedModel.of(
            data["second"], origin=origin, features=(*RELATIONS, *VIEWS), dtype=np.float32
        ),
        threshold=float(data["threshold"]),
    )


def relations(odds: Floats) -> Floats:
    """What the neighbours of two articles say of each pair, (n, n, 6), in the order of `RELATIONS`.

    `odds` (n, n) are symmetric; those at `FLOOR` or below, and the diagonal, count for nothing, so
    that articles that are far from both change nothing.
    """
    alike = np.maximum(odds, FLOOR).astype(np.float32)
    np.fill_diagonal(alike, FLOOR)
    likely = np.where(alike > FLOOR, sigmoid(alike), 0.0).astype(np.float32)
    padded = np.pad(alike, ((0, 0), (0, SCALE)), constant_values=FLOOR)
    own = np.sort(padded, axis=1)[:, ::-1][:, :SCALE].mean(axis=1)
    return relations_of(alike, likely, own, least=0.003)
