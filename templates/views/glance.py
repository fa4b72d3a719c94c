"""The story at a glance: what a reader should have seen if they look for five seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compare.datamodel import Status
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.views.conflicts import Clash

SHOWN = 3
WORDS = 4
# So many outlets are named; more are counted.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Versus:
    """A conflict: the detail's key, every value with who gives it, the first one in its sentence."""

    detail: str
    sides: tuple[tuple[str, str], ...]
    context: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Omitted:
    """A detail that is widely reported, and who left it out."""

    detail: str
    outlet_key: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Voiced:
    """An outlet's loaded words: those of the passages with the most of them."""

    outlet: str
    outlet_key: str
    words: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An outlet that runs another's text."""

    outlet: str
    outlet_key: str
    percent: str
    source: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The first few of each; a block without any says so on the page."""

    versus: tuple[Versus, ...]
    omitted: tuple[Omitted, ...]
    voiced: tuple[Voiced, ...]
    taken: tuple[Taken, ...]


def glance(
    facts: Facts, conflicts: Sequence[tuple[DetailFact, Clash]], voiced: Sequence[Voiced]
) -> Glance:
    """The first few conflicts, omissions, loaded words and loans."""
    return Glance(
        versus=tuple(_versus(facts, fact, clash) for fact, clash in conflicts[:SHOWN]),
        omitted=_omitted(facts),
        voiced=tuple(voiced[:SHOWN]),
        taken=_taken(facts),
    )


def _versus(facts: Facts, fact: DetailFact, clash: Clash) -> Versus:
    sides = tuple((value, named(facts, outlets)) for value, outlets in clash.givers)
    return Versus(fact.key, sides, clash.context)


def named(facts: Facts, outlets: Sequence[str]) -> str:
    """The outlets by name, or, where they are many, how many they are."""
    if len(outlets) > NAMED:
        return facts.say("story.outlets", count=len(outlets))
    return facts.say("list.comma").join(outlets)


def _omitted(facts: Facts) -> tuple[Omitted, ...]:
    """What most outlets state and some left out; each text and each set of outlets once."""
    code = CODES[Status.LEFT_OUT]
    found: dict[str, Omitted] = {}
    for fact in facts.details:
        if fact.stated_by < 2 or len(found) == SHOWN:
            break
        silent = [name for name, c in zip(facts.outlets, fact.codes, strict=True) if c == code]
        if silent:
            who = facts.say("glance.omitted", count=fact.stated_by, outlets=named(facts, silent))
            key = facts.outlet_keys[silent[0]]
            found.setdefault(fact.detail.text, Omitted(fact.key, key, fact.detail.text, who))
    return tuple(found.values())


def _taken(facts: Facts) -> tuple[Taken, ...]:
    seen: dict[tuple[str, str], Taken] = {}
    for debt in facts.borrowed:
        if debt.percent:
            percent = facts.say("origins.percent", percent=debt.percent)
            taken = Taken(debt.outlet, facts.outlet_keys[debt.outlet], percent, debt.source)
            seen.setdefault((debt.outlet, debt.source), taken)
    return tuple(seen.values())[:SHOWN]
