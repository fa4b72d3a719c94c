from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.embedding.index import FaissIndex


@settings(max_examples=25)
@given(st.integers(1, 40), st.integers(1, 10), st.integers(1, 12), st.integers(0, 1000))
def test_faiss_finds_what_exact_search_finds(n: int, queries: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    stored = rng.normal(size=(n, 6)).astype(np.float32)
    asked = rng.normal(size=(queries, 6)).astype(np.float32)
    similar, rows = FaissIndex().search(stored, asked, k)
    assert similar.shape == rows.shape == (queries, k)
    exact = np.sort(asked @ stored.T, axis=1)[:, ::-1][:, :k]
    found = min(k, n)
    assert np.allclose(similar[:, :found], exact[:, :found], atol=1e-5)
    assert (rows[:, found:] == -1).all()
