"""Quotations aligned word by word: is it the same quotation, and what did each outlet do to it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.datamodel import Span
from compare.kinds import Variant
from compare.text import Word, words


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one rendering that the other gives differently; spans are within each text."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """How rendering `a` relates to `b`; `overlap` is the matched part of the shorter, 0 to 1."""

    variant: Variant
    overlap: float
    changes: tuple[Change, ...] = ()


# A matched half of the shorter rendering is the same quotation; below that it is a paraphrase at
# most. Set by reading aligned quotations of the labelled events.
SAME_QUOTATION = 0.6
PARAPHRASE = 0.3
MIN_WORDS = 3
_BRACKETED = re.compile(r"\[[^\]]{0,400}\]|\([^)]{0,400}\)")
# Pairs that transcribers exchange without changing what was said.
_SHORTENED = {"m": "am", "re": "are", "ve": "have", "ll": "will"}
# Whose "'s" is "is" and no owner's.
_SUBJECTS = frozenset(
    "it that he she there here what who where how this everything nothing".split()
)
_IRREGULAR = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "ain't": ("is", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
}


def _opened(word: Word) -> tuple[str, ...]:
    """A contraction's words: "aren't" is "are", "not"; other words as they are."""
    said = word.text.lower().replace("’", "'")
    if said in _IRREGULAR:
        return _IRREGULAR[said]
    if said.endswith("n't"):
        return said[:-3], "not"
    head, _, tail = said.partition("'")
    if tail in _SHORTENED:
        return head, _SHORTENED[tail]
    return (head, "is") if tail == "s" and head in _SUBJECTS else (word.key,)


def quoted_words(text: str) -> list[Word]:
    """The words of a quotation as compared: without what brackets insert, contractions opened."""
    plain = _BRACKETED.sub(lambda found: " " * len(found.group()), text)
    return [
        Word(word.text, word.start, word.end, key) for word in words(plain) for key in _opened(word)
    ]


def align(a: str, b: str) -> Alignment:
    """Align two renderings of a quotation, given without their quotation marks."""
    left, right = quoted_words(a), quoted_words(b)
    if not left or not right:
        return Alignment(Variant.OTHER, 0.0)
    matcher = SequenceMatcher(None, [w.key for w in left], [w.key for w in right], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    matched = sum(block.size for block in blocks)
    shorter = min(len(left), len(right))
    overlap = matched / shorter
    if left and [w.key for w in left] == [w.key for w in right]:
        return Alignment(Variant.VERBATIM, 1.0)
    changes = _changes(matcher, left, right)
    if matched == shorter:
        variant = Variant.SHORTENED if len(blocks) == 1 else Variant.SPLICED
        return Alignment(variant, overlap, changes)
    if overlap >= SAME_QUOTATION and matched >= MIN_WORDS:
        return Alignment(Variant.ALTERED, overlap, changes)
    return Alignment(
        Variant.PARAPHRASED if overlap >= PARAPHRASE else Variant.OTHER, overlap, changes
    )


def _changes(
    matcher: SequenceMatcher[str], left: list[Word], right: list[Word]
) -> tuple[Change, ...]:
    """The words inside the matched stretch that were exchanged, dropped or put in."""
    steps = matcher.get_opcodes()
    inside = [i for i, step in enumerate(steps) if step[0] == "equal"]
    if not inside:
        return ()
    found = []
    for step, i0, i1, j0, j1 in steps[inside[0] : inside[-1] + 1]:
        if step != "equal":
            span_a, span_b = _span(left, i0, i1), _span(right, j0, j1)
            found.append(Change(span_a, span_b))
    return tuple(found)


def _span(spoken: list[Word], first: int, last: int) -> Span:
    """The characters of words `first`..`last`; where there are none, the place they would stand."""
    if first < last:
        return Span(spoken[first].start, spoken[last - 1].end)
    place = spoken[first - 1].end if first else 0
    return Span(place, place)
