"""Our story first: what the user's own outlet misses, differs in and alone has, and what came after its version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Status
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.facts.likeness import STATED_CODES
from templates.views.conflicts import ORDER, Clash, clashes
from templates.views.shared import stated

LISTED = 60


@dataclass(frozen=True, slots=True)
class OurRow:
    """A detail: how central it is and who states it, and the contradictions that the outlet takes part in."""

    detail: str
    outlet_key: str
    text: str
    note: str
    sides: tuple[str, ...]


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
                _lead(facts, key, found),
                tuple(_row(facts, key, fact) for fact in found[:LISTED]),
                len(found),
                max(len(found) - LISTED, 0),
            )
            for key, found in our_details(facts).items()
        ),
    )


def summary(facts: Facts) -> str:
    """Such as "Our story: you miss 5 details; one number differs from 4 others; you alone have 2."; "" without ours."""
    if not facts.ours:
        return ""
    found = our_details(facts)
    alone, later = len(found["alone"]), len(found["later"])
    clauses = (
        _missed(facts, len(found["missing"])),
        _contradicted(facts, found["differs"]),
        facts.say("ours.alone.count", count=alone) if alone else "",
        facts.say("ours.later.count", count=later) if later else "",
    )
    return facts.say("ours.summary", said=facts.say("list.semicolon").join(filter(None, clauses)))


def _missed(facts: Facts, count: int) -> str:
    if count:
        return facts.say("ours.missing.count", count=count)
    return facts.say("ours.missing.zero" if _is_read(facts) else "ours.missing.unknown")


def _contradicted(facts: Facts, found: Sequence[DetailFact]) -> str:
    """In how much the outlet differs, and from how many others."""
    own = [clash for fact in found for clash in _own(facts, fact)]
    others = {
        name
        for clash in own
        for _, outlets in clash.givers
        if facts.ours not in outlets
        for name in outlets
    }
    if not own:
        return facts.say("ours.differs.zero")
    kinds = {clash.rank for clash in own}
    what = (
        facts.say(f"ours.one.{ORDER[own[0].rank].name}")
        if len(own) == len(kinds) == 1
        else facts.say("ours.differs.details", count=len(found))
    )
    return facts.say("ours.differs.from", what=what, count=len(others))


def _lead(facts: Facts, key: str, found: Sequence[DetailFact]) -> str:
    if key == "missing" and not found and not _is_read(facts):
        return facts.say("ours.missing.unread")
    return facts.say(f"ours.{key}.lead" if found else f"ours.{key}.none")


def _is_read(facts: Facts) -> bool:
    """Whether anything can be said of what the outlet lacks."""
    return facts.readable[facts.outlet_order[facts.ours]]


def our_details(facts: Facts) -> dict[str, list[DetailFact]]:
    """What is said of the user's outlet, the most important first: missing, differs, alone, later."""
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
    return bool(_own(facts, fact))


def _own(facts: Facts, fact: DetailFact) -> list[Clash]:
    """The contradictions of a detail that the user's outlet takes part in."""
    return [
        clash
        for clash in clashes(facts, fact.detail)
        if any(facts.ours in outlets for _, outlets in clash.givers)
    ]


def _row(facts: Facts, key: str, fact: DetailFact) -> OurRow:
    note = [facts.say(f"importance.{fact.detail.importance.name}")]
    # Who states what one alone has needs no saying.
    note += [stated(facts, fact)] if key != "alone" else []
    return OurRow(
        fact.key,
        facts.outlet_keys[facts.ours],
        facts.label(fact.detail),
        facts.say("list.semicolon").join(note),
        our_sides(facts, fact) if key == "differs" else (),
    )


def our_sides(facts: Facts, fact: DetailFact) -> tuple[str, ...]:
    """The contradictions of a detail that the user's outlet takes part in, in words."""
    return tuple(_sides(facts, clash) for clash in _own(facts, fact))


def _sides(facts: Facts, clash: Clash) -> str:
    """Such as "Numbers differ: nearly 100 (Meridian Wire) · 120 (The Lantern Post)", the own value first."""
    own_first = sorted(
        zip(clash.givers, clash.sides, strict=True), key=lambda pair: facts.ours not in pair[0][1]
    )
    sides = (facts.say("story.because", name=value, reason=who) for _, (value, who) in own_first)
    return facts.say("ours.differs.side", kind=clash.kind, sides=facts.say("list.dot").join(sides))
