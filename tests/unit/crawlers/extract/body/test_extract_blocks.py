"""Blocks of a page: a row of a table of data is one line, and boxes of a kind are known as such."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawlers.extract.body.block_features import signs_of
from crawlers.extract.body.blocks import Block, blocks_of, tidy
from crawlers.extract.body.references import References, body_references
from crawlers.extract.body.shingles import Reference
from crawlers.extract.metadata.page_metadata import page_metadata


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


def browser_shows(text: str) -> str:
    """What `tidy` is to give, said the long way."""
    text = re.sub(
        r"[^\S\n]+", " ", re.sub("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f]", "", text)
    )
    first, *others = re.sub(r" ?\n[ \n]*", "\n", text).strip().split("\n")
    for line in others:
        wraps = first[-1:] not in frozenset(".!?:;…\"'”’»)。！？」") and line[:1].islower()
        first += f" {line}" if wraps else f"\n{line}"
    return first


@given(st.text(st.sampled_from("aB. \n\t\u00a0\u00ad\u200b\x1f\u2028é"), max_size=12) | st.text())
def test_text_that_needs_little_tidying_is_tidied_like_any_other(text: str) -> None:
    assert tidy(text) == browser_shows(text)


@given(st.text(st.sampled_from("aZ9 -"), max_size=30) | st.text(max_size=30))
def test_digits_and_capitals_are_counted_alike_in_any_script(text: str) -> None:
    titles = References(*[Reference("")] * 4)
    box = blocks_of(html.document_fromstring("<p>x</p>"))[0].box
    names, rows = signs_of([Block(text + end, box) for end in ("x", "é")], titles)
    for name, belongs in (("digits", str.isdecimal), ("capitals", str.isupper)):
        assert (
            rows[:, names.index(name)].tolist() == [sum(map(belongs, text)) / (len(text) + 1)] * 2
        )


@pytest.mark.parametrize("behind", ["", "\n", "\x0c", "in town"])
def test_what_an_extractor_is_not_shown_is_in_the_page_again(behind: str) -> None:
    told = "".join(
        f"<p>The council of the town voted on item {k} of its list.</p>" for k in "abcdefgh"
    )
    root = html.document_fromstring(
        f"<body><nav><ul><li>Home</ul></nav>\n<article>{told}<aside>Also</aside> <nav>a</nav>{behind}</article>"
        "<footer><nav>Contact</nav> <aside>Terms<nav>b</nav></aside></footer></body>"
    )
    before = html.tostring(root)
    references, _ = body_references(root, page_metadata(root, "https://mercury.example/a"), "")
    assert references.extractor.size >= 11 * 8
    assert html.tostring(root) == before
