"""What an article carries from elsewhere, and the agencies it credits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article
from crawlers.extract.body.quotes import named_source
from crawlers.extract.page import extract_page

CARRIED = "The minister had promised the funds in writing, two officials with knowledge of the letter told the agency on Monday."
URL = "https://www.ellerymercury.example/news/terminal-closes"


def read(body: bytes) -> Article:
    result = extract_page(body, url=URL, outlet="Ellery Mercury")
    assert isinstance(result, Article), result
    return result


def test_a_block_quotation_is_kept_marked_and_sourced(make_page: Callable[..., bytes]) -> None:
    inside = (
        "<p>The promise was first reported abroad. According to Meridian Wire:</p>"
        f"<blockquote><p>{CARRIED}</p><p>The ministry declined to comment on the contents of the letter.</p></blockquote>"
        "<p>The council said that it had never seen any letter of the kind, and that it would ask for a copy.</p>"
    )
    article = read(make_page(inside=inside))
    (quoted,) = article.quoted
    span = article.text[quoted.start : quoted.end]
    assert span.startswith(CARRIED)
    assert span.endswith("contents of the letter.")
    assert (quoted.kind, quoted.source) == ("blockquote", "Meridian Wire")


def test_a_cite_element_names_the_source(make_page: Callable[..., bytes]) -> None:
    inside = f"<blockquote><p>{CARRIED}</p><cite>The Alderby Post</cite></blockquote><p>Nothing more is known about it so far, the council said.</p>"
    article = read(make_page(inside=inside))
    assert article.quoted[0].source == "The Alderby Post"


def test_an_embedded_post_is_kept_and_its_signature_becomes_the_source(
    make_page: Callable[..., bytes],
) -> None:
    post = "The pier belongs to all of us and we will fight for it in court, whatever the council says tonight."
    inside = (
        "<p>The chairman of the group reacted within minutes of the vote, in a post that was shared widely.</p>"
        f'<div class="embed"><blockquote class="twitter-tweet"><p>{post}</p>&mdash; Save the Pier (@savethepier) '
        '<a href="https://twitter.com/x">March 26, 2019</a></blockquote></div>'
        "<p>By the next morning more than two thousand people had signed the group's petition, it said.</p>"
    )
    article = read(make_page(inside=inside))
    (quoted,) = article.quoted
    assert article.text[quoted.start : quoted.end] == post
    assert (quoted.kind, quoted.source) == ("embed", "Save the Pier (@savethepier)")
    assert "March 26, 2019" not in article.text


def test_a_pull_quote_is_not_text(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    inside = '<blockquote class="pullquote"><p>Nobody wanted this outcome, but the pier is not safe</p></blockquote>'
    article = read(make_page(inside=inside))
    assert article.quoted == ()
    assert article.text == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("According to Reuters:", "Reuters"),
        ("Reuters reports:", "Reuters"),
        ("As The Alderby Post reported on Monday:", "The Alderby Post"),
        ("Here is what Meridian Wire wrote:", "Meridian Wire"),
        ("He added:", None),
        ("This is how it was:", None),
        ("The vote was close.", None),
    ],
)
def test_the_line_before_a_quotation_may_name_its_source(before: str, source: str | None) -> None:
    assert named_source(before) == source


@pytest.mark.parametrize(
    ("author", "inside", "expected"),
    [
        ("Reuters Staff", "", ("Reuters",)),
        ("Associated Press", "", ("AP",)),
        ("Ines Halloran", "<p>With reporting by the Associated Press</p>", ("AP",)),
        ("Ines Halloran", "<p>The Associated Press contributed to this report.</p>", ("AP",)),
        ("Ines Halloran", "<p>Agencies</p>", ("agencies",)),
        (
            "Ines Halloran",
            "<p>The council told Reuters on Wednesday that it would not comment on the matter any further.</p>",
            (),
        ),
        ("Ines Halloran", "", ()),
    ],
)
def test_agencies_are_credited_only_where_the_page_says_so(
    make_page: Callable[..., bytes],
    make_data: Callable[..., dict[str, Any]],
    author: str,
    inside: str,
    expected: tuple[str, ...],
) -> None:
    data = make_data(author={"@type": "Person", "name": author})
    assert read(make_page(inside=inside, data=data)).credits == expected


def test_a_dateline_credits_its_agency(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    first = f"PORT ELLERY, March 27 (Reuters) - {paragraphs[0]}"
    assert read(make_page(paragraphs=(first, *paragraphs[1:]))).credits == ("Reuters",)


def test_an_address_names_a_source_only_where_words_do_not(make_page: Callable[..., bytes]) -> None:
    quotation = f'<blockquote cite="https://www.meridian.example/1"><p>{CARRIED}</p></blockquote>'
    after = "<p>Nothing more is known about it so far, the council said on Wednesday.</p>"
    named = read(make_page(inside=f"<p>Meridian Wire reported:</p>{quotation}{after}"))
    assert named.quoted[0].source == "Meridian Wire"
    unnamed = read(make_page(inside=quotation + after))
    assert unnamed.quoted[0].source == "meridian.example"
    numbered = read(
        make_page(inside=quotation.replace("www.meridian.example", "127.0.0.1") + after)
    )
    assert numbered.quoted[0].source is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source: Meridian Wire", ("Meridian Wire",)),
        ("Source: Ellery Mercury Press", ()),
        ("Source: County records", ()),
    ],
)
def test_an_agency_that_nobody_listed_is_credited_by_name(
    make_page: Callable[..., bytes], line: str, expected: tuple[str, ...]
) -> None:
    body = make_page(inside=f'<p class="credit">{line}</p>')
    article = extract_page(body, url=URL, outlet="Ellery Mercury Press")
    assert isinstance(article, Article)
    assert article.credits == expected
