"""The story at a glance: the difference in a sentence, then the three most important of each kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.datamodel import Status
from compare.kinds import CarriedHow, Importance
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.views.conflicts import Clash
from templates.views.shared import stated

SHOWN = 3
WORDS = 4
# So many outlets are named; more are counted.
NAMED = 2
# Evidence of words that were taken over, and from how much of an article on that is said of it here.
COPIED = frozenset({CarriedHow.VERBATIM, CarriedHow.CREDIT_LINE, CarriedHow.BLOCK_QUOTATION})
TAKEN_PERCENT = 10
# Why an outlet lacks a detail, the accusation first.
LACKS = tuple(
    CODES[s] for s in (Status.LEFT_OUT, Status.PUBLISHED_BEFORE, Status.CANNOT_TELL)
)  # fmt: skip

# Texts that share so much of the shorter one's words tell a reader the same.
ALIKE = 0.8
_WORD = re.compile(r"\w+")

# A detail with the conflict in it.
Conflicting = tuple[DetailFact, Clash]


@dataclass(frozen=True, slots=True)
class Versus:
    """A conflict: the detail's key, every value with who gives it, the first one in its sentence."""

    detail: str
    kind: str
    sides: tuple[tuple[str, str], ...]
    context: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Lack:
    """Outlets that lack a detail for one reason: its letter, who, and the key of the first of them."""

    code: str
    who: str
    outlet_key: str


@dataclass(frozen=True, slots=True)
class Omitted:
    """A detail that not every outlet has, in its sentence: how central, who states it, who lacks it."""

    detail: str
    text: tuple[str, str, str]
    importance: str
    stated: str
    lacks: tuple[Lack, ...]


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
    """The first few of each; a block without any says so on the page.

    `details` are the keys of the details in it: no section below has them again.
    """

    versus: tuple[Versus, ...]
    omitted: tuple[Omitted, ...]
    voiced: tuple[Voiced, ...]
    taken: tuple[Taken, ...]
    details: frozenset[str]


def glance(facts: Facts, conflicts: Sequence[Conflicting], voiced: Sequence[Voiced]) -> Glance:
    """The first few conflicts, omissions, loaded words and loans, the most important first."""
    versus = tuple(_versus(facts, fact, clash) for fact, clash in conflicts[:SHOWN])
    known = frozenset(v.detail for v in versus)
    omitted = _omitted(facts, known)
    return Glance(
        versus=versus,
        omitted=omitted,
        voiced=tuple(voiced[:SHOWN]),
        taken=taken(facts)[:SHOWN],
        details=known | {o.detail for o in omitted},
    )


def _versus(facts: Facts, fact: DetailFact, clash: Clash) -> Versus:
    sides = tuple((value, named(facts, outlets)) for value, outlets in clash.givers)
    return Versus(fact.key, clash.kind, sides, clash.context)


def named(facts: Facts, outlets: Sequence[str], most: int = NAMED) -> str:
    """The outlets by name, or, where they are more than `most`, how many they are."""
    if len(outlets) > most:
        return facts.say("story.outlets", count=len(outlets))
    *others, last = outlets
    comma, both = facts.say("list.comma"), facts.say("list.and")
    return both.join(filter(None, (comma.join(others), last)))


def lacked(facts: Facts) -> list[DetailFact]:
    """What is central, or stated by two or more, and not in every outlet that was looked at.

    Left out comes before what only came up later or cannot be judged; the most central first.
    """
    found = [
        fact
        for fact in facts.details
        if any(code in fact.codes for code in LACKS)
        and fact.detail.importance is not Importance.BACKGROUND
        and (fact.stated_by > 1 or fact.detail.importance is Importance.CORE)
    ]
    core = Importance.CORE
    return sorted(found, key=lambda f: (LACKS[0] not in f.codes, f.detail.importance is not core))


def _omitted(facts: Facts, known: frozenset[str]) -> tuple[Omitted, ...]:
    """The first few of what is lacked; what nearly the same words name stands once."""
    found: list[DetailFact] = []
    for fact in lacked(facts):
        if len(found) == SHOWN:
            break
        if fact.key not in known and not any(_alike(fact, other) for other in found):
            found.append(fact)
    return tuple(_one_omitted(facts, fact) for fact in found)


def _alike(a: DetailFact, b: DetailFact) -> bool:
    """Whether nearly all words of the shorter text are in the other."""
    less, more = sorted((_words(a), _words(b)), key=len)
    return len(less & more) >= ALIKE * len(less)


def _words(fact: DetailFact) -> frozenset[str]:
    return frozenset(_WORD.findall(fact.detail.text.lower()))


def _one_omitted(facts: Facts, fact: DetailFact) -> Omitted:
    lacks = []
    for code in LACKS:
        silent = [name for name, c in zip(facts.outlets, fact.codes, strict=True) if c == code]
        if silent:
            who = facts.say(f"glance.lacks.{code}", outlets=named(facts, silent))
            lacks.append(Lack(code, who, facts.outlet_keys[silent[0]]))
    importance = facts.say(f"importance.{fact.detail.importance.name}")
    text = facts.in_sentence(fact.detail)
    return Omitted(fact.key, text, importance, stated(facts, fact), tuple(lacks))


def taken(facts: Facts) -> tuple[Taken, ...]:
    """Whose text each outlet runs, the largest share first.

    Who reports what another medium reported runs nothing, and a sentence or two alike are no text.
    """
    seen: dict[tuple[str, str], Taken] = {}
    for debt in facts.borrowed:
        if debt.percent >= TAKEN_PERCENT and COPIED & set(debt.how):
            percent = facts.say("origins.percent", percent=debt.percent)
            found = Taken(debt.outlet, facts.outlet_keys[debt.outlet], percent, debt.source)
            seen.setdefault((debt.outlet, debt.source), found)
    return tuple(seen.values())
