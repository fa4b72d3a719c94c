"""Nearest vectors: the seam to FAISS, which is imported when first used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from compare.embedding.encoder import Vector

Indices = NDArray[np.int64]


class Index(Protocol):
    """Anything that finds the nearest of some unit vectors by inner product."""

    def search(self, stored: Vector, queries: Vector, k: int) -> tuple[Vector, Indices]:
        """Similarities and row numbers of the k nearest stored vectors, each (queries, k).

        Nearest first; where fewer are found, the rest is -1 with similarity -1.
        """


@dataclass(frozen=True, slots=True)
class FaissIndex:
    """FAISS: exact for as many vectors as an event has, inverted lists for whole days of news.

    The lists hold about `per_list` vectors and `probes` of them are searched, so that the work a
    query does not grow with what is stored. The k-means behind them is seeded and sampled.
    """

    exact_below: int = 20_000
    per_list: int = 64
    probes: int = 16
    seed: int = 1

    def search(self, stored: Vector, queries: Vector, k: int) -> tuple[Vector, Indices]:
        """The k nearest by inner product; see `Index.search`."""
        import faiss

        if not len(stored) or not len(queries) or k <= 0:
            shape = (len(queries), max(k, 0))
            return np.full(shape, -1, np.float32), np.full(shape, -1, np.int64)
        stored = np.ascontiguousarray(stored, dtype=np.float32)
        flat = faiss.IndexFlatIP(stored.shape[1])
        index: Any = flat
        if len(stored) > self.exact_below:
            lists = len(stored) // self.per_list
            index = faiss.IndexIVFFlat(flat, stored.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
            index.cp.seed = self.seed
            index.cp.max_points_per_centroid = 16
            index.cp.min_points_per_centroid = 1
            index.cp.niter = 4
            index.nprobe = self.probes
            index.train(stored)
        index.add(stored)
        similarities, rows = index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
        similarities[rows < 0] = -1
        return similarities, rows.astype(np.int64)
