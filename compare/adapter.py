"""What was learned on top of the sentence encoder: do two sentences state the same detail?

Two parts, in one small file of numbers (`compare/data/adapter.npz`; `adapter.json` beside it says
how and on what it was fitted). A low-rank change of the encoder's top layers (LoRA, Hu et al. 2021,
arXiv:2106.09685) is merged into its weights when it is loaded, so it costs nothing afterwards. A
late interaction (ColBERT, Khattab and Zaharia 2020, arXiv:2004.12832) then compares two texts
token by token: every token looks for its closest one in the other text, and a small network reads
how well either is covered. Encoding stays one pass a sentence, and pairs cost one small product.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.encoder import Encoded
from compare.errors import ModelError

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

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
# Tokens of two texts whose similarities are in memory at once: 64 MB.
_MOST_AT_ONCE = 1 << 24


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
            with torch.no_grad():
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
    """A text for the late interaction: unit token vectors (t, d), their weights, its direction."""

    tokens: Floats
    weights: Floats
    vector: Floats


class Interaction:
    """The learned late interaction of texts that the adapted encoder has encoded."""

    def __init__(self, adapter: Adapter) -> None:
        """Read the interaction's numbers."""
        self._w = adapter.arrays

    def project(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> list[Projected]:
        """Every text made ready; a token's weight rises with its rarity among these texts."""
        pieces = [
            [text[start:end].lower() for start, end in e.offsets]
            for text, e in zip(texts, encoded, strict=True)
        ]
        held = Counter(piece for row in pieces for piece in set(row))
        known = {p: (math.log((len(texts) + 1) / (n + 0.5)), _spoken(p)) for p, n in held.items()}
        return [self._projected(e, row, known) for e, row in zip(encoded, pieces, strict=True)]

    def _projected(
        self, encoded: Encoded, pieces: Sequence[str], known: Mapping[str, tuple[float, float]]
    ) -> Projected:
        """A text made ready; `known` are the rarity of each piece and whether it is a word."""
        tokens = encoded.tokens.astype(np.float32)
        if not len(tokens):
            empty = np.zeros((0, len(self._w["projection"])), dtype=np.float32)
            return Projected(empty, np.zeros(0, dtype=np.float32), encoded.vector)
        rarity, spoken = np.array([known[p] for p in pieces], dtype=np.float32).T
        salience = tokens @ self._w["salience"] + self._w["rarity"] * rarity + self._w["salience0"]
        return Projected(
            _unit(tokens @ self._w["projection"].T),
            (np.logaddexp(0.0, salience) * spoken + 1e-6).astype(np.float32),
            _unit(tokens.mean(axis=0)),
        )

    def log_odds(self, texts: Sequence[Projected], a: Indices, b: Indices) -> Floats:
        """The log odds that texts a[i] and b[i] state the same detail; fastest with `a` sorted."""
        return self.read(self.features(texts, a, b))

    def features(self, texts: Sequence[Projected], a: Indices, b: Indices) -> Floats:
        """What the network reads of each pair, (n, 9); the same for (a, b) and (b, a)."""
        out = np.zeros((len(a), 9), dtype=np.float32)
        out[:, 0] = [float(texts[i].vector @ texts[j].vector) for i, j in zip(a, b, strict=True)]
        for rows in _groups(texts, a, b):
            left = texts[int(a[rows.start])]
            at = [k for k in range(rows.start, rows.stop) if len(texts[int(b[k])].tokens)]
            if len(left.tokens) and at:
                out[at, 1:] = self._covered(left, [texts[int(b[k])] for k in at])
        return out

    def read(self, features: Floats) -> Floats:
        """The network: a line and a hidden layer beside it."""
        w = self._w
        hidden = _gelu(features @ w["hidden"].T + w["hidden0"])
        odds = features @ w["line"] + w["line0"] + hidden @ w["out"] + w["out0"]
        return np.asarray(odds, dtype=np.float32).reshape(len(features))

    def _covered(self, left: Projected, rights: Sequence[Projected]) -> Floats:
        counts = np.array([len(r.tokens) for r in rights])
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        similar = left.tokens @ np.concatenate([r.tokens for r in rights]).T
        forward = np.maximum.reduceat(similar, starts, axis=1).T  # (rights, tokens of left)
        backward = similar.max(axis=0)  # (tokens of all rights,)
        weights = np.concatenate([r.weights for r in rights])

        own = np.full(len(rights), left.weights.sum())
        theirs = np.add.reduceat(weights, starts)
        ways = (
            self._ways(forward, left.weights, lambda x: x.sum(axis=1), own),
            self._ways(backward, weights, lambda x: np.add.reduceat(x, starts), theirs),
        )
        columns = [f(x, y) for x, y in zip(*ways, strict=True) for f in (np.minimum, np.maximum)]
        lengths = np.log1p(own), np.log1p(theirs)
        columns += [np.minimum(*lengths) - 2, np.maximum(*lengths) - 2]
        return np.stack(columns, axis=1).astype(np.float32)

    def _ways(
        self, found: Floats, weights: Floats, total: Any, mass: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """How well a text is covered: on the whole, at its best covered places, and by how much."""
        beta, tau = float(self._w["beta"]), float(self._w["tau"])
        mean = total(found * weights) / mass
        peaks = np.log(total(weights * np.exp(beta * (found - 1))) / mass) / beta + 1
        matched = np.log1p(total(weights / (1 + np.exp(-STEEPNESS * (found - tau)))))
        return mean, peaks, matched


def _groups(texts: Sequence[Projected], a: Indices, b: Indices) -> list[slice]:
    """Runs of pairs with the same left text, none with too many tokens at once."""
    ends = [0, *(np.flatnonzero(np.diff(a)) + 1), len(a)] if len(a) else [0]
    groups = []
    for start, end in pairwise(int(e) for e in ends):
        tokens, begin = 0, start
        own = max(len(texts[int(a[start])].tokens), 1)
        for k in range(start, end):
            tokens += len(texts[int(b[k])].tokens)
            if tokens * own > _MOST_AT_ONCE and k > begin:
                groups.append(slice(begin, k))
                tokens, begin = len(texts[int(b[k])].tokens), k
        groups.append(slice(begin, end))
    return groups


def _spoken(piece: str) -> float:
    """1 for a piece of a word, 0 for a mark."""
    return float(any(map(str.isalnum, piece)))


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-12), dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, exactly, as torch has it."""
    from scipy.special import erf

    return np.asarray(0.5 * x * (1 + erf(x / math.sqrt(2))), dtype=np.float32)


def about() -> dict[str, Any]:
    """How and on what the shipped adapter was fitted."""
    text = (files("compare") / "data" / "adapter.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text)
    return told
