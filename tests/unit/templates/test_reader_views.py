"""The views a reader asks for: where and how much, who calls whom what, days as told, our story, the list, the class."""

from __future__ import annotations

import csv
import io
import struct
from dataclasses import replace

import pytest

from compare.datamodel import Article, Comparison
from compare.said import DayTold, ReferenceFact, StatedIn
from templates.embed import embeds, preview
from templates.facts.index import Facts
from templates.facts.known import Known
from templates.html.strings import english
from templates.press import navigation
from templates.view_tables import view_tables
from templates.views.days import days
from templates.views.matrix import matrix_page
from templates.views.naming import naming
from templates.views.ours import our_details, ours_page, summary
from templates.views.outlets import outlets_page
from templates.views.reference import reference_page
from templates.views.space import space_page
from templates.views.words import words_page
from templates.views.worksheet import worksheet_page


def facts_of(comparison: Comparison, **more: object) -> Facts:
    return Facts(comparison, english(), **more)  # type: ignore[arg-type]


def test_where_each_outlet_tells_a_detail_and_in_how_many_words(harbour: Comparison) -> None:
    page = space_page(facts_of(harbour))
    first = page.rows[0]
    assert first.text.startswith("The car ferry Maren")
    told = {s.outlet: (s.place, s.words) for s in first.spots if s}
    assert told["Northline Wire"] == ("headline", 22)
    assert told["Free Coast"] == ("lead", 18)
    assert "Lantern Post" not in told


def test_who_has_near_the_end_what_others_begin_with_buried_it(harbour: Comparison) -> None:
    unhurt = next(d for d in harbour.details if d.text == "Nobody was hurt.")
    assert not space_page(facts_of(harbour)).buried
    late = "Nobody was hurt."
    text = "A first thing.\nA second.\nA third.\nA fourth.\nA fifth.\n" + late
    articles = tuple(
        replace(a, text=text) if a.outlet == "Meridian Evening"
        else replace(a, text=a.text[a.text.index("No"):] if "No" in a.text else a.text)
        for a in harbour.articles
    )  # fmt: skip
    by_outlet = {a.outlet: a for a in articles}
    mentions = []
    for m in unhurt.mentions:
        own = by_outlet[m.outlet].text
        start = own.index(late) if m.outlet == "Meridian Evening" else own.index("No")
        mentions.append(replace(m, start=start, end=start + 15))
    shown = replace(
        harbour, articles=articles, details=(replace(unhurt, mentions=tuple(mentions)),), carried=()
    )
    [buried] = space_page(facts_of(shown)).buried
    assert (buried.outlet, buried.said) == (
        "Meridian Evening", "Meridian Evening: last paragraph; at the top of 4 others",
    )  # fmt: skip


def told_in(harbour: Comparison, texts: tuple[str, ...]) -> Facts:
    articles = tuple(
        Article(id=f"x{i}", outlet=outlet, title="T", text=text)
        for i, (outlet, text) in enumerate(zip(harbour.outlets, texts, strict=False))
    )
    return facts_of(replace(harbour, articles=articles, details=(), carried=()))


def test_what_has_a_name_and_is_nobody_is_not_called_anything(harbour: Comparison) -> None:
    texts = (
        "Pupils of the old Oban High School met at a street near White House. The Oban Police Department wrote to the tireless Ana Roe.",
        "Pupils of the new Oban High School, a modern building, met. A spokesman for the local Oban Police Department said so. Mr. Roe said: the school is shut.",
    )  # fmt: skip
    assert not naming(told_in(harbour, texts)).rows
    person = (*texts, "It was a self-styled engineer, Ana Roe, and the deft engineer Ana Roe.")
    assert [row.name for row in naming(told_in(harbour, person)).rows] == ["Ana Roe"]


def test_what_outlets_set_before_and_behind_a_name(harbour: Comparison) -> None:
    texts = (
        "The captain praised the tireless engineer Ana Roe on Monday.",
        "The wages of Ana Roe, a self-styled engineer, rose on Monday.",
        "The man who brought Ana Roe home spoke on Monday; Roe did not.",
    )
    [row] = naming(told_in(harbour, texts)).rows
    assert row.name == "Ana Roe"
    assert [[c.words for c in cell] for cell in row.cells[:3]] == [
        ["the tireless engineer"], ["a self-styled engineer"], [],
    ]  # fmt: skip


