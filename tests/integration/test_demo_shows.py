"""What a report on the sample web must show, each found by the program and nowhere hard-coded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from compare.datamodel import Completeness, ConflictKind, Detail, Mention, Stage, Status

if TYPE_CHECKING:
    from tests.integration.conftest import Demo

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.timeout(900)]

OTHER_EVENTS = [
    "meridian-wire/second-blackout",
    "meridian-wire/china-medical-aid",
    "northgate-courier/barr-summary",
    "halyard-radio/caracas-dark-again",
    "fenwick-standard/cucuta-aid-planes",
    "lantern-post/bombers-in-caracas",
    "lantern-post/barr-whitewash",
    "continental-voice/blackout-sabotage",
    "port-alder-gazette/e-edition",
    "port-alder-gazette/juniper-street-bridge",
    "tradewind-news/marrero-arrest",
    "airframe-weekly/max-software",
    "airframe-weekly/tu160-venezuela",
    "evening-signal/council-budget",
]
BEFORE_FETCHING = ["cucuta-aid-planes", "marrero-arrest", "tu160-venezuela"]


def mentions(demo: Demo, outlet: str) -> Iterator[tuple[Detail, Mention]]:
    for detail in demo.comparison.details:
        for mention in detail.mentions:
            if mention.outlet == outlet:
                yield detail, mention


def quote(demo: Demo, mention: Mention) -> str:
    article = next(each for each in demo.comparison.articles if each.id == mention.article)
    return article.read(mention.field)[mention.start : mention.end]


def conflicts(demo: Demo, kind: ConflictKind) -> set[frozenset[tuple[str, str]]]:
    """The conflicts of a kind, each as two (outlet, value)."""
    return {
        frozenset(
            {
                (detail.mentions[each.a].outlet, each.a_value.lower()),
                (detail.mentions[each.b].outlet, each.b_value.lower()),
            }
        )
        for detail in demo.comparison.details
        for each in detail.conflicts
        if each.kind is kind
    }


def test_nearly_100_conflicts_with_at_least_100(demo: Demo) -> None:
    found = conflicts(demo, ConflictKind.NUMBER)
    assert any(
        {"The Lantern Post"} < {outlet for outlet, _ in pair}
        and any("at least 100" in value for _, value in pair)
        and any("nearly 100" in value for _, value in pair)
        for pair in found
    ), found


def test_35_tonnes_conflicts_with_38(demo: Demo) -> None:
    found = conflicts(demo, ConflictKind.NUMBER)
    assert any({v[:2] for _, v in pair} == {"35", "38"} for pair in found), found


def test_saturday_conflicts_with_sunday(demo: Demo) -> None:
    found = conflicts(demo, ConflictKind.DATE)
    assert any(
        "Continental Voice" in {outlet for outlet, _ in pair}
        and any("sunday" in value for _, value in pair)
        and any("saturday" in value for _, value in pair)
        for pair in found
    ), found


def test_the_altered_quotation_conflicts_with_the_original(demo: Demo) -> None:
    found = conflicts(demo, ConflictKind.QUOTATION)
    assert any("Continental Voice" in {outlet for outlet, _ in pair} for pair in found), found


def test_35_and_50_countries_are_no_conflict_with_anything_else(demo: Demo) -> None:
    for detail in demo.comparison.details:
        for each in detail.conflicts:
            values = {each.a_value, each.b_value}
            assert not any("countries" in v for v in values) or all("50" in v for v in values)


def test_block_quoted_sentences_are_carried_and_not_the_blog_s_own(demo: Demo) -> None:
    blog = demo.article("The Lantern Post")
    blocks = [quoted for quoted in blog.quoted if quoted.kind == "blockquote"]
    assert blocks, "the block quotation was lost in extraction"
    inside = [
        mention
        for _, mention in mentions(demo, "The Lantern Post")
        if mention.field == "text"
        and any(b.start <= mention.start and mention.end <= b.end for b in blocks)
    ]
    assert len(inside) >= 4
    for mention in inside:
        assert mention.carried_from, quote(demo, mention)
        assert "Meridian" in mention.carried_from
        assert not mention.editorialized, quote(demo, mention)


def test_the_blog_s_and_the_courier_s_text_is_traced_to_the_agency(demo: Demo) -> None:
    agency = demo.article("Meridian Wire").id
    sources = {(each.article, each.source_article) for each in demo.comparison.carried}
    assert (demo.article("The Lantern Post").id, agency) in sources
    assert (demo.article("Northgate Courier").id, agency) in sources
    assert agency not in {article for article, _ in sources}


def test_the_agency_and_those_who_carry_it_are_one_origin(demo: Demo) -> None:
    alone = {"Meridian Wire", "Northgate Courier"}
    shared = [
        detail
        for detail in demo.comparison.details
        if {mention.outlet for mention in detail.mentions} == alone
    ]
    assert shared
    assert {detail.origins for detail in shared} == {1}


@pytest.mark.parametrize(
    ("outlet", "loaded"),
    [
        ("The Lantern Post", ["dictator", "humiliated", "brazen", "thugs", "pathetic"]),
        ("Continental Voice", ["hysterical", "puppet", "shameless", "arrogance"]),
    ],
)
def test_loaded_words_are_marked_as_the_outlet_s_own(
    demo: Demo, outlet: str, loaded: list[str]
) -> None:
    article = demo.article(outlet)
    marked = " ".join(
        article.read(mention.field)[cue.start : cue.end].lower()
        for _, mention in mentions(demo, outlet)
        if mention.editorialized
        for cue in mention.cues
    )
    missed = [word for word in loaded if word not in marked]
    assert len(missed) <= 1, (missed, marked)


def test_dictator_is_marked_beside_humiliated(demo: Demo) -> None:
    assert any(
        demo.article(mention.outlet).read(mention.field)[cue.start : cue.end] == "dictator"
        for _, mention in mentions(demo, "The Lantern Post")
        for cue in mention.cues
    )


@pytest.mark.parametrize(
    "outlet",
    [
        "Meridian Wire",
        "Northgate Courier",
        "Fenwick Standard",
        "Airframe Weekly",
    ],
)
def test_plain_reporting_is_not_called_editorial(demo: Demo, outlet: str) -> None:
    called = [
        quote(demo, mention) for _, mention in mentions(demo, outlet) if mention.editorialized
    ]
    assert called == []


def test_paywalled_and_failed_outlets_are_never_said_to_leave_out(demo: Demo) -> None:
    assert demo.article("Port Alder Gazette").completeness is Completeness.PAYWALLED
    for outlet in ("Port Alder Gazette", "Evening Signal"):
        statuses = {demo.cell(detail, outlet).status for detail in demo.comparison.details}
        assert Status.LEFT_OUT not in statuses
        assert Status.CANNOT_TELL in statuses
    assert {demo.cell(d, "Evening Signal").status for d in demo.comparison.details} == {
        Status.CANNOT_TELL
    }


def test_what_came_later_is_published_before_for_the_early_article(demo: Demo) -> None:
    early = "Tradewind News"
    later = [
        demo.cell(detail, early)
        for detail in demo.comparison.details
        if early not in {mention.outlet for mention in detail.mentions}
    ]
    statuses = {cell.status for cell in later}
    assert Status.PUBLISHED_BEFORE in statuses
    assert Status.LEFT_OUT not in statuses


def test_only_articles_on_the_event_are_compared(demo: Demo) -> None:
    others = {demo.addresses[each] for each in OTHER_EVENTS}
    assert {article.url for article in demo.comparison.articles} & others == set()
    assert len(demo.comparison.articles) == 9


@pytest.mark.parametrize("story", OTHER_EVENTS)
def test_every_other_article_is_listed_with_the_reason(demo: Demo, story: str) -> None:
    reasons = {failure.url: failure for failure in demo.comparison.failures}
    failure = reasons[demo.addresses[story]]
    assert failure.reason
    if story.endswith("e-edition"):
        assert failure.stage is Stage.ROBOTS


def test_the_failing_page_is_listed_with_its_status(demo: Demo) -> None:
    address = demo.addresses["evening-signal/russian-troop-planes"]
    (failure,) = (each for each in demo.comparison.failures if each.url == address)
    assert failure.stage is Stage.FETCH
    assert "503" in failure.reason
    assert failure.outlet == "Evening Signal"


def test_the_crawl_asked_politely(demo: Demo) -> None:
    first: dict[str, str] = {}
    for asked in demo.requests:
        assert "parallax" in asked.user_agent.lower()
        first.setdefault(asked.outlet, asked.target)
    assert set(first.values()) == {"/robots.txt"}
    assert not any(asked.target.startswith("/e-edition/") for asked in demo.requests)


def test_what_is_plainly_outside_the_window_is_not_fetched(demo: Demo) -> None:
    targets = {asked.target for asked in demo.requests}
    for story, address in demo.addresses.items():
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if story.partition("/")[2] in BEFORE_FETCHING:
            assert target not in targets


def test_crawl_delay_is_kept(demo: Demo) -> None:
    times = [asked.at for asked in demo.requests if asked.outlet == "halyard-radio"]
    assert len(times) >= 3
    # The server may see two requests closer together than they were sent, but not all of them.
    assert times[-1] - times[1] >= len(times) - 2 - 0.1


def test_a_detail_is_not_shown_twice(demo: Demo) -> None:
    seen: list[tuple[str, set[str]]] = []
    for detail in demo.comparison.details:
        claims = {mention.claim for mention in detail.mentions}
        if detail.part_of is None and len({mention.outlet for mention in detail.mentions}) > 1:
            for text, others in seen:
                alike = len(claims & others) / len(claims | others)
                assert alike < 0.75, (alike, text, detail.text)
            seen.append((detail.text, claims))


def test_every_span_is_in_its_article(demo: Demo) -> None:
    for detail in demo.comparison.details:
        for mention in detail.mentions:
            assert quote(demo, mention).strip()


def test_the_report_is_written(demo: Demo) -> None:
    assert (demo.folder / "report" / "index.html").is_file()
