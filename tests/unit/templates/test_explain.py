from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from compare.datamodel import SCHEMA_VERSION, Article, Comparison, Completeness, Event, Run
from compare.zones import time_zone
from templates.explain import UnclearError, explain

FILLER = "The weather over the harbor was calm and few people were about at that hour. " * 4


@pytest.fixture
def comparison(judged: Callable[..., Any]) -> Comparison:
    texts = {
        "Wire": "Nearly 100 troops landed at the airfield.",
        "Blog": "The brutal dictator slammed critics as at least 100 troops landed.",
        "Late": "A school was opened.",
    }
    articles = [
        Article(
            id=name.lower(),
            outlet=name,
            title="",
            text=f"{text} {FILLER}",
            url=f"https://{name.lower()}.example/1",
            published="2019-03-24",
            completeness=Completeness.FULL,
        )
        for name, text in texts.items()
    ]
    story = judged(articles, about="troops")
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax="0", model="none"),
        event=Event(),
        outlets=tuple(texts),
        articles=tuple(articles),
        details=story.judgement.details,
    )


def test_everything_behind_the_cells_is_said(comparison: Comparison) -> None:
    said = explain(comparison, "d1")
    assert "number conflict: Wire says Nearly 100, Blog says at least 100." in said
    assert "“The brutal dictator slammed critics as at least 100 troops landed.”" in said
    assert "“dictator”" in said
    assert "https://wire.example/1" in said
    assert "Late: left out" in said


def test_a_quotation_s_renderings_and_a_headline_s_own_words_are_said(
    judged: Callable[..., Any],
) -> None:
    words = "We have several contracts that are being carried out here right now"
    articles = [
        Article(
            id=name.lower(),
            outlet=name,
            title=title,
            text=f"“{said},” the mayor {verb}. {FILLER}",
            published="2019-03-24",
            completeness=Completeness.FULL,
        )
        for name, title, said, verb in (
            ("Wire", "", words, "said"),
            ("Blog", "Mayor slams contracts", words.removesuffix(" right now"), "claimed"),
        )
    ]
    story = judged(articles, about="contracts")
    comparison = Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax="0", model="none"),
        event=Event(),
        outlets=("Wire", "Blog"),
        articles=tuple(articles),
        details=story.judgement.details,
    )
    said = explain(comparison, "d1")
    assert "quotation, fullest: Wire, the mayor said: “We have several" in said
    assert "quotation, shortened: Blog, the mayor claimed: “We have several" in said
    assert "its own article nowhere has the loaded word “slams”" in said


def test_one_outlet_alone(comparison: Comparison) -> None:
    said = explain(comparison, "d1", "Late")
    assert "Late: left out" in said
    assert "Blog: " not in said


@pytest.mark.parametrize(("detail", "outlet"), [("d9", None), ("d1", "Nobody")])
def test_what_is_not_there_is_an_error_that_names_it(
    comparison: Comparison, detail: str, outlet: str | None
) -> None:
    with pytest.raises(UnclearError, match=outlet or detail):
        explain(comparison, detail, outlet)


@pytest.mark.parametrize(
    "asked", ["d-d1", "D1", "OUT/report/details/d1.html", "index.html#d1", "troops AIRFIELD landed"]
)
def test_a_detail_is_found_as_the_report_cites_it_and_by_words(
    comparison: Comparison, asked: str
) -> None:
    assert explain(comparison, asked) == explain(comparison, "d1")


def test_times_in_reasons_are_put_into_the_zone_asked_for(comparison: Comparison) -> None:
    reason = "published on 24 March 2019, 23:40 UTC, before anybody else had it"
    (detail, *others) = comparison.details
    cells = tuple(replace(cell, reason=reason) for cell in detail.cells)
    timed = replace(comparison, details=(replace(detail, cells=cells), *others))
    assert reason in explain(timed, "d1")
    assert "on 25 March 2019, 00:40 CET, before" in explain(
        timed, "d1", zone=time_zone("Europe/Berlin")
    )


def test_an_outlet_is_found_in_any_case(comparison: Comparison) -> None:
    assert explain(comparison, "d1", "LATE ") == explain(comparison, "d1", "Late")


@pytest.mark.parametrize(
    "asked", ["d-d1-late", "matrix.html#d-d1-late", "details/d1.html#d-d1-late"]
)
def test_the_address_of_a_cell_is_its_outlet_s_alone(comparison: Comparison, asked: str) -> None:
    assert explain(comparison, asked) == explain(comparison, "d1", "Late")


def test_words_of_several_details_list_them(comparison: Comparison) -> None:
    twice = replace(
        comparison, details=(*comparison.details, replace(comparison.details[0], id="d77"))
    )
    with pytest.raises(UnclearError, match=r"(?s)details have the words.*d1  .*d77  "):
        explain(twice, "troops landed")
