from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compare.claims import claims_of
from compare.datamodel import Article, Quoted
from compare.kinds import Voice
from compare.verdicts.evidence import Reading
from compare.verdicts.origins import canonical_source, origins_of

if TYPE_CHECKING:
    from collections.abc import Callable

COPY = (
    "Two cargo planes landed at the northern airfield before dawn with crates that nobody was allowed to see. "
    "The crates were driven to a warehouse on the edge of the town under a police escort later that morning."
)


def make(outlet: str, text: str, published: str | None = None, **more: Any) -> Article:
    return Article(
        id=outlet.lower(), outlet=outlet, title="", text=text, published=published, **more
    )


def reading(*articles: Article) -> Reading:
    return Reading(articles, tuple(c for a in articles for c in claims_of(a)), (), ())


def test_words_are_carried_from_whoever_had_them_first() -> None:
    early, late = make("Early", COPY, "2019-03-23"), make("Late", "Hello. " + COPY, "2019-03-24")
    (edge,) = origins_of(reading(late, early)).carried
    assert (edge.article, edge.source, edge.source_article, edge.how) == (
        "late",
        "Early",
        "early",
        "verbatim",
    )
    assert late.text[edge.spans[0].start : edge.spans[0].end] == COPY.rstrip(".")
    assert edge.share > 0.9


def test_a_word_edited_does_not_end_a_stretch() -> None:
    edited = COPY.replace("northern", "military")
    early, late = make("Early", COPY, "2019-03-23"), make("Late", edited, "2019-03-24")
    (edge,) = origins_of(reading(early, late)).carried
    assert edge.share > 0.8


def test_a_shared_quotation_is_no_carried_text() -> None:
    said = f"“{COPY}” he said."
    early, late = make("Early", said, "2019-03-23"), make("Late", said, "2019-03-24")
    assert origins_of(reading(early, late)).carried == ()


def test_without_times_shared_words_have_no_direction_but_one_origin() -> None:
    found = origins_of(reading(make("One", COPY), make("Two", COPY)))
    assert found.carried == ()
    assert len(found.alike) == 1


def test_an_agency_is_credited_even_when_it_was_not_read() -> None:
    (edge,) = origins_of(reading(make("Paper", "Short.", credits=("AP",)))).carried
    assert (edge.source, edge.source_article, edge.how) == ("Associated Press", None, "credit line")


def test_a_block_quotation_and_x_reported_say_so_themselves() -> None:
    text = "The bridge was closed, Reuters reported."
    quoted = make(
        "Blog", text, quoted=(Quoted(start=0, end=21, source="Meridian Wire (@meridianwire)"),)
    )
    edges = origins_of(reading(make("Meridian Wire", "Other."), quoted)).carried
    assert [(e.source, e.how) for e in edges] == [
        ("Meridian Wire", "block quotation"),
        ("Reuters", "says so"),
    ]


def test_who_cites_a_medium_that_cites_somebody_carries_nothing() -> None:
    text = "Sputnik, a state agency, cited a diplomat as saying that the bridge was closed."
    assert origins_of(reading(make("Wire", text))).carried == ()


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("AP", "Associated Press"),
        ("the Associated Press", "Associated Press"),
        ("Meridian Wire (@meridianwire)", "Meridian Wire"),
        ("The Meridian Wire.", "Meridian Wire"),
        ("state agency Interfax", "Interfax"),
        ("Ana Roe", "Ana Roe"),
    ],
)
def test_sources_are_named_as_the_run_knows_them(name: str, known: str) -> None:
    assert canonical_source(name, {"meridian wire": "Meridian Wire"}) == known


def test_corroboration_counts_origins(judged: Callable[..., Any]) -> None:
    wire = make("Wire", COPY, "2019-03-23")
    copies = [make(name, COPY, "2019-03-24") for name in ("North", "South")]
    alone = make("Alone", "Cargo planes landed at an airfield, two workers said.", "2019-03-24")
    told = make("Told", "Cargo planes landed at an airfield, Wire reported.", "2019-03-24")
    story = judged([wire, *copies, alone, told], about="landed")
    assert story.detail.origins == 2
    assert story.mention("North").carried_from == "Wire"
    assert story.mention("Alone").carried_from is None
    assert story.mention("Told").attribution.voice is Voice.OUTLET
