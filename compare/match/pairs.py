"""Claims to scored pairs: the composition of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.config import Config
from compare.datamodel import Claim, Pair
from compare.encoder import Encoded
from compare.index import Index
from compare.match.candidates import candidates
from compare.match.context import context
from compare.match.features import evidence_of, features
from compare.match.scorer import load, probability
from compare.match.units import Floats, Indices, Units, units_of


def probabilities(units: Units, a: Indices, b: Indices, values: dict[str, Floats]) -> Floats:
    """The probability of each pair (a < b, sorted) by its features and by all other pairs."""
    first = probability(load("pairs").log_odds(values))
    return probability(load("pairs_in_context").log_odds(values | context(units, a, b, first)))


def match_claims(
    claims: Sequence[Claim], encoded: Mapping[str, Encoded], index: Index, config: Config
) -> tuple[Pair, ...]:
    """The pairs of claims of different articles that may state the same thing.

    Sorted by the claims' places; pairs less probable than `config.kept` are not given.
    """
    units = units_of(claims, encoded)
    if len(units) < 2:
        return ()
    evidence = evidence_of(units)
    a, b = candidates(units, evidence.vocabularies["fivegram"], index, config.neighbours)
    if not len(a):
        return ()
    p = probabilities(units, a, b, features(evidence, a, b))
    return tuple(
        Pair(a=units.claims[i].id, b=units.claims[j].id, probability=round(float(q), 4))
        for i, j, q in zip(a, b, p, strict=True)
        if q >= config.kept
    )
