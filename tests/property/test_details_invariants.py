from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compare.config import Config
from compare.datamodel import Claim, Pair, Span
from compare.kinds import ClaimKind
from compare.match.details import details_of

CONFIG = Config(same=0.5)


def claim(article: int, position: int) -> Claim:
    return Claim(
        id=f"{article}-{position}",
        article=str(article),
        outlet=f"outlet {article}",
        field="text",
        start=position * 10,
        end=position * 10 + 9,
        text=f"claim {article} {position}",
        kind=ClaimKind.SENTENCE,
        sentence=Span(position * 10, position * 10 + 9),
        position=position,
    )


@st.composite
def events(draw: st.DrawFn) -> tuple[list[Claim], list[Pair]]:
    claims = [
        claim(a, p) for a in range(draw(st.integers(1, 4))) for p in range(draw(st.integers(1, 4)))
    ]
    between = [
        (a, b) for i, a in enumerate(claims) for b in claims[i + 1 :] if a.article != b.article
    ]
    pairs = [
        Pair(a=a.id, b=b.id, probability=p)
        for a, b in between
        if (p := draw(st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.7, 0.9]))) > 0
    ]
    return claims, pairs


@given(events(), st.randoms())
def test_details_cover_all_join_what_matches_and_ignore_order(
    event: tuple[list[Claim], list[Pair]], random: object
) -> None:
    claims, pairs = event
    details = details_of(claims, pairs, CONFIG)
    assert {m.claim for d in details for m in d.mentions} == {c.id for c in claims}

    likely = {frozenset((p.a, p.b)): p.probability for p in pairs}
    for detail in details:
        assert len({m.claim for m in detail.mentions}) == len(detail.mentions)
        if len(detail.mentions) == 2:
            one, other = (m.claim for m in detail.mentions)
            assert likely[frozenset((one, other))] >= CONFIG.same

    shuffled, swapped = claims[:], pairs[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(swapped)  # type: ignore[attr-defined]
    assert details_of(shuffled, swapped, CONFIG) == details
