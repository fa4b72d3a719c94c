from __future__ import annotations

import pytest

from compare.datamodel import Article
from crawlers.discovery.search import event_like, query_url, search_words, telling_words

TEXT = (
    "FERRYPORT (Harbour Wire) - Dockers at Ferryport walked out on Monday after talks with the Northquay Company failed. "
    "The strike at the harbour is the third since March. "
    "Ada Moor, who speaks for the dockers, said the Northquay Company had broken its word. "
    '"We will not sail," Moor said. '
    "The harbour handles half of the island's grain. "
    "Dockers want higher pay. "
)


def test_a_template_is_filled_in() -> None:
    template = "https://ferrypost.example/find?q={words}&from={start}&to={end}"
    assert (
        query_url(template, ["harbour strike", "R&D"], start="2031-05-03T00:00:00Z")
        == "https://ferrypost.example/find?q=harbour+strike+R%26D&from=2031-05-03&to="
    )


@pytest.mark.parametrize(
    ("about", "searched"),
    [
        (
            "Russian military planes land in Venezuela, March 2019",
            ("Russian", "Venezuela", "military", "planes"),
        ),
        ('the "harbour strike" at Ferryport on 4 May 2031', ("harbour strike", "Ferryport")),
        ("Dockers Walk Out Over Pay", ("Dockers", "Walk", "Pay")),
        ("What is this about?", ()),
        ("", ()),
    ],
)
def test_words_to_search_for(about: str, searched: tuple[str, ...]) -> None:
    assert search_words(about) == searched


def test_what_an_article_is_about() -> None:
    found = telling_words("Dockers walk out at Ferryport harbour", TEXT)
    assert set(found) >= {"Ferryport", "Northquay Company", "dockers", "harbour"}
    assert not {"Monday", "March", "The", "said"} & set(found)
    assert telling_words("", "") == ()


def test_the_event_of_an_article() -> None:
    article = Article(
        id="a",
        outlet="Ferry Post",
        title="Dockers walk out at Ferryport harbour",
        text=TEXT,
        url="https://ferrypost.example/a",
        published="2031-05-05T10:00:00+00:00",
    )
    event = event_like(article)
    assert (event.start, event.end) == ("2031-05-02", "2031-05-10")
    assert event.urls == (event.like,) == ("https://ferrypost.example/a",)
    assert "Ferryport" in event.about


def test_an_article_with_a_day_or_without_a_time() -> None:
    day = event_like(
        Article(id="a", outlet="o", title="Harbour opens", text="", published="2031-05-05")
    )
    assert (day.start, day.end) == ("2031-05-02", "2031-05-10")
    far = event_like(Article(id="a", outlet="o", title="Harbour", text="", published="9999-12-29"))
    assert (far.start, far.end) == (None, None)
    none = event_like(Article(id="a", outlet="o", title="What now?", text=""))
    assert (none.start, none.end, none.about, none.urls) == (None, None, "What now?", ())
