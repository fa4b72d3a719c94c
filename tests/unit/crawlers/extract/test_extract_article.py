"""What a page's article is: its text, its metadata with their sources, its id and address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article, Completeness
from crawlers.discovery.found import FoundUrl
from crawlers.extract.page import canonical_of, extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"


def read(body: bytes, **known: Any) -> Article:
    result = extract_page(body, url=known.pop("url", URL), outlet="Ellery Mercury", **known)
    assert isinstance(result, Article), result
    return result


def test_the_text_is_the_paragraphs_and_nothing_around_them(
    make_page: Callable[..., bytes],
    make_data: Callable[..., dict[str, Any]],
    paragraphs: tuple[str, ...],
) -> None:
    article = read(make_page(data=make_data()))
    assert article.text == "\n\n".join(paragraphs)
    assert article.completeness is Completeness.FULL
    assert article.language == "en"
    assert article.quoted == ()


def test_furniture_inside_the_body_is_left_out(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    inside = (
        '<div class="share-buttons"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>'
        '<p class="read-more"><a href="/x">Read more: Ferry fares to rise again this summer</a></p>'
        '<div class="newsletter-box"><p>Sign up for our daily newsletter</p></div>'
    )
    text = read(make_page(inside=inside)).text
    assert text == "\n\n".join(paragraphs)


def test_metadata_name_their_source(
    make_page: Callable[..., bytes], make_data: Callable[..., dict[str, Any]]
) -> None:
    article = read(make_page(data=make_data()))
    assert article.title == "Port Ellery votes to close its ferry terminal"
    assert article.authors == ("Ines Halloran", "Tom Weir")
    assert article.published == "2019-03-27T08:15:00+01:00"
    assert article.modified == "2019-03-27T11:40:00+00:00"
    assert article.provenance == {
        "title": "json-ld",
        "authors": "json-ld",
        "published": "json-ld",
        "modified": "json-ld",
        "text": "page",
    }


def test_metadata_fall_back_to_tags_and_markup(make_page: Callable[..., bytes]) -> None:
    head = (
        '<meta property="og:title" content="Ferry terminal to close - The Ellery Mercury">'
        '<meta property="article:published_time" content="2019-03-27T07:00:00Z">'
    )
    article = read(make_page(head=head))
    assert article.title == "Ferry terminal to close"
    assert article.provenance["title"] == "og"
    assert article.published == "2019-03-27T07:00:00+00:00"
    assert article.authors == ("Ines Halloran",)
    assert article.provenance["authors"] == "byline"


def test_a_headline_with_a_dash_keeps_both_halves(make_page: Callable[..., bytes]) -> None:
    heading = "After the vote - what the closure means for Port Ellery"
    assert read(make_page(heading=heading)).title == heading


def test_the_hint_fills_only_what_the_page_leaves_open(
    make_page: Callable[..., bytes], make_data: Callable[..., dict[str, Any]]
) -> None:
    hint = FoundUrl(
        url=URL, title="From the feed", published="2019-03-26", source="https://feed.example/"
    )
    silent = read(make_page(), hint=hint)
    assert (silent.published, silent.provenance["published"]) == ("2019-03-26", "feed")
    assert silent.title == "Port Ellery votes to close its ferry terminal"
    stated = read(make_page(data=make_data()), hint=hint)
    assert stated.published == "2019-03-27T08:15:00+01:00"


def test_an_implausible_date_is_not_taken(
    make_page: Callable[..., bytes], make_data: Callable[..., dict[str, Any]]
) -> None:
    late = make_data(datePublished="2031-01-01T00:00:00Z", dateModified=None)
    assert read(make_page(data=late), fetched_at="2019-03-28T00:00:00+00:00").published is None


def test_the_article_that_names_this_address_wins_over_a_listed_one(
    make_page: Callable[..., bytes], make_data: Callable[..., dict[str, Any]]
) -> None:
    other = make_data(headline="Another story", url="https://www.ellerymercury.example/other")
    mine = make_data(headline="The story itself", mainEntityOfPage={"@id": URL})
    graph = {"@context": "https://schema.org", "@graph": [other, mine]}
    assert read(make_page(data=graph)).title == "The story itself"


def test_ids_come_from_content(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    first, again = (
        read(make_page()),
        read(make_page(after="<p><a href='/z'>Another teaser</a></p>")),
    )
    changed = read(
        make_page(
            paragraphs=(*paragraphs, "A correction was added to this report on Thursday evening.")
        )
    )
    assert first.id == again.id
    assert first.id != changed.id
    assert read(make_page(), id="given").id == "given"


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (
            "https://ellerymercury.example/news/terminal",
            "https://ellerymercury.example/news/terminal",
        ),
        (
            "https://m.ellerymercury.example/news/terminal",
            "https://m.ellerymercury.example/news/terminal",
        ),
        ("https://wire.example/story", URL),
        ("https://www.ellerymercury.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[broken", URL),
        (None, URL),
    ],
)
def test_only_the_same_site_can_be_canonical(canonical: str | None, expected: str) -> None:
    assert canonical_of(URL, canonical) == expected


def test_a_page_filled_by_scripts_is_read_from_its_stated_body(
    make_page: Callable[..., bytes],
    make_data: Callable[..., dict[str, Any]],
    paragraphs: tuple[str, ...],
) -> None:
    body = make_page(paragraphs=(), data=make_data(articleBody="\n".join(paragraphs)))
    article = read(body)
    assert article.text == "\n\n".join(paragraphs)
    assert article.provenance["text"] == "json-ld"


def test_content_that_a_script_would_reveal_is_read(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    body = (
        make_page()
        .replace(b"<main>", b'<div hidden id="S:1a"><main>')
        .replace(b"</main>", b"</main></div>")
    )
    assert read(body).text == "\n\n".join(paragraphs)


def test_hidden_copies_are_not_read_twice(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    copy = "".join(f"<p>{p}</p>" for p in paragraphs)
    after = f'<div style="display:none" itemscope itemtype="http://schema.org/Article">{copy}</div>'
    assert read(make_page(after=after)).text == "\n\n".join(paragraphs)


def test_a_page_without_headings_gives_the_title_without_the_outlets_name(
    make_page: Callable[..., bytes],
) -> None:
    body = make_page(heading="Ferry to close :: Ellery Mercury").replace(b"<h1>", b"<h2>")
    body = body.replace(b" | The Ellery Mercury</title>", b"</title>").replace(b"</h1>", b"</h2>")
    assert read(body).title == "Ferry to close"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Ferry to close - Transport | The Ellery Mercury", "Ferry to close"),
        ("Ferry to close-Transportㅣ The Ellery Mercury", "Ferry to close"),
        ("Ferry to close - for good | The Ellery Mercury", "Ferry to close - for good"),
    ],
)
def test_a_title_ends_before_the_section_that_the_page_names(
    make_page: Callable[..., bytes], heading: str, expected: str
) -> None:
    body = make_page(heading=heading).replace(b"<h1>", b"<h2>").replace(b"</h1>", b"</h2>")
    body = body.replace(
        b"<head>",
        b'<head><meta property="article:section" content="Transport"><meta property="og:site_name" content="The Ellery Mercury">',
    )
    assert read(body).title == expected
