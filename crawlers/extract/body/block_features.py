"""What can be told of a text block before deciding whether it is part of the article.

One row of numbers a block: how other extractors voted on it, what it is made of, what its markup
calls it, and how its neighbours and its siblings fare. Names of elements are read only below the
part of the page that holds most of the voted text: above it they say nothing about a single block.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.lexicon import (
    ANY_NAME,
    AROUND,
    CREDIT,
    INVITES,
    LEXICON,
    MORE,
    NAMES,
    TAGS,
    TERMINAL,
)
from crawlers.extract.body.references import References
from crawlers.extract.body.shingles import Shingles

Matrix = NDArray[np.float64]

_DIGIT = re.compile(r"\d")
_ASCII_DIGITS = b"0123456789"
_ASCII_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BEGINNING = 200  # characters
_STATEMENT = 30  # words; a shorter articleBody is a teaser
_NOTHING = (0, 0, 0, 0, 0, 0)
_TAG_NUMBERS = {tag: k for k, tag in enumerate(TAGS)}
_LONG_PARAGRAPH = 15  # words; shorter ones are as often captions and links as text
_VOTED = 0.6  # share of a block's shingles in another extractor's text
_PRIOR = (0.3, 2.0)  # what a group without other members would count: this vote, for so many words


def signs_of(blocks: Sequence[Block], references: References) -> tuple[list[str], Matrix]:
    """The names of the signs, and their values, one row a block."""
    words = [b.words for b in blocks]
    runs = [b.run for b in blocks]
    sizes = np.array([len(w) for w in words], dtype=float)
    votes = np.array([references.extractor.share(r) for r in runs])
    weighed = np.where(votes >= _VOTED, 1.0, votes * 0.5) * sizes
    prose = np.array([_reads_as_prose(b, n) for b, n in zip(blocks, sizes, strict=True)]) * sizes
    columns = _reference_signs(runs, sizes, votes, references)
    columns |= _text_signs([b.text for b in blocks], sizes)
    columns |= _share_signs(blocks)
    columns |= _place_signs(blocks, sizes, votes, weighed)
    columns |= _markup_signs(blocks, weighed)
    groups = _groups(blocks, sizes)
    for name, mass in (("vote", weighed), ("prose", prose)):
        columns |= _company_signs(name, groups, sizes, mass)
    heading = sum(columns[f"tag_{t}"] for t in ("h2", "h3", "h4", "h5"))
    columns["heading_vote_next3"] = heading * columns["vote_next3"]
    columns["heading_vote_prev3"] = heading * columns["vote_prev3"]
    return list(columns), np.array(list(columns.values())).T.copy()


def _reads_as_prose(block: Block, size: float) -> float:
    return float(
        size >= _LONG_PARAGRAPH
        and block.linked < 0.4 * len(block.text)
        and block.text.endswith(TERMINAL)
    )


def _reference_signs(
    runs: list[Shingles], sizes: Matrix, votes: Matrix, references: References
) -> dict[str, Matrix]:
    """How much of each block others have: the extractor, the page's own statements, other blocks."""
    known = references.stated
    states = float(known.size > _STATEMENT)
    stated = np.array([known.share(r) for r in runs]) if states else np.zeros(len(runs))
    ones = np.ones(len(runs))
    before, anywhere = _repetition(runs)
    return {
        "vote": votes,
        "voted": (votes >= _VOTED).astype(float),
        "stated": stated,
        "unstated": (stated < 0.3) * states,
        "states": ones * states,
        "stated_share": ones
        * states
        * min(1.5, float((stated * sizes).sum()) / max(1, known.size)),
        "stated_length": ones * states * min(3.0, known.size / max(1, references.extractor.size)),
        "description": np.array(
            [references.description.share(r) if len(r) > 1 else 0.0 for r in runs]
        ),
        "title": np.array([references.titles.share(r) for r in runs]),
        "repeats_before": before,
        "repeats": anywhere,
    }


def _text_signs(texts: list[str], sizes: Matrix) -> dict[str, Matrix]:
    """What a block is made of; characters are counted in its beginning, where kickers differ."""
    starts = [t[:_BEGINNING] for t in texts]
    lowered = [t.lower() for t in starts]
    lengths = np.array([max(1, len(t)) for t in starts], dtype=float)
    flags = {
        "ends": [t.endswith(TERMINAL) for t in texts],
        "colon": [t.endswith(":") for t in texts],
        "lower": [t[:1].islower() for t in texts],
        "credit": [CREDIT.search(t) is not None for t in lowered],
        "more": [MORE.match(t) is not None for t in lowered],
        "invites": [INVITES.search(t) is not None for t in lowered],
    }
    return {name: np.array(values, dtype=float) for name, values in flags.items()} | {
        "length": np.log1p(sizes),
        "digits": np.array([_digits(t) for t in starts]) / lengths,
        "capitals": np.array([_capitals(t) for t in starts]) / lengths,
    }


