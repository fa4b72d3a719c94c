"""The whole core on small events, with the real model."""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

import pytest

from compare.codec import encode_comparison
from compare.config import Config
from compare.datamodel import Article, Comparison, Completeness, Event, Failure, Run, Stage
from compare.embedding.adapter import load as load_adapter
from compare.embedding.encoder import Encoded, SentenceEncoder
from compare.embedding.index import FaissIndex
from compare.kinds import Cause
from compare.pipeline import compare_articles, interaction_of, recut

pytestmark = pytest.mark.model


class Remembering:
    """The real encoder, counting what it is asked."""

    def __init__(self) -> None:
        self.real = SentenceEncoder()
        self.name, self.dimension = self.real.name, self.real.dimension
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.asked += texts
        return self.real.encode(texts)


@pytest.fixture(scope="module")
def encoder() -> Remembering:
    return Remembering()


WIRE = Article(
    id="wire",
    outlet="Halyard Wire",
    title="Mayor Quill closes Northgate bridge after cracks are found",
    text=(
        "Mayor Ada Quill closed the Northgate bridge on Monday after inspectors found 14 cracks "
        "in its main span.\n\n"
        "“We will not gamble with the lives of commuters,” Quill told reporters at city hall.\n\n"
        "About 9,000 cars cross the bridge every day. The council will meet on Thursday to decide "
        "how to pay for repairs, which may cost $30 million."
    ),
    published="2019-03-25",
    url="http://127.0.0.1/wire",
)
LOCAL = Article(
    id="local",
    outlet="The Lantern",
    title="Northgate bridge shut: inspectors find 14 cracks",
    text=(
        "Inspectors found 14 cracks in the main span of the Northgate bridge, and the mayor shut it "
        "on Monday.\n\n"
        "The mayor said: “We will not gamble with the lives of commuters.”\n\n"
        "Bakers near the bridge worry about their trade."
    ),
    published="2019-03-25",
    url="http://127.0.0.1/local",
)
STRANGER = Article(
    id="stranger",
    outlet="The Courier",
    title="Owl festival draws record crowd",
    text="More than 300 people came to watch owls in Pinewood on Saturday. Nobody was hurt.",
    published="2019-03-25",
    url="http://127.0.0.1/owls",
)


def compared(
    encoder: Remembering, articles: Sequence[Article], config: Config | None = None, **more: object
) -> Comparison:
    settings = {"event": Event(), **more}
    return compare_articles(
        articles,
        encoder=encoder,
        index=FaissIndex(),
        config=config or Config(),
        run=Run(parallax="0", model=encoder.name),
        **settings,  # type: ignore[arg-type]
    )


def together(comparison: Comparison) -> set[frozenset[str]]:
    texts = {a.id: a for a in comparison.articles}
    return {
        frozenset(texts[m.article].read(m.field)[m.start : m.end] for m in d.mentions)
        for d in comparison.details
        if len(d.mentions) > 1
    }


def test_two_outlets_state_the_same_details_in_other_words(encoder: Remembering) -> None:
    found = together(compared(encoder, [WIRE, LOCAL]))
    said = [g for g in found if any("gamble" in text for text in g)]
    assert said
    assert all(all("gamble" in text for text in g) for g in said)
    assert any(any("14 cracks" in t for t in g) for g in found)
    assert not any(any("Bakers" in t for t in g) for g in found)


def test_every_span_reads_what_it_says(encoder: Remembering) -> None:
    comparison = compared(encoder, [WIRE, LOCAL])
    articles = {a.id: a for a in comparison.articles}
    for claim in comparison.claims:
        assert articles[claim.article].read(claim.field)[claim.start : claim.end] == claim.text
    whole = {(c.article, c.sentence) for c in comparison.claims if c.kind in {"title", "sentence"}}
    assert {(m.article, m.sentence) for d in comparison.details for m in d.mentions} == whole


