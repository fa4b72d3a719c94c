from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.datamodel import Article, Event
from compare.embedding.encoder import Encoded, unit
from compare.gate.decide import MOST_NEAR, Decision, gate, gate_all, load, relations
from compare.gate.likeness import VIEWS, Likeness, subject_of
from compare.gate.words import articles_with
from compare.text import words


class BagOfWords:
    """A text's vector is its words' mean random vector: enough where the words decide."""

    name = "bag"
    dimension = 64

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return [
            Encoded(self._vector(t), np.zeros((0, 64), np.float32), np.zeros((0, 2), np.int32))
            for t in texts
        ]

    def _vector(self, text: str) -> np.ndarray:
        rows = [np.random.default_rng(crc32(w.key.encode())).normal(size=64) for w in words(text)]
        return unit(np.mean(rows, axis=0)) if rows else np.zeros(64, np.float32)


def article(name: str, title: str, text: str, published: str | None = None) -> Article:
    return Article(
        id=name, outlet=name.split("-", 1)[0], title=title, text=text, published=published
    )


FERRY = [
    article(
        "a-ferry",
        "Ferry Halcyon runs aground off Brackwater, passengers taken off by boats",
        "The ferry Halcyon ran aground on a sandbank off Brackwater on Monday with 212 passengers aboard. "
        "Lifeboats from Brackwater and Ormsey took them off. Captain Ines Rowell said the rudder had failed.",
    ),
    article(
        "b-ferry",
        "All safe after Brackwater ferry grounding",
        "All 212 passengers of the Halcyon were safe on Tuesday after lifeboats reached the ferry, which lies on "
        "a sandbank near Brackwater. The operator, Ormsey Lines, said its rudder had failed.",
    ),
    article(
        "c-ferry",
        "Captain blames rudder as Halcyon is refloated",
        "The Halcyon was refloated at high water and towed to Ormsey. Captain Rowell told investigators that "
        "the rudder stopped answering minutes before the ferry struck the Brackwater sandbank.",
    ),
]
SIBLING = [
    article(
        "a-tanker",
        "Tanker Corvina runs aground in the Strait of Velden",
        "The tanker Corvina ran aground in the Strait of Velden on Friday with a crew of 19. Tugs from Port Adair "
        "stood by. Captain Tomas Brandt said the engine had stopped.",
    ),
    article(
        "b-tanker",
        "Tugs pull at grounded tanker Corvina",
        "Four tugs failed to free the Corvina, aground in the Strait of Velden since Friday. Port Adair's harbour "
        "master said Captain Brandt had reported engine trouble.",
    ),
]
OTHER = [
    article("a-budget", "Lindmark council adopts its budget",
            "The council of Lindmark adopted a budget of 40 million on Wednesday after a debate of nine hours. Mayor "
            "Agnes Tull said schools would get more."),
    article("b-budget", "Mayor Tull wins budget vote in Lindmark",
            "After nine hours the Lindmark council voted for Mayor Tull's budget, with more money for schools."),
]  # fmt: skip
EVERY = [*FERRY, *SIBLING, *OTHER]


def on_event(decisions: Sequence[Decision]) -> set[str]:
    return {d.id for d in decisions if d.on_event}


def test_an_article_finds_its_event_and_not_the_sibling_of_the_same_kind() -> None:
    decided = gate(FERRY[0], EVERY[1:], encoder=BagOfWords())
    assert on_event(decided) == {"b-ferry", "c-ferry"}
    assert [d.id for d in decided] == [a.id for a in EVERY[1:]]
    assert all(0 <= d.score <= 1 for d in decided)


def test_words_alone_name_the_event() -> None:
    decided = gate("Ferry Halcyon runs aground off Brackwater", EVERY, encoder=BagOfWords())
    assert on_event(decided) == {"a-ferry", "b-ferry", "c-ferry"}


@pytest.mark.parametrize(
    "about", ["zebra escaped zoo lisbon", "Comet over Patagonia", "earthquake"]
)
def test_words_that_nobody_is_near_match_nothing_however_alike_the_articles(about: str) -> None:
    assert on_event(gate(about, FERRY, encoder=BagOfWords())) == set()


def test_how_many_articles_hold_most_of_the_words() -> None:
    common = load().common
    assert articles_with("Ferry Halcyon aground off Brackwater", EVERY, common) == 3
    assert articles_with("zebra escaped zoo lisbon", EVERY, common) == 0
    assert articles_with("", EVERY, common) == 0


def test_a_report_that_comes_to_the_event_behind_its_opening_is_seen() -> None:
    witness = "Tilda Oake heard a scrape like a spade on stone and held her son close. " * 8
    late = article(
        "d-ferry", "‘Like a spade on stone’", f"{witness}{FERRY[0].title}. {FERRY[0].text}"
    )
    likeness = Likeness.of([subject_of(a) for a in (FERRY[0], late, OTHER[0])], BagOfWords(), {})
    first, both = np.zeros(1, int), np.array([1, 2])
    passages = likeness.views(first, both)[0, :, VIEWS.index("passages")]
    openings = likeness.openings(0, both)
    assert passages[0] > max(openings[0], passages[1])