def _digits(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode("ascii").translate(None, _ASCII_DIGITS))
    return len(_DIGIT.findall(text))


def _capitals(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode("ascii").translate(None, _ASCII_CAPITALS))
    return sum(map(str.isupper, text))


def _share_signs(blocks: Sequence[Block]) -> dict[str, Matrix]:
    lengths = np.array([len(b.text) for b in blocks], dtype=float)
    return {
        "linked": np.array([b.linked for b in blocks]) / lengths,
        "emphasised": np.array([b.emphasised for b in blocks]) / lengths,
    }


def _repetition(runs: list[Shingles]) -> tuple[Matrix, Matrix]:
    """For each block the share of its shingles that stand in an earlier block, and in any other."""
    once: set[str] = set()
    repeated: set[str] = set()
    for run in runs:
        if not once.isdisjoint(run):
            repeated.update(once.intersection(run))
        once.update(run)
    seen: set[str] = set()
    before, anywhere = np.zeros(len(runs)), np.zeros(len(runs))
    for k, run in enumerate(runs):
        if not repeated.isdisjoint(run):
            before[k] = sum(map(seen.__contains__, run)) / len(run)
            anywhere[k] = sum(map(repeated.__contains__, run)) / len(run)
            seen.update(repeated.intersection(run))
    return before, anywhere


def _place_signs(
    blocks: Sequence[Block], sizes: Matrix, votes: Matrix, weighed: Matrix
) -> dict[str, Matrix]:
    count = len(blocks)
    where = np.arange(count)
    voted = np.flatnonzero((votes >= _VOTED) & (sizes >= 8))
    first, last = (int(voted[0]), int(voted[-1])) if len(voted) else (0, count - 1)
    passed = np.concatenate([[0.0], np.cumsum(sizes)])[:count]
    passed_votes = np.concatenate([[0.0], np.cumsum(weighed)])[:count]
    heading = next((k for k, b in enumerate(blocks) if b.box.tag == "h1"), count)
    start, stop = (passed[first], passed[last]) if count else (0.0, 0.0)
    return {
        "before": (where < first).astype(float),
        "after": (where > last).astype(float),
        "before_by": np.log1p(np.maximum(0, start - passed)),
        "after_by": np.log1p(np.maximum(0, passed - stop)),
        "votes_passed": passed_votes / max(1.0, weighed.sum()),
        "below_title": (where > heading).astype(float),
        "votes_total": np.full(count, math.log1p(weighed.sum())),
    }


def _markup_signs(blocks: Sequence[Block], weighed: Matrix) -> dict[str, Matrix]:
    """Tags and names: of the holder, of the two boxes around it, and of any that is its own.

    A box is a block's own when it holds less than half of all voted words.
    """
    below = _mass_below(blocks, weighed)
    marks = _Marks(below, weighed.sum() / 2)
    rows = np.array([marks.of(b.box) for b in blocks], dtype=np.int64).reshape(-1, 6)
    tags = np.array([_TAG_NUMBERS.get(b.box.tag, -1) for b in blocks])
    columns = {f"tag_{t}": (tags == k).astype(float) for t, k in _TAG_NUMBERS.items()}
    around = _bits(rows[:, 3], len(AROUND))
    columns |= {f"in_{t}": around[k] for k, t in enumerate(AROUND)}
    own, near, anywhere = (_bits(rows[:, column], len(LEXICON)) for column in range(3))
    for k, name in enumerate(LEXICON):
        columns |= {f"own_{name}": own[k], f"near_{name}": near[k], f"any_{name}": anywhere[k]}
    columns |= {
        "all_body": _bits(rows[:, 4], len(LEXICON))[list(LEXICON).index("body")],
        "hidden": np.array([b.box.hidden for b in blocks], dtype=float),
        "depth": np.log1p(rows[:, 5]),
    }
    return columns


def _mass_below(blocks: Sequence[Block], mass: Matrix) -> dict[Box, float]:
    """For every box around a block the mass of all blocks in it."""
    below: dict[Box, float] = {}
    for block, m in zip(blocks, mass.tolist(), strict=True):
        below[block.box] = below.get(block.box, 0.0) + m
        around = block.box.parent
        while around is not None and around not in below:
            below[around] = 0.0
            around = around.parent
    for box in sorted(below, key=lambda box: box.depth, reverse=True):
        if box.parent is not None:
            below[box.parent] += below[box]
    return below


