from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from compare.datamodel import Article, Completeness, Failure, Quoted, Stage, Status
from compare.kinds import Cause, Weight

if TYPE_CHECKING:
    from collections.abc import Callable

    Judge = Callable[..., Any]

LANDED = "Two cargo planes landed at the northern airfield."
OTHER = "The ministry opened a new school in the capital."


def make(outlet: str, text: str, **more: object) -> Article:
    filler = "The weather over the harbor was calm and few people were about at that hour. " * 4
    return replace(
        Article(
            id=outlet.lower(),
            outlet=outlet,
            title="",
            text=f"{text}\n\n{filler}",
            published="2019-03-24T12:00:00+00:00",
            completeness=Completeness.FULL,
        ),
        **more,  # type: ignore[arg-type]
    )


WIRE = make("Wire", LANDED)


def test_a_plain_mention_is_included_with_its_evidence(judged: Judge) -> None:
    cell = judged([WIRE], about="landed").cell("Wire")
    assert cell.status is Status.INCLUDED
    assert cell.mentions == (0,)
    assert "plain voice" in cell.reason


def test_a_mention_laid_to_a_source_says_whose(judged: Judge) -> None:
    told = make("Port", "Two cargo planes landed there, an airport worker said.")
    assert "an airport worker" in judged([told], about="landed").cell("Port").reason


def test_left_out_names_both_times_and_what_was_read(judged: Judge) -> None:
    late = make("Late", OTHER, published="2019-03-25T09:30:00+00:00")
    cell = judged([WIRE, late], about="landed").cell("Late")
    assert cell.status is Status.LEFT_OUT
    assert "25 March 2019, 09:30 UTC" in cell.reason
    assert "24 March 2019, 12:00 UTC" in cell.reason
    assert "read in full" in cell.reason


def test_the_latest_article_is_named_whatever_zone_its_time_is_in(judged: Judge) -> None:
    early = make("Late", OTHER, published="2019-03-25T11:00:00+05:00", id="early")
    late = make("Late", OTHER + " It rained.", published="2019-03-25T09:30:00Z", id="late")
    reason = judged([WIRE, early, late], about="landed").cell("Late").reason
    assert "25 March 2019, 09:30 UTC" in reason


def test_a_time_is_no_more_precise_than_it_is_known(judged: Judge) -> None:
    late = make("Late", OTHER, published="2019-03-26")
    assert (
        "article of 26 March 2019 was" in judged([WIRE, late], about="landed").cell("Late").reason
    )


def test_a_row_that_does_not_say_how_complete_it_is_counts_as_given_and_says_so(
    judged: Judge,
) -> None:
    unknown = make("Late", OTHER, published="2019-03-25", completeness=Completeness.UNKNOWN)
    cell = judged([WIRE, unknown], about="landed").cell("Late")
    assert cell.status is Status.LEFT_OUT
    assert "nothing says how complete" in cell.reason


@pytest.mark.parametrize(
    "how",
    [
        Completeness.TRUNCATED,
        Completeness.PAYWALLED,
        Completeness.LIVE_BLOG,
        Completeness.VIDEO,
        Completeness.ROUNDUP,
    ],
)
def test_nobody_is_accused_on_a_part_of_an_article(judged: Judge, how: Completeness) -> None:
    part = make("Part", OTHER, published="2019-03-25", completeness=how)
    assert judged([WIRE, part], about="landed").cell("Part").status is Status.CANNOT_TELL


def test_one_part_read_in_full_does_not_make_up_for_another_cut_short(judged: Judge) -> None:
    full = make("Two", OTHER, published="2019-03-25")
    part = make(
        "Two",
        OTHER + " It is near.",
        id="b",
        published="2019-03-25",
        completeness=Completeness.TRUNCATED,
    )
    assert judged([WIRE, full, part], about="landed").cell("Two").status is Status.CANNOT_TELL


@pytest.mark.parametrize("text", ["", "Breaking news soon."])
def test_an_empty_page_or_a_stub_accuses_nobody(judged: Judge, text: str) -> None:
    stub = replace(make("Stub", OTHER, published="2019-03-25"), text=text)
    assert judged([WIRE, stub], about="landed").cell("Stub").status is Status.CANNOT_TELL


def test_a_stub_that_states_the_detail_includes_it(judged: Judge) -> None:
    stub = replace(make("Stub", ""), text=LANDED)
    assert judged([WIRE, stub], about="landed").cell("Stub").status is Status.INCLUDED


