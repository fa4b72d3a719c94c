from __future__ import annotations

import numpy as np

from compare.embedding.index import FaissIndex


def vectors(n: int) -> np.ndarray:
    rows = np.random.default_rng(7).normal(size=(n, 16)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_lists_find_nearly_all_that_exact_search_finds() -> None:
    centres = vectors(40)
    noise = np.random.default_rng(1).normal(scale=0.1, size=(2000, 16)).astype(np.float32)
    stored = np.repeat(centres, 50, axis=0) + noise
    _, exact = FaissIndex().search(stored, stored[:100], 10)
    _, listed = FaissIndex(exact_below=100).search(stored, stored[:100], 10)
    found = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact, listed, strict=True)])
    assert found > 0.9


def test_the_same_search_gives_the_same_rows() -> None:
    stored = vectors(1500)
    once, again = (FaissIndex(exact_below=100).search(stored, stored[:50], 5)[1] for _ in range(2))
    assert np.array_equal(once, again)


def test_nothing_is_found_in_nothing() -> None:
    none = np.zeros((0, 16), dtype=np.float32)
    similar, rows = FaissIndex().search(none, vectors(3), 2)
    assert rows.tolist() == [[-1, -1]] * 3
    assert (similar == -1).all()
    assert FaissIndex().search(vectors(3), none, 2)[1].shape == (0, 2)