def test_the_order_of_articles_does_not_matter(encoder: Remembering) -> None:
    articles = [WIRE, LOCAL, replace(STRANGER, outlet="The Lantern")]
    first = compared(encoder, articles)
    random.Random(3).shuffle(articles)
    again = compared(encoder, articles)
    assert (first.claims, first.pairs, first.details) == (again.claims, again.pairs, again.details)


def test_the_order_of_failures_does_not_matter(encoder: Remembering) -> None:
    lost = [
        Failure(stage=stage, reason=f"reason {n}", outlet=outlet, url=f"http://127.0.0.1/{n}")
        for n, (stage, outlet) in enumerate(
            [(Stage.FETCH, "B"), (Stage.EXTRACT, "A"), (Stage.FETCH, "A"), (Stage.FETCH, None)]
        )
    ]
    one, other = (
        compared(encoder, articles, failures=failures)
        for articles, failures in (
            ([WIRE, LOCAL, WIRE], lost),
            ([WIRE, WIRE, LOCAL], reversed(lost)),
        )
    )
    assert encode_comparison(one) == encode_comparison(other)


def test_a_recut_encodes_nothing_and_is_what_a_run_would_give(encoder: Remembering) -> None:
    comparison = compared(encoder, [WIRE, LOCAL])
    encoder.asked.clear()
    strict = recut(comparison, Config(same=0.9))
    assert encoder.asked == []
    assert together(strict) == together(compared(encoder, [WIRE, LOCAL], Config(same=0.9)))
    assert len(together(strict)) <= len(together(comparison))
    assert strict.run.settings["same"] == 0.9


def test_no_text_is_encoded_twice(encoder: Remembering) -> None:
    encoder.asked.clear()
    compared(encoder, [WIRE, replace(WIRE, id="copy", outlet="The Lantern")])
    assert len(encoder.asked) == len(set(encoder.asked))


@pytest.mark.parametrize("articles", [[], [WIRE], [replace(WIRE, text="One sentence.")]])
def test_an_event_of_one_article_or_none_has_details_of_one_mention(
    encoder: Remembering, articles: list[Article]
) -> None:
    comparison = compared(encoder, articles)
    assert all(len(d.mentions) == 1 for d in comparison.details)
    assert bool(comparison.details) == bool(articles)


def test_the_same_article_twice_counts_once_and_is_listed(encoder: Remembering) -> None:
    comparison = compared(encoder, [WIRE, replace(WIRE, id="wire-2"), LOCAL])
    assert [a.id for a in comparison.articles] == ["local", "wire"]
    (failure,) = comparison.failures
    assert (failure.stage, failure.id) == (Stage.READ, "wire-2")
    assert (failure.cause, failure.copy_of) == (Cause.COPY, "wire")


def test_an_event_of_five_hundred_articles_is_compared(encoder: Remembering) -> None:
    told = WIRE.text.partition("\n\n")[0]
    crowd = [
        replace(WIRE, id=f"{i:03}", outlet=f"Outlet {i}", title=f"{WIRE.title} ({i})", text=told)
        for i in range(500)
    ]
    comparison = compared(encoder, [*crowd, LOCAL], Config(gate=False))
    assert len(comparison.outlets) == 501
    main = max(comparison.details, key=lambda d: len(d.mentions))
    assert len({m.outlet for m in main.mentions}) >= 500
    restated = [d for d in comparison.details if len({m.outlet for m in d.mentions}) > 1]
    assert any(m.outlet == "The Lantern" for d in restated for m in d.mentions)


def test_an_adapted_encoder_reads_sentences_beside_their_neighbours(encoder: Remembering) -> None:
    adapted = replace_name(encoder, f"{encoder.name}+{load_adapter().name}")
    for reader, alone in ((encoder, True), (adapted, False)):
        reader.asked.clear()
        compared(reader, [WIRE, LOCAL])
        quote = (
            "“We will not gamble with the lives of commuters,” Quill told reporters at city hall."
        )
        assert (quote in reader.asked) is alone
        assert any(quote in text and text != quote for text in reader.asked) is not alone


