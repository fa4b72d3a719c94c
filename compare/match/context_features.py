"""What the other pairs say about a pair: rivals, neighbours, third articles.

A sentence that has a better partner next door is less likely to mean this one; one whose
neighbours match this one's neighbours is likelier. Read from a first scorer's probabilities and
given to a second scorer beside the features of the first ("stacking", Wolpert 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from compare.learned import log_odds
from compare.match.units import Floats, Indices, Units

# Partners through whom a third article may confirm a pair: of all articles, and of each.
_THROUGH = 24
_THROUGH_EACH = 12
# How far around a pair matches count as its neighbourhood, in sentences.
_BAND = 2
_EDGE = 1e-3
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """Pairs (a < b, sorted) with probabilities, and the same both ways round.

    `near`, `far` (2m,) are each pair's ends in both directions; `group` (2m,) numbers the sets of
    pairs from one unit to one article.
    """

    units: Units
    a: Indices
    b: Indices
    p: Floats
    codes: Indices
    near: Indices
    far: Indices
    both: Floats
    group: Indices
    groups: int

    def at(self, i: Indices, j: Indices) -> Floats:
        """The probability of pairs given by rows in any order; 0 for what is no pair."""
        n = len(self.units)
        code = np.minimum(i, j) * n + np.maximum(i, j)
        place = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
        known = (i >= 0) & (j >= 0) & (self.codes[place] == code)
        return np.where(known, self.p[place], 0).astype(np.float32)

    def one_way(self, values: Floats) -> tuple[Floats, Floats]:
        """Values of both directions, split into those from a and those from b."""
        return values[: len(self.a)], values[len(self.a) :]


def context(units: Units, a: Indices, b: Indices, p: Floats) -> dict[str, Floats]:
    """The features of pairs (a < b, sorted) by the probabilities of all of them, each (m,)."""
    scored = _scored(units, a, b, p)
    return {
        "first": np.log(np.maximum(p, _LEAST) / np.maximum(1 - p, _LEAST)),
        **_rivals(scored),
        **_neighbours(scored),
        "through third": log_odds(_through_third(scored), _EDGE),
    }


def _scored(units: Units, a: Indices, b: Indices, p: Floats) -> _Scored:
    near, far = np.concatenate([a, b]), np.concatenate([b, a])
    articles = int(units.article.max()) + 1
    keys, group = np.unique(near * articles + units.article[far], return_inverse=True)
    codes = a * len(units) + b
    return _Scored(units, a, b, p, codes, near, far, np.concatenate([p, p]), group, len(keys))


def _low_high(name: str, one: Floats, other: Floats) -> dict[str, Floats]:
    return {f"{name} low": np.minimum(one, other), f"{name} high": np.maximum(one, other)}


def _rivals(s: _Scored) -> dict[str, Floats]:
    """Who else each end could mean: in the other's article, and in third articles."""
    order = np.lexsort((-s.both, s.group))
    starts = np.searchsorted(s.group[order], np.arange(s.groups))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - starts[s.group[order]]
    best = s.both[order][starts]
    following = np.minimum(starts + 1, len(order) - 1)
    alone = s.group[order][following] != np.arange(s.groups)
    second = np.where(alone, 0, s.both[order][following]).astype(np.float32)
    rival = np.where(rank == 0, second[s.group], best[s.group])

    in_group = np.bincount(s.group, weights=s.both, minlength=s.groups)[s.group]
    in_all = np.bincount(s.near, weights=s.both, minlength=len(s.units))[s.near]
    a_rival, b_rival = s.one_way(rival)
    logged = {
        "partners": np.log1p(in_group - s.both),
        "third": np.log1p(np.maximum(in_all - in_group, 0)),
        "rank": np.log1p(rank),
    }
    out = _low_high("rival", log_odds(a_rival, _EDGE), log_odds(b_rival, _EDGE))
    out["rival sum"] = np.log1p(a_rival + b_rival)
    for name, values in logged.items():
        out |= _low_high(name, *s.one_way(values.astype(np.float32)))
    out["articles alike"] = _articles_alike(s, best)
    return out


