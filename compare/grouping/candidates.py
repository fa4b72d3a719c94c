"""Which pairs of articles are worth a look: near in meaning or in words, and near in time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from compare.embedding.index import Index
from compare.grouping.corpus import Corpus, Indices

# Nearest neighbours that are looked at for each article, by vectors and by words.
NEIGHBOURS = 16
# Words are put together at random into so many numbers (random indexing, Kanerva 2000): the cosine
# of two rows is kept within 0.09, enough to be among the neighbours.
_SKETCH, _BUCKETS = 128, 4096
_SEED = 1


def candidate_pairs(
    corpus: Corpus, index: Index, *, days: int, neighbours: int = NEIGHBOURS
) -> tuple[Indices, Indices]:
    """The places a < b of pairs that may be about one event, published at most `days` days apart.

    Each day's articles are looked up among those of the days before, so that what happens again
    next month fills nobody's neighbours. An article without a date is near every day.
    """
    sketch = _sketch(corpus)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for queries, stored in _blocks(corpus, days):
        found.append(_near(corpus.vectors, queries, stored, index, neighbours + 1))
        found.append(_near(sketch, queries, stored, index, neighbours + 1))
    pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    apart = corpus.hours_apart(pairs[:, 0], pairs[:, 1])
    pairs = pairs[apart <= days * 24]
    return pairs[:, 0], pairs[:, 1]


def _near(
    vectors: NDArray[np.float32], queries: Indices, stored: Indices, index: Index, k: int
) -> Indices:
    _, rows = index.search(vectors[stored], vectors[queries], min(k, len(stored)))
    left = np.repeat(queries, rows.shape[1])
    right = rows.ravel()
    kept = right >= 0
    return np.stack([left[kept], stored[right[kept]]], axis=1)


def _blocks(corpus: Corpus, days: int) -> list[tuple[Indices, Indices]]:
    """Queries, and those among which they are looked up: the undated among all, a day's among its window's."""
    undated = np.flatnonzero(np.isnan(corpus.earliest))
    every = np.arange(len(corpus), dtype=np.int64)
    blocks = [(undated, every)] if len(undated) else []
    day = np.where(np.isnan(corpus.earliest), -1, corpus.earliest // 24)
    for today in np.unique(day[day >= 0]):
        first, last = today - days - 1, today
        window = np.flatnonzero((day >= first) & (day <= last) | (day < 0))
        blocks.append((np.flatnonzero(day == today), window))
    return blocks


def _sketch(corpus: Corpus) -> NDArray[np.float32]:
    """The articles' words as short unit vectors, (n, 128)."""
    rows = corpus.counts["words"].rows
    random = np.random.default_rng(_SEED)
    table = random.standard_normal((_BUCKETS, _SKETCH)).astype(np.float32)
    # A column's place is where its first text had it, which is the same for the same texts.
    bucket = random.integers(0, _BUCKETS, rows.shape[1])
    sign = random.choice(np.array([-1.0, 1.0], dtype=np.float32), rows.shape[1])
    sketch = np.zeros((len(corpus), _SKETCH), dtype=np.float32)
    for start in range(0, len(corpus), 4096):
        part = rows[start : start + 4096]
        part = part.copy()
        part.data *= sign[part.indices]
        part.indices = bucket[part.indices].astype(part.indices.dtype)
        part = type(part)((part.data, part.indices, part.indptr), (part.shape[0], _BUCKETS))
        sketch[start : start + 4096] = part @ table
    length = np.linalg.norm(sketch, axis=1, keepdims=True)
    return np.asarray(sketch / np.maximum(length, 1e-9), dtype=np.float32)
