"""The headlines together, with what each states and which of its words are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Mention
from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.facts.order import by_time
from templates.html.links import web
from templates.html.marks import Mark, Piece, pieces
from templates.views.shared import cue_marks


@dataclass(frozen=True, slots=True)
class States:
    """A detail that a headline states, and how many outlets do."""

    detail: str
    text: str
    stated_by: str


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's headline with its loaded words marked."""

    outlet: str
    outlet_key: str
    anchor: str
    marked: tuple[Piece, ...]
    published: str
    live: str
    states: tuple[States, ...]


@dataclass(frozen=True, slots=True)
class HeadlinesPage:
    """headlines.html."""

    template: ClassVar[str] = "headlines.html"
    anchor: ClassVar[str] = "headlines"
    title: str
    headlines: tuple[Headline, ...]


def headlines_page(
    facts: Facts, stated_in: dict[str, list[tuple[DetailFact, Mention]]]
) -> HeadlinesPage:
    """All headlines, in the order of publication; `stated_in` are `mentions_by_article`."""
    articles = sorted(facts.comparison.articles, key=lambda a: by_time(facts.published[a.id]))
    found = []
    for article in articles:
        stated = [pair for pair in stated_in.get(article.id, []) if pair[1].field == "title"]
        marks = [mark for _, mention in stated for mark in cue_marks(facts, mention)]
        unsaid = [u for _, mention in stated for u in mention.unsaid]
        marks += [
            Mark(u.start, u.end, "differs", facts.say("headlines.unsaid", kind=u.kind))
            for u in dict.fromkeys(unsaid)
        ]
        details = {fact.key: fact for fact, _ in stated}
        found.append(
            Headline(
                outlet=article.outlet,
                outlet_key=facts.outlet_keys[article.outlet],
                anchor=f"s-{facts.article_keys[article.id]}-title",
                marked=pieces(article.title, 0, len(article.title), marks),
                published=facts.spoken[article.id],
                live=web(article.url),
                states=tuple(_states(facts, fact) for fact in details.values()),
            )
        )
    return HeadlinesPage(facts.say("headlines.title"), tuple(found))


def _states(facts: Facts, fact: DetailFact) -> States:
    stated_by = facts.say("outlet.references", count=fact.stated_by)
    return States(fact.key, facts.label(fact.detail), stated_by)
