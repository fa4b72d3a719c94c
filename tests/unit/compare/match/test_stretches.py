"""Which stretch of a sentence another one states, by the real encoder."""

from __future__ import annotations

import numpy as np
import pytest

from compare.claims import claims_of
from compare.datamodel import Article
from compare.embedding.open import open_encoder
from compare.match.pair_features import evidence_of
from compare.match.stretches import Stretches
from compare.match.units import units_of
from compare.pipeline import encode_claims, interaction_of

LONG = "The harbour master resigned on Tuesday, and a diver found the missing anchor chain near the pier."


def part(other: str) -> str | None:
    """What of the long sentence the other one states; None for all of it."""
    encoder = open_encoder()
    articles = [
        Article(id="a", outlet="A", title="", text=LONG),
        Article(id="b", outlet="B", title="", text=other),
    ]
    claims = [c for a in articles for c in claims_of(a)]
    units = units_of(claims, encode_claims(claims, encoder, lambda *_: None))
    cut = Stretches(evidence_of(units, interaction_of(encoder)))
    (left,), _ = cut.of(np.array([0]), np.array([1]))
    return units.parts[0][left].text if left >= 0 else None


@pytest.mark.model
def test_the_clause_that_the_other_sentence_states_is_the_stretch() -> None:
    first = part("The master of the harbour has resigned, the town said on Tuesday.")
    second = part("Near the pier a diver has found the missing chain of an anchor.")
    assert first is not None
    assert "resigned" in first
    assert "diver" not in first
    assert second is not None
    assert "diver" in second
    assert "resigned" not in second


@pytest.mark.model
def test_a_copy_states_all_of_it() -> None:
    assert part(LONG) is None
