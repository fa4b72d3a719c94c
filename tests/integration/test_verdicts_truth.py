"""The verdicts on the sample web when every detail is right: what they decide is asserted alone.

The details are built from `sample_truth.toml`, the articles from the pages by the real extraction;
neither crawl nor matching nor model has a part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from compare.claims import claims_of
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Claim,
    Comparison,
    ConflictKind,
    Detail,
    Event,
    Failure,
    Mention,
    Pair,
    Run,
    Stage,
    Status,
)
from compare.kinds import ClaimKind
from compare.verdicts import judge
from tests.integration.truth_table import COLUMNS, TRUTHS, Reading, Truth

FAILED = Failure(stage=Stage.FETCH, reason="HTTP 503", outlet="Evening Signal")


def bare(claim: Claim) -> Mention:
    return Mention(
        claim=claim.id,
        article=claim.article,
        outlet=claim.outlet,
        field=claim.field,
        start=claim.start,
        end=claim.end,
        probability=1.0,
    )


def stating(truth: Truth, article: Article, claims: list[Claim]) -> Iterator[Claim]:
    """For each of the row's words the smallest claim that holds most of them."""
    for where, start, end in truth.anchors(article):

        def fit(claim: Claim, start: int = start, end: int = end) -> tuple[bool, int]:
            shared = min(claim.end, end) - max(claim.start, start)
            whole = shared >= 0.8 * (end - start)
            return whole, -(claim.end - claim.start) if whole else shared

        yield max((c for c in claims if c.field == where), key=fit)


@pytest.fixture(scope="module")
def judged(sample_articles: tuple[Article, ...]) -> Comparison:
    claims = {article.id: list(claims_of(article)) for article in sample_articles}
    details: list[Detail] = []
    pairs: list[Pair] = []
    used: set[tuple[str, str, int]] = set()
    for number, truth in enumerate(TRUTHS):
        members = {
            claim.id: claim
            for article in sample_articles
            for claim in stating(truth, article, claims[article.id])
        }
        if truth.aside:
            continue
        used |= {(c.article, c.field, c.sentence.start) for c in members.values()}
        details.append(
            Detail(id=str(number), text=truth.says, mentions=tuple(map(bare, members.values())))
        )
        pairs += [
            Pair(a=a.id, b=b.id, probability=1.0)
            for a, b in combinations(members.values(), 2)
            if a.article != b.article
        ]
    details += [
        Detail(id=claim.id, text=claim.text, mentions=(bare(claim),))
        for article in sample_articles
        for claim in claims[article.id]
        if claim.kind in {ClaimKind.SENTENCE, ClaimKind.TITLE}
        and (claim.article, claim.field, claim.sentence.start) not in used
    ]
    everything = tuple(claim for each in claims.values() for claim in each)
    judgement = judge(
        details,
        claims=everything,
        pairs=pairs,
        articles=sample_articles,
        failures=(FAILED,),
        outlets=COLUMNS,
    )
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax="", model=""),
        event=Event(),
        outlets=COLUMNS,
        articles=sample_articles,
        details=judgement.details,
        failures=(FAILED,),
        carried=judgement.carried,
        claims=everything,
        pairs=tuple(pairs),
    )


def test_every_cell_is_as_the_table_says(judged: Comparison) -> None:
    reading = Reading(judged)
    assert reading.wrong_cells() == [], reading.report()


def test_nobody_is_wrongly_accused(judged: Comparison) -> None:
    reading = Reading(judged)
    wrong = [w for w in reading.wrong_accusations() if not TRUTHS[w.row].aside]
    assert wrong == [], reading.report()


def test_all_statuses_occur(judged: Comparison) -> None:
    assert {cell.status for detail in judged.details for cell in detail.cells} == set(Status)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (ConflictKind.NUMBER, ("nearly 100", "at least 100")),
        (ConflictKind.NUMBER, ("35 tonnes", "38 tonnes")),
        (ConflictKind.DATE, ("saturday", "sunday")),
    ],
)
def test_the_conflicts_that_are_there_are_found(
    judged: Comparison, kind: ConflictKind, values: tuple[str, str]
) -> None:
    found = [
        {conflict.a_value.lower(), conflict.b_value.lower()}
        for detail in judged.details
        for conflict in detail.conflicts
        if conflict.kind is kind
    ]
    assert any(all(any(v in value for value in pair) for v in values) for pair in found), found


def test_no_conflict_that_a_reader_would_not_see(judged: Comparison) -> None:
    """Only these rows hold values that differ; whom others lay them to may differ in any."""
    differing = ("landed at", "100 troops", "35 tonnes", "military-technical", "stand idly", "50")
    rows = {truth.says for truth in TRUTHS if any(each in truth.says for each in differing)}
    for number, truth in enumerate(TRUTHS):
        for detail in judged.details:
            kinds = {each.kind for each in detail.conflicts} - {ConflictKind.ATTRIBUTION}
            if detail.id == str(number) and truth.says not in rows:
                assert not kinds, [each.sentence for each in detail.conflicts]