def test_a_persons_office_particle_or_common_last_name_loses_nobody(harbour: Comparison) -> None:
    texts = (
        "It was Harbour Commissioner Ana Cook, and the mild Jan de Boer. Then Cook left; de Boer cooks, says Boer.",
        "Today the tireless Ana Cook met the harbour master Jan de Boer. To cook takes time, but Cook has it, and so has Cook.",
    )  # fmt: skip
    rows = naming(told_in(harbour, texts)).rows
    assert sorted(row.name for row in rows) == ["Ana Cook", "Jan de Boer"]
    [cook] = (row for row in rows if row.name == "Ana Cook")
    assert [[c.words for c in cell] for cell in cook.cells[:2]] == [
        ["Harbour Commissioner"], ["the tireless"],
    ]  # fmt: skip


def test_a_day_is_told_with_who_tells_it_and_when_that_was_published(harbour: Comparison) -> None:
    wire = harbour.articles[0]
    at = wire.text.index("Tuesday")
    told = DayTold(article="wire-1", start=at, end=at + 7, first="2031-05-06", last="2031-05-06")
    [day] = days(facts_of(replace(harbour, days=(told,))))
    assert day.day == "6 May 2031"
    [row] = day.details
    assert (row.outlets, row.published) == ("Northline Wire", "6 May 2031, 05:20 UTC")


def test_our_story_says_what_we_miss_and_what_came_after_us(harbour: Comparison) -> None:
    facts = facts_of(harbour, ours="Tolvik Courier")
    assert summary(facts) == (
        "Our story: you miss 2 details; 2 details differ from 2 others; you alone have 3."
    )
    page = ours_page(facts)
    missing = next(s for s in page.sections if s.key == "missing")
    assert [r.text[:13] for r in missing.rows] == ["The ship was ", "The ferry com"]
    differs = next(s for s in page.sections if s.key == "differs")
    assert differs.rows[0].sides == (
        "Numbers differ: 213 (Tolvik Courier) · 214 (Northline Wire) · at least 230 (Free Coast)",
    )
    early = summary(facts_of(harbour, ours="Skerry Radio"))
    assert early == (
        "Our story: you miss nothing that two others state; you contradict nobody; "
        "you alone have one; 5 came up after your version."
    )
    # Who was read in part may lack anything.
    behind_a_wall = summary(facts_of(harbour, ours="Meridian Evening"))
    assert behind_a_wall.startswith("Our story: what you miss cannot be told; ")
    assert summary(facts_of(harbour)) == ""


def test_the_list_of_facts_accuses_nobody(harbour: Comparison) -> None:
    wire = harbour.articles[0]
    fact = ReferenceFact(
        text="214 were aboard.",
        stated=(StatedIn(article="wire-1", field="text", start=0, end=20, probability=0.95),),
    )
    facts = facts_of(replace(harbour, reference=(fact,)))
    page = reference_page(facts)
    words = {c.outlet_key: c.word for c in page.rows[0].cells}
    assert words["northline-wire"] == "surely states this"
    assert words["free-coast"] == "not found"
    assert words["meridian-evening"] == words["lantern-post"] == "cannot tell"
    assert page.counts[0] == "1 of 1"
    assert page.rows[0].cells[0].note == wire.text[:20]
    assert "reference" in navigation(facts)
    assert "reference" not in navigation(facts_of(harbour))


def test_what_a_registry_knows_is_shown_with_its_month_and_filters_the_matrix(
    harbour: Comparison,
) -> None:
    known = {
        "Northline Wire": Known("Its members", "NO", "wire", "2031-04"),
        "Free Coast": Known("", "NO", "tabloid", "2031-04"),
    }
    page = outlets_page(facts_of(harbour, known=known))
    assert page.checked == "Country, owner and kind are from the outlets’ registry, last checked in April 2031."  # fmt: skip
    assert (page.outlets[0].owner, page.outlets[0].country) == ("Its members", "NO")
    attributes = {a.name: a for a in matrix_page(facts_of(harbour, known=known)).attributes}
    assert [(v.value, v.outlets) for v in attributes["country"].values] == [
        ("NO", "0 2"), ("not known", "1 3 4 5 6"),
    ]  # fmt: skip
    assert not matrix_page(facts_of(harbour)).attributes


