"""Sentences read beside those around them: whom "he" means and which firing stands next door.

Sentences in a row go through the encoder as one text, and each gets the vectors of its own tokens
("late chunking", Guenther et al. 2024, arXiv:2409.04701). It costs no more than reading them one
by one. The encoder must be fitted for it (`compare.embedding.adapter`); any other reads each sentence alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from compare.embedding.encoder import Encoded, Encoder

# About 130 tokens, half of the packaged model's window. No other length was tried; sentence by
# sentence is worse (docs/design-notes.md).
MOST_CHARACTERS = 600
_BETWEEN = " "


def passages(texts: Sequence[str]) -> list[range]:
    """The texts in runs of neighbours that are short enough to be read together, in order."""
    found: list[range] = []
    length = 0
    for i, text in enumerate(texts):
        if found and length + len(text) <= MOST_CHARACTERS:
            found[-1] = range(found[-1].start, i + 1)
            length += len(text)
        else:
            found.append(range(i, i + 1))
            length = len(text)
    return found


def joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """The texts as one, and where each begins in it."""
    starts = accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0)
    return _BETWEEN.join(texts), list(starts)[: len(texts)]


def encode_in_place(articles: Sequence[Sequence[str]], encoder: Encoder) -> list[list[Encoded]]:
    """One `Encoded` for each text of each article, with its neighbours read beside it."""
    runs = [(texts, run) for texts in articles for run in passages(texts)]
    together = [joined([texts[i] for i in run]) for texts, run in runs]
    distinct = list(dict.fromkeys(whole for whole, _ in together))
    encoded = dict(zip(distinct, encoder.encode(distinct), strict=True))
    found = iter(
        encoded[whole].slice(start, start + len(texts[i]))
        for (texts, run), (whole, starts) in zip(runs, together, strict=True)
        for i, start in zip(run, starts, strict=True)
    )
    return [[next(found) for _ in texts] for texts in articles]
