"""Claims to scored pairs: the composition of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from compare.config import Config
from compare.datamodel import Claim, Pair
from compare.embedding.adapter import Interaction
from compare.embedding.encoder import Encoded
from compare.embedding.index import Index
from compare.learned import Misfit, sigmoid
from compare.match.candidates import candidates
from compare.match.context_features import context
from compare.match.pair_features import Evidence, evidence_of, features
from compare.match.rules import copies, linked
from compare.match.scorer import load
from compare.match.stretches import Stretches
from compare.match.units import Floats, Indices, Units, units_of

# Scorers in compare/data: for the adapted encoder with its late interaction, and for any other.
LEARNED = "learned"
PLAIN = "plain"


# Less probable pairs join nothing, so nobody asks for the stretches that match.
STRETCHES_FROM = 0.1
# Pairs whose features are in memory at once.
_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Pairs of rows (a < b, sorted) by their own features.

    `alone` (n,) are the first scorer's probabilities; `share` (n,) is what the same features add to
    the log odds of the second, which also reads what all other pairs say.
    """

    a: Indices
    b: Indices
    alone: Floats
    share: NDArray[np.float64]


def scored(evidence: Evidence, a: Indices, b: Indices, kind: str) -> Scored:
    """The pairs (a < b, sorted) by their features, some at a time."""
    first, second = load(f"pair_{kind}"), load(f"pair_{kind}_context")
    out = Scored(a, b, np.empty(len(a), dtype=np.float32), np.empty(len(a), dtype=np.float64))
    for at in range(0, len(a), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        values = features(evidence, a[some], b[some])
        out.alone[some] = sigmoid(first.log_odds_of(values))
        out.share[some] = second.share(values)
    return out


def probabilities(units: Units, pairs: Scored, kind: str) -> Floats:
    """The probability of each pair, by its features and by what all other pairs say."""
    second = load(f"pair_{kind}_context")
    share = second.share(context(units, pairs.a, pairs.b, pairs.alone))
    return sigmoid((second.intercept + pairs.share + share).astype(np.float32))


def _kind(interaction: Interaction | None) -> str:
    return LEARNED if interaction else PLAIN


def misfit(encoder: str, interaction: Interaction | None) -> Misfit | None:
    """Why the scorer that decides for an encoder was not fitted for it; None where it was."""
    return load(f"pair_{_kind(interaction)}").origin.misfit("pairs", encoder)


def match_claims(
    claims: Sequence[Claim],
    encoded: Mapping[str, Encoded],
    index: Index,
    config: Config,
    interaction: Interaction | None = None,
) -> tuple[Pair, ...]:
    """The pairs of claims of different articles that may state the same thing.

    Sorted by the claims' places; pairs less probable than `config.kept` are not given.
    `interaction` is what was learned on top of the encoder that made `encoded`; without it the
    scorer for plain encoders decides.
    """
    units = units_of(claims, encoded)
    if len(units) < 2:
        return ()
    same_words = copies(units)
    # Thousands of small products: threads of the linear algebra would wait for each other.
    with threadpool_limits(limits=1, user_api="blas"):
        pairs, cut = _looked_at(units, same_words, index, config.neighbours, interaction)
        if not len(pairs.a):
            return ()
        p = linked(
            units, same_words, pairs.a, pairs.b, probabilities(units, pairs, _kind(interaction))
        )
        kept = p >= config.kept
        return as_pairs(units, cut, pairs.a[kept], pairs.b[kept], p[kept])


def as_pairs(units: Units, cut: Stretches, a: Indices, b: Indices, p: Floats) -> tuple[Pair, ...]:
    """The pairs of rows with their probabilities; where they are likely, with the stretches that match."""
    a_part, b_part = np.full((2, len(a)), -1, dtype=np.int64)
    likely = p >= STRETCHES_FROM
    a_part[likely], b_part[likely] = cut.of(a[likely], b[likely])
    rows = zip(a.tolist(), b.tolist(), p.tolist(), a_part.tolist(), b_part.tolist(), strict=True)
    return tuple(
        Pair(
            a=units.claims[i].id,
            b=units.claims[j].id,
            probability=round(q, 4),
            a_part=units.parts[i][x].id if x >= 0 else None,
            b_part=units.parts[j][y].id if y >= 0 else None,
        )
        for i, j, q, x, y in rows
    )


def _looked_at(
    units: Units,
    same_words: Indices,
    index: Index,
    neighbours: int,
    interaction: Interaction | None,
) -> tuple[Scored, Stretches]:
    """The candidates, scored; what they are scored by is a lot in a large event, and ends here."""
    evidence = evidence_of(units, interaction)
    phrases = evidence.vocabularies["fivegram"]
    a, b = candidates(units, phrases, same_words, index, neighbours)
    return scored(evidence, a, b, _kind(interaction)), Stretches(evidence)
