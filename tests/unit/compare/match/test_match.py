from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from compare.datamodel import Claim, Span
from compare.embedding.encoder import Encoded
from compare.embedding.index import FaissIndex
from compare.embedding.tokens import Tokens, closest, starts_of
from compare.kinds import ClaimKind
from compare.language.names import names_of
from compare.language.wording import content_words, stem
from compare.learned import sigmoid
from compare.match.alignment import Coverage, Weighed, coverage
from compare.match.candidates import candidates
from compare.match.context_features import context
from compare.match.overlap import Numbered, ratio, terms
from compare.match.rules import CERTAIN, HUBS, IMPOSSIBLE, copies, copy_pairs, linked
from compare.match.scorer import load
from compare.match.units import Indices, Units, units_of


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_rare_words_that_two_texts_share_weigh_more_than_common_ones() -> None:
    found = terms([["plane", "ferry"], ["plane", "ferry"], ["plane"], ["plane", "owl"]])
    shared = found.shared(rows(0, 0, 2), rows(1, 2, 3))
    assert shared[0] > shared[1] == pytest.approx(shared[2])
    assert found.mass[0] == pytest.approx(shared[0])


def test_a_share_of_nothing_is_nothing() -> None:
    zero = np.zeros(2, dtype=np.float32)
    assert ratio(zero, zero).tolist() == [0.0, 0.0]
    assert terms([[], []]).shared(rows(0), rows(1)).tolist() == [0.0]


def test_runs_of_words_are_shared_where_all_of_a_run_is() -> None:
    numbered = Numbered()
    for row in ("a b c d", "b c d", "x a b", "", "c b"):
        numbered.add(row.split())
    pairs = rows(0, 0, 0, 1), rows(1, 2, 4, 4)
    assert (numbered.runs(2).shared(*pairs) > 0).tolist() == [True, True, False, False]
    assert (numbered.runs(3).shared(*pairs) > 0).tolist() == [True, False, False, False]
    assert (numbered.runs(3).mass > 0).tolist() == [True, True, True, False, False]
    assert not numbered.runs(5).mass.any()


@pytest.mark.parametrize(
    ("one", "other"), [("fired", "firing"), ("cities", "city"), ("resigned", "resigns")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_function_words_carry_no_content() -> None:
    assert [w.key for w in content_words("The mayor said that it was the ferry.")] == [
        "mayor",
        "ferry",
    ]


EVENT = [
    "Governor Ada Quill closed the ferry on Monday.",
    "On Monday the governor said the Northern Ferry Board was told.",
    "According to Governor Quill, the NFB knew, and the NFB agreed.",
    "A ferry is a boat, and Mr. Marsh likes boats.",
]


def test_persons_and_bodies_are_known_under_their_other_names() -> None:
    names = names_of(EVENT)
    assert "quill" in names.in_text(EVENT[0]) & names.in_text(EVENT[1]) & names.in_text(EVENT[2])
    assert {"northern", "board"} <= names.in_text(EVENT[1]) & names.in_text(EVENT[2])
    assert "marsh" in names.in_text(EVENT[3])
    assert not names.known & {"monday", "governor's", "the", "boat"}


def test_an_office_of_two_bearers_names_nobody() -> None:
    texts = [
        "Then Senator Roe spoke to Senator Vale.",
        "Here Senator Vale met Senator Roe.",
        "He told the senator.",
    ]
    assert not names_of(texts).in_text(texts[2])


def unit(*numbers: float) -> np.ndarray:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


Text = tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]


def covered(texts: list[Text], a: np.ndarray, b: np.ndarray) -> Coverage:
    """The coverage of texts given by their tokens' vectors and weights, and their parts."""
    vectors, weights, parts = zip(*texts, strict=True)
    starts = starts_of(np.array([len(v) for v in vectors]))
    moved = [np.array(p) + start for p, start in zip(parts, starts, strict=False) if p]
    weighed = Weighed(
        np.concatenate(weights),
        starts,
        np.concatenate(moved),
        starts_of(np.array([len(p) for p in parts])),
    )
    return coverage(weighed, closest(Tokens(np.concatenate(vectors), starts), a, b))


def test_a_short_statement_inside_a_long_text_is_found_by_its_part() -> None:
    east, north, up = unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)
    short = np.stack([east, north]), np.ones(2, dtype=np.float32), [(0, 2)]
    long = (
        np.stack([up, up, up, up, east, north]),
        np.ones(6, dtype=np.float32),
        [(0, 4), (4, 6)],
    )
    found = covered([short, long], rows(0), rows(1))
    assert found.whole[0] == pytest.approx([1.0, 1 / 3])
    assert found.part[0] == pytest.approx([1.0, 1.0])
    assert found.mass[0] == pytest.approx([2.0, 2.0])
    assert found.said[0] == pytest.approx([1.0, 1 / 3])


