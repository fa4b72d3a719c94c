"""Who is quoted by whom: names in sources, words given to each, which source stands behind a mention."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compare.datamodel import Article, Comparison, Mention
from compare.kinds import SourceKind
from compare.said import Sourced
from templates.facts.index import Facts
from templates.facts.voices import name_in, voices_of
from templates.html.strings import english
from templates.views.sourcing import sourcing


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("the harbour master, Ana Roe", "Ana Roe"),
        ("Foreign Minister Ana Roe", "Ana Roe"),
        ("Ms. Roe", "Roe"),
        ("the State Department", "State Department"),
        ("In January the Kremlin", "Kremlin"),
        ("London Mayor Ana Roe", "Ana Roe"),
        ("Deputy Assistant Police Commissioner Ana Roe", "Ana Roe"),
        ("Attorney General Ana Roe", "Ana Roe"),
        ("Secretary of State Ana Roe", "Ana Roe"),
        ("the Police Chief Association", "Police Chief Association"),
        ("the United Nations General Assembly", "United Nations General Assembly"),
        ("the U.K.", "U.K."),
        ("Tolvik Sen. Ana Roe", "Ana Roe"),
        ("Council Minority Leader Ana Roe", "Ana Roe"),
        ("But Ana Roe", "Ana Roe"),
        ("Ana Roe Thursday", "Ana Roe"),
        ("Late Wednesday", ""),
        ("D-Tolvik", ""),
        ("Some Democrats", ""),
        ("Others", ""),
        ("Don’t", ""),
        ("Witnesses", ""),
        ("Airport officials", ""),
        ("Neither government", ""),
        ("a source at the embassy in Oban", ""),
        ("he", ""),
        ("They", ""),
        ("an unnamed source", ""),
    ],
)
def test_the_name_in_a_source(source: str, name: str) -> None:
    assert name_in(source) == name


def article(outlet: str, text: str) -> Article:
    return Article(id=outlet, outlet=outlet, title="", text=text)


def said(outlet: str, start: int, end: int, source: str) -> Sourced:
    return Sourced(
        article=outlet, field="text", start=start, end=end, kind=SourceKind.NAMED, source=source
    )


def test_a_last_name_is_its_one_bearer_and_nobody_where_two_bear_it() -> None:
    text = "one two three four five six."
    articles = {name: article(name, text) for name in ("A", "B", "C")}
    rows = [said("A", 0, 7, "Ana Roe"), said("B", 0, 13, "Ms. Roe")]
    [heard] = voices_of(rows, articles).named.values()
    assert (heard.name, dict(heard.words)) == ("Ana Roe", {"A": 2, "B": 3})
    both = voices_of([*rows, said("C", 0, 7, "Ben Roe")], articles).named
    assert {h.name for h in both.values()} == {"Ana Roe", "Ben Roe", "Roe"}


@pytest.mark.parametrize(
    ("sources", "told_apart"),
    [
        (("Ana Roe", "Ana J. Roe", "Roe"), 1),
        (("Ana Maria Roe", "Ana Roe", "Roe"), 1),
        (("Ana J. Roe", "Ana K. Roe"), 2),
        (("Ana Maria Roe", "Ana Clara Roe"), 2),
        (("San Jose News", "San Diego News"), 2),
    ],
)
def test_an_initial_or_a_middle_name_makes_nobody_else(
    sources: tuple[str, ...], told_apart: int
) -> None:
    rows = [said("A", 0, 7, source) for source in sources]
    rows = [replace(row, start=3 * i, end=3 * i + 3) for i, row in enumerate(rows)]
    voices = voices_of(rows, {"A": article("A", "one two three four five six.")})
    assert len(voices.named) == told_apart


def test_a_stretch_inside_another_counts_its_words_once() -> None:
    rows = [said("A", 0, 28, "Ana Roe"), said("A", 0, 7, "Ana Roe")]
    voices = voices_of(rows, {"A": article("A", "one two three four five six.")})
    assert voices.words["A", SourceKind.NAMED] == 6


def test_the_source_of_most_of_a_mention_stands_behind_it() -> None:
    voices = voices_of([said("A", 4, 28, "Ana Roe")], {"A": article("A", "one two three four five six.")})  # fmt: skip

    def mention(start: int, end: int) -> Mention:
        return Mention(claim="c", article="A", outlet="A", field="text", start=start, end=end, probability=1)  # fmt: skip

    assert voices.behind.of(mention(0, 28)) == "ana roe"
    assert voices.behind.of(mention(0, 5)) == ""


def test_several_outlets_with_one_source_are_said_to_have_one(harbour: Comparison) -> None:
    scrape = next(d for d in harbour.details if "slow scrape" in d.text)
    rows = tuple(
        Sourced(article=m.article, field="text", start=m.start, end=m.end, kind=SourceKind.NAMED, source="Ida Brenner")
        for m in scrape.mentions
    )  # fmt: skip
    facts = Facts(replace(harbour, sources=rows), english())
    found = sourcing(facts)
    assert [(o.detail, o.said) for o in found.one_source] == [
        (scrape.id, "3 outlets, 1 source: Ida Brenner")
    ]
    [shared] = found.shared
    assert [h.outlet for h in shared.hearers] == ["Northline Wire", "The Daily Harbour", "Tolvik Courier"]  # fmt: skip
    split = (*rows[:2], replace(rows[2], source="Tove Lindal"))
    assert not sourcing(Facts(replace(harbour, sources=split), english())).one_source
