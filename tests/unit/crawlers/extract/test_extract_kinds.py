"""Kinds of page as content systems write them: what is hidden, doubled, held back, walled off or only pointed to."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from compare.datamodel import Article, Completeness
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
PageMaker = Callable[..., bytes]
UNHEARD = "Skip past this promotion to the story"
LINKED = "Baker wins the county prize for the third time"


def read(body: bytes) -> Article:
    result = extract_page(body, url=URL, outlet="Ellery Mercury")
    assert isinstance(result, Article), result
    return result


def changed(make_page: PageMaker, paragraphs: tuple[str, ...], **parts: str) -> Article:
    """The page with something put into its first paragraph, behind its third, or for every paragraph."""
    page = make_page().decode()
    for text in paragraphs:
        if "each" in parts:
            page = page.replace(f"<p>{text}</p>", parts["each"].replace("%", text))
    if "word" in parts:
        page = page.replace(
            paragraphs[0], f"{paragraphs[0][:40]}{parts['word']}{paragraphs[0][40:]}"
        )
    if "line" in parts:
        page = page.replace(f"<p>{paragraphs[3]}</p>", f"{parts['line']}<p>{paragraphs[3]}</p>")
    return read(page.encode())


@pytest.mark.parametrize(
    "given",
    [
        *(
            f'class="{name}"'
            for name in "sr_only srOnly u-hiddenVisually visually_hidden VisuallyHidden-module__abc sc-VisuallyHidden-x1 "
            "ssrcss-1f3-VisuallyHiddenText vishidden u-vh hide-visually ScreenReaderOnly only-screenreader accessibilityHidden "
            "a11y-hidden uk-hidden-visually cdk-visually-hidden ui-helper-hidden-accessible nonvisual access-hide skip-link".split()
        ),
        'style="position:absolute;width:1px;height:1px;overflow:hidden"',
        'style="width:0;height:0;overflow:hidden"',
        'style="color:transparent"',
        'style="transform:scale(0)"',
    ],
)
def test_words_that_no_reader_sees_are_not_read(
    make_page: PageMaker, paragraphs: tuple[str, ...], given: str
) -> None:
    article = changed(make_page, paragraphs, word=f"<span {given}>{UNHEARD}</span>")
    assert paragraphs[0] in article.text
    assert article.completeness is Completeness.FULL


@pytest.mark.parametrize(
    "name", ["not-sr-only", "vh-100", "access-only", "screenreader-off-canvas-on", "hero"]
)
def test_words_on_view_are_read(
    make_page: PageMaker, paragraphs: tuple[str, ...], name: str
) -> None:
    assert (
        UNHEARD
        in changed(make_page, paragraphs, word=f'<span class="{name}">{UNHEARD}</span>').text
    )


@pytest.mark.parametrize(
    "each",
    [
        '<p class="for-mobile">%</p><p class="for-desktop">%</p>',
        '<div class="s"><p>%</p></div><div class="l"><p>%</p></div>',
        '<p><span class="s">%</span><span class="l">%</span></p>',
    ],
)
def test_paragraphs_doubled_one_by_one_are_read_once(
    make_page: PageMaker, paragraphs: tuple[str, ...], each: str
) -> None:
    article = changed(make_page, paragraphs, each=each)
    assert all(article.text.count(p) == 1 for p in paragraphs)


def test_a_question_asked_again_is_read_again(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    question = "What would you say to the ferry's passengers, who have nowhere else to go?"
    page = make_page(paragraphs=tuple(x for p in paragraphs for x in (question, p)))
    assert read(page).text.count(question) == len(paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        f'<p><strong>Read more:</strong> <a href="/x">{LINKED}</a></p>',
        f'<p><b>Czytaj też:</b> <a href="/x">{LINKED}</a></p>',
        f'<p><em>Διαβάστε επίσης: <a href="/x">{LINKED}</a></em></p>',
        f'<p>ALSO READ | <a href="/x">{LINKED}</a></p>',
        f'<p>→ <a href="/x">{LINKED}</a></p>',
    ],
)
def test_a_line_that_points_elsewhere_is_not_text(
    make_page: PageMaker, paragraphs: tuple[str, ...], line: str
) -> None:
    article = changed(make_page, paragraphs, line=line)
    assert LINKED not in article.text
    assert all(p in article.text for p in paragraphs)


def test_readers_words_under_their_heading_are_not_text(make_page: PageMaker) -> None:
    said = "I have taken that ferry for forty years and nobody ever told us a thing about it, it is a scandal."
    inside = f"<div class='c-list'><h3>Readers' comments</h3><div><b>Jo</b> 3 hours ago<p>{said}</p></div></div>"
    assert said not in read(make_page(inside=inside)).text


@pytest.mark.parametrize(
    "line",
    [
        "La suite est réservée aux abonnés",
        "Este contenido es exclusivo para suscriptores",
        "Conteúdo exclusivo para assinantes",
        "Questo contenuto è riservato agli abbonati",
        "Dit artikel is alleen voor abonnees",
        "Dalsza część artykułu dostępna dla subskrybentów",
        "Logga in eller bli prenumerant för att läsa vidare",
        "Artiklen er kun for abonnenter",
        "Lue koko juttu tilaamalla",
        "Pokračování článku pouze pro předplatitele",
        "Μόνο για συνδρομητές",
        "Материал доступен только подписчикам",
        "Bu içerik yalnızca abonelere özeldir",
        "この記事は有料会員記事です",
        "订阅后继续阅读全文",
        "A cikk folytatása csak előfizetőknek",
        "Articol disponibil doar pentru abonați",
        "Sign up for a free account to keep reading",
        "Lesen Sie diesen Artikel mit einem Abo weiter",
        "Читайте повну версію за передплатою",
    ],
)
def test_a_wall_is_a_wall_in_any_language(make_page: PageMaker, line: str) -> None:
    inside = f'<div class="x1"><p>{line}</p></div>'
    assert read(make_page(inside=inside)).completeness is Completeness.PAYWALLED


def _scripts(paragraphs: tuple[str, ...]) -> dict[str, str]:
    html = "".join(f"<p>{p}</p>" for p in paragraphs)
    listed = {"page": {"body": [{"type": "text", "content": p} for p in paragraphs]}}
    flight = json.dumps(json.dumps({"body": html}))
    return {
        "one string": f"window.__STATE__={json.dumps({'story': {'body': html}})}",
        "a list": json.dumps(listed),
        "a list of trees": json.dumps([{"p": [{"leaf": p}]} for p in paragraphs]),
        "flight": f"self.__next_f.push([1,{flight}])",
        "unquoted": f"window.__NUXT__=(function(a){{return {{data:[{{body:{json.dumps(html)}}}]}}}})(0)",
    }


@pytest.mark.parametrize("form", ["one string", "a list", "a list of trees", "flight", "unquoted"])
def test_a_text_that_goes_on_in_the_pages_data_is_not_full(
    make_page: PageMaker, paragraphs: tuple[str, ...], form: str
) -> None:
    def with_data(shown: int) -> Article:
        after = f"<script>{_scripts(paragraphs)[form]}</script>"
        return read(make_page(paragraphs=paragraphs[:shown], after=after))

    assert with_data(3).completeness is Completeness.TRUNCATED
    assert with_data(len(paragraphs)).completeness is Completeness.FULL


def test_other_articles_in_the_pages_data_are_no_rest(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    others = [
        {"content": f"{LINKED}, its owner said on Sunday, and {n} people came to see it."}
        for n in range(9)
    ]
    data = {"story": [{"content": p} for p in paragraphs], "more": others}
    for script in (
        json.dumps(data),
        json.dumps(
            [o["content"] for o in others[:2]] + [*paragraphs] + [o["content"] for o in others]
        ),
    ):
        article = read(make_page(after=f"<script>{script}</script>"))
        assert article.completeness is Completeness.FULL


@pytest.mark.parametrize(
    "element",
    ["<noscript>{}</noscript>", "<template>{}</template>", "<textarea hidden>{}</textarea>"],
)
def test_a_text_that_goes_on_where_no_browser_shows_it_is_not_full(
    make_page: PageMaker, paragraphs: tuple[str, ...], element: str
) -> None:
    rest = "".join(f"<p>{p}</p>" for p in paragraphs[3:])
    article = read(make_page(paragraphs=paragraphs[:3], inside=element.format(rest)))
    assert article.completeness is not Completeness.FULL


@pytest.mark.parametrize(
    ("links", "whole"),
    [
        ('<div class="pages"><a href="?page=2">2</a></div>', False),
        ('<a href="/news/terminal-closes/2">2</a>', False),
        ('<a href="/news/terminal-closes?p=2" rel="next">Weiter</a>', False),
        ('<div id="comments"><a href="?page=2">2</a></div>', True),
        ('<a href="/news/council-tax-2024" rel="next">Council tax rises</a>', True),
    ],
)
def test_the_first_of_several_pages_is_not_full(
    make_page: PageMaker, links: str, whole: bool
) -> None:
    full = read(make_page(inside=links)).completeness is Completeness.FULL
    assert full is whole


@pytest.mark.parametrize(
    "box", ["%", "<figure>%</figure>", '<div class="scroll"><div>%</div></div>']
)
def test_a_small_table_between_two_paragraphs_is_read(
    make_page: PageMaker, paragraphs: tuple[str, ...], box: str
) -> None:
    rows = "<tr><th>Boat</th><th>Tons</th></tr><tr><td>Alma</td><td>600</td></tr><tr><td>Berta</td><td>410</td></tr>"
    article = changed(make_page, paragraphs, line=box.replace("%", f"<table>{rows}</table>"))
    assert "Alma 600" in article.text
    assert article.text.index(paragraphs[2]) < article.text.index("Berta 410")
    assert article.text.index("Berta 410") < article.text.index(paragraphs[3])


@pytest.mark.parametrize(
    "word",
    ["Advertisement", "– Anzeige –", "Publicité", "広告", "Story continues below advertisement"],
)
def test_the_word_over_an_advertisement_is_no_text(
    make_page: PageMaker, paragraphs: tuple[str, ...], word: str
) -> None:
    article = changed(
        make_page, paragraphs, each=f'<p>%</p><div class="x1"><span>{word}</span></div>'
    )
    assert word not in article.text
    assert all(text in article.text for text in paragraphs)


def test_a_page_of_teasers_is_not_full(paragraphs: tuple[str, ...]) -> None:
    teasers = "".join(
        f'<section><h2><a href="/news/{n}">{text[:40]}</a></h2><p>{text}</p></section>'
        for n, text in enumerate(paragraphs)
    )
    front = f"<html><title>The Ellery Mercury - news from the harbour</title><body><main>{teasers}</main></body></html>"
    article = read(front.encode())
    assert article.completeness is Completeness.UNKNOWN
    assert "list of stories" in article.completeness_reason


@pytest.mark.parametrize("label", ["You may also like...", "Läs också", "関連記事", "Čtěte také:"])
def test_what_is_listed_behind_the_last_paragraph_is_no_text(
    make_page: PageMaker, paragraphs: tuple[str, ...], label: str
) -> None:
    listed = (
        f"<p><strong>{label}</strong></p><p>{LINKED}</p><p>Council tax to rise from next April</p>"
    )
    assert read(make_page(inside=listed)).text == "\n\n".join(paragraphs)


def test_a_signature_behind_the_last_paragraph_stays(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    assert read(make_page(inside="<p>(Reporting by Ann Roe)</p>")).text.endswith("by Ann Roe)")
