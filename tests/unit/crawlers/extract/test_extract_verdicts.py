"""What makes a text less than full, and what only looks like it: each kind in several writings, both ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compare.datamodel import Article, Completeness
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
PageMaker = Callable[..., bytes]

CARD = '<a href="/news/baker-prize"><h4>Baker wins the county prize for the third time</h4></a>'
LINKS = """<ul><li><a href="/news/baker-prize">Baker wins the county prize for the third time</a></li>
<li><a href="/news/council-tax">Council tax to rise by four per cent from next April</a></li></ul>"""
ASKS = (
    "<h3>Register to continue reading</h3><p>Create a free account to keep reading the Mercury.</p>"
)


def read(body: bytes) -> Article:
    result = extract_page(body, url=URL, outlet="Ellery Mercury")
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize("place", ["inside", "after"])
@pytest.mark.parametrize(
    "others",
    [
        f"<h2>Keep Reading</h2>{LINKS}",
        f"<h3>Continue reading</h3>{LINKS}",
        f"<section><h2>Keep reading</h2><article>{CARD}</article></section>",
        f"<div class='rail'><p>Keep Reading</p>{LINKS}</div>",
        f"<div><span>Read more</span>{LINKS}</div>",
        f"<p><strong>Keep reading:</strong></p>{LINKS}",
        f"<h2>Weiterlesen</h2>{LINKS}",
        f"<h2>Seguir leyendo</h2><div class='cards'>{CARD}<p>By Ann Brody</p></div>",
        f"<div class='card'>{CARD}<a href='/news/baker-prize'>Read more</a></div>",
        f"<div class='card'>{CARD}<p>A town celebrates.</p><p><a href='/news/baker-prize'>Continue reading</a></p></div>",
        f"<div class='card'><a href='/news/baker-prize'>Keep reading</a>{CARD}</div>",
        "<a href='/news/baker-prize'><div>Keep Reading</div><h4>Baker wins the county prize again</h4></a>",
    ],
)
def test_a_label_over_other_stories_is_no_fold(
    make_page: PageMaker, others: str, place: str
) -> None:
    article = read(make_page(**{place: others}))
    assert article.completeness is Completeness.FULL, article.completeness_reason


@pytest.mark.parametrize(
    "fold",
    [
        "<button>Keep reading</button>",
        "<div role='button'>Continue reading</div>",
        "<p><a href='#'>Continue reading</a></p>",
        "<p><a href='#rest'>Keep Reading</a></p>",
        "<p><a href='?full=1'>Read the full story</a></p>",
        "<p><a href='javascript:void(0)'>Read more</a></p>",
        "<p><a href='/news/terminal-closes-in-full'>Continue reading</a></p>",
        "<p><a href='https://wire.example/terminal'>Read the full article</a></p>",
        "<p>Keep reading</p>",
        "<h3>Keep reading</h3><p>Create a free account.</p>",
        f"<div class='fold'><span>Read more</span></div>{LINKS}",
        f"<p><a href='/subscribe'>Keep reading</a></p>{LINKS}",
        "<h3>Keep reading</h3><p><a href='/join'>Subscribe now to read this story</a></p>",
    ],
)
def test_a_fold_or_a_link_to_the_rest_is_none_of_a_full_article(
    make_page: PageMaker, paragraphs: tuple[str, ...], fold: str
) -> None:
    article = read(make_page(paragraphs=paragraphs[:4], inside=fold))
    assert article.completeness is not Completeness.FULL, article.completeness_reason


@pytest.mark.parametrize(
    "wall",
    [
        f"<div class='regwall' style='display:none'>{ASKS}</div>",
        f"<div id='register-overlay' style='display: none !important'>{ASKS}</div>",
        f"<div aria-hidden='true' class='overlay'>{ASKS}</div>",
        f"<div hidden><div class='modal'>{ASKS}</div></div>",
        f"<div class='overlay d-none'>{ASKS}</div>",
        f"<div class='paywall-overlay' style='visibility: hidden'>{ASKS}</div>",
        f"<section class='hidden'><div>{ASKS}</div></section>",
        f"<dialog class='paywall'>{ASKS}</dialog>",
        f"<template id='regwall'>{ASKS}</template>",
        "<div style='display:none'><p>You have reached your limit of free articles this month.</p></div>",
        "<div aria-hidden='true'><p>This article is for subscribers only.</p></div>",
        "<div hidden><p>Already a subscriber? Log in</p></div>",
    ],
)
def test_a_hidden_wall_is_for_other_readers_where_all_is_there(
    make_page: PageMaker, paragraphs: tuple[str, ...], wall: str
) -> None:
    article = read(make_page(after=wall))
    assert article.completeness is Completeness.FULL, article.completeness_reason
    assert "subscribe" not in article.text.lower()
    assert "egister" not in article.text
    within = read(make_page(inside=wall))
    assert within.completeness is not Completeness.PAYWALLED, within.completeness_reason
    long = (*paragraphs, *(p.replace("The", "Then the") for p in paragraphs))
    assert read(make_page(paragraphs=long, inside=wall)).completeness is Completeness.FULL
    # As short as what most walls let through: nobody knows.
    for place in ("inside", "after"):
        short = read(make_page(paragraphs=paragraphs[:3], **{place: wall}))
        if "<dialog" not in wall and "<template" not in wall:
            assert short.completeness is not Completeness.FULL, short.completeness_reason


@pytest.mark.parametrize(
    "wall",
    [
        f"<div class='regwall'>{ASKS}</div>",
        f"<div style='position: fixed; display: block'>{ASKS}</div>",
        f"<div aria-hidden='false'>{ASKS}</div>",
        f"<div class='overlay'><div style='display:none'>Loading</div>{ASKS}</div>",
        f"<div hidden><p>Menu</p></div><div class='wall'>{ASKS}</div>",
        f"<div style='display:none'>{ASKS}</div><div>{ASKS}</div>",
        "<div class='paywall'></div>",
        "<p>This article is for subscribers only.</p>",
        "<p>This content is for members only. Join today to read on.</p>",
        "<p>Members only</p>",
        "<p><strong>Subscribers only</strong></p>",
        "<p>The full story is available to subscribers only, from one pound a week.</p>",
        "<p>Already a member? Log in to read the rest of this story.</p>",
        "<p>Dieser Artikel ist nur für Abonnenten. Jetzt anmelden und weiterlesen.</p>",
        "<p>Cet article est réservé aux abonnés.</p>",
    ],
)
def test_a_wall_on_view_stays_one(
    make_page: PageMaker, paragraphs: tuple[str, ...], wall: str
) -> None:
    for some in (paragraphs[:4], paragraphs):
        article = read(make_page(paragraphs=some, inside=wall))
        assert article.completeness is Completeness.PAYWALLED, article.completeness_reason


@pytest.mark.parametrize(
    "last",
    [
        "The club on the pier, which is members only, will move to Alderby.",
        "Entry to the lounge is for members only, the operator said on Tuesday.",
        "The vote was open to members only, according to the minutes.",
        "“The bar is for our members only,” the chairman said.",
        "“You cannot read the story, it is for subscribers only,” she joked.",
        "Two seats are reserved for members of the council.",
        "Discounts are available to members of the ferry club, it said.",
        "The ferry pass has subscribers only in Alderby, the council says.",
        "She was already a member of the council when the pier was built.",
        "The court's decision would unlock the funds for a new pier.",
        "The club is for members only, she said.",
        "Der Steg ist nur für Abonnenten der Fähre offen, sagte die Stadt.",
        "Le salon du port est réservé aux abonnés de la ligne, a dit la mairie.",
    ],
)
def test_ordinary_prose_about_members_is_no_wall(
    make_page: PageMaker, paragraphs: tuple[str, ...], last: str
) -> None:
    article = read(make_page(paragraphs=(*paragraphs, last)))
    assert article.completeness is Completeness.FULL, article.completeness_reason
    assert article.text.endswith(last)


SHORT_REST = (
    "The council will meet again in October to decide on the pier.",
    "Marta Quill declined to comment on the appeal before the court has heard it.",
    "An earlier plan for the terminal had failed in 2016, when the ferry operators refused to pay.",
)


@pytest.mark.parametrize("rest", SHORT_REST)
@pytest.mark.parametrize(
    "element",
    [
        "<noscript><p>{}</p></noscript>",
        "<noscript>{}</noscript>",
        "<template><p>{}</p></template>",
        "<template id=rest><div>{}</div></template>",
        "<textarea style='display:none'>{}</textarea>",
        "<textarea hidden><p>{}</p></textarea>",
    ],
)
def test_a_sentence_that_is_not_shown_is_not_nothing(
    make_page: PageMaker, element: str, rest: str
) -> None:
    article = read(make_page(inside=element.format(rest)))
    assert rest not in article.text
    assert article.completeness is not Completeness.FULL, article.completeness_reason
    body = make_page().replace(
        b"</div></article>", f"</div>{element.format(rest)}</article>".encode()
    )
    assert read(body).completeness is not Completeness.FULL


@pytest.mark.parametrize(
    "machinery",
    [
        "<noscript><p>Please enable JavaScript to see the ferry council's live map of the terminal.</p></noscript>",
        "<noscript><img src='https://count.example/p.gif' alt=''></noscript>",
        "<noscript>View the discussion of the ferry terminal.</noscript>",
        "<noscript><a href='https://disqus.example'>Please enable JavaScript to view the comments powered by Disqus.</a></noscript>",
        "<template><p>A card that scripts copy for every baker of the county on any given day.</p></template>",
        "<template><h3>{{title}}</h3><p>{{council}} voted on the terminal, said {{name}}.</p></template>",
        "<template><p>Sign up to our newsletter about the harbour council and its terminal.</p></template>",
        "<textarea>&lt;iframe src='https://ellerymercury.example/embed/terminal'&gt;&lt;/iframe&gt;</textarea>",
        "<form><textarea>Tell the council what you think of the terminal in Port Ellery.</textarea></form>",
        "<figure><noscript><p>The old terminal of Port Ellery, built in 1931, in a picture of February.</p></noscript></figure>",
    ],
)
def test_what_pages_keep_for_their_scripts_is_no_rest(make_page: PageMaker, machinery: str) -> None:
    article = read(make_page(inside=machinery))
    assert article.completeness is Completeness.FULL, article.completeness_reason


@pytest.mark.parametrize("element", ["noscript", "template"])
def test_what_is_shown_anyway_is_no_rest(
    make_page: PageMaker, paragraphs: tuple[str, ...], element: str
) -> None:
    copy = f"<{element}><p>{paragraphs[2]}</p></{element}>"
    assert read(make_page(inside=copy)).completeness is Completeness.FULL
