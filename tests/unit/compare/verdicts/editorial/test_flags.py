from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest

from compare.embedding.adapter import load
from compare.embedding.encoder import Encoded
from compare.verdicts import flag_sentences
from compare.verdicts.editorial.tone import shipped

LOADED = "The disgraced dictator humiliated and slammed his spineless critics again."
PLAIN = "The committee will meet on Monday at the town hall."


class Unknown:
    """An encoder that no weights were fitted for."""

    name = "unknown"
    dimension = 4

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        zero = np.zeros((1, 4), dtype=np.float32)
        return [Encoded(zero[0], zero, np.array([[0, 1]], dtype=np.int32)) for _ in texts]


def test_with_an_unknown_encoder_the_lexicon_decides_and_shows_its_words() -> None:
    loaded, plain = flag_sentences([LOADED, PLAIN], encoder=Unknown())
    assert loaded.editorialized
    assert {LOADED[c.start : c.end] for c in loaded.cues} >= {"dictator", "humiliated"}
    assert not plain.editorialized
    assert plain.cues == ()
    assert loaded.score > plain.score


def test_quoted_words_are_never_cues() -> None:
    (flag,) = flag_sentences([f"“{LOADED}” Ana Roe said."], encoder=Unknown())
    assert not flag.editorialized


@pytest.mark.parametrize("text", ["", " ", "…", "!!!", "“", "a" * 5000])
def test_nothing_to_read_is_nothing_to_flag(text: str) -> None:
    (flag,) = flag_sentences([text], encoder=Unknown())
    assert not flag.editorialized


def test_the_shipped_weights_say_how_often_they_are_right() -> None:
    assert shipped("unknown").thresholds.keys() >= {"plain", "alone", "in article", "listed cue"}


@pytest.mark.model
def test_the_real_encoder_marks_the_words_that_decided() -> None:
    from compare.embedding.encoder import SentenceEncoder

    loaded, plain = flag_sentences([LOADED, PLAIN], encoder=SentenceEncoder())
    assert loaded.editorialized
    assert loaded.cues
    assert not plain.editorialized


def test_there_are_weights_for_the_encoder_that_ships_with_its_adapter() -> None:
    """A new adapter needs `benchmarks/fit/editorial.py` again: else the lexicon alone would decide."""
    models = json.loads(files("compare").joinpath("data/editorial.json").read_text("utf-8"))[
        "models"
    ]
    assert any(name.endswith(f"+{load().name}") for name in models)
    assert any("+" not in name for name in models)
