"""The story: what the event is, who was read, and the details in the order in which they are of use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from compare.datamodel import Failure, Stage
from templates.facts.details import DetailFact
from templates.facts.index import Facts, is_whole, origins
from templates.html.times import spoken
from templates.views.conflicts import Clash, distinct
from templates.views.glance import Glance, glance
from templates.views.loaded import Loaded, loaded_of_all, voiced
from templates.views.shared import (
    Column,
    Row,
    columns,
    failed_state,
    rating_lead,
    row,
    words_of_codes,
)

# How much of each section the story shows before it leads to the matrix, which has everything:
# about so many cells a section, whatever the number of outlets.
SECTION_CELLS = 240
SECTION_ROWS = range(8, 17)
ALONE_ROWS = 3
# Up to so many outlets that were not read are listed with the reason; beyond, by name alone.
REASONED = 4


@dataclass(frozen=True, slots=True)
class Section:
    """Some details with their strips; `more` is how many further ones the matrix has."""

    key: str
    title: str
    lead: str
    rows: tuple[Row, ...]
    total: int
    more: int


@dataclass(frozen=True, slots=True)
class Alone:
    """What one outlet alone reports: the first few, and how many there are."""

    outlet: str
    outlet_key: str
    rows: tuple[tuple[str, str], ...]
    total: int
    more: int


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet in the list of who was read."""

    outlet: str
    outlet_key: str
    headline: str
    published: str
    state: str
    complete: bool
    carried: str
    rating: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the bar that says how much agrees: width in per cent."""

    key: str
    label: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class StoryPage:
    """index.html."""

    template: ClassVar[str] = "story.html"
    anchor: ClassVar[str] = "index"
    title: str
    standfirst: str
    window: str
    unread: str
    bar: tuple[Share, ...]
    bar_title: str
    glance: Glance
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    alone: tuple[Alone, ...]
    alone_total: int
    loaded: tuple[Loaded, ...]
    outlets: tuple[OutletRow, ...]
    rated: str
    rating_lead: str


def story_page(facts: Facts) -> StoryPage:
    """The story of a comparison."""
    say = facts.say
    alone = _alone(facts)
    loaded = loaded_of_all(facts)
    conflicts = distinct(facts, facts.details)
    return StoryPage(
        title=facts.about,
        standfirst=_standfirst(facts),
        window=_window(facts),
        unread=_unread(facts),
        bar=_bar(facts),
        bar_title=say("story.bar", count=len(facts.details)),
        glance=glance(facts, conflicts, [voiced(one) for one in loaded]),
        columns=columns(facts),
        sections=_sections(facts, conflicts),
        alone=alone,
        alone_total=sum(a.total for a in alone),
        loaded=loaded,
        outlets=tuple(_outlet_row(facts, name) for name in facts.outlets),
        rated=say("ratings.column", name=facts.ratings.column) if facts.ratings else "",
        rating_lead=rating_lead(facts),
    )


def _standfirst(facts: Facts) -> str:
    articles = facts.comparison.articles
    read = sum(bool(rows) for rows in facts.articles_of.values())
    return facts.say(
        "story.standfirst",
        details=facts.say("story.details", count=len(facts.details)),
        articles=facts.say("story.articles", count=len(articles)),
        outlets=facts.say("story.outlets", count=read),
        origins=facts.say("story.origins", count=origins(facts)),
    )


def _window(facts: Facts) -> str:
    event = facts.comparison.event
    start, end = spoken(event.start, facts.say), spoken(event.end, facts.say)
    if start and end and start != end:
        return facts.say("story.window", start=start, end=end)
    return start or end


def _unread(facts: Facts) -> str:
    say = facts.say
    failed = [f for f in facts.comparison.failures if f.stage is not Stage.GATE]
    silent = [name for name, rows in facts.articles_of.items() if not rows]
    parts = [say("story.failed", count=len(failed))] if failed else []
    if silent:
        why = [(name, failed_state(facts, _failures_of(facts, name))) for name in silent]
        parts.append(say("story.silent", names=_with_reasons(facts, why)))
    partial = {
        a.outlet: say(f"completeness.{a.completeness.name}")
        for a in facts.comparison.articles
        if not is_whole(a)
    }
    if partial:
        parts.append(say("story.partial", names=_with_reasons(facts, list(partial.items()))))
    return " ".join(parts)


def _with_reasons(facts: Facts, outlets: Sequence[tuple[str, str]]) -> str:
    """Names, each with its reason while they are few."""
    if len(outlets) > REASONED:
        return facts.say("list.comma").join(name for name, _ in outlets)
    pairs = (facts.say("story.because", name=name, reason=reason) for name, reason in outlets)
    return facts.say("list.semicolon").join(pairs)


def _failures_of(facts: Facts, name: str) -> list[Failure]:
    return [f for f in facts.comparison.failures if f.outlet == name]


def _bar(facts: Facts) -> tuple[Share, ...]:
    counts = Counter(fact.group for fact in facts.details)
    total = max(len(facts.details), 1)
    found, at = [], 0.0
    for key in ("everyone", "some", "one"):
        width = 100 * counts[key] / total
        found.append(Share(key, facts.say(f"story.{key}.short"), counts[key], at, width))
        at += width
    return tuple(found)


def _sections(facts: Facts, conflicts: Sequence[tuple[DetailFact, Clash]]) -> tuple[Section, ...]:
    everyone = _rows(facts, [f for f in facts.details if f.group == "everyone"])
    some = _rows(facts, [f for f in facts.details if f.group == "some"])
    words = words_of_codes(facts.say)
    led = [
        replace(row(facts, fact, words), conflicts=(), lead=clash)
        for fact, clash in conflicts[: _room(facts)]
    ]
    return (
        _section(facts, "everyone", *everyone),
        _section(facts, "conflict", led, len(conflicts)),
        _section(facts, "some", *some),
    )


def _room(facts: Facts) -> int:
    """How many rows a section has."""
    wanted = SECTION_CELLS // max(len(facts.outlets), 1)
    return min(max(wanted, SECTION_ROWS.start), SECTION_ROWS.stop - 1)


def _rows(facts: Facts, found: Sequence[DetailFact]) -> tuple[list[Row], int]:
    """The first details as rows, and how many there are."""
    words = words_of_codes(facts.say)
    # Details that share their plainest words would read as one line said twice.
    different = list({fact.detail.text: fact for fact in reversed(found)}.values())[::-1]
    return [row(facts, fact, words) for fact in different[: _room(facts)]], len(found)


def _section(facts: Facts, key: str, rows: Sequence[Row], total: int) -> Section:
    return Section(
        key=key,
        title=facts.say(f"story.{key}.title"),
        lead=facts.say(f"story.{key}.lead" if rows else f"story.{key}.none"),
        rows=tuple(rows),
        total=total,
        more=total - len(rows),
    )


def _alone(facts: Facts) -> tuple[Alone, ...]:
    by_outlet: dict[str, list[DetailFact]] = {}
    for fact in facts.details:
        if fact.group == "one" and fact.detail.mentions:
            by_outlet.setdefault(fact.detail.mentions[0].outlet, []).append(fact)
    return tuple(
        Alone(
            outlet=name,
            outlet_key=facts.outlet_keys[name],
            rows=tuple((f.key, f.detail.text) for f in by_outlet[name][:ALONE_ROWS]),
            total=len(by_outlet[name]),
            more=max(len(by_outlet[name]) - ALONE_ROWS, 0),
        )
        for name in facts.outlets
        if name in by_outlet
    )


def _outlet_row(facts: Facts, name: str) -> OutletRow:
    say = facts.say
    articles = facts.articles_of[name]
    failures = _failures_of(facts, name)
    first = articles[0] if articles else None
    debts = [b for b in facts.borrowed if first and b.article == first.id and b.percent]
    return OutletRow(
        outlet=name,
        outlet_key=facts.outlet_keys[name],
        headline=first.title if first else "",
        published=spoken(first.published, say) if first else "",
        state=say(f"completeness.{first.completeness.name}")
        if first
        else failed_state(facts, failures),
        complete=bool(first and is_whole(first)),
        carried=say("list.comma").join(
            say("story.carried", percent=b.percent, source=b.source) for b in debts
        ),
        rating=facts.rating(name),
    )
