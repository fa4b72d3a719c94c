"""The encoder that a command uses: the model that was named, or the bundled one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.encoder import Encoder


def open_encoder(model: str | None, progress: Callable[[str, int, int], None]) -> Encoder:
    """Loads the model once; raises ModelError where there is none.

    Nothing is looked up on a model hub unless the user's environment asks for it.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from compare.encoder import SentenceEncoder

    progress("loading the model", 0, 0)
    return SentenceEncoder(model)
