"""Origins: whose text runs where, as a graph and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Carried
from templates.facts import Facts

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
    sources: tuple[Node, ...]
    targets: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int
    rows: tuple[CarriedRow, ...]
    independent: tuple[tuple[str, str], ...]


def origins_page(facts: Facts, origins: int) -> OriginsPage:
    """The graph of carried text. `origins` counts the independent origins of the articles."""
    carried = sorted(facts.comparison.carried, key=lambda c: (c.source, -c.share, c.article))
    outlet_of = {
        c.article: facts.articles[c.article].outlet for c in carried if c.article in facts.articles
    }
    carried = [c for c in carried if c.article in outlet_of]
    sources = list(dict.fromkeys(c.source for c in carried))
    targets = list(dict.fromkeys(outlet_of[c.article] for c in carried))
    carriers = set(targets)
    return OriginsPage(
        title=facts.say("origins.title"),
        summary=facts.say("story.origins", count=origins),
        sources=_nodes(facts, sources, len(targets)),
        targets=_nodes(facts, targets, len(sources)),
        edges=_edges(facts, carried, outlet_of, sources, targets),
        height=ROW_HEIGHT * max(len(sources), len(targets), 1),
        rows=tuple(_row(facts, c, outlet_of[c.article]) for c in carried),
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
    facts: Facts,
    carried: list[Carried],
    outlet_of: dict[str, str],
    sources: list[str],
    targets: list[str],
) -> tuple[Edge, ...]:
    y1 = {node.name: node.y for node in _nodes(facts, sources, len(targets))}
    y2 = {node.name: node.y for node in _nodes(facts, targets, len(sources))}
    shares: dict[tuple[str, str], float] = {}
    for c in carried:
        ends = (c.source, outlet_of[c.article])
        shares[ends] = max(shares.get(ends, 0.0), c.share)
    return tuple(
        Edge(y1[source], y2[target], round(1 + 9 * min(max(share, 0), 1), 1))
        for (source, target), share in shares.items()
    )


def _row(facts: Facts, carried: Carried, outlet: str) -> CarriedRow:
    return CarriedRow(
        source=carried.source,
        source_key=facts.outlet_keys.get(carried.source, ""),
        outlet=outlet,
        outlet_key=facts.outlet_keys[outlet],
        title=facts.articles[carried.article].title,
        share=facts.say("origins.percent", percent=round(100 * carried.share))
        if carried.share
        else "",
        how=carried.how,
    )
