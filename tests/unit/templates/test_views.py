"""What the views work out: conflicts, the glance, whose text it is, words beside words, times."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from compare.datamodel import (
    Article,
    Carried,
    Comparison,
    Conflict,
    ConflictKind,
    Detail,
    Quotation,
    Quoted,
    Rendering,
)
from compare.kinds import CarriedHow, Variant
from compare.times import moment
from templates.facts.borrowed import borrowed
from templates.facts.index import Facts, mentions_by_article
from templates.html.marks import Piece, changes, kept
from templates.html.strings import english
from templates.press import stylesheet
from templates.views.conflicts import ORDER, clashes, distinct
from templates.views.loaded import Loaded, Quote, voiced
from templates.views.outlet import outlet_page
from templates.views.pairs import pair_pages, pairs_page
from templates.views.quotations import quotations
from templates.views.story import story_page
from templates.views.timeline import timeline_page
from templates.views.words import exchanged

ROOT = Path(__file__).parents[3]


def facts_of(comparison: Comparison) -> Facts:
    return Facts(comparison, english())


def named(comparison: Comparison, words: str) -> Detail:
    return next(d for d in comparison.details if words in d.text)


def part_of(harbour: Comparison, part: Detail, main: Detail) -> Comparison:
    details = (replace(d, part_of=main.id) if d is part else d for d in harbour.details)
    return replace(harbour, details=tuple(details))


def test_a_part_with_a_conflict_of_its_own_stands_by_itself(harbour: Comparison) -> None:
    main, part = named(harbour, "Nobody was hurt"), named(harbour, "slow scrape")
    shown = {f.detail.id for f in facts_of(part_of(harbour, part, main)).details}
    assert part.id in shown


def sides_of(
    harbour: Comparison, kind: ConflictKind, pairs: tuple[tuple[int, str, int, str], ...]
) -> list[tuple[str, tuple[str, ...]]]:
    main = named(harbour, "ran aground off")
    first = main.conflicts[0]
    made = tuple(replace(first, kind=kind, a=a, a_value=x, b=b, b_value=y) for a, x, b, y in pairs)
    [clash] = clashes(facts_of(harbour), replace(main, conflicts=made))
    return list(clash.givers)


def test_a_role_that_two_spell_differently_is_one_value(harbour: Comparison) -> None:
    pairs = (
        (0, "campaign manager", 2, "campaign chairman"),
        (0, "campaign manager", 3, "Oakes campaign chair"),
        (0, "campaign manager", 4, "Campaign Chairman"),
    )
    givers = sides_of(harbour, ConflictKind.ROLE, pairs)
    mentions = named(harbour, "ran aground off").mentions
    chairs = tuple(mentions[i].outlet for i in (2, 4, 3))
    assert givers == [("campaign chairman", chairs), ("campaign manager", (mentions[0].outlet,))]


def test_roles_that_conflict_stay_apart_though_one_has_the_others_words(
    harbour: Comparison,
) -> None:
    pairs = ((0, "vice president", 2, "president"), (3, "president", 4, "vice president"))
    givers = sides_of(harbour, ConflictKind.ROLE, pairs)
    assert [value for value, _ in givers] == ["vice president", "president"]


def test_who_gives_both_values_is_no_side_where_two_others_differ(harbour: Comparison) -> None:
    pairs = (
        (0, "22", 1, "two dozen"),
        (1, "two dozen", 2, "29"),
        (3, "22", 2, "29"),
        (0, "22", 4, "31"),
    )
    givers = sides_of(harbour, ConflictKind.NUMBER, pairs)
    assert givers == [("22", ("Free Coast",)), ("29", ("The Daily Harbour",))]


def test_who_alone_gives_another_value_beside_the_common_one_is_named_with_it(
    harbour: Comparison,
) -> None:
    pairs = ((0, "nearly 100", 1, "100"), (2, "nearly 100", 1, "100"))
    givers = sides_of(harbour, ConflictKind.NUMBER, pairs)
    assert givers == [("nearly 100", ("The Daily Harbour",)), ("100", ("Northline Wire",))]


def test_a_number_is_no_other_that_has_its_words(harbour: Comparison) -> None:
    pairs = ((0, "100", 2, "90"), (0, "100", 3, "nearly 90"))
    assert len(sides_of(harbour, ConflictKind.NUMBER, pairs)) == 3


def test_a_part_whose_conflict_the_larger_one_has_does_not(harbour: Comparison) -> None:
    main, part = named(harbour, "ran aground off"), named(harbour, "slow scrape")
    c = main.conflicts[0]
    same = replace(
        part,
        part_of=main.id,
        conflicts=(replace(c, a=0, b=2, a_value=c.b_value.upper(), b_value=c.a_value),),
    )
    details = tuple(same if d is part else d for d in harbour.details)
    shown = {f.detail.id for f in facts_of(replace(harbour, details=details)).details}
    assert part.id not in shown


def test_a_conflict_that_two_details_share_is_told_once_where_most_take_part(
    harbour: Comparison,
) -> None:
    main, other = named(harbour, "ran aground off"), named(harbour, "Nobody was hurt")
    again = replace(main.conflicts[0], a=1, b=3)
    details = tuple(replace(d, conflicts=(again,)) if d is other else d for d in harbour.details)
    facts = facts_of(replace(harbour, details=details))
    told = [(f.detail.id, c.values) for f, c in distinct(facts, facts.details)]
    assert told == [
        (main.id, frozenset({"214", "at least 230", "213"})),
        (named(harbour, "slow scrape").id, frozenset({"silence", "nothing"})),
    ]


def test_every_kind_of_conflict_has_a_place_and_a_name() -> None:
    assert set(ORDER) == set(ConflictKind)
    assert all(f"conflict.{kind.name}" in english() for kind in ConflictKind)


def test_the_value_that_most_give_comes_first_in_its_words(harbour: Comparison) -> None:
    main = named(harbour, "ran aground off")
    more = Conflict(
        a=2,
        b=3,
        kind=ConflictKind.NUMBER,
        a_value="214",
        b_value="at least 230",
        a_span=main.conflicts[0].a_span,
        b_span=main.conflicts[0].b_span,
        sentence="x",
    )
    facts = facts_of(harbour)
    [clash] = clashes(facts, replace(main, conflicts=(*main.conflicts, more)))
    assert clash.givers[0] == ("214", ("Northline Wire", "The Daily Harbour"))
    assert clash.context == ("early on Tuesday with ", "214", " people aboard, the coast")
    assert clash.outlets == 4


def test_the_story_begins_with_the_conflict_the_omission_the_loaded_words_and_the_loans(
    harbour: Comparison,
) -> None:
    glance = story_page(facts_of(harbour)).glance
    assert glance.versus[0].sides == (
        ("214", "Northline Wire"),
        ("at least 230", "Free Coast"),
        ("213", "Tolvik Courier"),
    )
    first = glance.omitted[0]
    assert first.text[1].startswith("The ship was built in 1998")
    assert first.stated == "3 of 7 outlets"
    assert [(lack.code, lack.who) for lack in first.lacks] == [
        ("l", "left out by Tolvik Courier"),
        ("b", "came up after Skerry Radio had published"),
        ("q", "cannot be told of Meridian Evening and Lantern Post"),
    ]
    assert glance.voiced[0].outlet == "Free Coast"
    assert "rust-bucket" in glance.voiced[0].words or "arrogantly" in glance.voiced[0].words
    assert [(t.outlet, t.source) for t in glance.taken] == [
        ("The Daily Harbour", "Northline Wire"),
        ("Free Coast", "Northline Wire"),
    ]


def test_a_report_without_anything_to_glance_at_says_so(harbour: Comparison) -> None:
    bare = replace(harbour, details=(), carried=())
    glance = story_page(facts_of(bare)).glance
    assert (glance.versus, glance.omitted, glance.voiced, glance.taken) == ((), (), (), ())


def test_text_that_two_kinds_of_evidence_cover_counts_once(harbour: Comparison) -> None:
    [block] = [c for c in harbour.carried if c.article == "coast-1"]
    half = (block.spans[0].start + block.spans[0].end) // 2
    verbatim = replace(
        block, how=CarriedHow.VERBATIM, share=0.2, spans=(replace(block.spans[0], start=half),)
    )
    credit = Carried(article="coast-1", source="Northline Wire", source_article=None, how=CarriedHow.CREDIT_LINE, share=0.0)  # fmt: skip
    articles = {a.id: a for a in harbour.articles}
    [debt] = borrowed((verbatim, replace(block, share=0.3), credit), articles)
    assert debt.how == ("block quotation", "verbatim", "credit line")
    length = block.spans[0].end - block.spans[0].start
    assert debt.percent == round(100 * length / len(articles["coast-1"].text))


def test_a_credit_without_carried_text_is_no_percentage(harbour: Comparison) -> None:
    credit = Carried(article="courier-1", source="A Wire", source_article=None, how=CarriedHow.CREDIT_LINE, share=0.0)  # fmt: skip
    facts = facts_of(replace(harbour, carried=(credit,)))
    page = outlet_page(facts, "Tolvik Courier", mentions_by_article(facts))
    assert "It credits A Wire." in page.profile
    assert not any("%" in line for line in page.profile)


def test_side_by_side_the_values_that_conflict_are_marked_on_both_sides(
    harbour: Comparison,
) -> None:
    facts = facts_of(harbour)
    page = next(p for p in pair_pages(facts) if p.title == "Northline Wire and Tolvik Courier")
    line = page.sections[0].lines[0]
    marked = [
        [p.text for p in side.parts if p.kind == "differs"] for side in (line.left, line.right)
    ]
    assert marked == [["214"], ["213"]]
    assert any("who had been steering" in p.text for s in page.sections for row in s.lines for p in row.right.parts)  # fmt: skip


def test_a_conflict_of_two_is_shown_even_under_words_that_another_detail_has(
    harbour: Comparison,
) -> None:
    main, twin = named(harbour, "ran aground off"), named(harbour, "Nobody was hurt")
    details = tuple(
        replace(main, id="twin", conflicts=()) if d is twin else d for d in harbour.details
    )
    facts = facts_of(replace(harbour, details=(*details[1:], details[0])))
    page = next(p for p in pair_pages(facts) if p.title == "Northline Wire and Free Coast")
    assert page.sections[0].title == "Where the two conflict"
    assert [line.text for line in page.sections[0].lines] == [main.text]


def test_sentences_in_quite_other_words_are_not_compared_word_by_word(harbour: Comparison) -> None:
    facts = facts_of(harbour)
    page = next(p for p in pair_pages(facts) if p.title == "Northline Wire and Skerry Radio")
    [line] = [row for s in page.sections for row in s.lines if "ran aground off" in row.text]
    # Of the wire's two mentions the headline is closer to what the radio says.
    assert [p.text for p in line.left.parts] == ["Ferry with 214 aboard runs aground off Tolvik"]
    courier = next(
        p for p in pair_pages(facts) if p.title == "The Daily Harbour and Tolvik Courier"
    )
    [line] = [row for s in courier.sections for row in s.lines if "ran aground off" in row.text]
    assert {p.kind for p in line.right.parts} == {""}


def test_only_outlets_that_were_read_are_compared_with_each_other(harbour: Comparison) -> None:
    page = pairs_page(facts_of(harbour))
    assert "Lantern Post" not in [c.name for c in page.columns]
    assert page.unread == "Lantern Post"


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [("a b c d", "a b c d", 1.0), ("a b c d", "a b x d", 0.75), ("a b", "c d", 0.0), ("", "", 0.0)],
)
def test_what_two_wordings_keep(old: str, new: str, share: float) -> None:
    assert kept(changes(old, new)) == share


@pytest.mark.parametrize(
    ("old", "new", "pair"),
    [
        ("The strongman in Caracas spoke to troops on Friday", "The president in Caracas spoke to troops on Friday", [("strongman", "president")]),
        ("The aircraft brought the general to the main airport", "The plane had brought the general to the main airport", [("aircraft", "plane")]),
        ("They said the town had authorized them to land on Friday", "They said the town of Tolvik to land on Friday", []),
        ("The ship in Tolvik was repaired by the harbour crew", "The ship there was repaired by the harbour crew", []),
    ],
)  # fmt: skip
def test_an_exchange_is_of_words_that_could_stand_for_each_other(
    old: str, new: str, pair: list[tuple[str, str]]
) -> None:
    assert list(exchanged(changes(old, new))) == pair


def test_the_timeline_is_marked_at_whole_days_or_hours(harbour: Comparison) -> None:
    page = timeline_page(facts_of(harbour))
    assert [t.label for t in page.ticks] == ["06:00", "09:00", "12:00", "15:00"]
    later = tuple(
        replace(a, published="2031-05-09T10:00:00+00:00") if a.outlet == "Free Coast" else a
        for a in harbour.articles
    )
    page = timeline_page(facts_of(replace(harbour, articles=later)))
    assert [t.label for t in page.ticks] == ["7 May", "8 May", "9 May"]
    assert [t.at for t in page.ticks] == sorted(t.at for t in page.ticks)
    assert moment("2031-05-07") is not None


def test_nobody_is_first_where_days_alone_are_known(harbour: Comparison) -> None:
    days = tuple(replace(a, published="2031-05-06") for a in harbour.articles)
    page = timeline_page(facts_of(replace(harbour, articles=days)))
    assert not page.surfaced
    assert page.open == "The times do not show who was first with any detail."  # fmt: skip
    known = timeline_page(facts_of(harbour)).surfaced
    shared = next(s for s in known if s.text == "Nobody was hurt.")
    assert shared.first == "Northline Wire"
    assert "Tolvik Courier, 3 hours later" in shared.others


def test_an_event_without_words_is_called_by_its_most_central_headline(harbour: Comparison) -> None:
    nameless = replace(harbour, event=replace(harbour.event, about=""))
    assert story_page(facts_of(nameless)).title == (
        "“Ferry with 214 aboard runs aground off Tolvik” (Northline Wire)"
    )
    two = replace(nameless, outlets=("Northline Wire", "Free Coast"), articles=(), details=(), carried=(), failures=())  # fmt: skip
    assert story_page(facts_of(two)).title == "One event, compared"


def test_a_quotation_is_shown_as_each_outlet_renders_it(harbour: Comparison) -> None:
    main = named(harbour, "slow scrape")
    first, last = main.mentions[0], main.mentions[2]
    given = (
        Rendering(mention=0, start=first.start, end=first.end, variant=Variant.FULLEST, speaker="Ida Brenner", verb="said"),
        Rendering(mention=2, start=last.start, end=last.end, variant=Variant.ALTERED),
    )  # fmt: skip
    facts = facts_of(harbour)
    [shown] = quotations(facts, replace(main, quotations=(Quotation(renderings=given),)))
    assert [(r.outlet, r.text, r.variant, r.said_by) for r in shown] == [
        ("Northline Wire", main.text, "the fullest", "(Ida Brenner said)"),
        ("Tolvik Courier", "A long slow scrape, and then nothing", "with words exchanged", ""),
    ]


def test_quoted_paragraphs_of_one_source_stand_together(harbour: Comparison) -> None:
    text = "Own words here.\nFirst of the wire.\nSecond of the wire.\nOwn words again."
    first, second = text.index("First"), text.index("Second")
    blocks = (
        Quoted(start=first, end=second - 1, source="A Wire"),
        Quoted(start=second, end=text.index("Own words again") - 1, source="A Wire"),
    )
    article = Article(id="x", outlet="Free Coast", title="T", text=text, quoted=blocks)
    facts = facts_of(replace(harbour, articles=(article,), details=(), carried=()))
    [view] = outlet_page(facts, "Free Coast", {}).articles
    assert [(p.begins, p.ends) for p in view.paragraphs] == [
        (False, False), (True, False), (False, True), (False, False),
    ]  # fmt: skip


def test_a_reason_that_is_the_same_for_all_is_told_once(
    harbour: Comparison,
) -> None:
    facts = facts_of(harbour)
    [gap] = outlet_page(facts, "Lantern Post", {}).gaps
    assert ["403 Forbidden" in group.reason for group in gap.groups] == [True]
    accused = next(g for g in outlet_page(facts, "Free Coast", {}).gaps if g.code == "l")
    assert accused.reason.startswith("Its article was read in full (")
    reasons = [group.reason for group in accused.groups]
    assert reasons == sorted(set(reasons), key=reasons.index)
    assert all(reason.startswith("Already in ") for reason in reasons)


def test_pages_about_something_else_are_not_called_lost(harbour: Comparison) -> None:
    page = outlet_page(facts_of(harbour), "Tolvik Courier", {})
    assert page.failures == ()
    assert "another event" in page.elsewhere[0]


def test_every_part_of_the_bar_has_a_colour_of_its_own(harbour: Comparison) -> None:
    style = stylesheet("report.css")
    fills = [
        re.search(rf"\.share-{part.key} {{[^}}]*fill: ([^;]+);", style)
        for part in story_page(facts_of(harbour)).bar
    ]
    assert len({fill[1] for fill in fills if fill}) == len(fills)


def test_words_that_tell_by_themselves_stand_first_among_an_outlet_s_loaded_words() -> None:
    plain, telling = Piece("still, ", "cue"), Piece("dictator", "cue")
    quote = Quote("d1", (plain, telling), ("dictator",))
    assert voiced(Loaded("Post", "post", (quote,), 1, "1 passage", 0)).words[0] == "dictator"
