"""Sources: who is quoted by whom; whose text runs where, as a graph and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from templates.facts.borrowed import Borrowed
from templates.facts.index import Facts
from templates.views.sourcing import Sourcing, sourcing

ROW_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Node:
    """A name in the graph; `y` in pixels. `outlet_key` is "" for an agency that was not read."""

    name: str
    outlet_key: str
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Text carried from one name to another; `width` in pixels grows with its share."""

    y1: int
    y2: int
    width: float


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A line of the table."""

    source: str
    source_key: str
    outlet: str
    outlet_key: str
    title: str
    share: str
    how: str


@dataclass(frozen=True, slots=True)
class OriginsPage:
    """origins.html."""

    template: ClassVar[str] = "origins.html"
    anchor: ClassVar[str] = "origins"
    title: str
    summary: str
    sourcing: Sourcing
    sources: tuple[Node, ...]
    targets: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int
    rows: tuple[CarriedRow, ...]
    independent: tuple[tuple[str, str], ...]


def origins_page(facts: Facts, origins: int) -> OriginsPage:
    """The graph of carried text. `origins` counts the independent origins of the articles."""
    debts = facts.borrowed
    sources = list(dict.fromkeys(debt.source for debt in debts))
    targets = list(dict.fromkeys(debt.outlet for debt in debts))
    carriers = set(targets)
    return OriginsPage(
        title=facts.say("origins.title"),
        summary=facts.say("origins.summary", count=origins),
        sourcing=sourcing(facts),
        sources=_nodes(facts, sources, len(targets)),
        targets=_nodes(facts, targets, len(sources)),
        edges=_edges(facts, debts, sources, targets),
        height=ROW_HEIGHT * max(len(sources), len(targets), 1),
        rows=tuple(_row(facts, debt) for debt in debts),
        independent=tuple(
            (name, facts.outlet_keys[name])
            for name in facts.outlets
            if facts.articles_of[name] and name not in carriers
        ),
    )


def _nodes(facts: Facts, names: list[str], facing: int) -> tuple[Node, ...]:
    """Names below each other, the shorter column in the middle of the longer."""
    top = ROW_HEIGHT * max(facing - len(names), 0) // 2
    return tuple(
        Node(name, facts.outlet_keys.get(name, ""), top + ROW_HEIGHT * i + ROW_HEIGHT // 2)
        for i, name in enumerate(names)
    )


def _edges(
    facts: Facts, debts: Sequence[Borrowed], sources: list[str], targets: list[str]
) -> tuple[Edge, ...]:
    y1 = {node.name: node.y for node in _nodes(facts, sources, len(targets))}
    y2 = {node.name: node.y for node in _nodes(facts, targets, len(sources))}
    percents: dict[tuple[str, str], int] = {}
    for debt in debts:
        ends = (debt.source, debt.outlet)
        percents[ends] = max(percents.get(ends, 0), debt.percent)
    return tuple(
        Edge(y1[source], y2[target], round(1 + 0.09 * percent, 1))
        for (source, target), percent in percents.items()
    )


def _row(facts: Facts, debt: Borrowed) -> CarriedRow:
    return CarriedRow(
        source=debt.source,
        source_key=facts.outlet_keys.get(debt.source, ""),
        outlet=debt.outlet,
        outlet_key=facts.outlet_keys[debt.outlet],
        title=facts.articles[debt.article].title,
        share=_percent(facts, debt.percent),
        how=facts.say("list.comma").join(debt.how),
    )


def _percent(facts: Facts, percent: int) -> str:
    return facts.say("origins.percent", percent=percent) if percent else ""
