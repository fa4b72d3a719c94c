"""What the neighbours of two articles among many say of the pair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from compare.learned import log_odds

Floats = NDArray[np.float32]

RELATIONS = (
    "alike",
    "neighbour support",
    "best neighbour",
    "shared neighbours",
    "nearness low",
    "nearness high",
)
# How many nearest neighbours support an article, and how many set the scale of "near".
NEIGHBOURS = 4
SCALE = 3
# The weight of a neighbour is taken as this at least; an article without neighbours then gets no support.
_DOUBT = 0.3


def relations_of(alike: Floats, likely: Floats, own: Floats, *, least: float) -> Floats:
    """The `RELATIONS` of each pair of n articles, (n, n, 6).

    From how alike they are, (n, n), how likely on one event, (n, n), both without the diagonal, and how
    alike each is to its nearest, (n,). Shares are taken as `least` at least, so that their log odds stay
    finite. These are: the pair's own log odds; how much the nearest neighbours of either support the
    other, on average and the best one; how alike the two are to the same articles; and how the pair's
    likeness compares with that of either side's nearest neighbours.
    """

    def odds(p: Floats) -> Floats:
        return log_odds(np.clip(p, least, 1 - 1e-5).astype(np.float32))

    known = likely.copy()
    np.fill_diagonal(known, 1.0)
    nearest = np.argsort(-likely, axis=1, kind="stable")[:, :NEIGHBOURS]
    weight = np.take_along_axis(likely, nearest, axis=1)
    of_neighbours = known[:, nearest] * weight[None]  # (n, n, NEIGHBOURS)
    support = of_neighbours.sum(axis=2) / (weight.sum(axis=1) + _DOUBT)[None]
    best = of_neighbours.max(axis=2)
    length = np.sqrt((likely**2).sum(axis=1))
    shared = likely @ likely / (length[:, None] * length[None] + 0.05)
    near = alike - own[:, None]
    return np.stack(
        [
            alike,
            odds(np.sqrt(support * support.T)),
            odds(np.maximum(best, best.T)),
            odds(shared),
            np.minimum(near, near.T),
            np.maximum(near, near.T),
        ],
        axis=-1,
    ).astype(np.float32)
