"""Where a crawl looks: each outlet's own places, and those that announce pages of many outlets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from crawlers.discovery import found_urls, gdelt, kind_of, most_promising_first
from crawlers.discovery.announced import ReadsDocument
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.search import query_url, search_words
from crawlers.registry.outlets import Outlet, Source, SourceKind, outlet_of
from crawlers.urls import origin_of

if TYPE_CHECKING:
    from compare.datamodel import Event
    from crawlers.session import CrawlContext

_HOSTS_ASKED_FOR_AT_ONCE = 8  # GDELT refuses longer queries
_SITEMAPS = frozenset({SourceKind.SITEMAP, SourceKind.NEWS_SITEMAP})


@dataclass(slots=True, eq=False)
class Search:
    """The book-keeping of one outlet: what was asked and found, and what is still under way.

    Its own places are asked step by step: those that the registry names; when the last of them has
    answered, the most promising of what they lead to; and so on. So the order in which servers
    answer decides nothing, neither which places are asked nor which pages.
    """

    outlet: Outlet
    given: tuple[str, ...] = ()
    found: list[FoundUrl] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    cut: int = 0
    places_open: int = 0
    pages_open: int = 0
    _own_open: int = 0
    _ahead: list[_Ahead] = field(default_factory=list)
    _robots_known: bool = False

    def skip(self, reason: str, number: int = 1) -> None:
        """Count what is left alone."""
        if number:
            self.skipped[reason] = self.skipped.get(reason, 0) + number

    def leave_out(self, reason: str, number: int = 1) -> None:
        """Count places that should have been asked and are not: the search is one in part."""
        self.skip(reason, number)
        self.cut += number

    def ask(self, place: Place) -> None:
        """Note that a place is asked, for this outlet or for several."""
        self.asked[place.url] = len(self.asked)
        self.places_open += 1
        self._own_open += place.is_own

    def answered(self, place: Place) -> None:
        """Note that a place is under way no more."""
        self.places_open -= 1
        self._own_open -= place.is_own

    @property
    def is_waiting(self) -> bool:
        """Whether a place of its own is under way, so that the next ones cannot be chosen yet."""
        return self._own_open > 0

    def leads_to(self, place: Place, found: Iterable[FoundUrl]) -> None:
        """Keep what a place leads to until all that are under way have answered."""
        number = self.asked.get(place.url, len(self.asked))
        self._ahead += [_Ahead(number, place.depth + 1, one) for one in found]

    def robots_to_read(self) -> list[str]:
        """The origins whose robots.txt may name sitemaps, once, where the registry lists none."""
        if self._robots_known or any(one.kind in _SITEMAPS for one in self.outlet.sources):
            return []
        self._robots_known = True
        return list(dict.fromkeys(map(origin_of, self.asked)))

    def robots_lead_to(self, sitemaps: Iterable[FoundUrl]) -> None:
        """Keep sitemaps that a robots.txt names, as if the registry named them."""
        self._ahead += [_Ahead(-1, 0, one) for one in sitemaps]

    def next_places(self, event: Event, *, most: int, deepest: int) -> list[Place]:
        """The next places to ask, the most promising first; what is beyond a bound is counted."""
        first: dict[str, _Ahead] = {}
        for one in sorted(self._ahead, key=lambda one: one.number):
            if one.found.url not in self.asked:
                first.setdefault(one.found.url, one)
        self._ahead.clear()
        places: list[Place] = []
        for found in most_promising_first([one.found for one in first.values()], event):
            depth = first[found.url].depth
            if depth > deepest:
                self.leave_out(f"places more than {deepest} steps away")
            elif len(self.asked) + len(places) >= most:
                self.leave_out(f"beyond the first {most} places to look in")
            else:
                places.append(_place_behind(found, self, depth))
        return places


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A place that another leads to: the number of that one, and the steps from the registry."""

    number: int
    depth: int
    found: FoundUrl


@dataclass(frozen=True, slots=True)
class Place:
    """A document that may announce pages: its address, its parser, and for whom it is asked.

    `depth` is how many steps it is away from a place that the registry, or robots.txt, names;
    `is_own` is False for a service that is asked about several outlets, and leads to pages only.
    """

    url: str
    read: ReadsDocument
    searches: tuple[Search, ...]
    depth: int = 0
    is_own: bool = True


def searches_of(context: CrawlContext) -> list[Search]:
    """One search for each outlet, listed or owner of a page that was given.

    In a replay of another program's archive, its pages are what was found.
    """
    owners = {outlet.domain: outlet for outlet in context.outlets}
    given: dict[str, list[str]] = {}
    for url in context.event.urls:
        owner = context.owner(url)
        owners.setdefault(owner.domain, owner)
        given.setdefault(owner.domain, []).append(url)
    archived: dict[str, list[FoundUrl]] = {}
    for url in context.reader.pages() if context.replays_foreign else ():
        if (known := outlet_of(url, context.outlets)) is not None:
            archived.setdefault(known.domain, []).append(FoundUrl(url, source="archive"))
    return [
        Search(owner, tuple(dict.fromkeys(given.get(domain, ()))), archived.get(domain, []))
        for domain, owner in owners.items()
    ]


def places_of(searches: Sequence[Search], event: Event, *, gdelt_at: str | None) -> Iterator[Place]:
    """Every place that is asked from the start."""
    for search in searches:
        for source in search.outlet.sources:
            if (url := source_address(source, event)) is not None:
                yield Place(url, _reader(source.kind), (search,))
    if gdelt_at is not None:
        yield from _gdelt(searches, event, gdelt_at)


def _place_behind(one: FoundUrl, search: Search, depth: int) -> Place:
    return Place(one.url, _reader(kind_of(one) or SourceKind.SECTION), (search,), depth)


def source_address(source: Source, event: Event) -> str | None:
    """The address to ask a source at; None for a search where the event gives no words."""
    if source.kind is not SourceKind.SEARCH:
        return source.url
    searched = search_words(event.about)
    if not searched:
        return None
    return query_url(source.url, searched, start=event.start, end=event.end)


def _reader(kind: SourceKind) -> ReadsDocument:
    return partial(found_urls, kind=kind)


def _gdelt(searches: Sequence[Search], event: Event, endpoint: str) -> Iterator[Place]:
    """The questions to GDELT, each for a few outlets at once."""
    words = search_words(event.about)
    for group in _by_hosts([search for search in searches if search.outlet.sources]):
        hosts = [host for search in group for host in _hosts(search)]
        asked = gdelt.query_urls(
            words, start=event.start, end=event.end, hosts=hosts, endpoint=endpoint
        )
        for url in asked:
            yield Place(url, gdelt.found_urls, tuple(group), is_own=False)


def _by_hosts(searches: Sequence[Search]) -> Iterator[list[Search]]:
    group: list[Search] = []
    hosts = 0
    for search in searches:
        more = len(_hosts(search))
        if group and hosts + more > _HOSTS_ASKED_FOR_AT_ONCE:
            yield group
            group, hosts = [], 0
        group.append(search)
        hosts += more
    if group:
        yield group


def _hosts(search: Search) -> tuple[str, ...]:
    return (search.outlet.domain, *search.outlet.aliases)