def _articles_alike(s: _Scored, best: Floats) -> Floats:
    """How well the sentences of the two articles are matched by each other on the whole."""
    articles = int(s.units.article.max()) + 1
    key = s.units.article[s.near] * articles + s.units.article[s.far]
    of_group = np.zeros(s.groups, dtype=np.int64)
    of_group[s.group] = key
    keys, at = np.unique(of_group, return_inverse=True)
    sizes = np.bincount(s.units.article, minlength=articles)
    mean = np.bincount(at, weights=best) / sizes[keys // articles]
    a_mean, b_mean = s.one_way(mean[np.searchsorted(keys, key)].astype(np.float32))
    return np.asarray(np.log(a_mean + b_mean + _EDGE), dtype=np.float32)


def _neighbours(s: _Scored) -> dict[str, Floats]:
    """Whether the sentences around the two match one another."""

    def around(i: int, j: int) -> Floats:
        return s.at(_moved(s.units, s.a, i), _moved(s.units, s.b, j))

    beside = {step: around(*step) for step in product((-1, 0, 1), repeat=2) if step != (0, 0)}
    band = [
        beside[step] if step in beside else around(*step)
        for step in product(range(-_BAND, _BAND + 1), repeat=2)
        if step != (0, 0)
    ]
    one_off = np.max([beside[step] for step in ((1, 0), (-1, 0), (0, 1), (0, -1))], axis=0)
    return {
        "next both": log_odds(beside[1, 1], _EDGE),
        "previous both": log_odds(beside[-1, -1], _EDGE),
        "around": log_odds(one_off, _EDGE),
        "crossed": log_odds(np.maximum(beside[1, -1], beside[-1, 1]), _EDGE),
        "band": np.log1p(np.sum(band, axis=0)),
    }


def _moved(units: Units, rows: Indices, by: int) -> Indices:
    """The rows so many places on in the same article; -1 where it ends."""
    moved = rows + by
    inside = (moved >= 0) & (moved < len(units))
    moved = np.where(inside, moved, 0)
    return np.where(inside & (units.article[moved] == units.article[rows]), moved, -1)


def _through_third(s: _Scored) -> Floats:
    """The best third unit that both match: the lesser of its two probabilities."""
    partners, chances = _top_partners(s)
    best = np.zeros(len(s.a), dtype=np.float32)
    for one, other in ((s.a, s.b), (s.b, s.a)):
        for k in range(_THROUGH):
            third, chance = partners[one, k], chances[one, k]
            apart = s.units.article[third] != s.units.article[other]
            better = np.flatnonzero((third >= 0) & apart & (chance > best))
            reached = np.minimum(chance[better], s.at(third[better], other[better]))
            best[better] = np.maximum(best[better], reached)
    return best


def _top_partners(s: _Scored) -> tuple[Indices, NDArray[np.float32]]:
    """Each unit's likeliest partners (n, k), -1 where there are fewer, and their probabilities.

    Few of any one article, or a pair's own articles would leave no room for third ones.
    """
    n = len(s.units)
    order = np.lexsort((-s.both, s.group))
    starts = np.searchsorted(s.group[order], np.arange(s.groups))
    order = order[np.arange(len(order)) - starts[s.group[order]] < _THROUGH_EACH]
    order = order[np.lexsort((-s.both[order], s.near[order]))]
    place = np.arange(len(order)) - np.searchsorted(s.near[order], s.near[order])
    order, place = order[place < _THROUGH], place[place < _THROUGH]
    partners = np.full((n, _THROUGH), -1, dtype=np.int64)
    chances = np.zeros((n, _THROUGH), dtype=np.float32)
    partners[s.near[order], place] = s.far[order]
    chances[s.near[order], place] = s.both[order]
    return partners, chances
