from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from compare.datamodel import Cue
from compare.embedding.encoder import Encoded
from compare.language.attribution import reported
from compare.language.loaded_words import loaded
from compare.text import words
from compare.verdicts import flag_sentences
from compare.verdicts.editorial.flags import cues_of, flags_of
from compare.verdicts.editorial.tone import Tone, shipped
from compare.verdicts.evidence import Sentence

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


def test_an_outlets_own_name_and_a_title_are_no_cues() -> None:
    own = "Rogue Tyrant Gazette readers met on Monday in the hall."
    flags = flags_of([sentence(own, outlet="Rogue Tyrant Gazette")], [None], shipped(None))
    assert not flags[0].cues
    titled = "She plays the lead in Vicious Liars, a series that begins on Monday."
    assert not any("Liars" in titled[c.start : c.end] for c in cues_alone(titled))


def test_words_that_others_say_are_no_cues() -> None:
    for text in (
        f"Ana Roe said that {LOADED.lower()}",
        "Ana Roe called the mayor a disgraced dictator and a spineless liar.",
    ):
        assert cues_alone(text) == ()


def test_one_telling_word_or_two_others() -> None:
    limits = {"telling cue": 0.0, "other cue": 0.0, "clear cue": 2.0}
    one = sentence("The deeply odd plan went ahead.")
    places = np.array([[4, 10], [11, 14], [15, 19], [20, 24], [25, 30]], dtype=np.int32)

    def cues(*strengths: float) -> int:
        tone = Tone(
            tuple(loaded(one.text)), np.array(strengths), places, np.zeros(0, dtype=np.float64)
        )
        return len(cues_of(one, tone, limits, 0.0))

    assert cues(1.0, -1.0, -1.0, -1.0, -1.0) == 0
    assert cues(1.0, 1.0, -1.0, -1.0, -1.0) == 2
    assert cues(3.0, -1.0, -1.0, -1.0, -1.0) == 1


LIMITS = {"telling cue": -4.0, "other cue": -3.0, "clear cue": -2.0}


def shown(text: str, strengths: dict[str, float]) -> list[str]:
    """The cues of a sentence whose words have these strengths, all others hardly any."""
    one = replace(sentence(text), reported=tuple(reported(text)))
    spoken = words(text)
    tone = Tone(
        tuple(loaded(text)),
        np.array([strengths.get(w.text, -6.0) for w in spoken]),
        np.array([[w.start, w.end] for w in spoken], dtype=np.int32),
        np.zeros(0, dtype=np.float64),
    )
    return [text[c.start : c.end] for c in cues_of(one, tone, LIMITS, -1.5)]


def test_a_telling_word_is_shown_beside_a_stronger_one() -> None:
    text = "The dictator humiliated the city."
    assert shown(text, {"dictator": -2.0, "humiliated": -0.2}) == ["dictator", "humiliated"]


def test_a_verb_of_saying_and_a_word_of_time_do_not_tell_by_themselves() -> None:
    text = "Both still back Ana Roe, who accuses the council of plotting her fall."
    assert shown(text, {"still": -0.5, "accuses": -0.5}) == []
    assert shown("Both gloated at the town hall.", {"gloated": -0.5}) == ["gloated"]


def test_a_doubting_verb_of_saying_is_still_loaded() -> None:
    assert shown("Ana Roe claimed that it rained.", {"claimed": -0.5}) == ["claimed"]


def sentence(text: str, outlet: str = "") -> Sentence:
    return Sentence("a", outlet, "text", 0, text, 1, (), (), None)


def cues_alone(text: str) -> tuple[Cue, ...]:
    (flag,) = flag_sentences([text], encoder=Unknown())
    return flag.cues


@pytest.mark.model
def test_the_real_encoder_marks_the_words_that_decided() -> None:
    from compare.embedding.open import open_encoder

    loaded, plain = flag_sentences([LOADED, PLAIN], encoder=open_encoder())
    assert loaded.editorialized
    assert loaded.cues
    assert not plain.editorialized
