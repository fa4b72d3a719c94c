"""What the words of a page's blocks tell: which are prose, which are captions, which texts are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from crawlers.extract.body.blocks import Block

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDS = tuple(".!?…\"'”’»。！？")
_PROSE_WORDS = 12
_LONG_WORD = 5  # letters; shorter ones are shared by any two texts
_STEM = 6  # letters that a word and its forms share
_COMMON = frozenset(
    """
    about above after again against among another because before being below between could doing during every
    first further other should since still their theirs there these those three through under until where
    which while whose would years people today monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
_CAPTION = re.compile(r"caption|credit|copyright|legend|bildtext|photo-?text")
WORDS_TO_COMPARE = 12  # words of weight that both sides must have
SHARED = 0.2  # of a dated section's words of weight; sections of one story share more


def likeness(one: str, other: str) -> float:
    """How many of the words of the shorter text are in the other; 0 where one has fewer than two."""
    return alike(words_in(one), words_in(other))


@lru_cache(maxsize=256)  # a page's headings are compared with its title again and again
def words_in(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    if min(len(a), len(b)) < 2:
        return float(bool(a) and a == b)
    return len(a & b) / min(len(a), len(b))


def is_prose(block: Block) -> bool:
    """Whether a block is a paragraph: sentences, and most of it no link."""
    return (
        block.size >= _PROSE_WORDS
        and block.linked < 0.5 * len(block.text)
        and block.text.endswith(_ENDS)
    )


def is_caption(block: Block) -> bool:
    """Whether a block stands at a picture, or is named as a caption or credit."""
    return any(
        b.tag in {"figure", "figcaption"} or (b.name and _CAPTION.search(b.name))
        for b in block.box.chain(3)
    )


def content_words(text: str) -> set[str]:
    """The beginnings of a text's words of weight: those of five letters and more that any text may lack."""
    words = (word.casefold() for word in _WORD.findall(text) if len(word) >= _LONG_WORD)
    return {word[:_STEM] for word in words if word not in _COMMON}


def words_of_weight(blocks: Iterable[Block]) -> set[str]:
    """The words of weight of the paragraphs among some blocks."""
    return set().union(*(_weighty(block.text) for block in blocks if is_prose(block)))


@lru_cache(maxsize=512)  # a story's paragraphs are compared with each of a page's other sections
def _weighty(text: str) -> frozenset[str]:
    return frozenset(content_words(text))


def unlike(blocks: Sequence[Block], section: Iterable[int], own: Iterable[int]) -> bool:
    """Whether a section's paragraphs share hardly a word of weight with the story's."""
    theirs, ours = (words_of_weight(blocks[j] for j in some) for some in (section, own))
    enough = min(len(theirs), len(ours)) >= WORDS_TO_COMPARE
    return enough and len(theirs & ours) < SHARED * len(theirs)
