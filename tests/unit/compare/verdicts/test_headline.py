from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article, Completeness
from compare.verdicts.headline import unsaid

TEXT = (
    "Nearly 100 troops landed at the airfield near Port Halden on Saturday. The mayor criticized it. "
    "The visit cost $2.4 million, Halden's council said."
)


def article(
    title: str, text: str = TEXT, completeness: Completeness = Completeness.FULL
) -> Article:
    return Article(id="a", outlet="A", title=title, text=text, completeness=completeness)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Nearly 100 troops land at airfield", []),
        ("Some 99 troops land at airfield", []),
        ("200 troops land at airfield", [("200", "number")]),
        ("Visit cost $2.4 million, council says", []),
        ("Visit cost $3 million, council says", [("$3 million", "number")]),
        ("Mayor slams visit of troops", [("slams", "loaded word")]),
        ("Mayor criticizes the visit of troops", []),
        ("Troops led by Vartanov land", [("Vartanov", "name")]),
        ("Troops land in Halden", []),
        ("Troops Land As Vartanov Watches", []),  # every word is capital: no name can be told
        ("Mayor may visit troops", []),
        ("", []),
    ],
)
def test_what_a_headline_says_that_its_article_does_not(
    title: str, found: list[tuple[str, str]]
) -> None:
    assert [(title[c.start : c.end], c.kind) for c in unsaid(article(title))] == found


@pytest.mark.parametrize("completeness", [c for c in Completeness if c is not Completeness.FULL])
def test_nothing_is_held_against_an_article_that_was_not_read_whole(
    completeness: Completeness,
) -> None:
    assert unsaid(article("200 troops land", completeness=completeness)) == ()


def test_the_title_s_mention_carries_it(judged: Callable[..., Any]) -> None:
    story = judged([article("Mayor slams visit of troops")], about="troops")
    by_field = {m.field: m for m in story.detail.mentions}
    assert [c.kind for c in by_field["title"].unsaid] == ["loaded word"]
    assert by_field["text"].unsaid == ()
