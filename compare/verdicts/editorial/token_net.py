"""Which words read as loaded where they stand: a small network over what a probe reads of each token.

A token's readings and the kinds of the lexicon phrases over it go through one convolution over its
neighbours; a weighed sum of both gives its log odds. Fitted by `benchmarks/fit/token_net.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TokenNet:
    """`kernel` (k, c, h) and `bias` (h,) of the convolution; `out` (c + h,) and `intercept` of the sum."""

    kernel: Floats
    bias: Floats
    out: Floats
    intercept: float

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> TokenNet:
        """The network in a part of a data file."""
        return cls(
            np.array(raw["kernel"]),
            np.array(raw["bias"]),
            np.array(raw["out"]),
            float(raw["intercept"]),
        )

    @property
    def width(self) -> int:
        """How many numbers a token comes with, c."""
        return int(self.kernel.shape[1])

    def log_odds(self, tokens: Floats) -> Floats:
        """The log odds (t,) that each of a sentence's tokens (t, c) is a loaded word."""
        size, count = len(self.kernel), len(tokens)
        padded = np.pad(tokens, ((size // 2, size // 2), (0, 0)))
        seen = sum(padded[j : j + count] @ self.kernel[j] for j in range(size)) + self.bias
        both = np.hstack([tokens, gelu(np.asarray(seen))])
        return np.asarray(both @ self.out + self.intercept)


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, by its tanh approximation (Hendrycks and Gimpel 2016)."""
    inner = np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)
    return np.asarray(0.5 * values * (1 + np.tanh(inner)))
