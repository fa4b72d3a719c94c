"""Where and how much: the place and the words that each outlet gives to a detail, and who buried it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import ClassVar, Literal, NamedTuple

from compare.datamodel import Article, Mention
from compare.kinds import Importance
from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.views.shared import Column, columns_read

Place = Literal["headline", "lead", "upper", "lower", "last"]
LISTED = 40
# What stands behind so much of an article's sentences, while others begin with it, is buried.
BURIED_FROM = 2 / 3
# Who begins with it: in the headline or in the first paragraph.
AT_THE_TOP = frozenset({"headline", "lead"})


class Spot(NamedTuple):
    """Where an outlet states a detail first, and in how many words; `word` says the place."""

    place: Place
    word: str
    words: int
    at: float
    outlet: str
    outlet_key: str


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A detail with a spot for every outlet that was read, None where it states it nowhere."""

    key: str
    text: str
    importance: str
    spots: tuple[Spot | None, ...]


@dataclass(frozen=True, slots=True)
class Buried:
    """A detail that an outlet has near its end, while others begin with it."""

    detail: str
    outlet: str
    outlet_key: str
    text: str
    said: str


@dataclass(frozen=True, slots=True)
class SpacePage:
    """space.html."""

    template: ClassVar[str] = "space.html"
    anchor: ClassVar[str] = "space"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[SpaceRow, ...]
    buried: tuple[Buried, ...]
    more: int


def space_page(facts: Facts) -> SpacePage:
    """The place of what two outlets or more state, the most important first."""
    shared = [fact for fact in facts.details if fact.stated_by > 1]
    rows = tuple(_row(facts, fact) for fact in shared[:LISTED])
    return SpacePage(
        title=facts.say("space.title"),
        columns=columns_read(facts),
        rows=rows,
        buried=tuple(
            b
            for fact, row in zip(shared, rows, strict=False)
            if fact.detail.importance is not Importance.BACKGROUND
            for b in _buried(facts, row)
        ),
        more=max(len(shared) - LISTED, 0),
    )


def _row(facts: Facts, fact: DetailFact) -> SpaceRow:
    return SpaceRow(
        key=fact.key,
        text=facts.label(fact.detail),
        importance=facts.say(f"importance.{fact.detail.importance.name}"),
        spots=tuple(compress(spots(facts, fact), map(facts.articles_of.get, facts.outlets))),
    )


def spots(facts: Facts, fact: DetailFact) -> tuple[Spot | None, ...]:
    """Where each outlet states a detail, in the order of the outlets."""
    own: dict[str, list[Mention]] = {}
    for mention in fact.detail.mentions:
        own.setdefault(mention.outlet, []).append(mention)
    found = {name: _spot(facts, name, mentions) for name, mentions in own.items()}
    return tuple(map(found.get, facts.outlets))


def _spot(facts: Facts, name: str, mentions: list[Mention]) -> Spot:
    spans = {(m.article, m.field, s.start, s.end) for m in mentions for s in (m.sentence or m,)}
    words = sum(
        len(facts.articles[article].text[start:end].split())
        for article, field, start, end in spans
        if field == "text"
    )
    place, at = min(
        (_place(facts, facts.articles[m.article], m) for m in mentions), key=lambda found: found[1]
    )
    return Spot(
        place,
        facts.say("space.lead_place" if place == "lead" else f"space.{place}"),
        words,
        at,
        name,
        facts.outlet_keys[name],
    )


def _place(facts: Facts, article: Article, mention: Mention) -> tuple[Place, float]:
    """The place in words, and as a share of the article's sentences from the top."""
    if mention.field == "title":
        return "headline", -1.0
    layout = facts.layout(article)
    first, _ = layout.around(mention.start, mention.end)
    at = first / max(len(layout.spans) - 1, 1)
    if first == 0 or mention.start <= layout.second:
        return ("lead", at) if first < 3 else ("upper" if at < 0.5 else "lower", at)
    if mention.end >= layout.before_last and at >= BURIED_FROM:
        return "last", at
    return "upper" if at < 0.5 else "lower", at


def _buried(facts: Facts, row: SpaceRow) -> list[Buried]:
    """Who has it near the end, where at least half of the others, two or more, begin with it."""
    given = [spot for spot in row.spots if spot]
    found = []
    for spot in given:
        top = [s.outlet for s in given if s is not spot and s.place in AT_THE_TOP]
        if spot.at >= BURIED_FROM and len(top) >= 2 and 2 * len(top) >= len(given) - 1:
            said = facts.say("space.buried", outlet=spot.outlet, place=spot.word, count=len(top))
            found.append(Buried(row.key, spot.outlet, spot.outlet_key, row.text, said))
    return found
