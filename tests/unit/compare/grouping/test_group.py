"""Articles of many events become events: near in meaning, words and time, whatever their order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from compare.datamodel import Article
from compare.embedding.encoder import Encoded, Encoder
from compare.embedding.index import FaissIndex
from compare.grouping import group as grouping
from compare.grouping.corpus import corpus_of
from compare.grouping.group import Grouped, group_articles
from compare.grouping.linkage import average_linkage
from compare.text import words

TOLD = {
    "ferry": "The ferry Maria Dolores sank off Kallisto on {day} with 41 people aboard, and divers of the Kallisto coast guard brought 39 of them ashore. Captain Nikos Varda said the bow door failed.",
    "strike": "Tram drivers in Oldenmoor walked out on {day} after talks with mayor Greta Lindqvist collapsed; their union Trafikfack asks for 7 percent more pay, and the depots at Norrgate stayed shut.",
    "vaccine": "The Ruhland institute said on {day} that its malaria vaccine RV21 protected 77 percent of 450 children in Senegal; professor Amadou Keita called the trial in Thies a turning point.",
}
OPENINGS = ("", "Officials confirmed it late. ", "This is what is known. ")


class Spelling:
    """A deterministic encoder: a text is the sum of its words' random vectors."""

    name, dimension = "spelling", 64

    def encode(self, texts: list[str]) -> list[Encoded]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Encoded:
        found = [
            np.random.default_rng(list(w.key.encode())).standard_normal(64) for w in words(text)
        ]
        total = np.sum(found, axis=0) if found else np.ones(64)
        vector = (total / np.linalg.norm(total)).astype(np.float32)
        return Encoded(vector, vector[None], np.array([[0, len(text)]], dtype=np.int32))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Spelling()  # type: ignore[return-value]


def stream(day: int = 3) -> list[Article]:
    return [
        Article(
            id=f"{event}-{day}-{outlet}",
            outlet=f"outlet {outlet}",
            title=told.split(" on ")[0],
            text=OPENINGS[outlet] + told.format(day="Tuesday"),
            published=f"2024-05-{day:02d}T{8 + 5 * outlet:02d}:00:00+00:00",
        )
        for event, told in TOLD.items()
        for outlet in range(3)
    ]


def grouped(articles: list[Article], encoder: Encoder, **more: object) -> tuple[Grouped, ...]:
    return group_articles(articles, encoder=encoder, index=FaissIndex(), **more)  # type: ignore[arg-type]


def sets(events: tuple[Grouped, ...]) -> set[frozenset[str]]:
    return {frozenset(event.articles) for event in events}


def test_each_event_is_found_and_says_why(encoder: Encoder) -> None:
    events = grouped(stream(), encoder)
    assert sets(events) == {frozenset(f"{e}-3-{o}" for o in range(3)) for e in TOLD}
    ferry = next(e for e in events if "ferry-3-0" in e.articles)
    assert {"Kallisto", "Varda"} & set(ferry.names)
    assert ferry.hours == 10.0
    assert ferry.likely is not None
    assert ferry.likely > 0.5


def test_no_order_of_the_articles_matters(encoder: Encoder) -> None:
    assert grouped(stream()[::-1], encoder) == grouped(stream(), encoder)


def test_what_happens_again_weeks_later_is_another_event(encoder: Encoder) -> None:
    events = grouped([*stream(3), *stream(24)], encoder)
    assert len(events) == 2 * len(TOLD)
    undated = [replace(a, published=None) for a in [*stream(3), *stream(24)]]
    assert len(grouped(undated, encoder)) == len(TOLD)


def test_yesterdays_events_keep_their_names_and_take_in_what_is_new(encoder: Encoder) -> None:
    before = {f"ferry-3-{o}": "the ferry" for o in range(3)} | {"strike-3-0": "the strike"}
    events = {e.event: e.articles for e in grouped([*stream(3), *stream(4)], encoder, since=before)}
    assert events["the ferry"] == tuple(
        sorted(a.id for a in [*stream(3), *stream(4)] if "ferry" in a.id)
    )
    assert len(events["the strike"]) == 6
    assert len(events) == 3


def test_old_events_are_never_joined_or_split(encoder: Encoder) -> None:
    before = {
        "ferry-3-0": "one",
        "ferry-3-1": "another",
        "vaccine-3-0": "mixed",
        "strike-3-0": "mixed",
    }
    events = {e.event: set(e.articles) for e in grouped(stream(3), encoder, since=before)}
    assert "ferry-3-0" in events["one"]
    assert "ferry-3-1" in events["another"]
    assert {"vaccine-3-0", "strike-3-0"} <= events["mixed"]


def test_components_that_are_too_large_are_cut(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 2)
    events = grouped(stream(3), encoder)
    assert sorted(name for e in events for name in e.articles) == sorted(a.id for a in stream(3))
    assert all(len(e.articles) <= 3 for e in events)


def test_all_pairs_at_once_are_read_as_pair_by_pair(encoder: Encoder) -> None:
    corpus = corpus_of(stream(3), encoder, {"officials": 0.2})
    a, b = np.indices((len(corpus), len(corpus)))
    one_by_one = corpus.views(a.ravel(), b.ravel()).reshape(len(corpus), len(corpus), -1)
    np.testing.assert_allclose(corpus.square(np.arange(len(corpus))), one_by_one, atol=2e-3)


def test_nothing_and_one_article(encoder: Encoder) -> None:
    assert grouped([], encoder) == ()
    (event,) = grouped(stream()[:1], encoder)
    assert (event.likely, event.hours) == (None, 0.0)


def test_average_linkage_joins_by_the_mean_not_by_the_best_pair() -> None:
    likely = np.array([[0, 0.9, 0.1], [0.9, 0, 0.7], [0.1, 0.7, 0]], dtype=np.float32)
    nobody = [None, None, None]
    assert len(set(average_linkage(likely, 0.5, nobody))) == 2
    assert len(set(average_linkage(likely, 0.35, nobody))) == 1
    assert len(set(average_linkage(likely, 0.35, ["a", None, "b"]))) == 2
