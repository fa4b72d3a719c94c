"""An article counts as full only where nothing says that there is more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article, Completeness
from crawlers.discovery.found import FoundUrl
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"


def judged(body: bytes, url: str = URL, hint: FoundUrl | None = None) -> Article:
    result = extract_page(body, url=url, outlet="Ellery Mercury", hint=hint)
    assert isinstance(result, Article), result
    return result


def test_a_whole_article_is_full_with_a_reason(make_page: Callable[..., bytes]) -> None:
    article = judged(make_page())
    assert article.completeness is Completeness.FULL
    assert article.completeness_reason


@pytest.mark.parametrize(
    "wall",
    [
        '<div class="paywall-overlay"><h3>Subscribe to continue reading</h3><p>Already a subscriber? Log in</p></div>',
        "<div><p>This article is for subscribers only.</p><a href='/join'>Join now</a></div>",
        "<div><p>You have reached your limit of free articles this month.</p></div>",
    ],
)
def test_a_wall_after_the_text_is_no_full_article(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...], wall: str
) -> None:
    article = judged(make_page(paragraphs=paragraphs[:3], inside=wall))
    assert article.completeness is Completeness.PAYWALLED
    assert "subscri" not in article.text.lower()


def test_a_page_that_states_it_is_paid_is_paywalled_unless_all_of_it_is_there(
    make_page: Callable[..., bytes],
    make_data: Callable[..., dict[str, Any]],
    paragraphs: tuple[str, ...],
) -> None:
    paid = make_data(isAccessibleForFree="False")
    assert judged(make_page(data=paid)).completeness is Completeness.PAYWALLED
    all_there = paid | {"articleBody": "\n".join(paragraphs)}
    assert judged(make_page(data=all_there)).completeness is Completeness.FULL


def test_less_than_the_stated_length_is_truncated(
    make_page: Callable[..., bytes], make_data: Callable[..., dict[str, Any]]
) -> None:
    article = judged(make_page(data=make_data(wordCount=900)))
    assert article.completeness is Completeness.TRUNCATED
    assert "900" in article.completeness_reason


def test_less_than_the_feed_carries_is_truncated(make_page: Callable[..., bytes]) -> None:
    hint = FoundUrl(url=URL, source="https://feed.example/", body=9_000)
    assert judged(make_page(), hint=hint).completeness is Completeness.TRUNCATED


@pytest.mark.parametrize(
    "last",
    [
        "The court in Alderby, which has dealt with the matter before, is expected to",
        "The court in Alderby, which has dealt with the matter before, is expected to...",
        "The court in Alderby, which has dealt with the matter before, is […]",
    ],
)
def test_a_text_that_breaks_off_is_truncated(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...], last: str
) -> None:
    article = judged(make_page(paragraphs=(*paragraphs, last)))
    assert article.completeness is Completeness.TRUNCATED


def test_a_continue_link_is_truncated(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    article = judged(
        make_page(paragraphs=paragraphs[:4], inside='<p><a href="?all">Continue reading</a></p>')
    )
    assert article.completeness is Completeness.TRUNCATED


@pytest.mark.parametrize(
    ("changes", "url", "kind"),
    [
        (
            {"data": {"@type": "LiveBlogPosting", "headline": "Vote night"}},
            URL,
            Completeness.LIVE_BLOG,
        ),
        ({}, "https://www.ellerymercury.example/live/terminal", Completeness.LIVE_BLOG),
        ({"heading": "Ferry vote live updates: council meets"}, URL, Completeness.LIVE_BLOG),
        ({"heading": "Morning briefing: ferries, taxes and a baker"}, URL, Completeness.ROUNDUP),
    ],
)
def test_other_kinds_of_pages_are_named(
    make_page: Callable[..., bytes], changes: dict[str, Any], url: str, kind: Completeness
) -> None:
    assert judged(make_page(**changes), url=url).completeness is kind


def test_a_video_page_is_one(make_page: Callable[..., bytes], paragraphs: tuple[str, ...]) -> None:
    body = make_page(
        paragraphs=paragraphs[:2], head='<meta property="og:type" content="video.other">'
    )
    assert judged(body).completeness is Completeness.VIDEO


@pytest.mark.parametrize(
    ("document", "completeness"),
    [
        ("statement", Completeness.FULL),
        ("press release", Completeness.FULL),
        ("rulings", Completeness.FULL),
        ("report", Completeness.TRUNCATED),
        ("story", Completeness.TRUNCATED),
        ("article", Completeness.TRUNCATED),
    ],
)
def test_a_link_to_a_document_in_full_is_no_link_to_the_rest_of_the_text(
    make_page: Callable[..., bytes],
    paragraphs: tuple[str, ...],
    document: str,
    completeness: Completeness,
) -> None:
    last = f"Click <a href='https://council.example/it'>here to read the full {document}</a> of the council."
    page = make_page(paragraphs=(*paragraphs, last))
    assert judged(page).completeness is completeness


def test_a_few_words_are_not_known_to_be_all(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    assert judged(make_page(paragraphs=paragraphs[:2])).completeness is Completeness.UNKNOWN


def test_a_table_that_was_not_read_may_hold_what_seems_left_out(
    make_page: Callable[..., bytes],
) -> None:
    rows = "".join(
        f"<tr><td>Crossing number {n}</td><td>carried about {n * 70} passengers that day</td></tr>"
        for n in range(1, 40)
    )
    table = f"<table>{rows}</table>"
    read = judged(make_page(inside=table))
    assert "carried about 70 passengers" in read.text
    assert read.completeness is Completeness.FULL, "a table has no sentence that could break off"
    unread = judged(make_page(inside=f"<div class='widget newsletter'>{table}</div>"))
    assert "carried about 70 passengers" not in unread.text
    assert unread.completeness is Completeness.UNKNOWN
    assert "tables" in unread.completeness_reason
