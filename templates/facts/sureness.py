"""How sure something is, in words: the figures stand in the tables, and on the method page what they mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from templates.html.strings import Strings

# From these probabilities on, the words are the stronger ones. Round numbers, for reading only: nothing is decided by them.
VERY, QUITE = 0.9, 0.6


def in_words(say: Strings, about: str) -> Callable[[float], str]:
    """What says how sure something `about` ("sure" for a verdict, "match" for a mention) is."""
    words = {level: say(f"detail.{about}.{level}") for level in ("very", "quite", "hardly")}

    def said(probability: float) -> str:
        if probability >= VERY:
            return words["very"]
        return words["quite" if probability >= QUITE else "hardly"]

    return cache(said)
