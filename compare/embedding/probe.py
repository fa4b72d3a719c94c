"""A linear probe of a middle layer: what the encoder knows of a token before it sums a text up.

The last layers of a sentence encoder are fitted to say what a text is about; how a word is meant is
read better two layers below (Tenney et al. 2019, arXiv:1905.05950). The forward pass computes that
layer anyway, so a probe costs one small product. `compare/data/probe.json` holds the weights that
`compare.verdicts.editorial.tone` reads, and says how they were fitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = "data/probe.json"


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Weights (d, k) for the output of layer `layer`, counted from 1; None keeps the layer whole."""

    layer: int
    weights: NDArray[np.float32] | None
    name: str

    def read(self, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        """What a layer's output (t, d) says of its tokens, (t, k)."""
        return hidden if self.weights is None else hidden @ self.weights


def whole(layer: int) -> Probe:
    """A probe that gives a layer as it is, to fit on."""
    return Probe(layer, None, f"layer{layer}")


def load(adapter: str) -> Probe | None:
    """The shipped probe, if it was fitted on the encoder with the adapter of this name."""
    return _shipped().get(adapter)


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Probe]:
    raw: dict[str, Any] = json.loads(files("compare").joinpath(FILE).read_text(encoding="utf-8"))
    weights = np.array(raw["weights"], dtype=np.float32)
    digest = sha256(weights.tobytes() + bytes([raw["layer"]])).hexdigest()[:8]
    return {raw["adapter"]: Probe(raw["layer"], weights, digest)}
