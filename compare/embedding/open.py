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
    from compare.embedding import adapter
    from compare.embedding.cache import CachedEncoder
    from compare.embedding.encoder import SentenceEncoder

    encoder = SentenceEncoder(model, adapter=adapter.load() if model is None else None)
    return CachedEncoder(encoder, cache / "encodings.sqlite") if cache else encoder
