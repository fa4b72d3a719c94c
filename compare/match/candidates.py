"""Which pairs of units are looked at: nearest vectors, and wording that vectors miss.

In a small event, all pairs of different articles. In a large one each unit brings a bounded number
of neighbours, so that the work grows with the units and not with their square.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from compare.embedding.index import Index
from compare.match.overlap import Terms
from compare.match.rules import copy_pairs
from compare.match.units import Indices, Units

# Up to this many units every pair is looked at: cheaper than being clever.
ALL_PAIRS_BELOW = 240
# A run of words that more units share is a set phrase, and would pair all of them.
RARE = 12


def candidates(
    units: Units, phrases: Terms, same_words: Indices, index: Index, neighbours: int
) -> tuple[Indices, Indices]:
    """Pairs of rows (a < b) of different articles, sorted; each pair once.

    `phrases` are the units' runs of words, `same_words` (n,) numbers units that are copies.
    """
    n = len(units)
    if n <= ALL_PAIRS_BELOW:
        a, b = np.triu_indices(n, 1)
    else:
        near = _near(units, index, neighbours)
        worded = _worded(phrases)
        found = (near, worded, copy_pairs(same_words))
        codes = np.unique(np.concatenate([_codes(*pairs, n) for pairs in found]))
        a, b = codes // n, codes % n
    apart = units.article[a] != units.article[b]
    return a[apart], b[apart]


def _codes(a: Indices, b: Indices, n: int) -> Indices:
    return np.minimum(a, b) * n + np.maximum(a, b)


def _near(units: Units, index: Index, neighbours: int) -> tuple[Indices, Indices]:
    """Each unit's nearest units of other articles."""
    vectors = units.vectors
    # Half of what is found may be the unit's own article.
    _, found = index.search(vectors, vectors, min(len(units), 2 * neighbours))
    rows = np.repeat(np.arange(len(units)), found.shape[1]).reshape(found.shape)
    other = (found >= 0) & (units.article[rows] != units.article[found])
    other &= np.cumsum(other, axis=1) <= neighbours
    return rows[other], found[other]


def _worded(phrases: Terms) -> tuple[Indices, Indices]:
    """Units that share a run of words that few units have."""
    frequency = np.asarray(phrases.present.sum(axis=0)).ravel()
    rare = sparse.csr_matrix(phrases.present[:, (frequency > 1) & (frequency <= RARE)])
    together = sparse.coo_matrix(rare @ rare.T)
    off = together.row < together.col
    return together.row[off].astype(np.int64), together.col[off].astype(np.int64)
