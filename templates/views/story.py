"""The story: what the event is, who was read, and the details in the order in which they are of use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from templates.facts.details import GROUPS, DetailFact
from templates.facts.index import Facts
from templates.views.answer import difference, unjudged
from templates.views.conflicts import distinct
from templates.views.glance import SHOWN, Conflicting, Glance, glance
from templates.views.loaded import Loaded, loaded_of_all, voiced
from templates.views.ours import summary
from templates.views.shared import Column, Row, columns, row, words_of_codes

# How much of each section the story shows before it leads to the matrix, which has everything:
# about so many cells a section, whatever the number of outlets.
SECTION_CELLS = 240
SECTION_ROWS = range(8, 17)
ALONE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """Some details with their strips; `more` is how many further ones the matrix has.

    `status` is the letter of the status that the matrix finds them by, "" where their group does.
    """

    key: str
    title: str
    lead: str
    rows: tuple[Row, ...]
    total: int
    more: int
    status: str


@dataclass(frozen=True, slots=True)
class Alone:
    """What one outlet alone reports: the first few, and how many there are."""

    outlet: str
    outlet_key: str
    rows: tuple[tuple[str, str], ...]
    total: int
    more: int


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
    """index.html; `answer` is the difference in a sentence, `unjudged` who could not be judged."""

    template: ClassVar[str] = "story.html"
    anchor: ClassVar[str] = "index"
    title: str
    answer: str
    unjudged: str
    read: str
    window: str
    bar: tuple[Share, ...]
    bar_title: str
    glance: Glance
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    alone: tuple[Alone, ...]
    alone_total: int
    ours: str
    loaded: tuple[Loaded, ...]


def story_page(facts: Facts) -> StoryPage:
    """The story of a comparison. What stands above is not said again below."""
    loaded = loaded_of_all(facts)
    voices = [voiced(one) for one in loaded]
    conflicts = distinct(facts, facts.details)
    first = glance(facts, conflicts, voices)
    sections = _sections(facts, conflicts, first)
    told = {facts.label(facts.by_key[key].detail) for key in first.details}
    told |= {row.text for section in sections for row in section.rows}
    told |= {"".join(p.text for p in quote.marked) for one in loaded for quote in one.quotes}
    alone = _alone(facts, told)
    return StoryPage(
        title=facts.about,
        answer=difference(facts, conflicts, voices),
        unjudged=unjudged(facts),
        read=_read(facts),
        window=_window(facts),
        bar=_bar(facts),
        bar_title=facts.say("story.bar", count=len(facts.details)),
        glance=first,
        columns=columns(facts),
        sections=sections,
        alone=alone,
        alone_total=sum(a.total for a in alone),
        ours=summary(facts),
        loaded=loaded,
    )


def _read(facts: Facts) -> str:
    articles = facts.comparison.articles
    read = sum(bool(rows) for rows in facts.articles_of.values())
    own = facts.origins
    return facts.say(
        "story.standfirst",
        articles=facts.say("story.articles", count=len(articles)),
        outlets=facts.say("story.outlets", count=read),
        origins=facts.say("story.own" if own >= read else "story.origins", count=own),
    )


def _window(facts: Facts) -> str:
    event = facts.comparison.event
    start, end = facts.time(event.start), facts.time(event.end)
    if start and end and start != end:
        return facts.say("story.window", start=start, end=end)
    return start or end


def _bar(facts: Facts) -> tuple[Share, ...]:
    """How many outlets state how much: all, more than half, fewer, one."""
    outlets = len(facts.outlets)
    counts = Counter(_share(fact.stated_by, outlets) for fact in facts.details)
    total = max(len(facts.details), 1)
    found, at = [], 0.0
    for key in ("all", "most", "few", "one"):
        width = 100 * counts[key] / total
        label = facts.say(f"story.share.{key}", all=outlets, half=outlets // 2)
        found.append(Share(key, label, counts[key], at, width))
        at += width
    return tuple(found)


def _share(stated_by: int, outlets: int) -> str:
    if stated_by <= 1:
        return "one"
    if stated_by == outlets:
        return "all"
    return "most" if 2 * stated_by > outlets else "few"


def _sections(facts: Facts, conflicts: Sequence[Conflicting], first: Glance) -> tuple[Section, ...]:
    """The details in the order in which they are of use, each in one section only."""
    above = set(first.details)
    more = [(fact, clash) for fact, clash in conflicts[SHOWN:] if fact.key not in above]
    words = words_of_codes(facts.say)
    led: list[Row] = []
    known = set(above)
    for fact, clash in more:
        if fact.key not in known and len(led) < _room(facts):
            led.append(replace(row(facts, fact, words), conflicts=(), lead=clash))
            known.add(fact.key)
    rest = [f for f in facts.details if f.key not in known]
    total = len(led) + sum(fact.key not in known for fact, _ in more)
    sections = (
        _section(facts, "conflict", led, total, above=bool(first.versus)),
        *(
            _section(
                facts,
                group,
                *_rows(facts, [f for f in rest if f.group == group]),
                above=any(facts.by_key[key].group == group for key in first.details),
            )
            for group in GROUPS
            if group != "one"
        ),
    )
    # That there is nothing, or nothing more, the first screen says.
    return tuple(section for section in sections if section.rows)


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


def _section(facts: Facts, key: str, rows: Sequence[Row], total: int, *, above: bool) -> Section:
    """A section; `above` says whether the first screen has some of it."""
    return Section(
        key=key,
        title=facts.say(f"story.{key}.more" if above else f"story.{key}.title"),
        lead=facts.say(f"story.{key}.lead"),
        rows=tuple(rows),
        total=total,
        more=total - len(rows),
        status="c" if key == "conflict" else "",
    )


def _alone(facts: Facts, told: set[str]) -> tuple[Alone, ...]:
    """What one outlet alone reports, without what the page has said already."""
    by_outlet: dict[str, dict[str, DetailFact]] = {}
    total: Counter[str] = Counter()
    for fact in facts.details:
        if fact.group == "one" and fact.detail.mentions:
            name = fact.detail.mentions[0].outlet
            total[name] += 1
            text = facts.label(fact.detail)
            if text not in told and fact.detail.text not in told:
                by_outlet.setdefault(name, {}).setdefault(text, fact)
    return tuple(
        Alone(
            outlet=name,
            outlet_key=facts.outlet_keys[name],
            rows=tuple((f.key, text) for text, f in [*by_outlet[name].items()][:ALONE_ROWS]),
            total=total[name],
            more=max(total[name] - ALONE_ROWS, 0),
        )
        for name in facts.outlets
        if name in by_outlet
    )
