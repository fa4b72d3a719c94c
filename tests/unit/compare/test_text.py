from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from compare.datamodel import Span
from compare.text import LONGEST_SENTENCE, clauses, quotations, sentences, words


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two planes landed. Nobody said why.",
            ["Two planes landed.", "Nobody said why."],
        ),
        (
            "U.S. Rep. John Roe (D-Calif.) met Dr. Mira Vale at 6 p.m. on Monday. Then he left.",
            [
                "U.S. Rep. John Roe (D-Calif.) met Dr. Mira Vale at 6 p.m. on Monday.",
                "Then he left.",
            ],
        ),
        ("He lives in the U.S. The town is small.", ["He lives in the U.S.", "The town is small."]),
        ("J. K. Marsh paid $1.5 million.", ["J. K. Marsh paid $1.5 million."]),
        ("He said no. Nobody asked.", ["He said no.", "Nobody asked."]),
        ("It is No. 5 on the list.", ["It is No. 5 on the list."]),
        (
            "“We left.” She smiled. “Why?” Ms. Vale asked.",
            ["“We left.”", "She smiled.", "“Why?” Ms. Vale asked."],
        ),
        ("They waited ... and waited.", ["They waited ... and waited."]),
        ("One line\n\nanother line", ["One line", "another line"]),
        ("他说。我们走吧！", ["他说。", "我们走吧！"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


TABLE = Path(__file__).parent / "tables" / "sentences.toml"
GROUPS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["group"]


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row[0]) for g in GROUPS for row in g["texts"]]
)
def test_sentences_of_the_table(row: list[str]) -> None:
    text, *expected = row
    assert split(text) == (expected or [text])


def test_a_text_without_full_stops_is_cut_where_it_pauses() -> None:
    clause = "the river rose over the dyke and the mayor ran to the weir, "
    pieces = split(clause * 60)
    assert len(pieces) > 1
    assert all(piece.endswith("weir,") for piece in pieces)


def test_what_never_ends_is_cut_at_spaces() -> None:
    text = "word " * 2000
    assert max(len(piece) for piece in split(text)) <= LONGEST_SENTENCE
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and went.', ["we go"]),
        ("“It is ‘fine’,” he said.", ["It is ‘fine’,"]),
        ("‘We won’t go,’ he said. It’s the dogs’ day.", ["We won’t go,"]),
        ("«Nous partons», dit-il.", ["Nous partons"]),
        ("“It goes on.\n“And on.”", ["It goes on.", "And on."]),
        ("He is 6'2\" tall.", []),
        ('They are fine," he said. "We go."', ["They are fine,", "We go."]),
        ("It rained. They are fine,” he said.", ["They are fine,"]),
        (
            '"Good job," he said. They work. They find it all."',
            ["Good job,", "They work. They find it all."],
        ),
        ('"Sure," he said, "but no." Then he left.', ["Sure,", "but no."]),
    ],
)
def test_quotations_are_what_stands_between_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_clauses_are_the_parts_that_say_something() -> None:
    text = "The court blocked the law, which had passed in May, and sent it back to the senate."
    parts = [text[c.start : c.end] for c in clauses(text, Span(0, len(text)))]
    assert len(parts) >= 3
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert clauses("It rained hard.", Span(0, 15)) == [Span(0, 15)]


def test_words_are_compared_without_case_possessives_and_separators() -> None:
    keys = [w.key for w in words("The city’s 1,500 O'Neil-owned F-16s don’t fly.")]
    assert keys == ["the", "city", "1500", "o'neil-owned", "f-16s", "don't", "fly"]
