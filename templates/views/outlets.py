"""The outlets: who was read, when, how far, and how much each states; every name leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Status
from templates.facts.details import CODES
from templates.facts.index import Facts, is_whole
from templates.facts.known import NOTHING
from templates.views.shared import failed_state, rating_lead


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet in the list of who was read; `words` of its latest article, counts of its details."""

    outlet: str
    outlet_key: str
    published: str
    state: str
    complete: bool
    carried: str
    words: str
    states: int
    alone: int
    left_out: int
    owner: str
    country: str
    kind: str
    rating: str


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """outlets.html."""

    template: ClassVar[str] = "outlets.html"
    anchor: ClassVar[str] = "outlets"
    title: str
    outlets: tuple[OutletRow, ...]
    known: bool
    checked: str
    rated: str
    rating_lead: str


def outlets_page(facts: Facts) -> OutletsPage:
    """The list of the outlets."""
    say = facts.say
    return OutletsPage(
        title=say("nav.outlets"),
        outlets=tuple(_outlet_row(facts, name) for name in facts.outlets),
        known=bool(facts.known),
        checked=_checked(facts),
        rated=say("ratings.column", name=facts.ratings.column) if facts.ratings else "",
        rating_lead=rating_lead(facts),
    )


def _checked(facts: Facts) -> str:
    """In which month the registry was checked, as it says itself."""
    months = sorted({known.checked for known in facts.known.values() if known.checked})
    if not months:
        return ""
    when = facts.say("list.comma").join(facts.time(month) for month in months)
    return facts.say("outlets.checked", when=when)


def _outlet_row(facts: Facts, name: str) -> OutletRow:
    say = facts.say
    articles = facts.articles_of[name]
    first = articles[0] if articles else None
    column = facts.outlet_order[name]
    codes = facts.columns[column]
    debts = [b for b in facts.borrowed if first and b.article == first.id and b.percent]
    return OutletRow(
        outlet=name,
        outlet_key=facts.outlet_keys[name],
        published=facts.time(first.published) if first else "",
        state=say(f"completeness.{first.completeness.name}")
        if first
        else failed_state(facts, facts.failures_of.get(name, ())),
        complete=bool(first and is_whole(first)),
        carried=say("list.comma").join(
            say("story.carried", percent=b.percent, source=b.source) for b in debts
        ),
        words=f"{len(first.text.split()):,}" if first else "",
        states=len(facts.states[column]),
        alone=sum(facts.details[place].group == "one" for place in facts.states[column]),
        left_out=codes.count(CODES[Status.LEFT_OUT]),
        owner=facts.known.get(name, NOTHING).owner,
        country=facts.known.get(name, NOTHING).country,
        kind=facts.known.get(name, NOTHING).kind,
        rating=facts.rating(name),
    )
