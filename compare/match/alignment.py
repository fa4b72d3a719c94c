"""How much of a text another one says, token by token.

Every token looks for its closest token in the other text; the mean of these similarities, weighed
by rarity, says how much of the text is covered (BERTScore, Zhang et al. 2020, arXiv:1904.09675).
The same numbers over the tokens of one clause say how well that clause alone is covered, which is
how a short proposition inside a long sentence is found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.embedding.tokens import Aligned, Found, stretches

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

# A token with a closer one than this counts as said: only used for the share of tokens that are.
SAID = 0.6
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What the tokens of n texts weigh (t,), where each text's begin (n + 1,), and their parts.

    `parts` (p, 2) are the first and the end token of the stretches that could be claims of their
    own, among all texts' tokens, and `part_starts` (n + 1,) says which are whose; a text that has
    tokens has at least one.
    """

    weights: Floats
    starts: Indices
    parts: Indices
    part_starts: Indices


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """For every pair (a, b), how much of a is said in b and of b in a.

    `whole` (n, 2): the weighed mean similarity; `said` (n, 2): the weighed share of tokens above
    `SAID`; `part` (n, 2): the best part's mean similarity; `mass` (n, 2): that part's weight.
    All are 0 where a text has no tokens.
    """

    whole: Floats
    said: Floats
    part: Floats
    mass: Floats


def coverage(texts: Weighed, aligned: Aligned) -> Coverage:
    """The coverage of pairs of texts whose tokens have found each other."""
    out = Coverage(*(np.zeros((len(aligned.a), 2), dtype=np.float32) for _ in range(4)))
    for way, found in enumerate((aligned.forward, aligned.backward)):
        weights = texts.weights[found.rows]
        total = np.maximum(found.total(weights), _NOTHING)
        out.whole[aligned.filled, way] = found.total(weights * found.values) / total
        out.said[aligned.filled, way] = found.total(weights * (found.values > SAID)) / total
        part, mass = _best_part(texts, found, weights)
        out.part[aligned.filled, way] = part
        out.mass[aligned.filled, way] = mass
    return out


def _best_part(texts: Weighed, found: Found, weights: Floats) -> tuple[Floats, Floats]:
    """The best covered part's mean and weight, of each pair; of equal ones the first's."""
    counts = np.diff(texts.part_starts)[found.text]
    of_pair = stretches(texts.part_starts[found.text], counts)
    shift = np.repeat(found.starts - texts.starts[found.text], counts)
    first, end = texts.parts[of_pair, 0] + shift, texts.parts[of_pair, 1] + shift
    running, weight = _running(weights * found.values), _running(weights)
    mass = np.maximum(weight[end] - weight[first], _NOTHING)
    means = (running[end] - running[first]) / mass
    begins = np.cumsum(counts) - counts
    best = np.repeat(np.maximum.reduceat(means, begins), counts) == means
    place = np.where(best, np.arange(len(means)), len(means))
    chosen = np.minimum.reduceat(place, begins)
    return means[chosen].astype(np.float32), mass[chosen].astype(np.float32)


def _running(values: Floats) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
