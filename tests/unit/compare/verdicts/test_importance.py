from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from compare.claims import claims_of
from compare.datamodel import Article, Detail, Mention
from compare.kinds import Importance
from compare.verdicts.importance import (
    BACKGROUND,
    CORE,
    Coverage,
    importance_of,
    signs_of,
    with_importance,
)

SANK = "The ferry Halcyon sank off Oban with forty people on board."
BUILT = "It was built in 1988 at a yard on the Clyde."
FILLER = "Rain fell on the islands all through the night of the storm."


def article(name: str, title: str, *sentences: str, **more: Any) -> Article:
    more = {"url": f"https://{name}.example/a"} | more
    return Article(id=name, outlet=name, title=title, text=" ".join(sentences), **more)


ARTICLES = [
    article("Post", "Ferry sinks off Oban", SANK, FILLER, FILLER, FILLER, BUILT),
    article("Herald", "Halcyon lost with forty aboard", SANK, FILLER, BUILT),
    article("Voice", "A night of storms", SANK, FILLER),
]


def detail(name: str, articles: list[Article], *texts: str, origins: int | None = None) -> Detail:
    claims = [c for a in articles for c in claims_of(a) if c.text in texts]
    mentions = tuple(
        Mention(
            claim=c.id,
            article=c.article,
            outlet=c.outlet,
            field=c.field,
            start=c.start,
            end=c.end,
            probability=1.0,
        )
        for c in claims
    )
    count = len({m.outlet for m in mentions}) if origins is None else origins
    return Detail(id=name, text=texts[0], mentions=mentions, origins=count)


def rated(*details: Detail, articles: list[Article] = ARTICLES) -> tuple[Detail, ...]:
    claims = [c for a in articles for c in claims_of(a)]
    return with_importance(details, claims, articles)


def test_what_all_state_first_is_core_and_what_one_adds_late_is_background() -> None:
    headline = "Ferry sinks off Oban"
    sank, built = rated(
        detail("sank", ARTICLES, SANK, headline, "Halcyon lost with forty aboard"),
        detail("built", ARTICLES[:1], BUILT),
    )
    assert sank.importance is Importance.CORE
    assert built.importance is Importance.BACKGROUND
    assert sank.importance_score > built.importance_score


def test_copies_of_one_origin_weigh_less_than_independent_reports() -> None:
    apart, copied = rated(detail("a", ARTICLES, SANK), detail("b", ARTICLES, SANK, origins=1))
    assert apart.importance_score > copied.importance_score


def test_a_statement_in_the_first_sentence_weighs_more_than_at_the_end() -> None:
    early, late = rated(detail("a", ARTICLES[:1], SANK), detail("b", ARTICLES[:1], BUILT))
    assert early.importance_score > late.importance_score


def test_what_the_later_version_dropped_weighs_less_than_what_it_kept() -> None:
    url = "https://post.example/a"
    first = article("Post-1", "Ferry", SANK, BUILT, url=url, fetched_at="2024-03-12T10:00:00+00:00")
    later = article("Post-2", "Ferry", SANK, url=url, fetched_at="2024-03-12T18:00:00+00:00")
    versions = [replace(first, outlet="Post"), replace(later, outlet="Post"), ARTICLES[1]]
    position = {c.id: c.position for a in versions for c in claims_of(a)}
    coverage = Coverage.of(versions)
    assert signs_of(detail("a", versions, SANK), position, coverage).kept == 1.0
    assert signs_of(detail("b", versions, BUILT), position, coverage).kept == 0.0


def test_every_sign_and_the_score_lie_between_nothing_and_one() -> None:
    claims = [c for a in ARTICLES for c in claims_of(a)]
    position = {c.id: c.position for c in claims}
    for texts in ((SANK,), (BUILT,), (FILLER,), (SANK, BUILT, FILLER)):
        signs = signs_of(detail("a", ARTICLES, *texts), position, Coverage.of(ARTICLES))
        for value in (signs.headline, signs.early, signs.spread, signs.space, signs.score):
            assert 0.0 <= value <= 1.0


@pytest.mark.parametrize(
    ("score", "importance"),
    [
        (1.0, Importance.CORE),
        (CORE, Importance.CORE),
        (BACKGROUND, Importance.SUPPORTING),
        (0.0, Importance.BACKGROUND),
    ],
)
def test_classes_are_cut_at_named_scores(score: float, importance: Importance) -> None:
    assert importance_of(score) is importance


def test_nothing_rated_gives_nothing() -> None:
    assert with_importance([], [], []) == ()