def test_what_was_not_fitted_for_the_encoder_is_in_the_run(encoder: Remembering) -> None:
    event = Event(about="Mayor Quill closes the Northgate bridge after cracks are found")
    plain, adapted = encoder.name, f"{encoder.name}+{load_adapter().name}"
    of_plain = compared(encoder, [WIRE, LOCAL], event=event).run.misfits
    assert of_plain == {"gate": adapted, "loaded words": adapted}
    assert compared(encoder, [WIRE, LOCAL]).run.misfits == {"loaded words": adapted}
    unknown = compared(replace_name(encoder, "theirs#1"), [WIRE, LOCAL], event=event).run.misfits
    assert unknown == {"pairs": plain, "gate": adapted, "loaded words": adapted}
    of_adapted = compared(replace_name(encoder, adapted), [WIRE, LOCAL], event=event).run.misfits
    assert of_adapted == {}


def test_two_versions_of_one_outlet_are_both_compared(encoder: Remembering) -> None:
    later = replace(LOCAL, id="later", text=LOCAL.text + " The mayor resigned on Friday.")
    comparison = compared(encoder, [WIRE, LOCAL, later])
    assert [a.id for a in comparison.articles] == ["later", "local", "wire"]
    assert len(comparison.outlets) == 2


def test_articles_that_share_nothing_share_no_detail(encoder: Remembering) -> None:
    assert together(compared(encoder, [WIRE, STRANGER])) == set()


def test_what_is_not_about_the_event_is_left_out_with_a_reason(encoder: Remembering) -> None:
    about = Event(about="Mayor Quill closes the Northgate bridge after cracks are found")
    comparison = compared(encoder, [WIRE, LOCAL, STRANGER], event=about)
    assert [a.id for a in comparison.articles] == ["local", "wire"]
    (failure,) = comparison.failures
    assert (failure.stage, failure.id, failure.outlet) == (Stage.GATE, "stranger", "The Courier")
    assert failure.reason
    assert failure.cause is Cause.OTHER_EVENT
    without = compared(encoder, [WIRE, LOCAL, STRANGER], Config(gate=False), event=about)
    assert len(without.articles) == 3


def test_completeness_is_stated_with_its_reason(encoder: Remembering) -> None:
    paywalled = replace(LOCAL, completeness=Completeness.PAYWALLED, completeness_reason="a wall")
    empty = replace(STRANGER, text="")
    given = {a.id: a for a in compared(encoder, [WIRE, paywalled, empty]).articles}
    assert given["wire"].completeness is Completeness.FULL
    assert "does not say" in given["wire"].completeness_reason
    assert given["local"].completeness is Completeness.PAYWALLED
    assert given["stranger"].completeness is Completeness.TRUNCATED


def test_failures_and_asked_outlets_reach_the_result(encoder: Remembering) -> None:
    failure = Failure(stage=Stage.FETCH, reason="timed out", outlet="Tradewind")
    comparison = compared(encoder, [WIRE], failures=[failure], outlets=["The Courier"])
    assert comparison.failures == (failure,)
    assert set(comparison.outlets) == {"The Courier", "Halyard Wire", "Tradewind"}


def test_another_language_and_odd_characters_do_not_stop_it(encoder: Remembering) -> None:
    odd = replace(
        LOCAL,
        id="odd",
        title="桥梁关闭",
        text="市长周一关闭了大桥。检查人员发现了十四条裂缝。\u2028\x00 .",
    )
    assert compared(encoder, [WIRE, odd]).details


def test_what_was_learned_is_used_with_the_encoder_it_was_learned_on(encoder: Remembering) -> None:
    assert interaction_of(encoder) is None
    adapted = replace_name(encoder, f"{encoder.name}+{load_adapter().name}")
    assert interaction_of(adapted) is not None


def replace_name(encoder: Remembering, name: str) -> Remembering:
    other = copy(encoder)
    other.name, other.asked = name, []
    return other
