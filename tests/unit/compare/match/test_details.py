from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from compare.config import Config
from compare.datamodel import Claim, Detail, Pair, Span
from compare.kinds import ClaimKind, ClaimRole
from compare.match.details import details_of

CONFIG = Config(same=0.5)


def claim(name: str, kind: ClaimKind = ClaimKind.SENTENCE) -> Claim:
    article, position = name[0], int(name[1:])
    return Claim(
        id=name,
        article=article,
        outlet=article.upper(),
        field="text",
        start=position * 10,
        end=position * 10 + 9,
        text=f"sentence {name}",
        kind=kind,
        sentence=Span(position * 10, position * 10 + 9),
        position=position,
    )


def claims(*names: str) -> list[Claim]:
    return [claim(name) for name in names]


def members(details: tuple[Detail, ...]) -> set[tuple[str, ...]]:
    return {tuple(m.claim for m in d.mentions) for d in details}


def test_every_claim_is_in_some_detail() -> None:
    details = details_of(claims("a1", "a2", "b1"), [Pair(a="a1", b="b1", probability=0.9)], CONFIG)
    assert members(details) == {("a1", "b1"), ("a2",)}
    alone = next(d for d in details if len(d.mentions) == 1)
    assert alone.mentions[0].probability == 1.0


def test_a_chain_is_no_detail() -> None:
    pairs = [Pair(a="a1", b="b1", probability=0.9), Pair(a="b1", b="c1", probability=0.8)]
    details = details_of(claims("a1", "b1", "c1"), pairs, CONFIG)
    assert members(details) == {("a1", "b1"), ("b1", "c1")}


def test_claims_that_all_match_each_other_are_one_detail() -> None:
    pairs = [
        Pair(a="a1", b="b1", probability=0.9),
        Pair(a="b1", b="c1", probability=0.8),
        Pair(a="a1", b="c1", probability=0.6),
    ]
    (detail,) = details_of(claims("a1", "b1", "c1"), pairs, CONFIG)
    assert [m.outlet for m in detail.mentions] == ["A", "B", "C"]
    assert detail.mentions[0].probability == 0.75


def test_what_is_less_probable_than_the_threshold_stays_apart() -> None:
    pairs = [Pair(a="a1", b="b1", probability=0.49)]
    assert members(details_of(claims("a1", "b1"), pairs, CONFIG)) == {("a1",), ("b1",)}


def test_parts_are_shown_through_their_sentence_and_make_no_detail_of_their_own() -> None:
    some = [*claims("a1"), claim("a2", ClaimKind.CLAUSE)]
    assert members(details_of(some, [], CONFIG)) == {("a1",)}


def test_the_order_of_the_input_does_not_matter() -> None:
    some = claims("a1", "a2", "b1", "c1")
    pairs = [
        Pair(a="a1", b="b1", probability=0.7),
        Pair(a="a2", b="b1", probability=0.7),
        Pair(a="a1", b="c1", probability=0.7),
    ]
    results = {
        details_of(list(order), list(reversed(pairs)) if i % 2 else pairs, CONFIG)
        for i, order in enumerate(permutations(some))
    }
    assert len(results) == 1


def test_details_of_most_outlets_come_first() -> None:
    pairs = [Pair(a="a2", b="b2", probability=0.9)]
    details = details_of(claims("a1", "a2", "b2"), pairs, CONFIG)
    assert [len(d.mentions) for d in details] == [2, 1]


def part_of(name: str, part: str) -> Claim:
    whole = claim(name)
    return Claim(
        id=f"{name}/{part}",
        article=whole.article,
        outlet=whole.outlet,
        field="text",
        start=whole.start,
        end=whole.start + 4,
        text=f"{part} of {name}",
        kind=ClaimKind.CLAUSE,
        sentence=whole.sentence,
        position=whole.position,
    )


def test_a_mention_is_the_stretch_that_the_others_state() -> None:
    some = [*claims("a1", "b1"), part_of("a1", "first")]
    (detail,) = details_of(some, [Pair(a="a1", b="b1", probability=0.9, a_part="a1/first")], CONFIG)
    mention = detail.mentions[0]
    assert mention.claim == "a1/first"
    assert (mention.start, mention.end) == (10, 14)
    assert mention.sentence == Span(10, 19)


def test_a_sentence_is_in_as_many_details_as_it_states_facts() -> None:
    some = [*claims("a1", "b1", "c1"), part_of("a1", "first"), part_of("a1", "second")]
    pairs = [
        Pair(a="a1", b="b1", probability=0.9, a_part="a1/first"),
        Pair(a="a1", b="c1", probability=0.8, a_part="a1/second"),
    ]
    details = details_of(some, pairs, CONFIG)
    assert members(details) == {("a1/first", "b1"), ("a1/second", "c1")}


def test_stretches_that_are_in_a_detail_already_make_no_other_one() -> None:
    some = [*claims("a1", "b1", "a2", "b2")]
    pairs = [
        Pair(a="a1", b="b1", probability=0.9),
        Pair(a="a2", b="b2", probability=0.9),
        Pair(a="a1", b="b2", probability=0.6),
    ]
    assert members(details_of(some, pairs, CONFIG)) == {("a1", "b1"), ("a2", "b2")}


def test_one_that_matches_few_of_many_does_not_join_them() -> None:
    names = ["a1", "b1", "c1", "d1"]
    pairs = [Pair(a=x, b=y, probability=0.9) for x, y in permutations(names, 2) if x < y]
    pairs.append(Pair(a="d1", b="e1", probability=0.9))
    found = members(details_of(claims(*names, "e1"), pairs, CONFIG))
    assert tuple(names) in found
    assert not any("e1" in group and len(group) > 2 for group in found)


def test_what_states_nothing_is_no_detail() -> None:
    caption = replace(claim("b2"), role=ClaimRole.CAPTION)
    details = details_of([*claims("a1", "b1"), caption], [], CONFIG)
    assert members(details) == {("a1",), ("b1",)}
