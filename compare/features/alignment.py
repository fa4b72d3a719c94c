"""How much of a text another one says, token by token.

Every token looks for its closest token in the other text; the mean of these similarities, weighed
by rarity, says how much of the text is covered (BERTScore, Zhang et al. 2020, arXiv:1904.09675).
The same numbers over the tokens of one clause say how well that clause alone is covered, which is
how a short proposition inside a long sentence is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

# A token with a closer one than this counts as said: only used for the share of tokens that are.
SAID = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A text's token vectors (t, d) at unit length, their weights (t,), and its parts.

    The vectors may be of half precision; a large event has millions of tokens.
    `parts` are (first token, end token) of the stretches that could be claims of their own.
    """

    vectors: Floats
    weights: Floats
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """For every pair (a, b), how much of a is said in b and of b in a.

    `whole` (n, 2): the weighed mean similarity; `said` (n, 2): the weighed share of tokens above
    `SAID`; `part` (n, 2): the best part's mean similarity; `mass` (n, 2): that part's weight.
    """

    whole: Floats
    said: Floats
    part: Floats
    mass: Floats


def coverage(texts: Sequence[Tokens], a: Indices, b: Indices) -> Coverage:
    """The coverage of pairs of texts, given by their indices; `a` must be sorted."""
    out = Coverage(*(np.zeros((len(a), 2), dtype=np.float32) for _ in range(4)))
    for rows in _groups(a):
        left = texts[int(a[rows.start])]
        rights = [texts[int(j)] for j in b[rows]]
        filled = [k for k, right in enumerate(rights) if len(right.vectors)]
        if not len(left.vectors) or not filled:
            continue
        at = np.arange(rows.start, rows.stop)[filled]
        _cover(out, at, left, [rights[k] for k in filled])
    return out


# Rows of one product: bounds the memory of a text with very many partners.
_MOST_PARTNERS = 256


def _groups(a: Indices) -> Iterator[slice]:
    ends = np.flatnonzero(np.diff(a)) + 1
    for start, end in zip([0, *ends], [*ends, len(a)], strict=True):
        for at in range(int(start), int(end), _MOST_PARTNERS):
            yield slice(at, min(at + _MOST_PARTNERS, int(end)))


def _cover(out: Coverage, at: Indices, left: Tokens, rights: list[Tokens]) -> None:
    lengths = [len(r.vectors) for r in rights]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    theirs = np.concatenate([r.vectors for r in rights], dtype=np.float32)
    similar = left.vectors.astype(np.float32) @ theirs.T
    forward = np.maximum.reduceat(similar, starts, axis=1)  # (tokens of left, rights)
    backward = similar.max(axis=0)  # (tokens of all rights,)
    weights = np.concatenate([r.weights for r in rights])
    total = np.maximum(np.add.reduceat(weights, starts), _NOTHING)
    own = max(float(left.weights.sum()), _NOTHING)

    out.whole[at, 0] = left.weights @ forward / own
    out.whole[at, 1] = np.add.reduceat(weights * backward, starts) / total
    out.said[at, 0] = left.weights @ (forward > SAID) / own
    out.said[at, 1] = np.add.reduceat(weights * (backward > SAID), starts) / total
    out.part[at, 0], out.mass[at, 0] = _best_parts(left, forward)
    out.part[at, 1], out.mass[at, 1] = _best_part_of_each(rights, starts, weights, backward)


_NOTHING = 1e-9


def _best_parts(text: Tokens, covered: Floats) -> tuple[Floats, Floats]:
    """The best covered part's mean and weight, for every column of covered (t, n)."""
    spans = text.parts or ((0, len(text.vectors)),)
    running = np.zeros((len(covered) + 1, covered.shape[1]))
    np.cumsum(text.weights[:, None] * covered, axis=0, out=running[1:])
    weight = np.concatenate([[0.0], np.cumsum(text.weights)])
    first, end = np.array(spans).T
    mass = np.maximum(weight[end] - weight[first], _NOTHING)
    means = (running[end] - running[first]) / mass[:, None]
    best = means.argmax(axis=0)
    return means[best, np.arange(covered.shape[1])].astype(np.float32), mass[best].astype(
        np.float32
    )


def _best_part_of_each(
    texts: list[Tokens], starts: Indices, weights: Floats, covered: Floats
) -> tuple[Floats, Floats]:
    """The best covered part's mean and weight of every text; their tokens stand end to end."""
    spans = [t.parts or ((0, len(t.vectors)),) for t in texts]
    counts = [len(s) for s in spans]
    first, end = (np.concatenate(spans) + np.repeat(starts, counts)[:, None]).T
    running = np.concatenate([[0.0], np.cumsum(weights * covered, dtype=np.float64)])
    weight = np.concatenate([[0.0], np.cumsum(weights, dtype=np.float64)])
    mass = np.maximum(weight[end] - weight[first], _NOTHING)
    means = (running[end] - running[first]) / mass
    text = np.repeat(np.arange(len(texts)), counts)
    # Of equal means the first part's, as argmax would have it.
    order = np.lexsort((np.arange(len(means)), -means, text))
    best = order[np.searchsorted(text[order], np.arange(len(texts)))]
    return means[best].astype(np.float32), mass[best].astype(np.float32)
