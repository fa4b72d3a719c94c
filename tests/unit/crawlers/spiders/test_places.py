"""Where a crawl looks."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from compare.datamodel import Event
from crawlers.registry.outlets import Outlet, Source, SourceKind
from crawlers.spiders.places import Search, places_of, source_address

EVENT = Event(about="Planes land in Harbour Town", start="2019-03-23", end="2019-03-26")


def outlet(number: int, *aliases: str) -> Outlet:
    feed = Source(SourceKind.FEED, f"https://o{number}.example/feed")
    return Outlet(name=f"O{number}", domain=f"o{number}.example", aliases=aliases, sources=(feed,))


def test_every_outlets_own_places_are_asked() -> None:
    searches = [Search(outlet(1)), Search(outlet(2))]
    places = list(places_of(searches, EVENT, gdelt_at=None))
    assert [(place.url, place.searches) for place in places] == [
        ("https://o1.example/feed", (searches[0],)),
        ("https://o2.example/feed", (searches[1],)),
    ]


def test_gdelt_is_asked_for_every_outlet_once_and_for_few_at_a_time() -> None:
    searches = [Search(outlet(n, f"alias{n}.example")) for n in range(10)]
    searches.append(Search(Outlet(name="given", domain="given.example")))
    places = list(places_of(searches, EVENT, gdelt_at="http://127.0.0.1:1/gdelt"))
    asked = [place for place in places if place.url.startswith("http://127.0.0.1:1/gdelt?")]
    covered = [search.outlet.name for place in asked for search in place.searches]
    assert covered == [f"O{n}" for n in range(10)]
    for place in asked:
        (query,) = parse_qs(urlsplit(place.url).query)["query"]
        assert query.count("domain:") == 2 * len(place.searches) <= 8


def test_gdelt_is_left_alone_without_words_to_search_for() -> None:
    event = Event(urls=("https://o1.example/story",))
    places = places_of([Search(outlet(1))], event, gdelt_at="http://127.0.0.1:1/gdelt")
    assert [place.url for place in places] == ["https://o1.example/feed"]


@pytest.mark.parametrize(
    ("event", "asked"),
    [
        (EVENT, {"from": ["2019-03-23"], "to": ["2019-03-26"]}),
        (Event(about="Planes land"), {"from": [""], "to": [""]}),
    ],
)
def test_a_search_page_is_asked_for_the_events_words_and_window(
    event: Event, asked: dict[str, list[str]]
) -> None:
    template = "https://a.example/?q={words}&from={start}&to={end}"
    address = source_address(Source(SourceKind.SEARCH, template), event)
    assert address is not None
    query = parse_qs(urlsplit(address).query, keep_blank_values=True)
    assert "Planes" in query.pop("q")[0]
    assert query == asked


def test_a_search_page_is_not_asked_without_words() -> None:
    source = Source(SourceKind.SEARCH, "https://a.example/?q={words}")
    assert source_address(source, Event(urls=("https://a.example/1",))) is None


def test_other_sources_are_asked_as_they_are() -> None:
    feed = Source(SourceKind.FEED, "https://a.example/{words}.xml")
    assert source_address(feed, EVENT) == feed.url