def test_three_candidates_are_enough_to_tell() -> None:
    decided = gate(FERRY[0], [FERRY[1], SIBLING[0], OTHER[0]], encoder=BagOfWords())
    assert on_event(decided) == {"b-ferry"}


def test_the_reason_names_the_words_that_decided() -> None:
    decided = {d.id: d for d in gate(FERRY[0], EVERY[1:], encoder=BagOfWords())}
    assert any(
        w in decided["b-ferry"].reason for w in ("Halcyon", "Brackwater", "Ormsey", "sandbank")
    )
    assert "says nothing of" in decided["a-tanker"].reason
    assert "Brackwater" in decided["a-tanker"].reason


def test_every_article_is_a_query_once_and_never_its_own_candidate() -> None:
    decided = gate_all(EVERY, encoder=BagOfWords())
    assert list(decided) == [a.id for a in EVERY]
    for query, decisions in decided.items():
        assert [d.id for d in decisions] == [a.id for a in EVERY if a.id != query]
    assert on_event(decided["a-ferry"]) == {"b-ferry", "c-ferry"}
    assert on_event(decided["a-tanker"]) == {"b-tanker"}


def test_more_articles_than_can_all_be_related_are_decided_among_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("compare.gate.decide.MOST_NEAR", 3)
    monkeypatch.setattr("compare.gate.decide.MOST_NEAR_OF_MANY", 4)
    assert MOST_NEAR > 3
    decided = gate_all(EVERY, encoder=BagOfWords())
    assert on_event(decided["a-ferry"]) >= {"b-ferry"}
    assert not on_event(decided["a-ferry"]) & {"a-budget", "b-budget"}
    assert len(gate(FERRY[0], EVERY[1:], encoder=BagOfWords())) == len(EVERY) - 1


@pytest.mark.parametrize(
    ("published", "why"),
    [
        ("2019-03-20", "before the window begins on 2019-03-23"),
        ("2019-03-28T09:00:00+00:00", "after the window ends on 2019-03-26"),
        ("2019-03-23", ""),
        ("2019-03-27T03:00:00+00:00", ""),  # still the 26th west of the Atlantic
        (None, ""),
        ("soon", ""),
    ],
)
def test_the_date_of_publication_outside_the_window_is_a_reason(
    published: str | None, why: str
) -> None:
    event = Event(start="2019-03-23", end="2019-03-26")
    dated = article("b-ferry", FERRY[1].title, FERRY[1].text, published)
    (decided, *_) = gate(FERRY[0], [dated, OTHER[0]], encoder=BagOfWords(), event=event)
    assert decided.on_event != bool(why)
    assert why in decided.reason


def test_no_candidates_and_nothing_to_read() -> None:
    assert gate("a ferry", [], encoder=BagOfWords()) == ()
    assert gate_all([], encoder=BagOfWords()) == {}
    assert gate_all([FERRY[0]], encoder=BagOfWords()) == {"a-ferry": ()}
    empty = article("d-empty", "...", "")
    (decided,) = gate(FERRY[0], [empty], encoder=BagOfWords())
    assert not decided.on_event
    assert len(gate("", [empty, empty], encoder=BagOfWords())) == 2


@settings(max_examples=25)
@given(st.permutations(EVERY))
def test_the_order_of_the_candidates_changes_no_decision(candidates: list[Article]) -> None:
    expected = on_event(gate("Tanker Corvina aground in Velden", EVERY, encoder=BagOfWords()))
    assert (
        on_event(gate("Tanker Corvina aground in Velden", candidates, encoder=BagOfWords()))
        == expected
    )


def test_views_are_shares_and_an_article_is_most_like_itself() -> None:
    likeness = Likeness.of([subject_of(a) for a in EVERY], BagOfWords(), load().common)
    every = np.arange(len(EVERY))
    views = likeness.views(every, every)
    assert views.shape == (len(EVERY), len(EVERY), len(VIEWS))
    assert views.min() >= 0
    assert views.max() <= 1 + 1e-5
    assert np.allclose(views, views.transpose(1, 0, 2), atol=1e-5)
    for view in range(len(VIEWS)):
        own = views[every, every, view]  # two may share all the numbers they have, or have none
        assert (own >= views[:, :, view].max(axis=1) - 1e-5).all()


def test_relations_do_not_depend_on_who_is_asked_about_whom() -> None:
    odds = np.random.default_rng(0).normal(size=(6, 6)).astype(np.float32)
    related = relations(odds)
    assert np.isfinite(related).all()
    assert np.allclose(related, related.transpose(1, 0, 2), atol=1e-5)