@pytest.mark.parametrize("stage", [Stage.FETCH, Stage.ROBOTS, Stage.EXTRACT, Stage.READ])
def test_a_lost_page_accuses_nobody_even_beside_one_that_was_read(
    judged: Judge, stage: Stage
) -> None:
    lost = Failure(stage=stage, reason="HTTP 503", outlet="Dead", url="https://dead.example/a")
    alone = judged([WIRE], about="landed", failures=[lost]).cell("Dead")
    assert alone.status is Status.CANNOT_TELL
    assert "HTTP 503" in alone.reason
    other = make("Dead", OTHER, published="2019-03-25")
    assert (
        judged([WIRE, other], about="landed", failures=[lost]).cell("Dead").status
        is Status.CANNOT_TELL
    )


def test_a_second_copy_and_an_article_on_something_else_are_no_losses(judged: Judge) -> None:
    late = make("Late", OTHER, published="2019-03-25")
    harmless = [
        Failure(
            stage=Stage.READ,
            reason="dito",
            outlet="Late",
            id="late2",
            cause=Cause.COPY,
            copy_of="late",
        ),
        Failure(stage=Stage.GATE, reason="about something else", outlet="Late", id="x"),
    ]
    cell = judged([WIRE, late], about="landed", failures=harmless).cell("Late")
    assert cell.status is Status.LEFT_OUT


def test_a_page_is_a_second_copy_by_its_field_and_not_by_its_reason(judged: Judge) -> None:
    late = make("Late", OTHER, published="2019-03-25")
    lost = Failure(stage=Stage.READ, reason="the same article as late", outlet="Late", id="late2")
    cell = judged([WIRE, late], about="landed", failures=[lost]).cell("Late")
    assert cell.status is Status.CANNOT_TELL


def test_an_outlet_of_which_nothing_was_found_gets_a_cell(judged: Judge) -> None:
    cell = judged([WIRE], about="landed", outlets=["Nowhere"]).cell("Nowhere")
    assert cell.status is Status.CANNOT_TELL
    assert "No article of Nowhere" in cell.reason


def test_an_earlier_article_could_not_know(judged: Judge) -> None:
    early = make("Early", OTHER, published="2019-03-23T08:00:00+00:00")
    cell = judged([WIRE, early], about="landed").cell("Early")
    assert cell.status is Status.PUBLISHED_BEFORE
    assert "23 March 2019, 08:00 UTC" in cell.reason
    assert "24 March 2019, 12:00 UTC" in cell.reason


def test_an_earlier_article_that_was_updated_late_enough_is_accused(judged: Judge) -> None:
    updated = make("Early", OTHER, published="2019-03-23", modified="2019-03-25")
    assert judged([WIRE, updated], about="landed").cell("Early").status is Status.LEFT_OUT


def test_between_two_versions_of_the_only_carrier_nobody_can_tell(judged: Judge) -> None:
    grown = make("Wire", LANDED, published="2019-03-22", modified="2019-03-26T10:00:00+00:00")
    middle = make("Middle", OTHER)
    cell = judged([grown, middle], about="landed").cell("Middle")
    assert cell.status is Status.CANNOT_TELL
    assert "may have added it" in cell.reason


@pytest.mark.parametrize("whose", ["Wire", "Late"])
def test_unknown_times_accuse_nobody_and_say_so(judged: Judge, whose: str) -> None:
    wire = make("Wire", LANDED, published=None if whose == "Wire" else "2019-03-24")
    late = make("Late", OTHER, published=None if whose == "Late" else "2019-03-25")
    cell = judged([wire, late], about="landed").cell("Late")
    assert cell.status is Status.CANNOT_TELL
    assert "not known" in cell.reason


def test_the_same_day_is_said_to_be_the_same_time(judged: Judge) -> None:
    wire, late = (
        make("Wire", LANDED, published="2019-03-24"),
        make("Late", OTHER, published="2019-03-24"),
    )
    cell = judged([wire, late], about="landed").cell("Late")
    assert cell.status is Status.LEFT_OUT
    assert "the same time as far as it is known" in cell.reason
    assert cell.confidence < 1


@pytest.mark.parametrize("published", ["2019-03-24", "2019-03-25"])
def test_an_outlet_s_name_changes_no_confidence(judged: Judge, published: str) -> None:
    wire = make("Wire", LANDED, published="2019-03-24")
    others = [make(name, OTHER, published=published) for name in ("Late Post", "same time Gazette")]
    story = judged([wire, *others], about="landed")
    one, other = (story.cell(article.outlet) for article in others)
    assert (one.status, one.confidence) == (other.status, other.confidence)
    assert one.status is Status.LEFT_OUT


