"""One page, one article: other stories, consent dialogues, copies and unseen words are no part of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compare.datamodel import Article, Completeness, Failure
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
OTHER = (
    "A bakery in Saltmarsh has won the county prize for its rye loaf for the third year, the guild of millers announced on Monday evening.",
    "Judges praised the crust and the patience of the baker, Olga Trent, who learned the trade from her grandmother in a village without electricity.",
    "Sales have doubled since spring, she said, and two apprentices will start in the autumn when the larger oven has been delivered from Denmark.",
)
STORY = "".join(f"<p>{p}</p>" for p in OTHER)
HEAD = "Bakery wins county prize again"

PageMaker = Callable[..., bytes]


def read(body: bytes) -> Article:
    result = extract_page(body, url=URL, outlet="Ellery Mercury")
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    "below",
    [
        f'<article class="story"><h2>{HEAD}</h2><div class="article-body">{STORY}</div></article>',
        f'<article class="story"><header><h2>{HEAD}</h2></header><div class="article-body">{STORY}</div></article>',
        f'<div class="content"><h1>{HEAD}</h1><div class="article-body">{STORY}</div></div>',
        f'<div class="next-article"><h2>{HEAD}</h2><div class="article-body">{STORY}</div></div>',
        f'<div class="infinite-scroll"><div class="post"><h3>{HEAD}</h3>{STORY}</div></div>',
        f'<div class="content"><h2>{HEAD}</h2><p>By Paul Ruben</p><div class="article-body">{STORY}</div></div>',
        f'<div class="article-body"><h2>Next story</h2><h3>{HEAD}</h3>{STORY}</div>',
    ],
)
def test_what_stands_under_another_story_is_not_read(
    make_page: PageMaker, paragraphs: tuple[str, ...], below: str
) -> None:
    page = make_page().replace(b"</article></main>", b"</article>" + below.encode() + b"</main>")
    article = read(page)
    assert all(p in article.text for p in paragraphs)
    assert not any(p in article.text for p in OTHER)
    assert article.completeness is Completeness.FULL


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="stream-item" data-url="/a">',
        "<section>",
        '<div role="article">',
        '<div itemscope itemtype="https://schema.org/NewsArticle">',
    ],
)
@pytest.mark.parametrize("head", [f"<h2>{HEAD}</h2>", f"<time>11 March 2019</time><h2>{HEAD}</h2>"])
def test_a_box_built_as_the_titled_story_is_holds_another(
    make_page: PageMaker, paragraphs: tuple[str, ...], opening: str, head: str
) -> None:
    closing = f"</{opening[1:].split(maxsplit=1)[0].rstrip('>')}>".encode()
    page = make_page().replace(b"<main>", b"<main>" + opening.encode())
    below = f"{opening}{head}{STORY}".encode() + closing
    article = read(page.replace(b"</main>", closing + below + b"</main>"))
    assert all(p in article.text for p in paragraphs)
    assert not any(p in article.text for p in OTHER)


def test_an_article_element_without_a_heading_holds_another_story(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    below = f"</article><article><div>{HEAD}</div>{STORY}</article></main>"
    article = read(make_page().replace(b"</article></main>", below.encode()))
    assert all(p in article.text for p in paragraphs)
    assert not any(p in article.text for p in OTHER)


def test_sections_of_one_story_stay_though_their_words_differ(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    parts = "".join(f"<div><h3>Part</h3><p>{p}</p></div>" for p in (*paragraphs[3:], *OTHER))
    article = read(make_page(paragraphs=paragraphs[:3], inside=parts))
    assert all(p in article.text for p in (*paragraphs, *OTHER))


def test_the_story_that_the_title_names_is_read_wherever_it_stands(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    above = f'<main><article class="story"><h2>{HEAD}</h2><div class="article-body">{STORY}</div></article>'
    article = read(make_page().replace(b"<main>", above.encode()))
    assert all(p in article.text for p in paragraphs)
    assert not any(p in article.text for p in OTHER)


@pytest.mark.parametrize(
    "below",
    [
        f"<h1>{HEAD}</h1>{STORY}",
        f"<h3>More from Saltmarsh</h3>{STORY}",
        f"<details open><summary>{HEAD}</summary>{STORY}</details>",
        f"<h2>{HEAD}</h2><p>11 March 2024</p>{STORY}",
    ],
)
def test_a_text_with_what_may_be_another_story_is_not_full(
    make_page: PageMaker, below: str
) -> None:
    assert read(make_page(inside=below)).completeness is not Completeness.FULL


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h2>What the council said</h2>", ""),
        ("<section><h2>What the council said</h2>", "</section>"),
        ('<div class="part"><h3>An appeal is coming</h3>', "</div>"),
    ],
)
def test_a_section_of_the_story_stays(
    make_page: PageMaker, paragraphs: tuple[str, ...], before: str, after: str
) -> None:
    rest = before + "".join(f"<p>{p}</p>" for p in paragraphs[3:]) + after
    article = read(make_page(paragraphs=paragraphs[:3], inside=rest))
    assert all(p in article.text for p in paragraphs)
    assert article.completeness is Completeness.FULL


CONSENT = (
    "<p>We and our partners use cookies and similar methods to store and access information on your device, to measure content and to show personalised advertising.</p>"
    "<p>You can accept all, reject all or manage your choices; some vendors process your personal data on the basis of legitimate interest, to which you can object.</p>"
    "<p>Your choices apply to this site only. You can withdraw your consent at any time under privacy settings at the foot of each page, or read our cookie policy.</p>"
)


@pytest.mark.parametrize(
    "opening",
    [
        '<div role="dialog">',
        '<div class="cookie-banner">',
        '<section class="window-7">',
        '<div aria-modal="true">',
    ],
)
def test_a_consent_dialogue_is_no_part_of_an_article(
    make_page: PageMaker, paragraphs: tuple[str, ...], opening: str
) -> None:
    closing = "</section>" if opening.startswith("<section") else "</div>"
    page = make_page().replace(b"<nav>", f"{opening}{CONSENT * 2}{closing}<nav>".encode())
    article = read(page)
    assert "partners use cookies" not in article.text
    assert all(p in article.text for p in paragraphs)


def test_a_consent_dialogue_inside_the_story_is_no_part_of_it(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    article = read(make_page(inside=f'<div class="x9">{CONSENT}</div>'))
    assert all(p in article.text for p in paragraphs)
    assert "partners" not in article.text


IN_OTHER_LANGUAGES = (
    "<p>Wir und unsere 173 Partner verarbeiten personenbezogene Daten, um Inhalte und Anzeigen zu personalisieren.</p><p>Sie können Ihre Einwilligung jederzeit widerrufen, siehe unsere Datenschutzerklärung.</p><p>Mit „Alle akzeptieren“ stimmen Sie der Verarbeitung auf Ihrem Gerät zu.</p>",
    "<p>Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker et accéder à des informations personnelles.</p><p>Vous pouvez retirer votre consentement à tout moment dans notre politique de confidentialité.</p><p>Publicités et contenu personnalisés, mesure de performance par nos partenaires.</p>",
    "<p>Nosotros y nuestros socios utilizamos cookies para almacenar o acceder a información en un dispositivo y tratar datos personales.</p><p>Puede retirar su consentimiento en cualquier momento en nuestra política de privacidad.</p><p>Anuncios y contenido personalizados, medición de anuncios con nuestros socios.</p>",
)


@pytest.mark.parametrize("consent", IN_OTHER_LANGUAGES)
def test_a_consent_dialogue_is_known_in_other_languages(
    make_page: PageMaker, paragraphs: tuple[str, ...], consent: str
) -> None:
    page = make_page().replace(b"<main>", f'<div class="x9">{consent}</div><main>'.encode())
    article = read(page)
    assert article.text.split("\n\n")[0] == paragraphs[0]
    alone = extract_page(
        f"<html><body><div>{consent}</div></body></html>".encode(), url=URL, outlet="Ellery Mercury"
    )
    assert isinstance(alone, Failure)
    assert "consent" in alone.reason


def test_a_page_of_nothing_but_consent_is_none_however_long() -> None:
    body = f"<html><head><title>The Ellery Mercury</title></head><body><div>{CONSENT * 5}</div></body></html>"
    result = extract_page(body.encode(), url=URL, outlet="Ellery Mercury")
    assert isinstance(result, Failure)
    assert "consent" in result.reason


def test_a_report_about_cookies_is_read() -> None:
    text = (
        "<p>The data watchdog fined the Ellery Lines ferry company on Tuesday because its site had set cookies before asking passengers for their consent.</p>"
        "<p>“We and our partners use cookies to measure content” was all that its banner said, according to the ruling, and the button to reject all was missing.</p>"
        "<p>Ferry passengers had complained in January. The company said that it had changed its cookie banner in March and would pay the fine.</p>"
    )
    body = f"<html><head><title>Ferry company fined over cookies</title></head><body><article><h1>Ferry company fined over cookies</h1>{text}</article></body></html>"
    assert "partners use cookies" in read(body.encode()).text


def test_a_copy_for_another_screen_is_read_once(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    copy = '<div class="mobile-only">' + "".join(f"<p>{p}</p>" for p in paragraphs) + "</div>"
    article = read(make_page().replace(b"</article></main>", copy.encode() + b"</article></main>"))
    assert all(article.text.count(p) == 1 for p in paragraphs)


@pytest.mark.parametrize(
    "unseen",
    [
        '<span class="sr-only">opens in a new window</span>',
        '<span class="u-visually-hidden">opens in a new window</span>',
        "<span hidden>opens in a new window</span>",
        '<b style="display:none">opens in a new window</b>',
        '<i style="position:absolute; left:-9999px">opens in a new window</i>',
        '<span style="clip: rect(0 0 0 0)">opens in a new window</span>',
        '<em style="font-size: 0">opens in a new window</em>',
    ],
)
def test_words_that_no_reader_sees_are_no_text(make_page: PageMaker, unseen: str) -> None:
    last = f"The mayor said on Wednesday that the ferry {unseen}would go on, and that nobody would lose work over it."
    text = read(make_page(inside=f"<p>{last}</p>")).text
    assert "opens in a new window" not in text
    assert text.endswith("nobody would lose work over it.")


def test_a_text_that_shares_no_word_with_its_title_is_not_full() -> None:
    body = f"<html><head><title>Ferry terminal closes after years of quarrels</title></head><body><article><h1>Ferry terminal closes after years of quarrels</h1>{STORY}</article></body></html>"
    assert read(body.encode()).completeness is not Completeness.FULL
