"""Claims and the probabilities of their pairs, to details: sets of claims that state one thing.

No chaining: a detail grows from its most probable pair, and a claim joins only if it matches every
member of other articles. One sentence may be in several details, since it may state several
things; every pair that counts as the same is inside some detail. The order of the input does not
matter: ties are broken by the claims' places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256
from math import ceil

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

# For each claim, by its number, the probabilities of the claims that it matches.
_Graph = Sequence[Mapping[int, float]]


def details_of(
    claims: Sequence[Claim], pairs: Iterable[Pair], config: Config
) -> tuple[Detail, ...]:
    """The details of an event, those of most outlets first, then by where they first appear.

    Every sentence and title is in some detail; one that nobody else states is a detail with one
    mention. Mentions are bare: who says it and how is for `compare.verdicts`.
    """
    wholes = sorted((c for c in claims if c.kind in _WHOLE), key=_place)
    graph = _graph(wholes, pairs, config.same)
    groups = _cover(graph, [c.article for c in wholes])
    matched = {number for group in groups for number in group}
    groups += [[number] for number in range(len(wholes)) if number not in matched]
    groups.sort(key=lambda group: _order(group, wholes))
    return _with_larger([_detail(group, wholes, graph) for group in groups])


_WHOLE = frozenset({ClaimKind.TITLE, ClaimKind.SENTENCE})


def _place(claim: Claim) -> tuple[str, int, int]:
    return claim.article, claim.position, claim.start


def _graph(wholes: Sequence[Claim], pairs: Iterable[Pair], same: float) -> _Graph:
    number = {c.id: i for i, c in enumerate(wholes)}
    graph: list[dict[int, float]] = [{} for _ in wholes]
    for pair in pairs:
        if pair.probability >= same and pair.a in number and pair.b in number:
            a, b = number[pair.a], number[pair.b]
            graph[a][b] = graph[b][a] = pair.probability
    return graph


def _cover(graph: _Graph, article: Sequence[str]) -> list[list[int]]:
    """Groups in which the claims of different articles match, covering every match.

    Every two match, but for those that joined a large group by matching most of it.
    """
    edges = sorted((-p, a, b) for a, of_a in enumerate(graph) for b, p in of_a.items() if a < b)
    groups = _Groups(article)
    for _, a, b in edges:
        if groups.hold_both(a, b):
            continue
        joined = groups.joined_by_most((a, b), graph)
        if joined is None:
            groups.new(_grown([a, b], graph, article))
        else:
            groups.add(*joined)
    return [list(members) for members in groups.members]


class _Groups:
    """Groups of claims: each one's members as they joined, and how many of them are of an article.

    `holding` says which groups hold a claim, and `large` which of them are large.
    """

    def __init__(self, article: Sequence[str]) -> None:
        self.article = article
        self.members: list[dict[int, None]] = []
        self.articles: list[Counter[str]] = []
        self.holding: dict[int, set[int]] = defaultdict(set)
        self.large: dict[int, list[int]] = defaultdict(list)

    def new(self, claims: Sequence[int]) -> None:
        """One more group."""
        self.members.append({})
        self.articles.append(Counter())
        for claim in claims:
            self.add(len(self.members) - 1, claim)

    def add(self, group: int, claim: int) -> None:
        """One more member of a group."""
        members = self.members[group]
        members[claim] = None
        self.articles[group][self.article[claim]] += 1
        self.holding[claim].add(group)
        if len(members) == MANY_MEMBERS:
            for member in members:
                self.large[member].append(group)
        elif len(members) > MANY_MEMBERS:
            self.large[claim].append(group)

    def hold_both(self, a: int, b: int) -> bool:
        """Whether some group holds both claims."""
        return not self.holding[a].isdisjoint(self.holding[b])

    def joined_by_most(self, match: tuple[int, int], graph: _Graph) -> tuple[int, int] | None:
        """The large group of one of two matching claims that the other one matches best, and it."""
        found = []
        for held, claim in (match, match[::-1]):
            article, matching = self.article[claim], graph[claim]
            if len(matching) < MOST_OF_MANY * MANY_MEMBERS:
                continue
            for group in self.large[held]:
                members = self.members[group]
                others = len(members) - self.articles[group][article]
                if others < MANY_MEMBERS:
                    continue
                if len(matching.keys() & members.keys()) >= MOST_OF_MANY * others:
                    total = sum(matching[m] for m in members if m in matching)
                    found.append((total / others, -group, claim))
        if not found:
            return None
        _, group, claim = max(found)
        return -group, claim


def _grown(group: list[int], graph: _Graph, article: Sequence[str]) -> list[int]:
    """The group with every claim that matches all of it, the most probable first."""
    first, second = group
    of_first, of_second = graph[first], graph[second]
    joining = of_first.keys() & of_second.keys()
    joining |= {c for c in of_second if article[c] == article[first]}
    joining |= {c for c in of_first if article[c] == article[second]}
    joining -= {first, second}
    ranked = sorted((-(of_first.get(c, 0.0) + of_second.get(c, 0.0)), c) for c in joining)
    members = Counter(article[c] for c in group)
    for _, c in ranked:
        others = len(group) - members[article[c]]
        matches = sum(map(graph[c].__contains__, group))
        if matches >= min(others, ENOUGH_MATCHES):
            group.append(c)
            members[article[c]] += 1
    return group


def _detail(group: Sequence[int], wholes: Sequence[Claim], graph: _Graph) -> Detail:
    numbers = sorted(group)
    members = [wholes[number] for number in numbers]
    mentions = tuple(
        Mention(
            claim=c.id,
            article=c.article,
            outlet=c.outlet,
            field=c.field,
            start=c.start,
            end=c.end,
            probability=_belonging(graph[number], numbers),
        )
        for number, c in zip(numbers, members, strict=True)
    )
    digest = sha256("\n".join(c.id for c in members).encode()).hexdigest()
    return Detail(id=digest[:12], text=members[0].text, mentions=mentions)


def _belonging(matching: Mapping[int, float], numbers: Sequence[int]) -> float:
    """The mean probability that a claim matches the members of other articles."""
    others = [matching[number] for number in numbers if number in matching]
    return round(sum(others) / len(others), 4) if others else 1.0


def _with_larger(details: Sequence[Detail]) -> tuple[Detail, ...]:
    """The details, those of which a larger one before them holds most pointing to it."""
    main: dict[str, set[int]] = defaultdict(set)  # the main details that hold a claim
    found = []
    for number, detail in enumerate(details):
        claims = [mention.claim for mention in detail.mentions]
        larger = _holding_most(claims, details, main) if len(claims) > 1 else None
        part_of = None if larger is None else details[larger].id
        found.append(replace(detail, part_of=part_of))
        if larger is None:
            for claim in claims:
                main[claim].add(number)
    return tuple(found)


def _holding_most(
    claims: Sequence[str], details: Sequence[Detail], main: Mapping[str, AbstractSet[int]]
) -> int | None:
    """The first of the main details that hold most of some claims, if any holds enough of them."""
    enough = ceil(SHARED_WITH_LARGER * len(claims))
    held = sorted((main[claim] for claim in claims), key=len)
    # What holds enough of them holds one of any that are more than may be missing.
    possible = set[int]().union(*held[: len(claims) - enough + 1])
    best, first = 0, None
    for number in sorted(possible):
        count = sum([number in some for some in held])
        if count >= max(enough, best + 1) and len(details[number].mentions) >= len(claims):
            best, first = count, number
    return first


def _order(group: Sequence[int], wholes: Sequence[Claim]) -> tuple[int, int, int]:
    outlets = len({wholes[number].outlet for number in group})
    earliest = min(wholes[number].position for number in group)
    return -outlets, earliest, min(group)
