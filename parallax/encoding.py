"""The encoder that a command uses: the model that was named, or the bundled one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.embedding.encoder import Encoder


def open_encoder(model: str | None, progress: Callable[[str, int, int], None]) -> Encoder:
    """Loads the model once; raises ModelError where there is none.

    Nothing is looked up on a model hub unless the user's environment asks for it.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from compare.embedding import adapter
    from compare.embedding.cache import CachedEncoder
    from compare.embedding.encoder import SentenceEncoder

    progress("loading the model", 0, 0)
    encoder = SentenceEncoder(model, adapter=adapter.load() if model is None else None)
    where = cache_folder()
    return CachedEncoder(encoder, where / "encodings.sqlite") if where else encoder


def cache_folder() -> Path | None:
    """Where encodings are kept between runs; PARALLAX_CACHE names another folder, or "off"."""
    named = os.environ.get("PARALLAX_CACHE")
    if named == "off":
        return None
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "parallax"
