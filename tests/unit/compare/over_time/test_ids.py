from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from compare.datamodel import Article, Comparison, Detail, Event, Mention, Run, Span
from compare.over_time.ids import with_ids

WIRE = "Four people were hurt when the pier gave way. The mayor denied that she had been warned."
POST = "The pier gave way and hurt four. Mayor Hale said nobody had warned her."
NEWS = "Four were hurt on the pier, police said."


def article(outlet: str, text: str, published: str) -> Article:
    return Article(id=outlet, outlet=outlet, title="", text=text, published=published)


def mention(source: Article, sentence: str) -> Mention:
    start = source.text.index(sentence)
    end = start + len(sentence)
    return Mention(
        claim=f"{source.id}:{start}", article=source.id, outlet=source.outlet, field="text",
        start=start, end=end, probability=0.9, sentence=Span(start, end),
    )  # fmt: skip


def detail(number: int, *mentions: Mention) -> Detail:
    return Detail(id=f"bare{number}", text="", mentions=mentions)


def comparison(
    articles: Sequence[Article], details: Sequence[Detail], forwarded: dict[str, str] | None = None
) -> Comparison:
    return Comparison(
        schema_version=2, run=Run(parallax="0", model="none"), event=Event(),
        outlets=tuple(a.outlet for a in articles), articles=tuple(articles), details=tuple(details),
        forwarded=forwarded or {},
    )  # fmt: skip


@pytest.fixture
def wire() -> Article:
    return article("Wire", WIRE, "2031-05-01T08:00Z")


@pytest.fixture
def post() -> Article:
    return article("Post", POST, "2031-05-01T09:00Z")


HURT, DENIED = (
    "Four people were hurt when the pier gave way.",
    "The mayor denied that she had been warned.",
)
THEIRS, HERS = "The pier gave way and hurt four.", "Mayor Hale said nobody had warned her."


def test_a_later_outlet_and_a_version_with_another_id_change_no_id(
    wire: Article, post: Article
) -> None:
    (alone,), _ = with_ids([detail(0, mention(wire, HURT))], [wire])
    again = replace(wire, id="another", text="Updated at noon. " + WIRE)
    details = [detail(0, mention(again, HURT), mention(post, THEIRS), mention(wire, HURT))]
    (joined,), _ = with_ids(details, [again, post, wire])
    assert joined.id == alone.id
    assert len(alone.id) == 12


def test_details_that_begin_with_one_sentence_get_ids_of_their_own(
    wire: Article, post: Article
) -> None:
    first = mention(wire, HURT)
    details = [detail(0, first, mention(post, THEIRS)), detail(1, first, mention(post, HERS))]
    named, _ = with_ids(details, [wire, post])
    assert len({d.id for d in named}) == 2


def test_part_of_follows_the_new_ids(wire: Article) -> None:
    whole, part = detail(0, mention(wire, HURT)), detail(1, mention(wire, DENIED))
    (one, other), _ = with_ids([whole, replace(part, part_of="bare0")], [wire])
    assert other.part_of == one.id


def test_an_earlier_comparison_keeps_its_ids_where_an_earlier_article_came_later(
    wire: Article, post: Article
) -> None:
    old = comparison([post], [replace(detail(0, mention(post, THEIRS)), id="cited")])
    (now,), forwarded = with_ids(
        [detail(0, mention(wire, HURT), mention(post, THEIRS))], [wire, post], old
    )
    assert now.id == "cited"
    assert not forwarded


def test_a_corrected_sentence_is_the_same_one_though_its_version_is_gone(wire: Article) -> None:
    old = comparison([wire], [replace(detail(0, mention(wire, HURT)), id="cited")])
    right = HURT.replace("Four", "Six")
    corrected = replace(wire, id="later", text=WIRE.replace(HURT, right))
    (now,), _ = with_ids([detail(0, mention(corrected, right))], [corrected], old)
    assert now.id == "cited"


def test_an_id_whose_detail_went_into_another_leads_there_and_so_does_what_led_to_it(
    wire: Article, post: Article
) -> None:
    news = article("News", NEWS, "2031-05-01T10:00Z")
    old = comparison(
        [wire, post, news],
        [
            replace(detail(0, mention(wire, HURT), mention(post, THEIRS)), id="larger"),
            replace(detail(1, mention(news, NEWS)), id="smaller"),
        ],
        {"ancient": "smaller"},
    )
    joined = detail(0, mention(wire, HURT), mention(post, THEIRS), mention(news, NEWS))
    (now,), forwarded = with_ids([joined], [wire, post, news], old)
    assert now.id == "larger"
    assert forwarded == {"smaller": "larger", "ancient": "larger"}


def test_what_is_gone_is_forwarded_nowhere_and_its_id_is_not_given_again(wire: Article) -> None:
    (now,), _ = with_ids([detail(0, mention(wire, HURT))], [wire])
    gone = replace(detail(0, mention(wire, DENIED)), id=now.id)
    (fresh,), forwarded = with_ids(
        [detail(0, mention(wire, HURT))], [wire], comparison([wire], [gone])
    )
    assert fresh.id != now.id
    assert not forwarded
