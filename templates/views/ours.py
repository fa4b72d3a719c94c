"""Our story first: what the user's own outlet misses, differs in and alone has, and what came after its version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Status
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.facts.likeness import STATED_CODES
from templates.views.conflicts import clashes
from templates.views.shared import stated

LISTED = 60


@dataclass(frozen=True, slots=True)
class OurRow:
    """A detail, who states it, and what to know of it."""

    detail: str
    outlet_key: str
    text: str
    importance: str
    note: str


@dataclass(frozen=True, slots=True)
class OurSection:
    """Some details, the most important first; `more` are in the matrix."""

    key: str
    title: str
    lead: str
    rows: tuple[OurRow, ...]
    total: int
    more: int


@dataclass(frozen=True, slots=True)
class OursPage:
    """ours.html."""

    template: ClassVar[str] = "ours.html"
    anchor: ClassVar[str] = "ours"
    title: str
    outlet_key: str
    summary: str
    sections: tuple[OurSection, ...]


def ours_page(facts: Facts) -> OursPage:
    """What the user's outlet has and lacks; only where `facts.ours` is one."""
    say = facts.say
    return OursPage(
        title=say("ours.title", outlet=facts.ours),
        outlet_key=facts.outlet_keys[facts.ours],
        summary=summary(facts),
        sections=tuple(
            OurSection(
                key,
                say(f"ours.{key}.title"),
                say(f"ours.{key}.lead" if found else f"ours.{key}.none"),
                tuple(_row(facts, key, fact) for fact in found[:LISTED]),
                len(found),
                max(len(found) - LISTED, 0),
            )
            for key, found in _found(facts).items()
        ),
    )


def summary(facts: Facts) -> str:
    """Such as "You miss 5; 1 differs from others; you alone have 2; 3 came up after your version."; "" without ours."""
    if not facts.ours:
        return ""
    counts = {key: len(found) for key, found in _found(facts).items()}
    clauses = [facts.say(f"ours.{key}.count", count=count) for key, count in counts.items()]
    return facts.say("ours.summary", said=facts.say("list.semicolon").join(clauses))


def _found(facts: Facts) -> dict[str, list[DetailFact]]:
    place = facts.outlet_order[facts.ours]
    codes = {key: CODES[status] for key, status in _STATUSES.items()}
    found = {
        key: [f for f in facts.details if f.codes[place] == code and _is_shared(f)]
        for key, code in codes.items()
    }
    differs = [f for f in facts.details if _differs(facts, f)]
    alone = [f for f in facts.details if f.stated_by == 1 and f.codes[place] in STATED_CODES]
    return {
        "missing": found["missing"],
        "differs": differs,
        "alone": alone,
        "later": found["later"],
    }


_STATUSES = {"missing": Status.LEFT_OUT, "later": Status.PUBLISHED_BEFORE}


def _is_shared(fact: DetailFact) -> bool:
    return fact.stated_by > 1


def _differs(facts: Facts, fact: DetailFact) -> bool:
    return any(
        facts.ours in outlets
        for clash in clashes(facts, fact.detail)
        for _, outlets in clash.givers
    )


def _row(facts: Facts, key: str, fact: DetailFact) -> OurRow:
    note = stated(facts, fact)
    if key == "differs":
        sides = [
            facts.say("story.because", name=value, reason=who)
            for clash in clashes(facts, fact.detail)
            for value, who in clash.sides
        ]
        note = facts.say("list.semicolon").join(sides)
    importance = facts.say(f"importance.{fact.detail.importance.name}")
    own = facts.outlet_keys[facts.ours]
    return OurRow(fact.key, own, facts.label(fact.detail), importance, note)
