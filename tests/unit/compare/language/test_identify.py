from __future__ import annotations

import pytest

from compare.datamodel import Article
from compare.language.identify import language_of, with_language

ENGLISH = (
    "The ferry to Oban sank on Tuesday evening with forty people on board. Divers found the wreck at a "
    "depth of thirty metres, the coast guard said, and two lifeboats came from Mull."
)
GERMAN = (
    "Die Fähre nach Oban ist am Dienstagabend mit vierzig Menschen an Bord gesunken. Taucher fanden das "
    "Wrack in dreißig Metern Tiefe, wie die Küstenwache mitteilte; zwei Rettungsboote kamen aus Mull."
)
SPANISH = (
    "El transbordador a Oban se hundió el martes por la noche con cuarenta personas a bordo. Los buzos "
    "encontraron los restos a treinta metros de profundidad, informó la guardia costera."
)


def article(text: str, language: str | None = None) -> Article:
    return Article(id="a", outlet="Post", title="Oban", text=text, language=language)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        (GERMAN, "de"),
        (SPANISH, "es"),
        ("", None),
        ("Vierzehn Menschen wurden verletzt.", None),
        ("1 2 3 4 5 6 7 8 9 0 " * 20, None),
    ],
)
def test_a_language_is_told_from_enough_text_only(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_what_the_row_says_stands() -> None:
    assert with_language(article(GERMAN, "nl")).language == "nl"
    assert with_language(article(GERMAN)).language == "de"
    assert with_language(article("Kurz.")).language is None
