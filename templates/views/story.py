"""The story: what the event is, who was read, and the details in the order in which they are of use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Failure, Stage
from templates.facts import DetailFact, Facts, is_whole
from templates.marks import Piece, pieces
from templates.times import spoken
from templates.views.parts import Column, Row, columns, cue_marks, row, words_of_codes

# How much of each section the story shows before it leads to the matrix, which has everything:
# about so many cells a section, whatever the number of outlets.
SECTION_CELLS = 240
SECTION_ROWS = range(8, 17)
ALONE_ROWS = 3
LOADED_ROWS = 4
# An article that is more than half another's words is no origin of its own.
MOSTLY_CARRIED = 0.5


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
class Quote:
    """A passage with its loaded words marked, and the detail it belongs to."""

    detail: str
    marked: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One outlet's editorial voice: passages with the words marked."""

    outlet: str
    outlet_key: str
    quotes: tuple[Quote, ...]
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
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    alone: tuple[Alone, ...]
    alone_total: int
    loaded: tuple[Loaded, ...]
    outlets: tuple[OutletRow, ...]


def story_page(facts: Facts) -> StoryPage:
    """The story of a comparison."""
    say = facts.say
    event = facts.comparison.event
    alone = _alone(facts)
    return StoryPage(
        title=event.about or say("story.untitled"),
        standfirst=_standfirst(facts),
        window=_window(facts),
        unread=_unread(facts),
        bar=_bar(facts),
        columns=columns(facts),
        sections=_sections(facts),
        alone=alone,
        alone_total=sum(a.total for a in alone),
        loaded=_loaded(facts),
        outlets=tuple(_outlet_row(facts, name) for name in facts.outlets),
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


def origins(facts: Facts) -> int:
    """How many independent origins the articles read go back to."""
    source: dict[str, str] = {}
    for carried in facts.comparison.carried:
        if carried.share >= MOSTLY_CARRIED:
            source.setdefault(carried.article, carried.source)
    return len({source.get(a.id, a.outlet) for a in facts.comparison.articles})


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
        parts.append(say("story.silent", names=say("list.comma").join(silent), count=len(silent)))
    partial = [a.outlet for a in facts.comparison.articles if not is_whole(a)]
    if partial:
        names = say("list.comma").join(dict.fromkeys(partial))
        parts.append(say("story.partial", names=names, count=len(set(partial))))
    return " ".join(parts)


def _bar(facts: Facts) -> tuple[Share, ...]:
    counts = Counter(fact.group for fact in facts.details)
    total = max(len(facts.details), 1)
    found, at = [], 0.0
    for key in ("everyone", "some", "one"):
        width = 100 * counts[key] / total
        found.append(Share(key, facts.say(f"story.{key}.short"), counts[key], at, width))
        at += width
    return tuple(found)


def _sections(facts: Facts) -> tuple[Section, ...]:
    everyone = [f for f in facts.details if f.group == "everyone"]
    conflicting = [f for f in facts.details if f.detail.conflicts]
    some = [f for f in facts.details if f.group == "some"]
    return (
        _section(facts, "everyone", everyone),
        _section(facts, "conflict", sorted(conflicting, key=lambda f: -f.stated_by)),
        _section(facts, "some", some),
    )


def _section(facts: Facts, key: str, found: Sequence[DetailFact]) -> Section:
    words = words_of_codes(facts.say)
    wanted = SECTION_CELLS // max(len(facts.outlets), 1)
    # Details that share their plainest words would read as one line said twice.
    different = list({fact.detail.text: fact for fact in reversed(found)}.values())[::-1]
    shown = different[: min(max(wanted, SECTION_ROWS.start), SECTION_ROWS.stop - 1)]
    return Section(
        key=key,
        title=facts.say(f"story.{key}.title"),
        lead=facts.say(f"story.{key}.lead" if found else f"story.{key}.none"),
        rows=tuple(row(facts, fact, words) for fact in shown),
        total=len(found),
        more=len(found) - len(shown),
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


def _loaded(facts: Facts) -> tuple[Loaded, ...]:
    """Every loaded passage once, under its outlet, however many details it belongs to."""
    by_outlet: dict[str, dict[tuple[str, str, int], Quote]] = {}
    for fact, m in facts.statements():
        if m.editorialized:
            text = facts.articles[m.article].read(m.field)
            quote = Quote(fact.key, pieces(text, m.start, m.end, cue_marks(facts, m)))
            by_outlet.setdefault(m.outlet, {}).setdefault((m.article, m.field, m.start), quote)
    return tuple(
        _loaded_of(facts, name, tuple(by_outlet[name].values()))
        for name in facts.outlets
        if name in by_outlet
    )


def _loaded_of(facts: Facts, name: str, quotes: Sequence[Quote]) -> Loaded:
    most_first = sorted(quotes, key=lambda q: -sum("cue" in p.kind for p in q.marked))
    shown = tuple(most_first[:LOADED_ROWS])
    return Loaded(name, facts.outlet_keys[name], shown, len(quotes), len(quotes) - len(shown))


def _outlet_row(facts: Facts, name: str) -> OutletRow:
    say = facts.say
    articles = facts.articles_of[name]
    failures = [f for f in facts.comparison.failures if f.outlet == name]
    first = articles[0] if articles else None
    carried = [c for c in facts.comparison.carried if first and c.article == first.id]
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
            say("story.carried", percent=round(100 * c.share), source=c.source) for c in carried
        ),
    )


def failed_state(facts: Facts, failures: Iterable[Failure]) -> str:
    """Why an outlet has no article: what went wrong first, apart from pages about other events."""
    lost = [f for f in failures if f.stage is not Stage.GATE]
    return lost[0].reason if lost else facts.say("story.nothing")
