"""Which stretch of a sentence another sentence states: the propositions that a pair is about.

Every token of one sentence looks for its closest token in the other, as in the late interaction. A
token that is found counts for the stretch that holds it, one that is not found counts against it, and
the stretch is the part of the sentence (a clause, a quotation, or all of it) with the greatest sum:
the maximum-sum segment among the places where a sentence can be cut.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from compare.datamodel import Claim
from compare.embedding.tokens import Found, closest, starts_of
from compare.match.pair_features import Evidence, Places
from compare.match.units import Indices, Units

# A token counts as found from this similarity on: the middle between the mean of the tokens inside and
# outside of the labelled words of true pairs (`benchmarks/quality/rows.py` prints how well it cuts).
FOUND = 0.62
# Stretches of fewer words are names and labels; they state nothing by themselves.
FEWEST_WORDS = 4
# Pairs that are aligned at once.
_AT_ONCE = 8192


class Stretches:
    """The parts of an event's units as runs of tokens, and what it takes to choose among them."""

    def __init__(self, evidence: Evidence) -> None:
        """Keep the tokens, what each weighs, and which of them make up which part."""
        units = evidence.units
        self._tokens = evidence.tokens
        self._weights = (
            evidence.learned[1].weights if evidence.learned else evidence.weighed.weights
        )
        listed = [
            (i, number, part.start - claim.start, part.end - claim.start)
            for i, claim, number, part in _parts_of(units)
        ]
        rows = np.array(listed, dtype=np.int64).reshape(-1, 4)
        first, counts = Places(units).tokens(rows[:, 0], rows[:, 2:])
        held = counts > 0
        self._number = rows[held, 1]
        self._first, self._end = first[held], (first + counts)[held]
        self._starts = starts_of(np.bincount(rows[held, 0], minlength=len(units)))

    def of(self, a: Indices, b: Indices) -> tuple[Indices, Indices]:
        """For each pair, the part of a and the part of b that the other states, (n,) each.

        Numbers are places in `Units.parts`; -1 where it is the whole sentence.
        """
        left = np.full(len(a), -1, dtype=np.int64)
        right = np.full(len(a), -1, dtype=np.int64)
        for at in range(0, len(a), _AT_ONCE):
            some = slice(at, at + _AT_ONCE)
            aligned = closest(self._tokens, a[some], b[some])
            for side, found in ((left, aligned.forward), (right, aligned.backward)):
                side[at + aligned.filled] = self._best(found)
        return left, right

    def _best(self, found: Found) -> Indices:
        gain = (self._weights[found.rows] * (found.values - FOUND)).astype(np.float64)
        upto = np.concatenate([[0.0], np.cumsum(gain)])
        ends = np.append(found.starts[1:], len(gain))
        best = np.full(len(found.text), -1, dtype=np.int64)
        for k, text in enumerate(found.text.tolist()):
            parts = slice(self._starts[text], self._starts[text + 1])
            if parts.start == parts.stop:
                continue
            # Tokens of a text stand in a row among all texts' and among those found.
            shift = found.starts[k] - self._tokens.starts[text]
            sums = upto[self._end[parts] + shift] - upto[self._first[parts] + shift]
            top = int(sums.argmax())
            if sums[top] > upto[ends[k]] - upto[found.starts[k]]:
                best[k] = self._number[parts][top]
        return best


def _parts_of(units: Units) -> Iterator[tuple[int, Claim, int, Claim]]:
    for i, (claim, parts) in enumerate(zip(units.claims, units.parts, strict=True)):
        for number, part in enumerate(parts):
            if len(part.text.split()) >= FEWEST_WORDS:
                yield i, claim, number, part
