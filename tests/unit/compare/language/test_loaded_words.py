from __future__ import annotations

import pytest

from compare.language.hedging import hedges
from compare.language.loaded_words import inflections, lexicon, loaded
from compare.language.polarity import negations
from compare.language.stems import content_stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The planes reportedly carried troops.", ["reportedly"]),
        ("It may have been closed.", ["may have"]),
        ("He is believed to be abroad.", ["is believed to"]),
        ("She appears to agree.", ["appears to"]),
        ("It was closed on Friday.", []),
        ("the alleged thief", ["alleged"]),
    ],
)
def test_hedges(text: str, words: list[str]) -> None:
    assert [text[h.start : h.end] for h in hedges(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He did not go.", ["not"]),
        ("She didn’t go.", ["didn’t"]),
        ("They denied it.", ["denied"]),
        ("Not only planes came.", []),
        ("no fewer than ten", []),
        ("They came.", []),
        ("The term is not less than 28 years, no doubt.", []),
        ("Dozens, if not hundreds, of homes burned.", []),
        ("He does not want less than that.", ["not"]),
    ],
)
def test_negations(text: str, words: list[str]) -> None:
    assert [text[n.start : n.end] for n in negations(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The dictator humiliated him.", ["dictator", "humiliated"]),
        ("The senator slammed the plan.", ["slammed"]),
        ("Mayor blasts rival", ["blasts"]),
        ("They lashed out at critics.", ["lashed out"]),
        ("Benjamin Jealous spoke first.", []),
        ("The planes landed on Saturday.", []),
    ],
)
def test_loaded_words_are_found_as_written(text: str, words: list[str]) -> None:
    assert [text[p.start : p.end] for p in loaded(text)] == words


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("slam", "slammed"),
        ("cave", "caving"),
        ("decry", "decried"),
        ("go", "went"),
        ("bash", "bashes"),
    ],
)
def test_verbs_are_inflected(verb: str, form: str) -> None:
    assert form in inflections(verb)


def test_every_entry_of_the_lexicon_has_a_kind() -> None:
    assert all(kind and entry for some in lexicon().values() for _, kind, entry in some)


def test_stems_join_inflections() -> None:
    assert content_stems("They landed") == content_stems("the landing")


@pytest.mark.parametrize(
    ("text", "loaded_there"),
    [
        ("The lorry slammed into a tree.", False),
        ("The senator slammed the bill.", True),
        ("The mill crushed the ore.", False),
        ("The party crushed the revolt.", True),
        ("The firm dumped 40 tonnes of sand.", False),
        ("Waves battered the coast.", False),
        ("The paper battered the mayor.", True),
        ("Rioters smashed several shop windows.", False),
    ],
)
def test_a_verb_done_to_a_thing_that_can_be_touched_is_meant_literally(
    text: str, *, loaded_there: bool
) -> None:
    assert bool(loaded(text)) is loaded_there
