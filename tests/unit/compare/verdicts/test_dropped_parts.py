from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compare.datamodel import Article, Completeness

FILLER = "The weather over the harbor was calm and few people were about at that hour. " * 4


def make(outlet: str, text: str) -> Article:
    return Article(
        id=outlet.lower(),
        outlet=outlet,
        title="",
        text=f"{text}\n\n{FILLER}",
        published="2019-03-24",
        completeness=Completeness.FULL,
    )


def test_a_number_that_two_others_give_is_missed(judged: Callable[..., Any]) -> None:
    story = judged(
        [
            make("One", "The planes carried 35 tonnes of cargo."),
            make("Two", "Planes that carried 35 tonnes stood there."),
            make("Three", "The planes carried cargo."),
        ],
        about="carried",
    )
    assert story.cell("Three").lacks == ("the number (35 tonnes)",)
    assert story.cell("One").lacks == ()


def test_a_number_given_elsewhere_in_the_article_is_not_missed(judged: Callable[..., Any]) -> None:
    story = judged(
        [
            make("One", "The planes carried 35 tonnes of cargo."),
            make("Two", "Planes that carried 35 tonnes stood there."),
            make("Three", "The planes carried cargo.\n\nIt weighed 35 tonnes."),
        ],
        about="carried",
    )
    assert story.cell("Three").lacks == ()


def test_the_source_is_missed_where_others_name_one(judged: Callable[..., Any]) -> None:
    story = judged(
        [
            make("One", "The planes carried cargo, Ana Roe said."),
            make("Two", "Ana Roe said that the planes carried cargo."),
            make("Three", "The planes carried cargo."),
        ],
        about="carried",
    )
    assert story.cell("Three").lacks == ("the source (Ana Roe)",)


def test_the_denial_is_missed(judged: Callable[..., Any]) -> None:
    story = judged(
        [
            make("One", "The planes carried arms, which the ministry denied."),
            make("Two", "Planes carried arms, a charge that the ministry denies."),
            make("Three", "The planes carried arms."),
        ],
        about="carried",
    )
    assert story.cell("Three").lacks == ("the denial (“denied”)",)


def test_a_label_shows_what_others_call_the_same_person(judged: Callable[..., Any]) -> None:
    story = judged(
        [
            make("Blog", "Disgraced dictator Ivan Roe humiliated his critics as he landed."),
            make("One", "President Ivan Roe landed on Saturday."),
            make("Two", "The president, Ivan Roe, was met there; President Roe landed early."),
            make("Three", "Mayor Ann Poe landed early."),
        ],
        about="landed",
    )
    mention = story.mention("Blog")
    plainer = {story.words(mention, c.start, c.end): c.plainer for c in mention.cues}
    assert plainer["dictator"] == "president"
    assert plainer["humiliated"] is None
