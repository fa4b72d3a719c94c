"""Events and articles of odd shapes: everything ends, is quoted from where it stands, and accuses nobody wrongly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

import parallax
from compare.datamodel import Article, Comparison, Status
from compare.embedding.encoder import Encoder

pytestmark = pytest.mark.model

WIRE = Article(
    id="wire",
    outlet="Mercury",
    title="Ferry sinks off Marl, four dead",
    text=(
        "A cargo ferry sank off Marl on Tuesday and four sailors drowned. The harbour master said the hull had "
        "cracked. Divers searched the wreck for two days. The owner, Sound Line, said it would pay the families. "
        "Winds of 90 kilometres an hour were measured that morning."
    ),
    published="2031-05-06T10:00:00Z",
)
LOCAL = Article(
    id="local",
    outlet="Courier",
    title="Four die as ferry goes down",
    text=(
        "Four sailors died when a cargo ferry went down near Marl on Tuesday. Its hull had cracked, the harbour "
        "master said. Sound Line, which owns the ship, promised to pay the families of the dead."
    ),
    published="2031-05-06T15:00:00Z",
)
SAID_BY_BOTH = ("hull had cracked", "pay the families", "four sailors")


def _stated(text: str, change: Callable[[str], str] = str) -> str:
    return "\n".join(change(sentence) for sentence in text.rstrip(".").split(". "))


ODD: dict[str, Sequence[Article]] = {
    "two outlets": [WIRE, LOCAL],
    "capitals": [replace(WIRE, text=WIRE.text.upper(), title=WIRE.title.upper()), LOCAL],
    "no full stops": [replace(a, text=_stated(a.text)) for a in (WIRE, LOCAL)],
    "a list": [replace(WIRE, text=_stated(WIRE.text, "- {}".format)), LOCAL],
    "a table behind the text": [
        replace(WIRE, text=f"{WIRE.text}\nShip | Dead | Year\nAurora | 4 | 2031\nTotal | 16 |"),
        LOCAL,
    ],
    "a live blog": [replace(WIRE, text=_stated(WIRE.text, "10:15 am\n{}.".format)), LOCAL],
    "a transcript": [replace(WIRE, text=_stated(WIRE.text, "ADA QUILL: {}.".format)), LOCAL],
    "two names": [WIRE, replace(WIRE, id="again", outlet="The Mercury"), LOCAL],
    "nine versions": [
        *(
            replace(
                WIRE,
                id=f"v{n}",
                text=f"{WIRE.text} By then {n} boats had joined the search.",
                published=f"2031-05-06T1{n}:00:00Z",
            )
            for n in range(9)
        ),
        LOCAL,
    ],
    "sixty outlets": [
        replace((WIRE, LOCAL)[n % 2], id=f"a{n:02}", outlet=f"Outlet {n}") for n in range(60)
    ],
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return parallax.open_encoder()


@pytest.mark.parametrize("name", list(ODD))
def test_what_both_outlets_state_is_left_out_by_nobody(name: str, encoder: Encoder) -> None:
    articles = ODD[name]
    comparison = parallax.compare_articles(articles, encoder=encoder)
    _assert_quoted(comparison)
    for detail in comparison.details:
        if any(words in detail.text.lower() for words in SAID_BY_BOTH):
            assert not [c for c in detail.cells if c.status is Status.LEFT_OUT], detail.text
    texts = [d.text for d in comparison.details if len({m.outlet for m in d.mentions}) > 1]
    assert texts
    assert len(texts) == len(set(texts))


def test_articles_of_one_sentence_are_one_detail_at_most_each(encoder: Encoder) -> None:
    short = [replace(a, text=a.text.split(". ")[0] + ".") for a in (WIRE, LOCAL)]
    comparison = parallax.compare_articles(short, encoder=encoder)
    _assert_quoted(comparison)
    assert len(comparison.details) <= 4
    assert not [c for d in comparison.details for c in d.cells if c.status is Status.LEFT_OUT]


def _assert_quoted(comparison: Comparison) -> None:
    read = {a.id: a for a in comparison.articles}
    for detail in comparison.details:
        words = {read[m.article].read(m.field)[m.start : m.end] for m in detail.mentions}
        assert detail.text in words
        assert {c.outlet for c in detail.cells} == set(comparison.outlets)
