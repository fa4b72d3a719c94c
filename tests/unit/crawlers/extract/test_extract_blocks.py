"""Blocks of a page: a row of a table of data is one line, and boxes of a kind are known as such."""

from __future__ import annotations

from lxml import html

from crawlers.extract.blocks import blocks_of


def texts(body: str) -> list[str]:
    return [block.text for block in blocks_of(html.document_fromstring(body))]


def test_a_row_of_short_values_is_one_block() -> None:
    table = (
        "<table><tr><th>Place</th><th>Team</th></tr><tr><td>1</td><td>Quay Rovers</td></tr></table>"
    )
    assert texts(f"<p>The table:</p>{table}<p>After it.</p>") == [
        "The table:",
        "Place Team",
        "1 Quay Rovers",
        "After it.",
    ]


def test_a_table_that_lays_out_a_page_keeps_its_cells_apart() -> None:
    menu, story = "<td>Home</td>", "<td><p>The council met.</p><p>It voted.</p></td>"
    assert texts(f"<table><tr>{menu}{story}</tr></table>") == [
        "Home",
        "The council met.",
        "It voted.",
    ]
    long = "The council met and spoke of the bridge for the whole of a long afternoon. " * 2
    assert texts(f"<table><tr>{menu}<td>{long}</td></tr></table>") == ["Home", long.strip()]


def test_boxes_that_only_a_number_tells_apart_are_of_one_kind() -> None:
    page = (
        "<p class='par block-8omvl'>One.</p><p class='par block-2dd2'>Two.</p><p class=teaser>3</p>"
    )
    kinds = [
        " ".join(block.box.kind.split()) for block in blocks_of(html.document_fromstring(page))
    ]
    assert kinds == ["par", "par", "teaser"]
