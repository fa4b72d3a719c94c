"""Whatever bytes come, extraction answers with an article or a failure, and the same one each time."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.datamodel import Article, Failure
from crawlers.extract.body.blocks import blocks_of
from crawlers.extract.markup import parsed
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])

words = st.sampled_from(
    [
        "harbour",
        "council",
        "voted.",
        "“No,”",
        "said",
        "Reuters",
        "—",
        "&amp;",
        "40,000",
        "\x00",
        "é",
        "漢字",
    ]
)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)
tags = st.sampled_from(
    [
        "p",
        "div",
        "blockquote",
        "h2",
        "li",
        "td",
        "span",
        "a",
        "figcaption",
        "article",
        "nav",
        "script",
        "table",
        "b",
    ]
)
attributes = st.sampled_from(
    [
        "",
        ' class="article-body"',
        ' hidden=""',
        ' class="twitter-tweet"',
        ' style="display:none"',
        ' id="comments"',
        " class=",
        ' class="paywall"',
    ]
)
soup = st.recursive(
    sentences,
    lambda inner: st.builds(
        lambda t, a, parts, close: f"<{t}{a}>{''.join(parts)}{f'</{t}>' if close else ''}",
        tags,
        attributes,
        st.lists(inner, max_size=4),
        st.booleans(),
    ),
    max_leaves=25,
)


@given(st.binary(max_size=400))
@SLOW
def test_any_bytes_are_answered(body: bytes) -> None:
    assert isinstance(extract_page(body, url=URL, outlet="Mercury"), Article | Failure)


@given(soup)
@SLOW
def test_any_markup_is_answered_with_spans_inside_the_text(markup: str) -> None:
    body = f"<html><body>{markup}</body></html>".encode()
    result = extract_page(body, url=URL, outlet="Mercury")
    assert result == extract_page(body, url=URL, outlet="Mercury")
    if isinstance(result, Article):
        assert result.text.strip()
        last = 0
        for quoted in result.quoted:
            assert last <= quoted.start < quoted.end <= len(result.text)
            last = quoted.end


@given(soup)
@SLOW
def test_blocks_are_tidy_and_never_longer_than_their_links(markup: str) -> None:
    root = parsed(f"<html><body>{markup}</body></html>".encode())
    assert not isinstance(root, str)
    for block in blocks_of(root):
        assert block.text == block.text.strip() != ""
        assert "\x00" not in block.text
        assert 0 <= block.linked <= len(block.text)
