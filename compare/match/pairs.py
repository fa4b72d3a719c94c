"""Claims to scored pairs: the composition of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from threadpoolctl import threadpool_limits

from compare.adapter import Interaction
from compare.config import Config
from compare.datamodel import Claim, Pair
from compare.encoder import Encoded
from compare.index import Index
from compare.match.candidates import candidates
from compare.match.context import context
from compare.match.features import Evidence, evidence_of, features
from compare.match.links import copies, linked
from compare.match.scorer import load, probability
from compare.match.units import Floats, Indices, units_of

# Scorers in compare/data: for the adapted encoder with its late interaction, and for any other.
LEARNED = "learned"
PLAIN = "plain"


def probabilities(
    evidence: Evidence, a: Indices, b: Indices, values: dict[str, Floats], kind: str
) -> Floats:
    """The probability of each pair (a < b, sorted) by its features and by all other pairs."""
    first = probability(load(f"pair_{kind}").log_odds(values))
    both = values | context(evidence.units, a, b, first)
    return probability(load(f"pair_{kind}_context").log_odds(both))


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
    evidence = evidence_of(units, interaction)
    same_words = copies(units)
    phrases = evidence.vocabularies["fivegram"]
    a, b = candidates(units, phrases, same_words, index, config.neighbours)
    if not len(a):
        return ()
    kind = LEARNED if interaction else PLAIN
    # Thousands of small products: threads of the linear algebra would wait for each other.
    with threadpool_limits(limits=1, user_api="blas"):
        p = probabilities(evidence, a, b, features(evidence, a, b), kind)
    p = linked(units, same_words, a, b, p)
    return tuple(
        Pair(a=units.claims[i].id, b=units.claims[j].id, probability=round(float(q), 4))
        for i, j, q in zip(a, b, p, strict=True)
        if q >= config.kept
    )
