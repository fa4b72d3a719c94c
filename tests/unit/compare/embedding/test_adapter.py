from __future__ import annotations

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from compare.embedding.adapter import (
    PLACES,
    STEEPNESS,
    Adapter,
    Interaction,
    Projected,
    load,
)
from compare.embedding.encoder import Encoded, unit
from compare.embedding.tokens import Aligned, closest
from compare.errors import ModelError

TEXTS = ["The mayor resigned on Monday.", "Monday's resignation of the mayor", "--", "Snow fell."]


def encoded(text: str, seed: int) -> Encoded:
    random = np.random.default_rng(seed)
    pieces = [i for i, c in enumerate(text) if c != " " and (i == 0 or text[i - 1] == " ")]
    offsets = np.array([(i, (text + " ").index(" ", i)) for i in pieces], dtype=np.int32)
    tokens = random.normal(size=(len(pieces), 384)).astype(np.float32)
    return Encoded(unit(tokens.mean(axis=0)), tokens, offsets)


def tokens(texts: Projected, i: int) -> np.ndarray:
    return texts.tokens.vectors[texts.tokens.starts[i] : texts.tokens.starts[i + 1]].astype(float)


def weights(texts: Projected, i: int) -> np.ndarray:
    return texts.weights[texts.tokens.starts[i] : texts.tokens.starts[i + 1]]


def aligned(texts: Projected, a: list[int], b: list[int]) -> Aligned:
    return closest(texts.tokens, np.array(a, dtype=np.int64), np.array(b, dtype=np.int64))


@pytest.fixture(scope="module")
def interaction() -> Interaction:
    return Interaction(load())


@pytest.fixture(scope="module")
def projected(interaction: Interaction) -> Projected:
    return interaction.project(TEXTS, [encoded(t, i) for i, t in enumerate(TEXTS)])


def test_tokens_are_unit_vectors_and_marks_weigh_nothing(projected: Projected) -> None:
    vectors = projected.tokens.vectors.astype(np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3), "of half precision"
    assert weights(projected, 2).max() < 1e-5
    assert weights(projected, 0).min() > 0


def test_a_word_that_more_texts_hold_weighs_less(interaction: Interaction) -> None:
    one = encoded("snow", 1)
    rare, often = (
        interaction.project(["snow", *others], [one, *(encoded(t, 2) for t in others)]).weights[0]
        for others in (["rain", "wind", "sun"], ["snow", "snow", "sun"])
    )
    assert rare > often


def test_pairs_compared_together_are_what_they_are_alone(
    interaction: Interaction, projected: Projected
) -> None:
    a, b = [0, 0, 0, 1, 3], [1, 2, 3, 3, 0]
    together = interaction.log_odds(projected, aligned(projected, a, b))
    alone = [
        interaction.log_odds(projected, aligned(projected, [i], [j]))[0]
        for i, j in zip(a, b, strict=True)
    ]
    assert np.allclose(together, alone, atol=1e-4)
    turned = interaction.log_odds(projected, aligned(projected, b, a))
    assert np.allclose(together, turned, atol=1e-4)


def test_features_are_the_alignment_worked_out_by_hand(
    interaction: Interaction, projected: Projected
) -> None:
    found = interaction.features(projected, aligned(projected, [0], [1]))[0]
    beta, tau = float(load().arrays["beta"]), float(load().arrays["tau"])

    def ways(x: int, y: int) -> tuple[float, float, float]:
        best = [max(float(t @ u) for u in tokens(projected, y)) for t in tokens(projected, x)]
        weigh = weights(projected, x)
        share = [float(w) / float(weigh.sum()) for w in weigh]
        mean = sum(s * m for s, m in zip(share, best, strict=True))
        peaks = sum(s * math.exp(beta * (m - 1)) for s, m in zip(share, best, strict=True))
        mass = sum(
            w / (1 + math.exp(-STEEPNESS * (m - tau))) for w, m in zip(weigh, best, strict=True)
        )
        return mean, math.log(peaks) / beta + 1, math.log1p(mass)

    sides = zip(ways(0, 1), ways(1, 0), strict=True)
    cosine = float(projected.directions[0] @ projected.directions[1])
    expected = [cosine, *(f(s) for s in sides for f in (min, max))]
    lengths = sorted(math.log1p(float(weights(projected, i).sum())) - 2 for i in (0, 1))
    assert np.allclose(found, [*expected, *lengths], atol=1e-4)


def test_the_same_text_twice_is_likelier_the_same_than_two_of_nothing_in_common(
    interaction: Interaction, projected: Projected
) -> None:
    twice, apart = interaction.log_odds(projected, aligned(projected, [0, 0], [0, 3]))
    assert twice > 0 > apart


def test_a_text_without_tokens_matches_nothing(interaction: Interaction) -> None:
    nothing = Encoded(
        np.zeros(384, np.float32), np.zeros((0, 384), np.float32), np.zeros((0, 2), np.int32)
    )
    texts = interaction.project(["", "Snow fell."], [nothing, encoded("Snow fell.", 3)])
    odds = interaction.log_odds(texts, aligned(texts, [0, 1, 0], [1, 0, 0]))
    assert (odds < 0).all()
    assert len(interaction.log_odds(texts, aligned(texts, [], []))) == 0


def test_an_adapter_that_is_not_there_or_is_none_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read the adapter"):
        load(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("no numbers")
    with pytest.raises(ModelError, match="cannot read the adapter"):
        load(tmp_path / "text.npz")


def test_its_name_changes_with_its_numbers(tmp_path: Path) -> None:
    names = set()
    for value in (1.0, 2.0):
        np.savez(tmp_path / "a.npz", tau=np.float32(value))
        names.add(load(tmp_path / "a.npz").name)
    assert len(names) == 2


def test_it_says_what_it_was_fitted_on_and_is_small() -> None:
    data = Path(__file__).parents[4] / "compare" / "data"
    told = json.loads((data / "adapter.json").read_text("utf-8"))
    assert told["command"] == "python -m benchmarks.fit.adapter --write"
    assert "68 labelled events" in told["fitted_on"]
    assert (data / "adapter.npz").stat().st_size < 4 << 20


@pytest.mark.model
def test_merging_adds_the_low_rank_product_to_the_right_weights() -> None:
    torch = pytest.importorskip("torch")
    changed = torch.zeros(4, 3)
    layer = SimpleNamespace(
        attention=SimpleNamespace(self=SimpleNamespace(query=SimpleNamespace(weight=changed)))
    )
    a, b = np.ones((2, 3), np.float32), np.full((4, 2), 0.5, np.float32)
    adapter = Adapter({"0.query.a": a, "0.query.b": b}, "x")
    adapter.merge_into(SimpleNamespace(encoder=SimpleNamespace(layer=[layer])))
    assert torch.equal(changed, torch.ones(4, 3))
    with pytest.raises(ModelError, match="does not fit this model"):
        adapter.merge_into(SimpleNamespace(encoder=SimpleNamespace(layer=[])))
    assert {key.split(".")[1] for key in load().arrays if key.endswith(".a")} == set(PLACES)
