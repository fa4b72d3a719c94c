"""What stands around an article in other languages than English: walls, consent, dates, readers' comments, live blogs."""

from __future__ import annotations

import pytest

from compare.datamodel import Article, Completeness, Failure
from crawlers.extract.page import extract_page

URL = "https://post.example/news/marden"
STORIES = {
    "en": ("Marden lock closed after barge strikes its gate",
        "The lock keeper at Marden closed both gates on Monday evening after a barge struck the lower sill, the agency said.",
        "No one was hurt, but about forty boats were waiting above the lock by nightfall, and two cruises were called off.",
        "The barge, loaded with gravel, had lost its steering some two hundred metres upstream, according to its owner.",
        "Repairs are expected to take nine days, and the agency has asked the army for a floating crane from the depot.",
    ),
    "fr": ("L'écluse de Marden fermée après un accident de péniche",
        "L'écluse de Marden restera fermée au moins jusqu'à mercredi après l'accident d'une péniche, a annoncé l'agence.",
        "Personne n'a été blessé, mais une quarantaine de bateaux attendaient lundi soir en amont des portes pour passer.",
        "La péniche, chargée de gravier, avait perdu sa direction deux cents mètres en amont, selon son propriétaire.",
        "Les réparations devraient durer neuf jours et une grue flottante doit venir du dépôt de Harl, a précisé l'agence.",
    ),
    "pt": ("Eclusa de Marden fechada após acidente com barcaça",
        "A eclusa de Marden continuará fechada pelo menos até quarta-feira depois do acidente de uma barcaça, disse a agência.",
        "Ninguém ficou ferido, mas cerca de quarenta barcos esperavam na noite de segunda-feira rio acima para passar.",
        "A barcaça, carregada com cascalho, tinha perdido o leme duzentos metros rio acima, segundo o seu proprietário.",
        "As reparações devem durar nove dias e um guindaste flutuante virá do depósito de Harl, acrescentou a agência.",
    ),
    "ja": ("マーデン水門、貨物船の衝突で閉鎖",
        "水路庁は、月曜日の夕方に貨物船が下流側の門に衝突したことを受け、マーデン水門を少なくとも水曜日まで閉鎖すると発表した。",
        "けが人はいなかったが、夜までに約四十隻の船が水門の上流で待機し、エレリー行きの遊覧船二便が運休となった。",
        "船の所有者によると、貨物船は六百トンの砂利を積んでおり、水門の二百メートル手前で舵が利かなくなったという。",
        "修理には九日かかる見込みで、水路庁はハールの倉庫から浮きクレーンを出すよう陸軍に要請した。",
    ),
}  # fmt: skip
OTHER = (
    "A bakery in Quenby has won the county's bread prize for the third time with a loaf made from spelt and walnuts.",
    "Its owner, Doris Ashdown, learned the trade from her grandmother and still bakes in the same oven, built in 1911.",
)


def told(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def page(language: str, *, above: str = "", below: str = "", title: str = "") -> bytes:
    headline, *paragraphs = STORIES[language]
    title = title or headline
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<main><article><h1>{title}</h1>{above}{told(tuple(paragraphs))}{below}</article></main>"
        f"<footer><p>© The Marden Post</p></footer></body></html>"
    ).encode()


def read(body: bytes) -> Article:
    result = extract_page(body, url=URL, outlet="The Marden Post")
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Pour lire l’intégralité de l’article, connectez-vous ou abonnez-vous."),
        ("ja", "この続きをお読みいただくには会員登録が必要です。"),
    ],
)
def test_a_teaser_before_a_wall_is_not_full(language: str, line: str) -> None:
    assert read(page(language)).completeness is Completeness.FULL
    walled = read(page(language, below=f'<div class="offer"><p>{line}</p></div>'))
    assert walled.completeness is Completeness.PAYWALLED