def test_an_uncertain_match_is_shown_and_accuses_nobody(judged: Judge) -> None:
    late = make("Late", "Aircraft came in from abroad during the night.", published="2019-03-25")
    story = judged(
        [WIRE, late],
        about="landed",
        pairs=[(LANDED, "Aircraft came in from abroad during the night.", 0.22)],
    )
    cell = story.cell("Late")
    assert cell.status is Status.CANNOT_TELL
    assert "Aircraft came in from abroad" in cell.reason
    assert cell.confidence == 0.78


CAME_IN = "Aircraft came in from abroad during the night."


def test_who_states_the_row_s_text_in_a_sentence_that_is_no_mention_includes_it(
    judged: Judge,
) -> None:
    late = make("Late", CAME_IN, published="2019-03-25")
    story = judged([WIRE, late], about="landed", pairs=[(LANDED, CAME_IN, 0.9)])
    cell = story.cell("Late")
    assert (cell.status, cell.mentions, cell.confidence) == (Status.INCLUDED, (), 0.9)
    assert [story.words(m, m.start, m.end) for m in story.detail.evidence_of(cell)] == [CAME_IN]
    assert all(m.outlet != "Late" for m in story.detail.mentions)


def test_a_loaded_sentence_that_states_the_row_s_text_is_editorialized(judged: Judge) -> None:
    told = "The brutal dictator humiliated his critics when aircraft came in."
    blog = make("Blog", told, published="2019-03-25")
    cell = judged([WIRE, blog], about="landed", pairs=[(LANDED, told, 0.9)]).cell("Blog")
    assert cell.status is Status.EDITORIALIZED
    assert cell.stated_in
    assert cell.stated_in.cues


def test_the_words_of_one_clause_accuse_nobody(judged: Judge) -> None:
    told = "Halden and its harbor still support Mayor Roe, who accuses fishermen of plotting his overthrow this spring."
    wire = make("Wire", told)
    late = make(
        "Late",
        "The town of Halden is rich. It has supported Mayor Roe for years.",
        published="2019-03-25",
    )
    other = make("Other", "The town of Halden is rich. It lies on the sea.", published="2019-03-25")
    story = judged([wire, late, other], about="overthrow")
    assert story.cell("Late").status is Status.CANNOT_TELL
    assert "It has supported" in story.cell("Late").reason or "is rich" in story.cell("Late").reason
    assert story.cell("Other").status is Status.LEFT_OUT


def test_nobody_leaves_out_what_one_outlet_alone_says_of_it_knows_what(judged: Judge) -> None:
    vague, other = "“That was never my plan.”", make("Other", OTHER, published="2019-03-25")
    alone = judged([make("Wire", f"{LANDED} {vague}"), other], about="never")
    assert alone.cell("Other").status is Status.CANNOT_TELL
    assert "Read alone" in alone.cell("Other").reason
    also = make("Post", vague)
    shared = judged([make("Wire", f"{LANDED} {vague}"), also, other], about="never")
    assert shared.cell("Other").status is Status.LEFT_OUT


def test_nobody_leaves_out_a_headline(judged: Judge) -> None:
    titled = make("Wire", "A crew of nine was aboard.", title="Cargo planes land at the airfield")
    other = make("Other", OTHER, published="2019-03-25")
    story = judged([titled, other], about="Cargo planes land")
    assert story.cell("Other").status is Status.CANNOT_TELL
    assert "headline" in story.cell("Other").reason
    assert judged([titled, other], about="crew of nine").cell("Other").status is Status.LEFT_OUT


def test_the_same_words_in_two_sentences_accuse_nobody(judged: Judge) -> None:
    late = make(
        "Late",
        "The planes were two. They are cargo craft that landed at the northern airfield.",
        published="2019-03-25",
    )
    cell = judged([WIRE, late], about="Two cargo planes landed").cell("Late")
    assert cell.status is Status.CANNOT_TELL
    assert "most of these words" in cell.reason


