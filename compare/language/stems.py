"""Content words without their commonest English endings: enough to see "landed" in "landing"."""

from __future__ import annotations

from compare.memory import remembered
from compare.stop_words import COMMONEST
from compare.text import words

_ENDINGS = ("ations", "ation", "ing", "ied", "ies", "ed", "es", "s", "e")


def stem(key: str) -> str:
    """A word's key without its ending, at least three letters of it."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key.removesuffix(ending)
    return key


# A sentence is asked for its words once for every outlet that may lack it.
@remembered(8192)
def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(w.key) for w in words(text) if w.key not in COMMONEST and len(w.key) > 2)
