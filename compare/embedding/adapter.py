"""What was learned on top of the sentence encoder: do two sentences state the same detail?

Two parts, in one small file of numbers (`compare/data/adapter.npz`; `adapter.json` beside it says
how and on what it was fitted). A low-rank change of the encoder's top layers (LoRA, Hu et al. 2021,
arXiv:2106.09685) is merged into its weights when it is loaded, so it costs nothing afterwards. A
late interaction (ColBERT, Khattab and Zaharia 2020, arXiv:2004.12832) then compares two texts
token by token: every token looks for its closest one in the other text, and a small network reads
how well either is covered. Encoding stays one pass a sentence, and pairs cost one small product.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from compare.embedding.encoder import Encoded, unit
from compare.embedding.tokens import Aligned, Found, Tokens, starts_of
from compare.errors import ModelError

Floats = NDArray[np.float32]

# Where the low-rank changes go, by the names in the file and the attributes of a BERT layer.
PLACES = {
    "query": ("attention", "self", "query"),
    "key": ("attention", "self", "key"),
    "value": ("attention", "self", "value"),
    "attended": ("attention", "output", "dense"),
    "widened": ("intermediate", "dense"),
    "narrowed": ("output", "dense"),
}
# The token that matches counts as matched around `tau`, with this steepness.
STEEPNESS = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """The learned numbers by name, and a name for them that changes when they do."""

    arrays: Mapping[str, Floats]
    name: str

    def merge_into(self, model: Any) -> None:
        """Add the low-rank changes to the weights of a BERT model, in place.

        Raises:
            ModelError: the model has other layers than the one the adapter was fitted on.
        """
        import torch

        try:
            # By one thread: several round the same product differently on some processors.
            with torch.no_grad(), threadpool_limits(limits=1, user_api="blas"):
                for key in sorted(k for k in self.arrays if k.endswith(".a")):
                    layer, place, _ = key.split(".")
                    module = model.encoder.layer[int(layer)]
                    for attribute in PLACES[place]:
                        module = getattr(module, attribute)
                    change = self.arrays[f"{layer}.{place}.b"] @ self.arrays[key]
                    module.weight += torch.from_numpy(change)
        except (AttributeError, IndexError, RuntimeError) as error:
            raise ModelError(
                "the adapter does not fit this model; use the packaged model or none with it"
            ) from error


def load(path: Path | None = None) -> Adapter:
    """The shipped adapter, or the one in a file of the same form.

    Raises:
        ModelError: the file is not there or is no adapter.
    """
    if path is not None:
        return _read(path)
    return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Adapter:
    with as_file(files("compare") / "data" / "adapter.npz") as path:
        return _read(path)


def _read(path: Path) -> Adapter:
    try:
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name].astype(np.float32) for name in sorted(data.files)}
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the adapter {path}: {error}") from error
    digest = sha256()
    for name, values in arrays.items():
        digest.update(name.encode() + values.tobytes())
    return Adapter(arrays, digest.hexdigest()[:8])


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Texts for the late interaction: unit token vectors, their weights (t,), directions (n, d)."""

    tokens: Tokens
    weights: Floats
    directions: Floats


class Interaction:
    """The learned late interaction of texts that the adapted encoder has encoded."""

    def __init__(self, adapter: Adapter) -> None:
        """Read the interaction's numbers."""
        self._w = adapter.arrays

    def project(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> Projected:
        """The texts made ready; a token's weight rises with its rarity among these texts."""
        starts = starts_of(np.array([len(e.tokens) for e in encoded], dtype=np.int64))
        rarity, spoken = _pieces(texts, encoded)
        vectors = np.empty((starts[-1], len(self._w["projection"])), dtype=np.float16)
        salience = np.empty(starts[-1], dtype=np.float32)
        directions = np.stack([e.vector for e in encoded]).astype(np.float32)
        for i, e in enumerate(encoded):
            if len(e.tokens):
                rows, tokens = slice(starts[i], starts[i + 1]), e.tokens.astype(np.float32)
                vectors[rows] = unit(tokens @ self._w["projection"].T)
                salience[rows] = tokens @ self._w["salience"]
                directions[i] = unit(tokens.mean(axis=0))
        salience += self._w["rarity"] * rarity + self._w["salience0"]
        weights = np.logaddexp(0.0, salience) * spoken + 1e-6
        return Projected(Tokens(vectors, starts), weights.astype(np.float32), directions)

    def log_odds(self, texts: Projected, aligned: Aligned) -> Floats:
        """The log odds that the texts of each pair state the same detail."""
        return self.read(self.features(texts, aligned))

    def features(self, texts: Projected, aligned: Aligned) -> Floats:
        """What the network reads of each pair, (n, 9); the same for (a, b) and (b, a)."""
        out = np.zeros((len(aligned.a), 9), dtype=np.float32)
        out[:, 0] = np.einsum("ij,ij->i", texts.directions[aligned.a], texts.directions[aligned.b])
        ways = zip(
            self._ways(texts, aligned.forward), self._ways(texts, aligned.backward), strict=True
        )
        for at, (one, other) in enumerate(ways):
            out[aligned.filled, 1 + 2 * at] = np.minimum(one, other)
            out[aligned.filled, 2 + 2 * at] = np.maximum(one, other)
        return out

    def read(self, features: Floats) -> Floats:
        """The network: a line and a hidden layer beside it."""
        w = self._w
        hidden = _gelu(features @ w["hidden"].T + w["hidden0"])
        odds = features @ w["line"] + w["line0"] + hidden @ w["out"] + w["out0"]
        return np.asarray(odds, dtype=np.float32).reshape(len(features))

    def _ways(self, texts: Projected, found: Found) -> tuple[Floats, Floats, Floats, Floats]:
        """How well a text is covered: on the whole, at its best covered places, by how much; its length."""
        beta, tau = float(self._w["beta"]), float(self._w["tau"])
        weights, values = texts.weights[found.rows], found.values
        mass = found.total(weights)
        mean = found.total(weights * values) / mass
        peaks = np.log(found.total(weights * np.exp(beta * (values - 1))) / mass) / beta + 1
        matched = np.log1p(found.total(weights / (1 + np.exp(-STEEPNESS * (values - tau)))))
        return mean, peaks, matched, np.log1p(mass) - 2


def _pieces(texts: Sequence[str], encoded: Sequence[Encoded]) -> tuple[Floats, Floats]:
    """How rare each token of each text is among the texts, and whether it is a word, each (t,)."""
    known: dict[str, int] = {}
    numbers, held = array("q"), Counter[int]()
    for text, e in zip(texts, encoded, strict=True):
        lower = [text[start:end].lower() for start, end in e.offsets.tolist()]
        row = [known.setdefault(piece, len(known)) for piece in lower]
        held.update(set(row))
        numbers.extend(row)
    of_token = np.array(numbers, dtype=np.int64)
    rarity = [math.log((len(texts) + 1) / (held[i] + 0.5)) for i in range(len(known))]
    spoken = [float(any(map(str.isalnum, piece))) for piece in known]
    return np.array(rarity, dtype=np.float32)[of_token], np.array(spoken, dtype=np.float32)[
        of_token
    ]


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, exactly, as torch has it."""
    from scipy.special import erf

    return np.asarray(0.5 * x * (1 + erf(x / math.sqrt(2))), dtype=np.float32)
