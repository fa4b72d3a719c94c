"""Sentences read beside their neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.embedding.encoder import SentenceEncoder
from compare.embedding.passages import MOST_CHARACTERS, encode_in_place, joined, passages

TEXTS = st.lists(st.text(max_size=MOST_CHARACTERS), max_size=12)


@given(TEXTS)
def test_every_text_is_in_one_passage_in_order(texts: list[str]) -> None:
    runs = passages(texts)
    assert [i for run in runs for i in run] == list(range(len(texts)))
    assert all(len(run) == 1 or sum(len(texts[i]) for i in run) <= MOST_CHARACTERS for run in runs)


@given(TEXTS)
def test_texts_are_found_again_in_the_passage(texts: list[str]) -> None:
    whole, starts = joined(texts)
    assert [whole[s : s + len(t)] for s, t in zip(starts, texts, strict=True)] == texts


@pytest.mark.model
def test_a_sentence_is_read_by_what_stands_around_it() -> None:
    encoder = SentenceEncoder()
    bridge = ["The mayor closed the bridge.", "He said so on Monday."]
    bakery = ["The baker opened a shop.", "He said so on Monday."]
    of_bridge, of_bakery, alone = encode_in_place([bridge, bakery, bridge[1:]], encoder)
    assert [e.tokens.shape for e in of_bridge] == [(6, 384), (6, 384)]
    for text, encoded in zip(bridge, of_bridge, strict=True):
        assert encoded.offsets[0].tolist() == [0, len(text.split()[0])]
        assert encoded.offsets[-1].tolist() == [len(text) - 1, len(text)]
    (mayor,) = encoder.encode(["The mayor said so on Monday."])
    assert of_bridge[1].vector @ mayor.vector > of_bakery[1].vector @ mayor.vector
    assert not np.allclose(of_bridge[1].vector, alone[0].vector, atol=1e-3)


@pytest.mark.model
def test_articles_without_texts_have_nothing_encoded() -> None:
    assert encode_in_place([[], []], SentenceEncoder()) == [[], []]