def test_the_worksheet_hides_the_outlets_until_its_last_sheet(harbour: Comparison) -> None:
    page = worksheet_page(facts_of(harbour))
    assert dict(page.letters)["A"] == "Northline Wire"
    assert len(page.letters) == 6, "an outlet that was not read has no letter"
    riddle = page.riddles[0]
    assert riddle.answer == "214 (A); at least 230 (C); 213 (D)"
    assert ["214" in riddle.passages[0].text, "213" in riddle.passages[2].text] == [True, True]
    assert page.loaded[0].letter == "C"


def test_no_passage_of_the_worksheet_gives_an_outlet_away(harbour: Comparison) -> None:
    titled = tuple(replace(a, title=f"{a.title}, Free Coast says") for a in harbour.articles)
    event = replace(harbour.event, about="")
    page = worksheet_page(facts_of(replace(harbour, event=event, articles=titled)))
    assert all(h.text.endswith(", [C] says") for h in page.headlines)
    assert page.lead.endswith(
        ", [C] says”: several outlets report on it, here called by letters. "
        "The answers are on the last sheet."
    )


@pytest.mark.parametrize(
    ("dateline", "hidden"),
    [
        ("OBAN (AF) — Crews", "OBAN ([C]) — Crews"),
        ("OBAN (Harbour Associated Freely)", "OBAN (Harbour Associated Freely)"),
        ("ASSOCIATED FREE reporters", "[C] reporters"),
        ("The AF and the AF course", "The [C] and the [C] course"),
        ("An AF stop in AFRICA", "An AF stop in AFRICA"),
        ("BNC told", "[A] told"),
        ("the Tolvik Lantern; TTL; TL", "[B]; [B]; TL"),
    ],
)
def test_a_worksheet_hides_what_outlets_are_called_for_short(
    harbour: Comparison, dateline: str, hidden: str
) -> None:
    named = dict(
        zip(harbour.outlets, ("BNC News", "The Tolvik Lantern", "Associated Free"), strict=False)
    )
    articles = tuple(
        replace(a, outlet=named[a.outlet], title=dateline)
        for a in harbour.articles
        if a.outlet in named
    )
    alone = replace(
        harbour, outlets=tuple(named.values()), articles=articles, details=(), carried=(), failures=(), sources=(), days=(),
    )  # fmt: skip
    assert {told.text for told in worksheet_page(facts_of(alone)).headlines} == {hidden}


def test_an_embedded_row_is_small_has_no_script_and_leads_back(harbour: Comparison) -> None:
    found = dict(embeds(facts_of(harbour)))
    matrix = found["embed/matrix.html"].decode()
    assert len(found) == len(harbour.details) + 1
    assert "<script" not in matrix
    assert 'href="../index.html"' in matrix
    assert ".st.e::before" in matrix
    assert all(len(data) < 20_000 for data in found.values())


def test_the_preview_is_a_picture_of_the_size_that_previews_have(harbour: Comparison) -> None:
    picture = preview(facts_of(harbour))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert preview(facts_of(replace(harbour, outlets=(), articles=(), details=(), carried=())))


def test_the_tables_of_the_views_have_their_lines(harbour: Comparison) -> None:
    facts = facts_of(harbour, ours="Tolvik Courier")
    tables = {
        path: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        for path, data in view_tables(facts, words_page(facts))
    }
    assert set(tables) == {
        "data/sources.csv",
        "data/space.csv",
        "data/naming.csv",
        "data/days.csv",
        "data/ours.csv",
    }
    stated = {(f.key, name) for f in facts.details for name, c in zip(facts.outlets, f.codes, strict=True) if c in "ieck"}  # fmt: skip
    assert {(r["detail"], r["outlet"]) for r in tables["data/space.csv"]} == stated
    ours = [(r["what"], r["detail"]) for r in tables["data/ours.csv"]]
    assert ours == [(what, f.key) for what, found in our_details(facts).items() for f in found]
    wordings = {
        (r["about"], r["outlet"], r["words"], r["loaded"]) for r in tables["data/naming.csv"]
    }
    page = words_page(facts)
    assert wordings == {
        (f"{e.one} / {e.other}", column.name, c.words, "yes" if c.loaded else "no")
        for e in page.exchanges
        for column, calls in zip(page.columns, e.cells, strict=True)
        for c in calls
    }
    assert ("nothing / silence", "Tolvik Courier", "nothing", "no") in wordings
