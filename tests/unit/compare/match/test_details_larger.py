"""Details of many outlets: one miss does not split them, and the repeated ones point to the larger."""

from __future__ import annotations

from itertools import combinations

from compare.config import Config
from compare.datamodel import Claim, ClaimKind, Pair, Span
from compare.match.details import MANY_MEMBERS, details_of


def claim(outlet: str, position: int = 1) -> Claim:
    return Claim(
        id=f"{outlet}:{position}",
        article=outlet,
        outlet=outlet,
        field="text",
        start=position * 100,
        end=position * 100 + 50,
        text=f"{outlet} says it.",
        kind=ClaimKind.SENTENCE,
        sentence=Span(position * 100, position * 100 + 50),
        position=position,
    )


def test_one_miss_among_many_does_not_split_a_detail() -> None:
    claims = [claim(f"o{n}") for n in range(MANY_MEMBERS + 2)]
    pairs = [Pair(a=a.id, b=b.id, probability=0.9) for a, b in combinations(claims, 2)]
    details = details_of(claims, pairs[:-1], Config())
    assert [len(detail.mentions) for detail in details] == [len(claims)]


def test_a_miss_among_few_does() -> None:
    claims = [claim(f"o{n}") for n in range(3)]
    pairs = [
        Pair(a="o0:1", b="o1:1", probability=0.9),
        Pair(a="o1:1", b="o2:1", probability=0.8),
    ]
    details = details_of(claims, pairs, Config())
    assert sorted(len(detail.mentions) for detail in details) == [2, 2]


def test_a_detail_held_mostly_by_a_larger_one_points_to_it_and_never_in_a_chain() -> None:
    claims = [claim(f"o{n}") for n in range(4)] + [claim("o4"), claim("o5", 2)]
    pairs = [Pair(a=a.id, b=b.id, probability=0.9) for a, b in combinations(claims[:4], 2)]
    pairs += [
        Pair(a="o0:1", b="o4:1", probability=0.8),
        Pair(a="o1:1", b="o4:1", probability=0.8),
    ]
    details = details_of(claims, pairs, Config())
    by_id = {detail.id: detail for detail in details}
    sizes = {len(detail.mentions): detail for detail in details}
    assert sizes[4].part_of is None
    assert sizes[3].part_of == sizes[4].id
    assert sizes[1].part_of is None
    for detail in details:
        if detail.part_of:
            assert by_id[detail.part_of].part_of is None
