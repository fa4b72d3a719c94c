"""The tokens of many texts, end to end, and how close the tokens of two texts come to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


def stretches(starts: Indices, counts: Indices) -> Indices:
    """The rows starts[i], starts[i] + 1 ... of each stretch, counts[i] of them, end to end."""
    ends = np.cumsum(counts)
    shift = np.repeat(starts - (ends - counts), counts)
    return np.asarray(np.arange(len(shift)) + shift, dtype=np.int64)


def starts_of(counts: Indices) -> Indices:
    """Where each of some stretches begins when they stand end to end, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Unit vectors (t, d) of the tokens of n texts, and where each text's begin (n + 1,).

    The vectors may be of half precision; a large event has millions of tokens.
    """

    vectors: Floats
    starts: Indices

    @property
    def counts(self) -> Indices:
        """How many tokens each text has, (n,)."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the tokens of one text of each pair found in the other, the pairs end to end.

    `text` (k,) are the texts that looked, `starts` (k,) where their tokens begin among `rows` (t,),
    which number all texts' tokens; `values` (t,) is the similarity of each to its closest one.
    """

    text: Indices
    starts: Indices
    rows: Indices
    values: Floats

    def total(self, values: Floats) -> Floats:
        """The sum of some values of the tokens over each pair's, (k,)."""
        return np.asarray(np.add.reduceat(values, self.starts), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Pairs of texts (n,), those of which both texts have tokens (k,), and what was found there."""

    a: Indices
    b: Indices
    filled: Indices
    forward: Found
    backward: Found


def closest(tokens: Tokens, a: Indices, b: Indices) -> Aligned:
    """The closest token in b[i] for every token of a[i], and the other way; fastest with `a` sorted.

    This is the "maximum similarity" of late interaction (ColBERT, Khattab and Zaharia 2020,
    arXiv:2004.12832).
    """
    counts = tokens.counts
    filled = np.flatnonzero((counts[a] > 0) & (counts[b] > 0))
    left, right = a[filled], b[filled]
    forward, backward = _unfound(tokens, left), _unfound(tokens, right)
    for group in _groups(left):
        text, first = left[group.start], backward.starts[group.start]
        own = _full(tokens.vectors[tokens.starts[text] : tokens.starts[text + 1]])
        theirs = slice(first, first + counts[right[group]].sum())
        similar = _full(tokens.vectors[backward.rows[theirs]]) @ own.T
        backward.values[theirs] = similar.max(axis=1)
        best = np.maximum.reduceat(similar, backward.starts[group] - first, axis=0)
        begin = forward.starts[group.start]
        forward.values[begin : begin + best.size] = best.ravel()
    return Aligned(a, b, filled, forward, backward)


def _full(vectors: Floats) -> Floats:
    return vectors.astype(np.float32, copy=False)


def _unfound(tokens: Tokens, text: Indices) -> Found:
    counts = tokens.counts[text]
    rows = stretches(tokens.starts[text], counts)
    return Found(text, starts_of(counts)[:-1], rows, np.zeros(len(rows), dtype=np.float32))


# Pairs of one text that are compared in one product: what it takes stays in a processor's cache.
_MOST_PARTNERS = 64


def _groups(left: Indices) -> Iterator[slice]:
    """Runs of pairs of the same left text, none too long."""
    cuts = np.flatnonzero(np.diff(left)) + 1
    for start, end in zip([0, *cuts.tolist()], [*cuts.tolist(), len(left)], strict=True):
        for at in range(start, end, _MOST_PARTNERS):
            yield slice(at, min(at + _MOST_PARTNERS, end))
