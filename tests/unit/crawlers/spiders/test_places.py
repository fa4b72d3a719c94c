"""Where a crawl looks."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from compare.datamodel import Event
from crawlers.discovery.feeds import found_urls
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.registry.outlets import Outlet, Source, SourceKind
from crawlers.spiders.places import Place, Search, places_of, source_address

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


def sitemap(number: int, changed: str = "2021-01-01") -> FoundUrl:
    url = f"https://o1.example/map{number}.xml"
    return FoundUrl(url, modified=changed, leads=Leads.SITEMAP)


def test_the_next_places_wait_for_all_that_are_under_way_and_the_promising_come_first() -> None:
    """In whatever order the places answer."""
    first, second = Place("https://o1.example/a", found_urls, ()), Place("https://o1.example/b", found_urls, ())  # fmt: skip
    asked: list[list[str]] = []
    for order in ((first, second), (second, first)):
        search = Search(outlet(1))
        for place in (first, second):
            search.ask(place)
        search.leads_to(order[0], [sitemap(1 if order[0] is first else 2)])
        search.answered(order[0])
        assert search.is_waiting
        search.leads_to(
            order[1], [sitemap(1 if order[1] is first else 2), sitemap(3, "2019-04-01")]
        )
        search.answered(order[1])
        assert not search.is_waiting
        asked.append([place.url[-8:] for place in search.next_places(EVENT, most=25, deepest=2)])
    assert asked[0] == asked[1] == ["map3.xml", "map1.xml", "map2.xml"]


def test_what_is_beyond_a_bound_is_counted_as_cut() -> None:
    search, place = Search(outlet(1)), Place("https://o1.example/a", found_urls, ())
    search.ask(place)
    search.leads_to(place, [sitemap(number) for number in range(40)])
    search.answered(place)
    assert len(search.next_places(EVENT, most=25, deepest=2)) == 24
    assert search.cut == search.skipped["beyond the first 25 places to look in"] == 16
    deep = Place("https://o1.example/deep", found_urls, (), depth=2)
    search.leads_to(deep, [sitemap(99)])
    assert search.next_places(EVENT, most=99, deepest=2) == []
    assert search.cut == 17


def test_robots_txt_is_asked_for_sitemaps_once_and_only_where_none_is_listed() -> None:
    search = Search(outlet(1))
    search.ask(Place("https://o1.example/feed", found_urls, ()))
    search.ask(Place("https://feeds.o1.example/x", found_urls, ()))
    assert search.robots_to_read() == ["https://o1.example", "https://feeds.o1.example"]
    assert search.robots_to_read() == []
    listed = Source(SourceKind.NEWS_SITEMAP, "https://o1.example/news.xml")
    assert Search(Outlet(name="O", domain="o1.example", sources=(listed,))).robots_to_read() == []
