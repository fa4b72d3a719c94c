"""The encoder that a command uses: the model that was named, or the bundled one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.embedding.encoder import Encoder


def open_encoder(model: str | None = None, cache: Path | None = None) -> Encoder:
    """The model of this name or folder, by default the bundled one with the adapter fitted for it.

    `cache` is a folder that keeps encodings between runs; None keeps none. Raises ModelError where
    there is no such model.
    """
    from compare.embedding import adapter, probe
    from compare.embedding.cache import CachedEncoder
    from compare.embedding.encoder import SentenceEncoder

    learned = adapter.load() if model is None else None
    reading = probe.load(learned.name) if learned else None
    encoder = SentenceEncoder(model, adapter=learned, probe=reading)
    if cache is None:
        return encoder
    also = reading.name if reading else ""
    return CachedEncoder(encoder, cache / "encodings.sqlite", also=also)


def vectors_of_texts(encoder: Encoder, cache: Path | None) -> Encoder:
    """The same encoder, of which only the texts' own vectors are kept between runs: for many long texts."""
    from compare.embedding.cache import CachedEncoder
    from compare.embedding.encoder import VectorsOnly

    inner = VectorsOnly(encoder.inner if isinstance(encoder, CachedEncoder) else encoder)
    if cache is None:
        return inner
    return CachedEncoder(inner, cache / "encodings.sqlite", also="vectors")


def on_one_thread() -> None:
    """From now on this process encodes on one thread; several processes then share the cores."""
    import torch

    torch.set_num_threads(1)
