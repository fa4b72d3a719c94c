"""What the real encoder does: these tests run the packaged model."""

from __future__ import annotations

import numpy as np
import pytest

from compare.embedding import probe
from compare.embedding.adapter import load
from compare.embedding.encoder import MAX_WINDOWS, SentenceEncoder
from compare.errors import ModelError
from compare.learned import Misfit
from compare.verdicts.editorial.tone import shipped

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_length_one_and_tokens_lie_in_the_text(encoder: SentenceEncoder) -> None:
    text = "The mayor closed the bridge."
    (encoded,) = encoder.encode([text])
    assert encoded.vector.shape == (encoder.dimension,)
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-3)
    assert [
        text[s:e].lower() for s, e in encoded.offsets
    ] == "the mayor closed the bridge .".split()
    assert encoded.tokens.shape == (6, encoder.dimension)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    bridge, closed, cake = encoder.encode(
        ["The mayor closed the bridge.", "The bridge was shut by the mayor.", "She likes cake."]
    )
    assert bridge.vector @ closed.vector > bridge.vector @ cake.vector


def test_the_numbers_are_those_that_a_cache_gives_back(encoder: SentenceEncoder) -> None:
    (encoded,) = encoder.encode(["The bridge over the river was closed on Sunday."])
    for numbers in (encoded.vector, encoded.tokens):
        assert np.array_equal(numbers, numbers.astype(np.float16).astype(np.float32))


def test_a_text_gets_the_same_vector_whatever_is_beside_it(encoder: SentenceEncoder) -> None:
    texts = [
        "Short.",
        "A much longer sentence about the mayor, the bridge and the ferry.",
        "Short.",
    ]
    together = encoder.encode(texts)
    (alone,) = encoder.encode(texts[:1])
    assert together[0] is together[2]
    assert np.allclose(alone.vector, together[0].vector, atol=1e-5)


def test_a_part_is_read_from_the_pass_of_the_whole(encoder: SentenceEncoder) -> None:
    text = "The mayor closed the bridge, and the baker sold bread."
    whole, bread = encoder.encode([text, "the baker sold bread"])
    start = text.index("the baker")
    first, second = whole.part(0, start), whole.part(start, len(text))
    assert second @ bread.vector > first @ bread.vector
    assert np.array_equal(whole.part(len(text), len(text) + 5), whole.vector)


def test_a_slice_is_a_text_of_its_own_with_its_tokens_where_they_stand(
    encoder: SentenceEncoder,
) -> None:
    text = "The mayor closed the bridge. He resigned."
    (whole,) = encoder.encode([text])
    he = whole.slice(text.index("He"), len(text))
    assert ["He resigned."[s:e] for s, e in he.offsets] == ["He", "resigned", "."]
    assert np.array_equal(he.tokens, whole.tokens[-3:])
    assert np.linalg.norm(he.vector) == pytest.approx(1, abs=1e-3)
    nothing = whole.slice(len(text), len(text))
    assert nothing.tokens.shape == (0, encoder.dimension)
    assert np.array_equal(nothing.vector, whole.vector)


def test_long_and_empty_texts_are_encoded_within_bounds(encoder: SentenceEncoder) -> None:
    long, empty = encoder.encode(["word " * 5000, ""])
    assert 256 < len(long.tokens) <= MAX_WINDOWS * 256
    assert empty.tokens.shape == (0, encoder.dimension)
    assert encoder.encode([]) == []


def test_a_model_that_is_not_there_is_said_not_to_be(tmp_path: object) -> None:
    with pytest.raises(ModelError, match=r"cannot load the model .*nowhere"):
        SentenceEncoder(f"{tmp_path}/nowhere")


def test_an_adapted_encoder_is_named_by_what_was_read_not_by_rounded_sums(
    encoder: SentenceEncoder,
) -> None:
    """What was learned for a name must be found on every processor, however it rounds."""
    adapter = load()
    assert SentenceEncoder(adapter=adapter).name == f"{encoder.name}+{adapter.name}"


def test_a_probe_reads_each_token_of_its_layers_in_the_same_pass() -> None:
    learned = load()
    texts = ["The mayor closed the bridge.", "Nobody came. " * 200]
    bare = SentenceEncoder(adapter=learned).encode(texts)
    whole_layer = SentenceEncoder(adapter=learned, probe=probe.whole((3, 5))).encode(texts)
    found = SentenceEncoder(adapter=learned, probe=probe.load(learned.name)).encode(texts)
    for plain, layer, read in zip(bare, whole_layer, found, strict=True):
        assert plain.probed is None
        assert layer.probed is not None
        assert read.probed is not None
        assert np.array_equal(plain.tokens, read.tokens)
        assert layer.probed.shape == (len(plain.tokens), 2 * plain.tokens.shape[1])
        assert len(read.probed) == len(plain.tokens)
        part = read.slice(4, 9)
        assert part.probed is not None
        assert len(part.probed) == len(part.tokens)


def test_the_shipped_probe_and_the_weights_over_it_are_of_the_shipped_adapter(
    encoder: SentenceEncoder,
) -> None:
    """A new adapter needs `benchmarks/fit/editorial.py` again: else words alone would decide."""
    adapted = f"{encoder.name}+{load().name}"
    assert probe.load(load().name) is not None
    assert probe.load("another") is None
    assert shipped(adapted).misfit is None
    assert shipped("another").misfit == Misfit("loaded words", adapted, "another")
