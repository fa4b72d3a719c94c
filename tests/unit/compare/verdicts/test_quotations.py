from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article, Completeness

TOLD = "We have several contracts that are being carried out at the harbor right now"


@pytest.fixture
def said(judged: Callable[..., Any]) -> Callable[[dict[str, str]], Any]:
    def run(texts: dict[str, str]) -> Any:
        articles = [
            Article(
                id=name.lower(),
                outlet=name,
                title="",
                text=text,
                published="2019-03-24",
                completeness=Completeness.FULL,
            )
            for name, text in texts.items()
        ]
        return judged(articles, about="harbor")

    return run


def test_each_outlet_s_rendering_is_held_against_the_fullest(said: Callable[..., Any]) -> None:
    story = said(
        {
            "Wire": f"“{TOLD},” the mayor said.",
            "Copy": f"“{TOLD},” Ann Roe claimed.",
            "Short": "There are “several contracts that are being carried out at the harbor,” the mayor said.",
            "Other": "“We have secret contracts that are being carried out at the harbor right now,” she admitted.",
            "Retold": "The mayor said several contracts were being carried out at the harbor.",
        }
    )
    (quotation,) = story.detail.quotations
    mentions = story.detail.mentions
    variants = {mentions[r.mention].outlet: r.variant for r in quotation.renderings}
    assert variants.pop("Retold") == "paraphrased"
    assert variants.pop("Short") == "shortened"
    assert variants.pop("Other") == "altered"
    assert sorted(variants.values()) == ["fullest", "verbatim"]
    verbs = {mentions[r.mention].outlet: (r.speaker, r.verb) for r in quotation.renderings}
    assert verbs["Wire"] == ("the mayor", "said")
    assert verbs["Copy"] == ("Ann Roe", "claimed")
    for r in quotation.renderings:
        words = story.words(mentions[r.mention], r.start, r.end)
        assert "contracts" in words
        assert "“" not in words


def test_a_quotation_of_one_outlet_alone_is_not_listed(said: Callable[..., Any]) -> None:
    story = said(
        {"Wire": f"“{TOLD},” the mayor said.", "Late": "The harbor was calm and nobody came."}
    )
    assert story.detail.quotations == ()


def test_two_quotations_are_kept_apart(said: Callable[..., Any]) -> None:
    second = "Nobody asked our fishermen whether they agree to losing the harbor"
    story = said(
        {
            "Wire": f"“{TOLD},” the mayor said. “{second},” Jo Poe said.",
            "Copy": f"“{TOLD},” the mayor said. “{second},” Jo Poe said.",
        }
    )
    assert [len(q.renderings) for q in story.detail.quotations] == [2, 2]
    assert all(
        r.variant in {"fullest", "verbatim"} for q in story.detail.quotations for r in q.renderings
    )


@pytest.mark.cost
def test_thousands_of_quotations_cost_no_more_than_prose(said: Callable[..., Any]) -> None:
    text = "".join(f"“we saw {n} boats in the harbor at {n}” and " for n in range(600))
    started = time.process_time()
    story = said({"Wire": text, "Copy": f"{text[:-1]}so", "Late": "It was said in the harbor."})
    assert time.process_time() - started < 15
    assert {m.outlet for m in story.detail.mentions} == {"Wire", "Copy", "Late"}