def test_who_gives_one_sentence_of_a_quotation_is_not_accused_of_the_next(judged: Judge) -> None:
    called, sick = (
        "“The keepers of the weir are to blame.",
        "It is a sick and shameful business, a betrayal of every farmer on the river.”",
    )
    wire = make("Wire", f"{called} {sick}")
    short = make("Short", "The keepers, the mayor wrote, are to blame.", published="2019-03-25")
    other = make("Other", OTHER, published="2019-03-25")
    said = [(called, short.text.split("\n")[0], 0.9)]
    story = judged([wire, short, other], about="shameful", pairs=said)
    assert story.cell("Short").status is Status.CANNOT_TELL
    assert "another part of the same quotation" in story.cell("Short").reason
    assert story.cell("Other").status is Status.LEFT_OUT


def test_an_article_in_another_language_accuses_nobody(judged: Judge) -> None:
    wire = make("Wire", LANDED, language="en")
    other = make("Otro", OTHER, published="2019-03-25", language="es")
    assert judged([wire, other], about="landed").cell("Otro").status is Status.CANNOT_TELL


def test_a_mention_of_unknown_language_does_not_lift_that_excuse(judged: Judge) -> None:
    wire = make("Wire", LANDED)
    other = make("Otro", OTHER, published="2019-03-25", language="es")
    assert judged([wire, other], about="landed").cell("Otro").status is Status.CANNOT_TELL


def test_loaded_words_of_its_own_make_a_cell_editorialized(judged: Judge) -> None:
    blog = make(
        "Blog", "The brutal dictator humiliated and slammed his critics when planes landed."
    )
    story = judged([WIRE, blog], about="landed")
    assert story.cell("Blog").status is Status.EDITORIALIZED
    mention = story.mention("Blog")
    marked = {story.words(mention, c.start, c.end) for c in mention.cues}
    assert {"dictator", "humiliated"} <= marked
    assert "dictator" in story.cell("Blog").reason


def test_quoted_and_reported_loaded_words_are_not_the_outlets(judged: Judge) -> None:
    quoted = make("Fair", "“The brutal dictator humiliated us when planes landed,” Ana Roe said.")
    said = make(
        "Dry", "Ana Roe said that the brutal dictator had humiliated them when planes landed."
    )
    story = judged([quoted, said], about="landed")
    assert story.cell("Fair").status is Status.INCLUDED
    assert story.cell("Dry").status is Status.INCLUDED


def test_a_block_quotation_is_in_the_words_of_its_source(judged: Judge) -> None:
    text = "According to Wire:\n\n" + LANDED
    start = text.index(LANDED)
    blog = make("Blog", text, quoted=(Quoted(start=start, end=start + len(LANDED), source="Wire"),))
    story = judged([WIRE, blog], about="landed")
    assert story.mention("Blog").carried_from == "Wire"
    assert story.cell("Blog").status is Status.INCLUDED
    assert "taken from Wire" in story.cell("Blog").reason
    assert story.detail.origins == 1


def test_a_conflict_is_said_in_both_cells(judged: Judge) -> None:
    wire = make("Wire", "Nearly 100 troops landed at the airfield.")
    blog = make("Blog", "At least 140 troops landed at the airfield.")
    story = judged([wire, blog], about="troops")
    for outlet in ("Wire", "Blog"):
        cell = story.cell(outlet)
        assert cell.status is Status.CONFLICTING
        assert cell.reason == "Wire says Nearly 100, Blog says At least 140."
    (conflict,) = story.detail.conflicts
    assert (
        story.words(story.mention("Blog"), conflict.b_span.start, conflict.b_span.end)
        == "At least 140"
    )


def test_the_text_of_a_detail_is_its_plainest_mention(judged: Judge) -> None:
    blog = make("Blog", "The brutal dictator humiliated his critics when planes landed.")
    assert judged([blog, WIRE], about="landed").detail.text == LANDED


def test_the_side_that_most_others_exclude_is_the_conflicting_one(judged: Judge) -> None:
    many = [
        make(name, "The fire at the depot hurt 40 people.") for name in ("Wire", "Post", "Echo")
    ]
    alone = make("Blog", "The fire at the depot hurt 46 people.")
    story = judged([*many, alone], about="depot")
    assert story.cell("Blog").status is Status.CONFLICTING
    assert {story.cell(m.outlet).status for m in many} == {Status.INCLUDED}
    assert "40" in story.detail.text


def test_another_bound_makes_no_cell_conflict(judged: Judge) -> None:
    wire = make("Wire", "The fire at the depot hurt 40 people.")
    blog = make("Blog", "The fire at the depot hurt at least 40 people.")
    story = judged([wire, blog], about="depot")
    assert [c.weight for c in story.detail.conflicts] == [Weight.SOFT]
    assert {story.cell(o).status for o in ("Wire", "Blog")} == {Status.INCLUDED}
