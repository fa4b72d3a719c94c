"""The fitted pair scorers: log odds that two sentences state the same detail, from their features."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from compare.learned import LearnedModel, read_data

# Standardised features are cut here, so that one odd value cannot decide alone.
CUT = 6.0


@lru_cache(maxsize=8)
def load(name: str) -> LearnedModel:
    """The model in `compare/data/<name>.json`; `benchmarks/fit/pairs.py` writes it."""
    return LearnedModel.of(read_data("compare", f"data/{name}.json"), cut=CUT, dtype=np.float32)
