from __future__ import annotations

import importlib.metadata
import json
from importlib.resources import files

import numpy as np
import pytest

from compare.embedding.adapter import load as load_adapter
from compare.gate import decide
from compare.learned import LearnedModel, Misfit, Origin, log_odds, sigmoid
from compare.match import scorer
from compare.verdicts.editorial import tone

RAW = {
    "intercept": -1.0,
    "fitted_on": "ten pages",
    "command": "fit",
    "encoder": "E",
    "features": {
        "long": {"weight": 2.0, "centre": 1.0, "scale": 2.0},
        "rare": {"weight": -1.0, "centre": 0.0, "scale": 1.0},
    },
}


def test_log_odds_are_a_weighed_sum_of_what_is_standardised_and_cut() -> None:
    model = LearnedModel.of(RAW, cut=3.0)
    rows = np.array([[1.0, 0.0], [3.0, 2.0], [1e9, 0.0]])
    assert model.log_odds(rows).tolist() == [-1.0, -1.0 + 2.0 - 2.0, -1.0 + 6.0]


def test_columns_by_name_give_what_rows_in_order_give() -> None:
    model = LearnedModel.of(RAW, cut=3.0, dtype=np.float32)
    rows = np.array([[0.5, 2.0], [4.0, -1.0]], dtype=np.float32)
    columns = {"rare": rows[:, 1], "unknown": rows[:, 0], "long": rows[:, 0]}
    assert model.log_odds_of(columns) == pytest.approx(model.log_odds(rows))
    partly = model.share({"rare": rows[:, 1]}) + model.share({"long": rows[:, 0]})
    assert partly + model.intercept == pytest.approx(model.log_odds(rows))
    with pytest.raises(KeyError):
        model.log_odds_of({"long": rows[:, 0]})


def test_plain_weights_are_read_in_the_order_that_is_asked_for() -> None:
    raw = {"intercept": 0.0, "weights": {"a": 1.0, "b": 10.0}}
    model = LearnedModel.of(raw, features=("b", "a"))
    assert model.log_odds(np.array([1.0, 2.0])) == 12.0


def test_probabilities_and_log_odds_undo_each_other_and_stay_finite() -> None:
    p = np.array([0.001, 0.4, 0.999])
    assert sigmoid(log_odds(p)) == pytest.approx(p)
    far = sigmoid(np.array([-1e9, 0.0, 1e9], dtype=np.float32))
    assert far.dtype == np.float32
    assert far == pytest.approx([0.0, 0.5, 1.0])
    assert np.isfinite(log_odds(np.array([0.0, 1.0]), edge=1e-3)).all()


def test_a_model_says_why_it_does_not_hold() -> None:
    origin = LearnedModel.of(RAW).origin
    assert origin.misfit("gate", "E") is None
    assert origin.misfit("gate", "F") == Misfit("gate", fitted_for="E", used_with="F")
    assert origin.misfit("gate", None) == Misfit("gate", fitted_for="E", used_with=None)
    assert Origin(fitted_on="pages", command="fit").misfit("body", None) is None


PAIRS = ("pair_plain", "pair_plain_context", "pair_learned", "pair_learned_context")


@pytest.mark.model
def test_every_fitted_file_says_what_on_how_and_holds_for_a_shipped_encoder() -> None:
    from compare.embedding.encoder import SentenceEncoder

    plain = SentenceEncoder().name
    adapted = f"{plain}+{load_adapter().name}"
    origins = {name: scorer.load(name).origin for name in PAIRS}
    assert {origins[name].encoder for name in PAIRS[:2]} == {plain}
    assert {origins[name].encoder for name in PAIRS[2:]} == {adapted}
    assert decide.load().misfit(adapted) is None
    assert decide.load().misfit(plain) is not None
    assert tone.shipped(plain).misfit is not None
    assert tone.shipped(adapted).misfit is None
    others = (decide.load().articles.origin, tone.shipped(adapted).plain.origin)
    body = json.loads(
        files("crawlers.extract.body").joinpath("body_weights.json").read_text("utf-8")
    )
    for origin in (*origins.values(), *others, Origin.of(body)):
        assert origin.fitted_on
        assert origin.command.startswith("python -m benchmarks.")


@pytest.mark.model
def test_no_version_of_a_library_is_in_an_encoder_s_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from compare.embedding.encoder import SentenceEncoder

    known = SentenceEncoder().name
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "99.1")
    assert SentenceEncoder().name == known
