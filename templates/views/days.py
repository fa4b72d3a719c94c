"""What happened when, as told: the days that the articles name, with what they say of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from compare.datamodel import DayTold
from templates.facts.details import DetailFact
from templates.facts.index import Facts

LISTED = 40
OF_A_DAY = 6


@dataclass(frozen=True, slots=True)
class OnDay:
    """A detail of a day: who tells it so, and when it was first published."""

    detail: str
    text: str
    outlets: str
    published: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a few, that articles name, the most important detail first; `more` are not listed."""

    day: str
    details: tuple[OnDay, ...]
    more: int


def days(facts: Facts) -> tuple[Day, ...]:
    """The days in their order."""
    told: defaultdict[tuple[str, str], dict[str, tuple[DetailFact, dict[str, None]]]]
    told = defaultdict(dict)
    by_article: defaultdict[str, list[DayTold]] = defaultdict(list)
    for day in facts.comparison.days:
        by_article[day.article].append(day)
    for fact in facts.details if by_article else ():
        for m in fact.detail.mentions:
            if m.field != "text":
                continue
            for day in by_article.get(m.article, ()):
                if m.start <= day.start and day.end <= m.end:
                    known = told[day.first, day.last].setdefault(fact.key, (fact, {}))
                    known[1][m.outlet] = None
    return tuple(
        Day(
            _spoken(facts, first, last),
            tuple(_on_day(facts, *found) for found in [*rows.values()][:OF_A_DAY]),
            max(len(rows) - OF_A_DAY, 0),
        )
        for (first, last), rows in sorted(told.items())[-LISTED:]
    )


def _spoken(facts: Facts, first: str, last: str) -> str:
    start, end = facts.time(first), facts.time(last)
    return start if first == last else facts.say("story.window", start=start, end=end)


def _on_day(facts: Facts, fact: DetailFact, outlets: dict[str, None]) -> OnDay:
    first = min(
        (m.article for m in fact.detail.mentions if m.article in facts.by_time),
        key=facts.by_time.__getitem__,
        default="",
    )
    who = facts.say("list.comma").join(outlets)
    return OnDay(fact.key, facts.label(fact.detail), who, facts.spoken.get(first, ""))
