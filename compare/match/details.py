"""Claims and the probabilities of their pairs, to details: sets of propositions that state one fact.

Mean linkage (UPGMA, Sokal and Michener 1958) over the probabilities of pairs: two groups become one
while the mean probability of their pairs, those that are no pair counting nothing, is high. Nothing
is chained: a sentence that agrees with one member and with no other lowers the mean. A sentence may
state several facts, so this is done again for the pairs that no group holds yet, and what is found is
a detail of its own if most of its pairs are new. The order of the input does not matter: ties are
broken by the claims' places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import combinations

from compare.config import Config
from compare.datamodel import Claim, Detail, Mention, Pair
from compare.kinds import ClaimKind, ClaimRole
from compare.match.rules import wording_key

# How often pairs that no detail holds are grouped again: sentences of news state two facts or three.
ROUNDS = 3
# A group of a later round is a detail of its own if at least this share of its pairs are in no earlier
# one; otherwise it is an earlier one again.
MOSTLY_NEW = 0.5
# In a large event not every pair is looked at: a text is not asked to match more members than this.
ENOUGH_MATCHES = 12

_WHOLE = frozenset({ClaimKind.TITLE, ClaimKind.SENTENCE})
_STATING = frozenset({ClaimRole.STATEMENT, ClaimRole.OPINION})
_Edges = AbstractSet[tuple[int, int]]


def details_of(
    claims: Sequence[Claim], pairs: Iterable[Pair], config: Config
) -> tuple[Detail, ...]:
    """The details of an event, those of most outlets first, then by where they first appear.

    Every sentence and title that states something is in some detail; one that nobody else states is a
    detail with one mention. A mention is the stretch of its sentence that the others state. Mentions
    are bare: who says it and how is for `compare.verdicts`.
    """
    stating = [c for c in claims if c.kind in _WHOLE and c.role in _STATING]
    graph = _graph(sorted(stating, key=_worded), pairs)
    groups = _rounds(graph, config)
    matched = {node for group in groups for node in group}
    alone = [(node,) for node in range(len(graph.texts)) if node not in matched]
    parts = {c.id: c for c in claims}
    found = [_detail(group, graph, parts) for group in (*groups, *alone)]
    found.sort(key=lambda detail: _order(detail, parts))
    return tuple(found)


def _place(claim: Claim) -> tuple[str, int, int]:
    return claim.article, claim.position, claim.start


def _worded(claim: Claim) -> tuple[str, str, int, str]:
    """An order that hangs on what was written alone, not on the address that it stands under."""
    return claim.text, claim.outlet, claim.start, claim.id


@dataclass(frozen=True, slots=True, eq=False)
class _Match:
    """How probably two texts state the same, and the claim that does in each sentence, by its id."""

    probability: float
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    """Distinct texts, verbatim copies together, and their matches.

    `texts` are each text's claims in order, `article` the article of a text that only one has, and
    `matches` the texts that each one matches.
    """

    texts: tuple[tuple[Claim, ...], ...]
    article: tuple[str | None, ...]
    matches: tuple[dict[int, _Match], ...]

    def comparable(self, a: int, b: int) -> bool:
        """Whether the two are of different articles: those of one article do not match by nature."""
        return self.article[a] is None or self.article[a] != self.article[b]

    def probability(self, a: int, b: int) -> float:
        """How probably the two state the same; 0 where they are no pair."""
        match = self.matches[a].get(b)
        return match.probability if match else 0.0


def _graph(wholes: Sequence[Claim], pairs: Iterable[Pair]) -> _Graph:
    texts: dict[object, list[Claim]] = {}
    for claim in wholes:
        texts.setdefault(wording_key(claim.text) or claim.id, []).append(claim)
    members = tuple(map(tuple, texts.values()))
    node = {c.id: i for i, some in enumerate(members) for c in some}
    matches: tuple[dict[int, _Match], ...] = tuple({} for _ in members)
    for pair in pairs:
        if pair.a not in node or pair.b not in node or node[pair.a] == node[pair.b]:
            continue
        a, b = node[pair.a], node[pair.b]
        before = matches[a].get(b)
        if before is None or pair.probability > before.probability:
            parts = {pair.a: pair.a_part or pair.a, pair.b: pair.b_part or pair.b}
            matches[a][b] = matches[b][a] = _Match(pair.probability, parts)
    articles = tuple({c.article for c in some} for some in members)
    return _Graph(members, tuple(next(iter(a)) if len(a) == 1 else None for a in articles), matches)


def _rounds(graph: _Graph, config: Config) -> list[tuple[int, ...]]:
    """Groups of texts of which every two agree on the whole."""
    edges = {
        (a, b)
        for a, of_a in enumerate(graph.matches)
        for b, match in of_a.items()
        if a < b and match.probability >= config.same and graph.comparable(a, b)
    }
    found: list[tuple[int, ...]] = []
    stated: dict[int, set[str]] = defaultdict(set)
    for number in range(ROUNDS):
        limit = config.another if number else config.same
        new = _agglomerated(graph, {e for e in edges if graph.probability(*e) >= limit}, limit)
        kept = [g for g in new if not number or _is_another(g, edges, stated, graph)]
        if not kept:
            break
        found += kept
        for group in kept:
            for node in group:
                stated[node].add(_stretch(graph.texts[node][0], node, group, graph))
        edges -= {pair for group in new for pair in combinations(sorted(group), 2)}
    held = {node for group in found for node in group}
    copies = [n for n, some in enumerate(graph.texts) if len({c.article for c in some}) > 1]
    return found + [(node,) for node in copies if node not in held]


def _is_another(
    group: Sequence[int], fresh: _Edges, stated: Mapping[int, AbstractSet[str]], graph: _Graph
) -> bool:
    """Whether a group of a later round is about something else than the earlier ones.

    Most of its pairs are in none of them, and it is not about stretches alone that are in one already.
    """
    pairs = [p for p in combinations(sorted(group), 2) if graph.comparable(*p)]
    if sum(p in fresh for p in pairs) < MOSTLY_NEW * len(pairs):
        return False
    return any(
        _stretch(graph.texts[node][0], node, group, graph) not in stated.get(node, ())
        for node in group
    )


class _Linkage:
    """Groups under way: their members, and the sums of the probabilities between every two."""

    def __init__(self, graph: _Graph, edges: _Edges) -> None:
        self.graph = graph
        nodes = sorted({node for edge in edges for node in edge})
        self.members: dict[int, tuple[int, ...]] = {node: (node,) for node in nodes}
        self.articles = {
            node: Counter({graph.article[node]: 1} if graph.article[node] else {}) for node in nodes
        }
        self.sums: dict[int, dict[int, float]] = {
            node: {
                other: match.probability
                for other, match in graph.matches[node].items()
                if other in self.members and graph.comparable(node, other)
            }
            for node in nodes
        }
        # Groups may join only where a pair that is not in any detail yet says so.
        self.joinable: dict[int, set[int]] = defaultdict(set)
        for a, b in edges:
            self.joinable[a].add(b)
            self.joinable[b].add(a)
        self.number = len(graph.texts)

    def mean(self, a: int, b: int) -> float:
        """The mean probability between two groups, of at most so many pairs a text."""
        few, many = sorted((len(self.members[a]), len(self.members[b])))
        one, other = self.articles[a], self.articles[b]
        pairs = few * many - sum(one[article] * other[article] for article in one.keys() & other)
        # Verbatim copies in one article may leave nothing to compare.
        counted = max(1, min(pairs, ENOUGH_MATCHES * few))
        return min(1.0, self.sums[a].get(b, 0.0) / counted)

    def join(self, a: int, b: int) -> int:
        """One group of two; its number."""
        new, self.number = self.number, self.number + 1
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        self.articles[new] = self.articles.pop(a) + self.articles.pop(b)
        small, large = sorted((self.sums.pop(a), self.sums.pop(b)), key=len)
        for other, total in small.items():
            large[other] = large.get(other, 0.0) + total
        self.joinable[new] = (self.joinable.pop(a, set()) | self.joinable.pop(b, set())) - {a, b}
        for old in (a, b):
            large.pop(old, None)
        for other, total in large.items():
            of_other = self.sums[other]
            of_other.pop(a, None)
            of_other.pop(b, None)
            of_other[new] = total
        for other in self.joinable[new]:
            self.joinable[other] -= {a, b}
            self.joinable[other].add(new)
        self.sums[new] = large
        return new


def _agglomerated(graph: _Graph, edges: _Edges, limit: float) -> list[tuple[int, ...]]:
    """The groups of two and more whose parts were joined at a mean of at least the limit."""
    linkage = _Linkage(graph, edges)
    queue = [(-linkage.mean(a, b), a, b) for a, b in edges]
    heapify(queue)
    while queue:
        mean, a, b = heappop(queue)
        if -mean < limit:
            break
        if a not in linkage.members or b not in linkage.members:
            continue
        new = linkage.join(a, b)
        for other in sorted(linkage.joinable[new]):
            if (mean := linkage.mean(other, new)) >= limit:
                heappush(queue, (-mean, other, new))
    return [tuple(sorted(some)) for some in linkage.members.values() if len(some) > 1]


def _detail(group: Sequence[int], graph: _Graph, known: Mapping[str, Claim]) -> Detail:
    members = sorted((c for node in group for c in graph.texts[node]), key=_place)
    node = {c.id: n for n in group for c in graph.texts[n]}
    mentions = tuple(_mention(c, node[c.id], group, graph, known) for c in members)
    digest = sha256("\n".join(m.claim for m in mentions).encode()).hexdigest()
    central = max(mentions, key=lambda m: (m.probability, known[m.claim].text))
    return Detail(id=digest[:12], text=known[central.claim].text, mentions=mentions)


def _stretch(claim: Claim, node: int, group: Sequence[int], graph: _Graph) -> str:
    """The claim in a sentence, by its id, that most of the others of a group state."""
    stated: dict[str, float] = defaultdict(float)
    for other in group:
        if other != node and (match := graph.matches[node].get(other)):
            stated[match.parts.get(claim.id, claim.id)] += match.probability
    return max(stated, key=lambda i: (round(stated[i], 6), i), default=claim.id)


def _mention(
    claim: Claim, node: int, group: Sequence[int], graph: _Graph, known: Mapping[str, Claim]
) -> Mention:
    """The claim's membership in a group: the stretch of it that the others state."""
    copies = len({c.article for c in graph.texts[node]}) - 1
    part = claim if copies else known[_stretch(claim, node, group, graph)]
    others = [graph.probability(node, n) for n in group if n != node and graph.comparable(n, node)]
    counted = len(others) + copies
    return Mention(
        claim=part.id,
        article=claim.article,
        outlet=claim.outlet,
        field=claim.field,
        start=part.start,
        end=part.end,
        sentence=claim.sentence,
        probability=round((sum(others) + copies) / counted, 4) if counted else 1.0,
    )


def _order(
    detail: Detail, known: Mapping[str, Claim]
) -> tuple[int, int, tuple[str, str, int, str]]:
    outlets = len({m.outlet for m in detail.mentions})
    position, first = min(
        (c.position, _worded(c)) for c in (known[m.claim] for m in detail.mentions)
    )
    return -outlets, position, first
