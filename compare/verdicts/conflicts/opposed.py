"""Claims that state a detail with another value: they belong to it, though they hardly match.

Matching learns that the same fact has the same numbers, so "15,000 serve" seldom matches "6,000
serve". Where two claims of different outlets match too little to be in one detail and yet give values
of one slot that exclude each other, the one is laid beside the other in its detail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from compare.datamodel import Detail, Mention, Pair
from compare.kinds import ClaimKind, Weight
from compare.verdicts.conflicts.differences import differences
from compare.verdicts.conflicts.find import bare_statement
from compare.verdicts.evidence import Reading

# Pairs below this are of other things; so many of the likeliest are looked at in all.
LEAST, MOST_PAIRS = 0.1, 8000
_WHOLE = frozenset({ClaimKind.TITLE, ClaimKind.SENTENCE})


def with_opposed(details: Sequence[Detail], reading: Reading) -> tuple[Detail, ...]:
    """The details, each with the claims added that state it with a value that excludes another."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, detail in enumerate(details):
        for mention in detail.mentions:
            holding[reading.whole_of(mention.claim)].append(number)
    added: dict[int, dict[str, Mention]] = defaultdict(dict)
    for pair in _apart(reading, holding):
        if not _exclude(pair, reading):
            continue
        place = _place(pair, details, holding)
        if place is not None:
            number, claim = place
            known = added[number].get(claim)
            if known is None or known.probability < pair.probability:
                added[number][claim] = _mention(claim, pair.probability, reading)
    return tuple(
        replace(d, mentions=_in_order((*d.mentions, *added[i].values()), reading))
        if added.get(i)
        else d
        for i, d in enumerate(details)
    )


def _apart(reading: Reading, holding: dict[str, list[int]]) -> list[Pair]:
    """The pairs of different outlets' claims that no detail holds both of, the likeliest first."""
    possible = (p for p in reading.pairs if p.probability >= LEAST and _of_two(p, reading))
    apart = (p for p in possible if not set(holding[p.a]) & set(holding[p.b]))
    return nlargest(MOST_PAIRS, apart, key=lambda p: (p.probability, p.a, p.b))


def _of_two(pair: Pair, reading: Reading) -> bool:
    a, b = reading.claim.get(pair.a), reading.claim.get(pair.b)
    if a is None or b is None or a.outlet == b.outlet:
        return False
    return a.kind in _WHOLE and b.kind in _WHOLE


def _exclude(pair: Pair, reading: Reading) -> bool:
    left, right = (bare_statement(_mention(c, 1.0, reading), reading) for c in (pair.a, pair.b))
    found = differences(left, right, pair.probability)
    return any(d.weight is Weight.HARD for d in found)


def _place(
    pair: Pair, details: Sequence[Detail], holding: dict[str, list[int]]
) -> tuple[int, str] | None:
    """The detail of most mentions that holds one of two claims, and the other claim."""
    places = [(i, pair.b) for i in holding[pair.a]] + [(i, pair.a) for i in holding[pair.b]]
    return max(places, key=lambda place: (len(details[place[0]].mentions), -place[0]), default=None)


def _mention(claim_id: str, probability: float, reading: Reading) -> Mention:
    claim = reading.claim[claim_id]
    return Mention(
        claim=claim.id,
        article=claim.article,
        outlet=claim.outlet,
        field=claim.field,
        start=claim.start,
        end=claim.end,
        sentence=claim.sentence,
        probability=round(probability, 4),
    )


def _in_order(mentions: Sequence[Mention], reading: Reading) -> tuple[Mention, ...]:
    def place(m: Mention) -> tuple[str, int, int]:
        claim = reading.claim.get(m.claim)
        return m.article, claim.position if claim else 0, m.start

    return tuple(sorted(mentions, key=place))
