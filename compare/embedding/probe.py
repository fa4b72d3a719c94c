"""A linear probe of several layers: what the encoder knows of a token before it sums a text up.

The last layers of a sentence encoder are fitted to say what a text is about; how a word is meant is
read better some layers below, and best from several at once (Tenney et al. 2019, arXiv:1905.05950).
The forward pass computes them anyway, so a probe costs one small product. `compare/data/probe.npz`
holds the weights that `compare.verdicts.editorial.tone` reads; probe.json says how they were fitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Weights (n d, k) for the outputs of n layers, counted from 1, side by side; None keeps them whole."""

    layers: tuple[int, ...]
    weights: NDArray[np.float32] | None
    name: str

    def read(self, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the layers' outputs (t, n d) say of their tokens, (t, k)."""
        return hidden if self.weights is None else hidden @ self.weights


def whole(layers: Sequence[int]) -> Probe:
    """A probe that gives layers as they are, to fit on."""
    return Probe(tuple(layers), None, f"layers{'-'.join(map(str, layers))}")


def load(adapter: str) -> Probe | None:
    """The shipped probe, if it was fitted on the encoder with the adapter of this name."""
    return _shipped().get(adapter)


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Probe]:
    data = files("compare") / "data"
    raw: dict[str, Any] = json.loads((data / "probe.json").read_text(encoding="utf-8"))
    with as_file(data / "probe.npz") as path, np.load(path, allow_pickle=False) as numbers:
        weights = numbers["weights"].astype(np.float32)
    digest = sha256(weights.tobytes() + bytes(raw["layers"])).hexdigest()[:8]
    return {raw["adapter"]: Probe(tuple(raw["layers"]), weights, digest)}
