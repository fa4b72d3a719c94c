"""Which article states which fact of a list that the user gives: a press release, a teacher's ten facts.

The list is read as one more article by the same matcher, after the comparison and beside it: what
the outlets are compared by does not change with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compare.claims import claims_of
from compare.config import Config
from compare.datamodel import Claim, Comparison
from compare.embedding.encoder import Encoder
from compare.embedding.index import Index
from compare.kinds import ClaimKind
from compare.match.pairs import match_claims
from compare.match.units import whole_claims
from compare.pipeline import encode_claims, interaction_of
from compare.progress import silent
from compare.said import ReferenceFact, Span, StatedIn

# No article has this id: those of articles.jsonl are not empty.
_LIST = "\N{REPLACEMENT CHARACTER}reference"


def with_reference(
    comparison: Comparison,
    facts: Sequence[str],
    *,
    encoder: Encoder,
    index: Index,
    config: Config,
) -> Comparison:
    """The comparison with `reference`: every fact with the sentence of each article that states it.

    A pair counts from `config.same` on, as between articles.
    """
    claims = [_claim(fact, number) for number, fact in enumerate(facts)]
    of_articles = [c for a in comparison.articles for c in claims_of(a)]
    everything = [*of_articles, *claims]
    encoded = encode_claims(everything, encoder, silent)
    pairs = match_claims(everything, encoded, index, config, interaction_of(encoder))
    whole = {c.id: c for c in whole_claims(of_articles)}
    best: dict[str, dict[str, StatedIn]] = {claim.id: {} for claim in claims}
    for pair in pairs:
        fact, other = (pair.a, pair.b) if pair.a in best else (pair.b, pair.a)
        if fact in best and other in whole and pair.probability >= config.same:
            found = _stated(whole[other], pair.probability)
            known = best[fact].get(found.article)
            if known is None or known.probability < found.probability:
                best[fact][found.article] = found
    return replace(
        comparison,
        reference=tuple(
            ReferenceFact(text=c.text, stated=tuple(best[c.id][a] for a in sorted(best[c.id])))
            for c in claims
        ),
    )


def _claim(fact: str, number: int) -> Claim:
    """A fact as one claim, an article of its own, so that no other fact of the list is its context."""
    return Claim(
        id=f"{_LIST}:{number}",
        article=f"{_LIST}:{number}",
        outlet=_LIST,
        field="text",
        start=0,
        end=len(fact),
        text=fact,
        kind=ClaimKind.SENTENCE,
        sentence=Span(0, len(fact)),
        position=1,
    )


def _stated(claim: Claim, probability: float) -> StatedIn:
    return StatedIn(
        article=claim.article,
        field=claim.field,
        start=claim.start,
        end=claim.end,
        probability=probability,
    )