class _Marks:
    """What names and tags say of a box, each worked out once."""

    def __init__(self, below: Mapping[Box, float], half: float) -> None:
        self._below = below
        self._half = half
        self._bits: dict[str, int] = {}
        self._around = {tag: 1 << k for k, tag in enumerate(AROUND)}
        self._known: dict[Box, tuple[int, int, int, int, int, int]] = {}

    def of(self, box: Box) -> tuple[int, int, int, int, int, int]:
        """Bits of LEXICON: own, of the two around, of all that are its own; bits of AROUND; bits of all; depth."""
        if (known := self._known.get(box)) is not None:
            return known
        trail: list[Box] = []
        above: Box | None = box
        while above is not None and above not in self._known:
            trail.append(above)
            above = above.parent
        own, _, private, tags, everywhere, depth = (
            self._known[above] if above is not None else _NOTHING
        )
        parent = above.parent if above is not None else None
        beyond = self._known[parent][0] if parent is not None else 0
        for around in reversed(trail):
            near, beyond = own | beyond, own
            own = self._names(around)
            if not self._half or self._below[around] < self._half:
                private, tags, depth = (
                    private | own,
                    tags | self._around.get(around.tag, 0),
                    depth + 1,
                )
            everywhere |= own
            self._known[around] = (own, near, private, tags, everywhere, depth)
        return self._known[box]

    def _names(self, box: Box) -> int:
        if not box.name:
            return 0
        bits = self._bits.get(box.name)
        if bits is None:
            bits = 0
            for token in box.name.split():
                bits |= _meaning(token)
            self._bits[box.name] = bits
        return bits


@lru_cache(maxsize=50_000)
def _meaning(token: str) -> int:
    """Bits of LEXICON for one name; an outlet's pages all use the same ones."""
    if not ANY_NAME.search(token):
        return 0
    return sum([1 << k for k, pattern in enumerate(NAMES) if pattern.search(token)])


def _bits(masks: NDArray[np.int64], count: int) -> Matrix:
    """The lowest bits of each mask, one row a bit."""
    return ((masks >> np.arange(count)[:, None]) & 1).astype(float)


@dataclass(frozen=True, slots=True)
class _Group:
    """The group that each block is in, by number, and how many words the others in it have."""

    numbers: NDArray[np.int64]
    others: Matrix


def _groups(blocks: Sequence[Block], sizes: Matrix) -> dict[str, _Group]:
    """A block's siblings, its cousins, and its likes: those that the markup gives the same kind."""
    parents = [b.box.parent or b.box for b in blocks]
    above = [p.parent or p for p in parents]
    likes = [(b.box.tag, b.box.kind, p.tag, p.kind) for b, p in zip(blocks, parents, strict=True)]
    keys: dict[str, Sequence[object]] = {"siblings": parents, "cousins": above, "likes": likes}
    groups = {}
    for label, of in keys.items():
        known: dict[object, int] = {}
        numbers = np.array([known.setdefault(key, len(known)) for key in of], dtype=np.int64)
        groups[label] = _Group(numbers, np.bincount(numbers, sizes)[numbers] - sizes)
    return groups


def _company_signs(
    name: str, groups: Mapping[str, _Group], sizes: Matrix, mass: Matrix
) -> dict[str, Matrix]:
    """How much of the words around a block has the mass: beside it, among its siblings, its likes."""
    count = len(sizes)
    cumulated = np.concatenate([[0.0], np.cumsum(mass)])
    lengths = np.concatenate([[0.0], np.cumsum(sizes)])
    where = np.arange(count)

    def between(start: NDArray[np.int64], stop: NDArray[np.int64]) -> Matrix:
        start, stop = np.maximum(start, 0), np.minimum(stop, count)
        total = lengths[stop] - lengths[start]
        share: Matrix = np.divide(
            cumulated[stop] - cumulated[start], total, out=np.zeros(count), where=total > 0
        )
        return share

    columns = {f"{name}_prev{n}": between(where - n, where) for n in (1, 3, 8)}
    columns |= {f"{name}_next{n}": between(where + 1, where + 1 + n) for n in (1, 3, 8)}
    columns[f"{name}_both8"] = np.minimum(columns[f"{name}_prev8"], columns[f"{name}_next8"])
    total = max(1.0, float(mass.sum()))
    prior, weight = _PRIOR
    for label, group in groups.items():
        masses = np.bincount(group.numbers, mass)[group.numbers]
        columns[f"{name}_{label}"] = (masses - mass + prior * weight) / (group.others + weight)
        columns[f"{name}_{label}_size"] = np.log1p(group.others)
        columns[f"{name}_{label}_share"] = masses / total
    return columns
