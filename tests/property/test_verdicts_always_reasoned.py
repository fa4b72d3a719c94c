"""Whatever goes in, every cell has a status that its article allows, a reason, and evidence."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from compare.claims import claims_of
from compare.datamodel import (
    Article,
    Completeness,
    Detail,
    Failure,
    Mention,
    Pair,
    Quoted,
    Stage,
    Status,
)
from compare.kinds import Cause
from compare.verdicts import judge

SENTENCES = st.sampled_from(
    [
        "Nearly 100 troops landed on Saturday.",
        "At least 100 troops landed on Sunday.",
        "The brutal dictator humiliated his critics.",
        "“We have several contracts now running,” an official told Wire.",
        "The ministry did not answer.",
        "Two planes landed, according to media reports.",
        "…",
        "",
        "“",
    ]
)
TIMES = st.sampled_from(
    [None, "", "never", "2019", "2019-03-24", "2019-03-24T10:00:00Z", "2019-03-25"]
)
OUTLETS = ["Wire", "Blog", "Paper"]


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        text = "\n".join(draw(st.lists(SENTENCES | st.text(max_size=30), max_size=6)))
        start = draw(st.integers(0, 40))
        found.append(
            Article(
                id=f"a{number}",
                outlet=draw(st.sampled_from(OUTLETS)),
                title=draw(SENTENCES),
                text=text * draw(st.sampled_from([1, 8])),
                published=draw(TIMES),
                modified=draw(TIMES),
                language=draw(st.sampled_from([None, "en", "es"])),
                completeness=draw(st.sampled_from(Completeness)),
                quoted=(
                    Quoted(
                        start=start,
                        end=start + 30,
                        source=draw(st.sampled_from([None, "Wire", "X"])),
                    ),
                ),
                credits=draw(st.sampled_from([(), ("AP",), ("Wire",)])),
            )
        )
    return found


@given(st.data(), articles())
def test_no_cell_without_a_reason_and_evidence(
    data: st.DataObject, given_articles: list[Article]
) -> None:
    claims = [c for a in given_articles for c in claims_of(a)]
    chosen = (
        data.draw(
            st.lists(st.sampled_from(claims), min_size=1, max_size=5, unique_by=lambda c: c.id)
        )
        if claims
        else []
    )
    if not chosen:
        return
    mentions = tuple(
        Mention(
            claim=c.id,
            article=c.article,
            outlet=c.outlet,
            field=c.field,
            start=c.start,
            end=c.end,
            probability=0.5,
        )
        for c in chosen
    )
    others = data.draw(
        st.lists(
            st.tuples(st.sampled_from(claims), st.sampled_from(claims), st.floats(0, 1)), max_size=5
        )
    )
    failures = [Failure(stage=data.draw(st.sampled_from(Stage)), reason="x", outlet="Dead")]
    judged = judge(
        [Detail(id="d", text="t", mentions=mentions)],
        claims=claims,
        pairs=[Pair(a=a.id, b=b.id, probability=p) for a, b, p in others],
        articles=given_articles,
        failures=failures,
        outlets=["Nowhere"],
    )
    (detail,) = judged.details
    assert {c.outlet for c in detail.cells} == {
        "Nowhere",
        "Dead",
        *(a.outlet for a in given_articles),
    }
    by_id = {a.id: a for a in given_articles}
    for cell in detail.cells:
        mine = [a for a in given_articles if a.outlet == cell.outlet]
        assert cell.reason.strip()
        assert 0 <= cell.confidence <= 1
        carrying = cell.status in {Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING}
        assert carrying is bool(cell.mentions)
        assert all(detail.mentions[i].outlet == cell.outlet for i in cell.mentions)
        if cell.status is Status.LEFT_OUT:
            assert mine
            assert all(a.completeness in {Completeness.FULL, Completeness.UNKNOWN} for a in mine)
            assert all(a.text.strip() for a in mine)
    for mention in detail.mentions:
        text = by_id[mention.article].read(mention.field)
        assert all(
            mention.start <= c.start < c.end <= mention.end <= len(text) for c in mention.cues
        )
        assert mention.cues or not mention.editorialized
    for conflict in detail.conflicts:
        a = detail.mentions[conflict.a]
        assert (
            by_id[a.article].read(a.field)[conflict.a_span.start : conflict.a_span.end]
            == conflict.a_value
        )
    assert 1 <= detail.origins <= max(1, len({m.outlet for m in mentions}))
    for edge in judged.carried:
        assert 0 <= edge.share <= 1
        assert edge.source != by_id[edge.article].outlet


@given(st.data(), articles(), st.text(min_size=1))
def test_no_status_and_no_confidence_hangs_on_a_sentence(
    data: st.DataObject, given_articles: list[Article], nonsense: str
) -> None:
    claims = [c for a in given_articles for c in claims_of(a)]
    if not claims:
        return
    chosen = data.draw(st.lists(st.sampled_from(claims), min_size=1, max_size=4, unique_by=lambda c: c.id))  # fmt: skip
    copy_of = st.sampled_from([None, *(a.id for a in given_articles)])
    failures = [
        Failure(
            stage=data.draw(st.sampled_from(Stage)),
            reason=data.draw(st.sampled_from([*REASONS, f"the same article as {a.id}"])),
            cause=data.draw(st.none() | st.sampled_from(Cause)),
            copy_of=data.draw(copy_of),
            outlet=a.outlet,
        )
        for a in given_articles
    ]

    def cells(articles: list[Article], lost: list[Failure]) -> list[tuple[str, Status, float]]:
        mentions = tuple(
            Mention(
                claim=c.id, article=c.article, outlet=c.outlet, field=c.field,
                start=c.start, end=c.end, probability=0.5,
            )
            for c in chosen
        )  # fmt: skip
        (detail,) = judge(
            [Detail(id="d", text="t", mentions=mentions)],
            claims=claims,
            pairs=(),
            articles=articles,
            failures=lost,
        ).details
        return [(c.outlet, c.status, c.confidence) for c in detail.cells]

    as_told = cells(given_articles, failures)
    translated = cells(
        [replace(a, completeness_reason=nonsense) for a in given_articles],
        [replace(f, reason=nonsense) for f in failures],
    )
    assert as_told == translated


REASONS = (
    "HTTP 503",
    "the page has no text without scripts",
    "at the same time",
    "its id came before",
)
