"""Which of the headlines that a page gives is its article's, and what around it is none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article
from crawlers.extract.page import extract_page

Maker = Callable[..., Any]
URL = "https://www.ellerymercury.example/harbour/story-7.html"
HEADLINE = "Port Ellery votes to close its ferry terminal"


def title(body: bytes, url: str = URL) -> str:
    read = extract_page(body, url=url, outlet="")
    assert isinstance(read, Article), read
    return read.title


def shared(og: str, twitter: str | None = None) -> str:
    tags = f'<meta property="og:title" content="{og}">'
    return tags + (f'<meta name="twitter:title" content="{twitter}">' if twitter else "")


def bare(body: bytes, heading: str) -> bytes:
    """The page with nothing but its title element to name its article, and no name of the site."""
    named = b'<meta property="og:site_name" content="The Ellery Mercury">'
    return (
        body.replace(named, b"")
        .replace(f"<h1>{heading}</h1>".encode(), b"")
        .replace(b" | The Ellery Mercury</title>", b"</title>")
    )


def test_a_kicker_that_the_headline_has_stays_though_the_heading_lacks_it(
    make_page: Maker, make_data: Maker
) -> None:
    whole = f"After three years: {HEADLINE}"
    page = make_page(heading=HEADLINE, head=shared(whole, whole), data=make_data(headline=whole))
    assert title(page) == whole


def test_a_kicker_of_the_shared_title_alone_goes(make_page: Maker, make_data: Maker) -> None:
    page = make_page(
        heading=HEADLINE,
        head=shared(f"Harbour | {HEADLINE}"),
        data=make_data(headline=HEADLINE),
    )
    assert title(page) == HEADLINE


@pytest.mark.parametrize("kicker", ["Ferries: ", "Ferries / "])
def test_of_two_that_differ_by_a_kicker_the_one_that_is_shown_is_taken(
    make_page: Maker, make_data: Maker, kicker: str
) -> None:
    whole = kicker + HEADLINE
    stated_whole = make_page(heading=whole, head=shared(HEADLINE), data=make_data(headline=whole))
    assert title(stated_whole) == whole
    shared_whole = make_page(
        heading=whole, head=shared(whole, "Ferries end"), data=make_data(headline=HEADLINE)
    )
    assert title(shared_whole) == whole


def test_kickers_that_share_no_word_are_none_of_the_headline(make_page: Maker) -> None:
    page = make_page(
        heading=f"Harbour dispute - {HEADLINE}", head=shared(f"A vote in Ellery: {HEADLINE}")
    )
    assert title(page) == HEADLINE
    alike = make_page(
        heading="I sell old ferry trips - and so can you do it",
        head=shared("I sell ferry trips - and so can you do it"),
    )
    assert title(alike) == "I sell ferry trips - and so can you do it"


def test_a_shared_title_against_three_places_is_not_taken_unless_readers_see_it(
    make_page: Maker, make_data: Maker
) -> None:
    teaser = "What happens to the pier now?"
    page = make_page(
        heading=HEADLINE, head=shared(teaser, HEADLINE), data=make_data(headline=HEADLINE)
    )
    assert title(page) == HEADLINE
    assert title(page.replace(b"</h1>", f"</h1><h2>{teaser}</h2>".encode())) == teaser


def test_a_sign_in_an_element_of_its_own_belongs_to_the_word_before(make_page: Maker) -> None:
    page = make_page(heading="<span>Harbour</span><span>: </span><span>Ferry to close soon</span>")
    assert title(page) == "Harbour: Ferry to close soon"


def test_of_several_headings_the_page_titles_own_is_taken(make_page: Maker) -> None:
    page = make_page(heading=HEADLINE).replace(b"<main>", b"<h1>Mercury Plus</h1><main>")
    assert title(page) == HEADLINE


@pytest.mark.parametrize(
    "tail",
    [
        " | Ellery Mercury",
        " - The Ellery Mercury",
        " – ElleryMercury.example",
        " - Harbour - Ellery Mercury Online",
        " | Ellery Mercury | by Ines Halloran",
        " | Harbour",
        " - Éllery Mercury",
    ],
)
def test_the_address_tells_what_the_site_and_its_sections_are_called(
    make_page: Maker, tail: str
) -> None:
    heading = HEADLINE + tail
    assert title(bare(make_page(heading=heading), heading)) == HEADLINE


@pytest.mark.parametrize(
    "heading",
    [
        "The long road of the ferries: Timeline of events",
        "The long road of the ferries: Time for a change",
        "The long road of the ferries - time is up",
        "The long road of the ferries - Timeline",
    ],
)
def test_a_headline_that_begins_a_half_with_the_sites_name_is_whole(
    make_page: Maker, heading: str
) -> None:
    page = bare(make_page(heading=heading), heading)
    assert title(page, "https://time.example/story-7.html") == heading


def test_the_last_part_of_an_address_names_the_article_and_no_section(make_page: Maker) -> None:
    heading = "What we know so far - Ferry closure"
    page = bare(make_page(heading=heading), heading)
    assert title(page, "https://www.ellerymercury.example/news/ferry-closure/") == heading


def test_a_title_that_its_own_quotation_mark_cut_off_is_taken_from_the_heading(
    make_page: Maker,
) -> None:
    heading = 'Port Ellery closes its "unsafe" pier for good'
    page = make_page(
        heading=heading,
        head='<meta property="og:title" content="Port Ellery closes its "unsafe" pier">',
    )
    assert title(page) == heading