def test_coverage_is_the_same_whatever_else_is_compared() -> None:
    rng = np.random.default_rng(4)

    def text(n: int) -> Text:
        vectors = rng.normal(size=(n, 5)).astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        parts = [(0, n // 2), (n // 2, n)] if n > 1 else [(0, n)] * n
        return vectors, rng.random(n).astype(np.float32) + 0.1, parts

    texts = [text(n) for n in (4, 7, 0, 1, 6)]
    a, b = rows(0, 0, 0, 0, 1), rows(1, 2, 3, 4, 4)
    together = covered(texts, a, b)
    assert not together.whole[1].any(), "a text without tokens says nothing"
    for i in range(len(a)):
        alone = covered(texts, a[i : i + 1], b[i : i + 1])
        turned = covered(texts, b[i : i + 1], a[i : i + 1])
        for name in ("whole", "said", "part", "mass"):
            assert getattr(alone, name)[0] == pytest.approx(getattr(together, name)[i], abs=1e-5)
            assert getattr(turned, name)[0][::-1] == pytest.approx(
                getattr(alone, name)[0], abs=1e-5
            )


def line(article: int, position: int) -> Claim:
    return Claim(
        id=f"{article}-{position}",
        article=str(article),
        outlet=str(article),
        field="text",
        start=position * 10,
        end=position * 10 + 9,
        text=f"{article} {position}",
        kind=ClaimKind.SENTENCE,
        sentence=Span(position * 10, position * 10 + 9),
        position=position,
    )


def event_of(articles: int, sentences: int) -> Units:
    claims = [line(a, p) for a in range(articles) for p in range(1, sentences + 1)]
    nothing = Encoded(
        np.zeros(4, np.float32), np.zeros((0, 4), np.float32), np.zeros((0, 2), np.int32)
    )
    return units_of(claims, {c.id: nothing for c in claims})


def every_pair(units: Units) -> tuple[Indices, Indices]:
    return candidates(units, terms([[] for _ in range(len(units))]), copies(units), FaissIndex(), 4)


def test_a_small_event_has_every_pair_of_different_articles_once() -> None:
    a, b = every_pair(event_of(3, 4))
    assert len(a) == 3 * 16
    assert (a < b).all()
    assert len(set(zip(a.tolist(), b.tolist(), strict=True))) == len(a)


def test_a_rival_next_door_and_matching_neighbours_are_seen() -> None:
    units = event_of(2, 3)  # rows 0..2 and 3..5
    a, b = every_pair(units)
    chance = {(0, 3): 0.9, (0, 4): 0.4, (1, 4): 0.8}
    p = np.array([chance.get((i, j), 0.001) for i, j in zip(a, b, strict=True)], dtype=np.float32)
    found = context(units, a, b, p)
    row = {pair: k for k, pair in enumerate(zip(a.tolist(), b.tolist(), strict=True))}
    assert found["rival high"][row[0, 4]] > 2
    assert found["rival high"][row[0, 3]] < 0
    assert found["next both"][row[0, 3]] > 1
    assert found["previous both"][row[1, 4]] > 2
    assert found["rank high"][row[0, 4]] == pytest.approx(np.log1p(1))


def test_a_third_article_confirms_what_it_matches_on_both_sides() -> None:
    units = event_of(3, 2)  # rows 0 1, 2 3, 4 5
    a, b = every_pair(units)
    chance = {(0, 2): 0.3, (0, 4): 0.9, (2, 4): 0.8}
    p = np.array([chance.get((i, j), 0.001) for i, j in zip(a, b, strict=True)], dtype=np.float32)
    through = context(units, a, b, p)["through third"]
    row = {pair: k for k, pair in enumerate(zip(a.tolist(), b.tolist(), strict=True))}
    assert through[row[0, 2]] == pytest.approx(np.log(0.801 / 0.201), abs=1e-3)
    assert through[row[1, 3]] < -5


def test_a_large_event_looks_at_a_bounded_number_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compare.match.candidates.ALL_PAIRS_BELOW", 10)
    rng = np.random.default_rng(2)
    claims = [line(a, p) for a in range(20) for p in range(1, 6)]
    encoded = {
        c.id: Encoded(
            unit(*rng.normal(size=8)), np.zeros((0, 8), np.float32), np.zeros((0, 2), np.int32)
        )
        for c in claims
    }
    units = units_of(claims, encoded)
    phrases = terms([["the same rare run of words"] if i in {3, 77} else [] for i in range(100)])
    a, b = candidates(units, phrases, copies(units), FaissIndex(), 3)
    assert len(a) <= 100 * 3 + 1
    assert (3, 77) in set(zip(a.tolist(), b.tolist(), strict=True))
    assert (units.article[a] != units.article[b]).all()


@pytest.mark.parametrize("name", ["pair_plain", "pair_plain_context"])
def test_a_scorer_reads_its_data_file(name: str) -> None:
    model = load(name)
    assert model.centre is not None
    assert model.scale is not None
    assert len(model.features) == len(model.weights) == len(model.centre) == len(model.scale)
    assert np.all(model.scale > 0)
    average = {
        f: np.array([m], np.float32) for f, m in zip(model.features, model.centre, strict=True)
    }
    assert sigmoid(model.log_odds_of(average))[0] < 0.2


def said(*texts: str) -> Units:
    """One article a text."""
    nothing = Encoded(
        np.zeros(4, np.float32), np.zeros((0, 4), np.float32), np.zeros((0, 2), np.int32)
    )
    claims = [replace(line(i, 1), text=text) for i, text in enumerate(texts)]
    return units_of(claims, {c.id: nothing for c in claims})


def test_copies_are_the_same_and_other_fates_are_not() -> None:
    units = said(
        "The fire killed 20 people in Northgate.",
        "the fire killed 20 people in Northgate",
        "The fire injured 20 people in Northgate.",
    )
    half = np.full(3, 0.5, dtype=np.float32)
    found = linked(units, copies(units), rows(0, 0, 1), rows(1, 2, 2), half)
    assert found.tolist() == pytest.approx([CERTAIN, IMPOSSIBLE, IMPOSSIBLE])


def test_copies_are_linked_to_a_few_of_their_kind() -> None:
    text = "The mayor shut the old bridge."
    units = said(*[text] * 40, "He left.", "He left.")
    a, b = copy_pairs(copies(units))
    assert len(a) == HUBS * (HUBS - 1) // 2 + HUBS * (40 - HUBS)
    assert (a < b).all()
    assert {units.claims[row].text for row in (*a, *b)} == {text}
