from __future__ import annotations

import numpy as np
import pytest

from compare.features.alignment import Tokens, coverage
from compare.features.names import names_of
from compare.features.overlap import ngrams, ratio, terms
from compare.features.wording import content_words, stem


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


def test_runs_of_words() -> None:
    assert ngrams(["a", "b", "c"], 2) == ["a b", "b c"]
    assert ngrams(["a", "b", "c", "d"], 3) == ["a b c", "b c d"]
    assert ngrams(["a"], 2) == ngrams(["a"], 3) == []


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


def test_a_short_statement_inside_a_long_text_is_found_by_its_part() -> None:
    east, north, up = unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)
    ones = np.ones(2, dtype=np.float32)
    short = Tokens(np.stack([east, north]), ones)
    long = Tokens(
        np.stack([up, up, up, up, east, north]), np.ones(6, dtype=np.float32), ((0, 4), (4, 6))
    )
    found = coverage([short, long], rows(0), rows(1))
    assert found.whole[0] == pytest.approx([1.0, 1 / 3])
    assert found.part[0] == pytest.approx([1.0, 1.0])
    assert found.said[0] == pytest.approx([1.0, 1 / 3])


def test_coverage_is_the_same_whatever_else_is_compared() -> None:
    rng = np.random.default_rng(4)

    def text(n: int) -> Tokens:
        vectors = rng.normal(size=(n, 5)).astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return Tokens(
            vectors,
            rng.random(n).astype(np.float32) + 0.1,
            ((0, n // 2), (n // 2, n)) if n > 1 else (),
        )

    texts = [text(n) for n in (4, 7, 0, 1, 6)]
    a, b = rows(0, 0, 0, 0, 1), rows(1, 2, 3, 4, 4)
    together = coverage(texts, a, b)
    for i in range(len(a)):
        alone = coverage(texts, a[i : i + 1], b[i : i + 1])
        turned = coverage(texts, b[i : i + 1], a[i : i + 1])
        for name in ("whole", "said", "part", "mass"):
            assert getattr(alone, name)[0] == pytest.approx(getattr(together, name)[i], abs=1e-5)
            assert getattr(turned, name)[0][::-1] == pytest.approx(
                getattr(alone, name)[0], abs=1e-5
            )
