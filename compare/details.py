"""Claims and the probabilities of their pairs, to details: sets of claims that state one thing.

No chaining: a detail grows from its most probable pair, and a claim joins only if it matches every
member of other articles. One sentence may be in several details, since it may state several
things; every pair that counts as the same is inside some detail. The order of the input does not
matter: ties are broken by the claims' places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from compare.config import Config
from compare.datamodel import Claim, ClaimKind, Detail, Mention, Pair

# A claim need not match more members than this to join: in an event of hundreds of articles not
# every pair is looked at.
ENOUGH_MATCHES = 12
# One miss among many matches does not split a detail: a claim joins a group that holds one of its
# matches if it matches this share of at least so many members of other articles. On the labelled
# events it changes nothing (three outlets seldom make such groups). On the sample of nine outlets
# it takes seven of ninety away; at 0.6 it joined sentences that state something else.
MANY_MEMBERS = 6
MOST_OF_MANY = 0.85
# A detail of which a larger one has at least this share is shown with it.
SHARED_WITH_LARGER = 0.6

_Graph = Mapping[str, Mapping[str, float]]


def details_of(
    claims: Sequence[Claim], pairs: Iterable[Pair], config: Config
) -> tuple[Detail, ...]:
    """The details of an event, those of most outlets first, then by where they first appear.

    Every sentence and title is in some detail; one that nobody else states is a detail with one
    mention. Mentions are bare: who says it and how is for `compare.verdicts`.
    """
    wholes = {c.id: c for c in claims if c.kind in {ClaimKind.TITLE, ClaimKind.SENTENCE}}
    graph = _graph(wholes, pairs, config.same)
    groups = _cover(graph, wholes)
    matched = {member for group in groups for member in group}
    groups += [(c,) for c in wholes if c not in matched]
    details = [_detail([wholes[c] for c in group], graph) for group in groups]
    return _with_larger(sorted(details, key=lambda d: _order(d, wholes)))


def _graph(wholes: Mapping[str, Claim], pairs: Iterable[Pair], same: float) -> _Graph:
    graph: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        if pair.probability >= same and pair.a in wholes and pair.b in wholes:
            graph[pair.a][pair.b] = graph[pair.b][pair.a] = pair.probability
    return graph


def _place(claim: Claim) -> tuple[str, int, int]:
    return claim.article, claim.position, claim.start


def _cover(graph: _Graph, wholes: Mapping[str, Claim]) -> list[tuple[str, ...]]:
    """Groups in which the claims of different articles match, covering every match.

    Every two match, but for those that joined a large group by matching most of it.
    """
    edges = sorted(
        ((a, b) for a in graph for b in graph[a] if _place(wholes[a]) < _place(wholes[b])),
        key=lambda e: (-graph[e[0]][e[1]], _place(wholes[e[0]]), _place(wholes[e[1]])),
    )
    covered: set[tuple[str, str]] = set()
    groups: list[list[str]] = []
    holding: dict[str, list[int]] = defaultdict(list)
    for a, b in edges:
        if (a, b) in covered:
            continue
        joined = _joined_by_most((a, b), groups, holding, graph, wholes)
        if joined is None:
            grown = _grown([a, b], graph, wholes)
            number, new = len(groups), grown
            groups.append(grown)
        else:
            number, claim = joined
            new = [claim]
            groups[number].append(claim)
        for c in new:
            holding[c].append(number)
            covered.update((c, m) for m in groups[number])
            covered.update((m, c) for m in groups[number])
    return [tuple(group) for group in groups]


def _joined_by_most(
    match: tuple[str, str],
    groups: Sequence[Sequence[str]],
    holding: Mapping[str, Sequence[int]],
    graph: _Graph,
    wholes: Mapping[str, Claim],
) -> tuple[int, str] | None:
    """The large group of one of two matching claims that the other one matches best, and it."""
    found = []
    for held, claim in (match, match[::-1]):
        article, matching = wholes[claim].article, graph[claim]
        for number in holding.get(held, ()):
            group = groups[number]
            if len(group) < MANY_MEMBERS or claim in group:
                continue
            others = sum(1 for m in group if wholes[m].article != article)
            hits = [matching[m] for m in group if m in matching]
            if others >= MANY_MEMBERS and len(hits) >= MOST_OF_MANY * others:
                found.append((sum(hits) / others, -number, claim))
    if not found:
        return None
    _, number, claim = max(found)
    return -number, claim


def _grown(group: list[str], graph: _Graph, wholes: Mapping[str, Claim]) -> list[str]:
    """The group with every claim that matches all of it, the most probable first."""
    of_first, of_second = graph[group[0]], graph[group[1]]
    seeds = (wholes[group[0]].article, of_second), (wholes[group[1]].article, of_first)
    joining = of_first.keys() & of_second.keys()
    for article, matching in seeds:
        joining |= {c for c in matching if wholes[c].article == article}
    joining -= set(group)
    score = {c: of_first.get(c, 0.0) + of_second.get(c, 0.0) for c in joining}
    members = Counter(wholes[c].article for c in group)
    for c in sorted(score, key=lambda c: (-score[c], _place(wholes[c]))):
        others = len(group) - members[wholes[c].article]
        matches = sum(map(graph[c].__contains__, group))
        if matches >= min(others, ENOUGH_MATCHES):
            group.append(c)
            members[wholes[c].article] += 1
    return group


def _detail(members: list[Claim], graph: _Graph) -> Detail:
    members = sorted(members, key=_place)
    mentions = tuple(
        Mention(
            claim=c.id,
            article=c.article,
            outlet=c.outlet,
            field=c.field,
            start=c.start,
            end=c.end,
            probability=_belonging(c, members, graph),
        )
        for c in members
    )
    digest = sha256("\n".join(c.id for c in members).encode()).hexdigest()
    return Detail(id=digest[:12], text=members[0].text, mentions=mentions)


def _belonging(claim: Claim, members: list[Claim], graph: _Graph) -> float:
    """The mean probability that the claim matches the members of other articles."""
    others = [graph[claim.id][m.id] for m in members if m.id in graph.get(claim.id, {})]
    return round(sum(others) / len(others), 4) if others else 1.0


def _with_larger(details: Sequence[Detail]) -> tuple[Detail, ...]:
    """The details, those of which a larger one before them holds most pointing to it."""
    main: dict[str, list[tuple[str, int]]] = defaultdict(list)  # a claim's main details, and sizes
    found = []
    for detail in details:
        size = len(detail.mentions)
        shared: dict[str, int] = defaultdict(int)
        for mention in detail.mentions:
            for other, other_size in main[mention.claim]:
                shared[other] += other_size >= size
        larger = next(_holding_most(shared, size), None) if size > 1 else None
        found.append(replace(detail, part_of=larger))
        if larger is None:
            for mention in detail.mentions:
                main[mention.claim].append((detail.id, size))
    return tuple(found)


def _holding_most(shared: Mapping[str, int], size: int) -> Iterator[str]:
    """The details that hold enough of one of `size` mentions, the first of the fullest first."""
    for other, count in sorted(shared.items(), key=lambda each: -each[1]):
        if count >= SHARED_WITH_LARGER * size:
            yield other


def _order(detail: Detail, wholes: Mapping[str, Claim]) -> tuple[int, float, tuple[str, int, int]]:
    outlets = len({m.outlet for m in detail.mentions})
    earliest = min(wholes[m.claim].position for m in detail.mentions)
    return -outlets, earliest, min(_place(wholes[m.claim]) for m in detail.mentions)
