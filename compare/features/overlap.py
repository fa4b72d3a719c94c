"""What two texts of an event share, weighed by how rare it is there.

A word that every sentence of an event holds says nothing about which of them match; one that two
hold says much. Weights are ln(1 + n / df): n texts, df of them with the term (Sparck Jones 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Texts by terms: `present` (n, v) holds 1 where a text has a term, `rarity` (v,) its weight."""

    present: sparse.csr_matrix
    rarity: Floats
    index: dict[str, int]

    @property
    def mass(self) -> Floats:
        """The summed rarity of each text's terms, (n,)."""
        return np.asarray(self.present @ self.rarity, dtype=np.float32)

    def shared(self, a: Indices, b: Indices) -> Floats:
        """The summed rarity of the terms that texts a[i] and b[i] both have."""
        return shared(self, a, self, b)


def terms(rows: Sequence[Iterable[str]]) -> Terms:
    """The terms of some texts, each counted once a text."""
    index: dict[str, int] = {}
    starts, columns = [0], list[int]()
    for row in rows:
        columns += sorted({index.setdefault(term, len(index)) for term in row})
        starts.append(len(columns))
    shape = (len(rows), max(1, len(index)))
    present = sparse.csr_matrix(
        (np.ones(len(columns), dtype=np.float32), np.array(columns, dtype=np.int32), starts),
        shape=shape,
    )
    frequency = np.maximum(np.asarray(present.sum(axis=0), dtype=np.float32).ravel(), 1)
    return Terms(present, np.log1p(len(rows) / frequency).astype(np.float32), index)


def shared(left: Terms, a: Indices, right: Terms, b: Indices) -> Floats:
    """The summed rarity (the left side's) of what left text a[i] and right text b[i] share.

    Both sides must have been made with the same terms in the same order.
    """
    out = np.zeros(len(a), dtype=np.float32)
    weighed = sparse.csr_matrix(left.present.multiply(left.rarity[None, :]))
    for at in range(0, len(a), _CHUNK):
        rows = slice(at, at + _CHUNK)
        product = weighed[a[rows]].multiply(right.present[b[rows]])
        out[rows] = np.asarray(product.sum(axis=1), dtype=np.float32).ravel()
    return out


_CHUNK = 100_000


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part / whole, 0 where the whole is nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def ngrams(words: Sequence[str], n: int) -> list[str]:
    """The runs of n words, in order."""
    if n == 2:
        return [f"{a} {b}" for a, b in pairwise(words)]
    return [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]
