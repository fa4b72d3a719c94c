"""The words that a text is compared by: content words, stemmed, with their places.

The stemmer only cuts English endings ("fired", "firing", "fires" -> "fir"); it is the first step
of Porter's (1980) without his conditions, which is enough where rarity does the rest.
"""

from __future__ import annotations

from compare.memory import remembered
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, words

_ENDINGS = (
    "ational ization isation fulness ousness iveness ingly edly ments ation ition ingly ness ment "
    "ings ions ies ied ing ion ers est ed es er ly s"
).split()
_SHORTEST_STEM = 3


def content_words(text: str) -> list[Word]:
    """The words that carry content, in order; keys are stems."""
    return [w._replace(key=stem(w.key)) for w in words(text) if w.key not in FUNCTION_WORDS]


@remembered(65536)
def stem(key: str) -> str:
    """The word without its ending; numbers, short words and words with marks stay as they are."""
    if not key.isalpha():
        return key
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            cut = key[: -len(ending)]
            return cut + "y" if ending in {"ies", "ied"} else cut.rstrip("e") or cut
    return key.rstrip("e") if len(key) > _SHORTEST_STEM else key
