"""Texts as runs of words, and how much of a block is in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

_WORD = re.compile(r"\w+")
_ASCII_WORDS = {
    k: chr(k).lower() if _WORD.match(chr(k)) else " " for k in range(128)
}  # what each character is in a list of words
SHINGLE = 3

# Words with a space between: unlike a tuple, a string knows its hash once it was asked for.
Shingles = list[str]


class Reference:
    """A text that blocks are compared with, as its shingles of three words and its lines."""

    def __init__(self, text: str) -> None:
        self._lines = [words_of(line) for line in text.split("\n")]
        self.size = sum(map(len, self._lines))

    @cached_property
    def shingles(self) -> set[str]:
        """All runs of three words that the text has, over the ends of its lines."""
        return set(shingles(list(chain.from_iterable(self._lines))))

    @cached_property
    def lines(self) -> set[str]:
        """The words of each line."""
        return {" ".join(words) for words in self._lines}

    def share(self, run: Shingles) -> float:
        """The share of a block's shingles in this text; a shorter block must be a whole line of it."""
        if not run or not self.size:
            return 0.0
        if len(run) == 1 and run[0].count(" ") < SHINGLE - 1:
            return float(run[0] in self.lines)
        if self.shingles.isdisjoint(run):
            return 0.0
        return sum(map(self.shingles.__contains__, run)) / len(run)


def words_of(text: str) -> list[str]:
    """The words of a text, lower case."""
    if text.isascii():  # takes half the time
        return text.translate(_ASCII_WORDS).split()
    return _WORD.findall(text.lower())


def shingles(words: Sequence[str]) -> Shingles:
    """All runs of three words; fewer words are one run."""
    if len(words) < SHINGLE:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