@pytest.mark.parametrize(
    ("language", "title", "live"),
    [
        ("fr", "EN DIRECT - Écluse de Marden : la situation heure par heure", True),
        ("fr", "Accident à Marden : suivez l'évolution de la situation en direct", True),
        ("fr", "Un train en direct de Marden à Ellery supprimé après l'accident", False),
        ("pt", "Ao vivo: o acidente na eclusa de Marden", True),
        ("pt", "Acidente na eclusa de Marden - ao vivo", True),
        ("pt", "Banda toca ao vivo na eclusa de Marden em setembro", False),
    ],
)
def test_live_blogs_are_known_by_where_the_word_stands(
    language: str,
    title: str,
    live: bool,
) -> None:
    assert (read(page(language, title=title)).completeness is Completeness.LIVE_BLOG) == live


@pytest.mark.parametrize(
    "asking",
    [
        "My i nasi partnerzy przechowujemy informacje na urządzeniu i przetwarzamy dane osobowe w plikach cookie. Zgodę można wycofać.",
        "当社とパートナーは、お使いのデバイスに情報を保存し、クッキーなどの個人データを処理します。同意はいつでも撤回できます。",
        "Мы и наши партнёры храним файлы cookie на вашем устройстве и обрабатываем персональные данные с вашего согласия.",
        "My a naši partneři ukládáme soubory cookies v zařízení a zpracováváme osobní údaje na základě vašeho souhlasu.",
    ],
)
def test_a_consent_dialogue_is_no_article_in_any_language(asking: str) -> None:
    only = f'<html lang="pl"><title>Marden lock closed</title><body><main><h2>Cookies</h2>{told((asking,) * 4)}</main></body></html>'
    result = extract_page(only.encode(), url=URL, outlet="The Marden Post")
    assert isinstance(result, Failure)


@pytest.mark.parametrize("heading", ["コメント（3）", "コメント一覧"])
def test_what_readers_say_in_a_script_without_spaces_is_no_part_of_the_story(heading: str) -> None:
    said = "".join(
        f"<div><b>読者{n}</b><p>{n}回目も書きますが、水門の管理はもっと前に民間に任せるべきだったと考えています。</p></div>"
        for n in range(3)
    )
    article = read(page("ja", below=f"<section><h2>{heading}</h2>{said}</section>"))
    assert "民間に任せる" not in article.text
    assert all(text in article.text for text in STORIES["ja"][1:])


@pytest.mark.parametrize(
    ("language", "line", "published"),
    [
        ("en", "Published March 12, 2031 3:21 PM EST", "2031-03-12T15:21:00-05:00"),
        ("en", "Published 03/04/2031", None),
        ("pt", "Publicado em 03/04/2031 às 15h21", "2031-04-03"),
        ("fr", "Publié le mardi 12 mars 2031 à 15h21", "2031-03-12"),
    ],
)
def test_a_line_that_says_when_is_read_above_short_paragraphs(
    language: str, line: str, published: str | None
) -> None:
    # No paragraph of these stories has more words than a line with a date may have.
    assert read(page(language, above=f"<p>{line}</p>")).published == published


def test_cards_of_other_stories_are_left_out_and_the_text_is_not_called_full() -> None:
    cards = "".join(
        f'<div class="item"><h3><a href="/news/{n}">{text[:40]}</a></h3><p>{text}</p></div>'
        for n, text in enumerate(OTHER)
    )
    article = read(page("en", below=f'<div class="grid">{cards}</div>'))
    assert not any(text in article.text for text in OTHER)
    assert article.completeness is Completeness.UNKNOWN


def test_what_who_signs_up_agrees_to_is_no_text() -> None:
    terms = "By signing up you agree to our terms of use and our privacy policy, which you may read here."
    inside = f"<div><p>{terms}</p></div>"
    _, first, *rest = STORIES["en"]
    body = page("en").replace(f"<p>{rest[0]}</p>".encode(), f"{inside}<p>{rest[0]}</p>".encode())
    article = read(body)
    assert terms not in article.text
    assert all(text in article.text for text in (first, *rest))
