"""Who is quoted by whom: the sources that several outlets hear, what each outlet gives whom, what leans on one source."""

from __future__ import annotations

from dataclasses import dataclass

from compare.kinds import SourceKind
from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.facts.voices import Heard

LISTED = 60
# Only one outlet's sources are listed by name where they are no more.
ONLY = 12


@dataclass(frozen=True, slots=True)
class Hearer:
    """An outlet that hears a source: in how many words, and where it does so first."""

    outlet: str
    outlet_key: str
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and the outlets that hear it, who gives it most words first."""

    name: str
    kind: str
    hearers: tuple[Hearer, ...]


@dataclass(frozen=True, slots=True)
class OutletSources:
    """An outlet's sources: words by kind, and those that only it hears."""

    outlet: str
    outlet_key: str
    words: tuple[str, ...]
    only: str


@dataclass(frozen=True, slots=True)
class OneSource:
    """A detail that several outlets state, all of them from one source: "6 outlets, 1 source: Ana Roe"."""

    detail: str
    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Sourcing:
    """All that is said of sources; `kept` is whether the comparison looked for them."""

    kept: bool
    kinds: tuple[str, ...]
    shared: tuple[SourceRow, ...]
    outlets: tuple[OutletSources, ...]
    one_source: tuple[OneSource, ...]


def sourcing(facts: Facts) -> Sourcing:
    """The sources of a comparison."""
    named = facts.voices.named
    shared = sorted(
        (heard for heard in named.values() if len(heard.words) > 1),
        key=lambda heard: (-len(heard.words), -heard.words.total(), heard.name),
    )
    return Sourcing(
        kept=bool(facts.comparison.sources),
        kinds=tuple(facts.say(f"sources.kind.{kind.name}") for kind in SourceKind),
        shared=tuple(_row(facts, heard) for heard in shared[:LISTED]),
        outlets=tuple(_outlet(facts, name) for name in facts.outlets if facts.articles_of[name]),
        one_source=_one_source(facts),
    )


def _row(facts: Facts, heard: Heard) -> SourceRow:
    return SourceRow(
        name=heard.name,
        kind=facts.say(f"sources.kind.{heard.kind.name}"),
        hearers=tuple(
            Hearer(
                name,
                facts.outlet_keys[name],
                facts.say("sources.words", count=count),
                facts.place_anchor(*_place(heard, name)),
            )
            for name, count in sorted(
                heard.words.items(), key=lambda item: (-item[1], facts.outlet_order[item[0]])
            )
        ),
    )


def _place(heard: Heard, outlet: str) -> tuple[str, str, int]:
    said = heard.first[outlet]
    return said.article, said.field, said.start


def _outlet(facts: Facts, name: str) -> OutletSources:
    counts = [facts.voices.words[name, kind] for kind in SourceKind]
    only = [h.name for h in facts.voices.named.values() if set(h.words) == {name}]
    shown = facts.say("list.comma").join(only[:ONLY])
    return OutletSources(
        outlet=name,
        outlet_key=facts.outlet_keys[name],
        words=tuple(f"{count:,}" if count else "" for count in counts),
        only=shown
        + (facts.say("sources.more", count=len(only) - ONLY) if len(only) > ONLY else ""),
    )


def _one_source(facts: Facts) -> tuple[OneSource, ...]:
    found: list[OneSource] = []
    for fact in facts.details:
        said = one_source(facts, fact)
        if said and len(found) < LISTED:
            found.append(OneSource(fact.key, facts.label(fact.detail), said))
    return tuple(found)


def one_source(facts: Facts, fact: DetailFact) -> str:
    """Such as "6 outlets, 1 source: Ana Roe", where all who state a detail lay it to one; else ""."""
    if fact.stated_by < 2 or not facts.comparison.sources:
        return ""
    by_outlet: dict[str, set[str]] = {}
    for mention in fact.detail.mentions:
        by_outlet.setdefault(mention.outlet, set()).add(facts.voices.behind.of(mention))
    common = set.intersection(*by_outlet.values()) - {""} if by_outlet else set()
    if not common or len(by_outlet) < 2:
        return ""
    name = facts.voices.named[min(common)].name
    return facts.say("sources.one", count=len(by_outlet), source=name)
