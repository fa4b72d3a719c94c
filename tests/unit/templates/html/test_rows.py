from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from templates.html.legible import MARK, legible
from templates.html.rows import Rows


def shape(name: str, words: str) -> str:
    """A row that says its second value twice, and has a per cent sign of its own."""
    return f'<li title="{words}">{name}: {words} 100 %</li>'


def grouped(table: list[tuple[str, str]]) -> list[tuple[tuple[str, str]]]:
    """Rows of one group each: the shape says its values in no order."""
    return [(row,) for row in table]


def expected(table: list[tuple[str, str]]) -> str:
    shown = ((escape(legible(name)), escape(legible(words))) for name, words in table)
    return "".join(shape(str(name), str(words)) for name, words in shown)


@pytest.mark.parametrize(
    "words",
    [
        "a \N{SYMBOL FOR UNIT SEPARATOR} b",
        "x\ue001\ue000\N{SYMBOL FOR UNIT SEPARATOR}",
        "\x1f",
        "%s %(x)s",
        "<b>&amp;</b>",
        "",
    ],
)
def test_a_value_keeps_every_legible_character(words: str) -> None:
    table = [("one", words), (words, "two"), ("three", "plain")]
    assert Rows()("shape", shape, grouped(table)) == expected(table)


def test_what_is_not_legible_becomes_one_mark() -> None:
    assert Rows()("shape", shape, [(("a\x1fb", "c"),)]) == shape(f"a{MARK}b", "c")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_rows_are_what_each_value_escaped_alone_would_give(table: list[tuple[str, str]]) -> None:
    assert Rows()("shape", shape, grouped(table)) == expected(table)


def test_values_of_one_row_stay_apart_from_the_next() -> None:
    rows = Rows()
    rows("shape", shape, [(("a", "b"),)])
    assert rows("shape", shape, grouped([("c", "d"), ("e", "f")])) == expected(
        [("c", "d"), ("e", "f")]
    )


def in_turn(key: str, name: str, why: str) -> str:
    return f'<a id="{key}" href="#{key}">{name}</a>: {why}.'


def test_groups_of_a_row_are_set_in_their_order() -> None:
    table = [(("k",), ("<n>", "why")), (("k",), ("n", "&"))]
    assert Rows()("row", in_turn, table) == in_turn("k", "&lt;n&gt;", "why") + in_turn(
        "k", "n", "&amp;"
    )


def test_a_shape_that_mixes_its_groups_is_refused() -> None:
    with pytest.raises(ValueError, match="group after group"):
        Rows()("row", shape, [(("words come first",), ("and last",))])
