"""Claims to scored pairs: the composition of this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.config import Config
from compare.datamodel import Claim, Pair
from compare.encoder import Encoded
from compare.index import Index
from compare.match.candidates import candidates
from compare.match.features import evidence_of, features
from compare.match.scorer import load, probability
from compare.match.units import units_of


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
    p = probability(load("pairs").log_odds(features(evidence, a, b)))
    return tuple(
        Pair(a=units.claims[i].id, b=units.claims[j].id, probability=round(float(q), 4))
        for i, j, q in zip(a, b, p, strict=True)
        if q >= config.kept
    )
