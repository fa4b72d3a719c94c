"""Where a crawl looks: each outlet's own places, and those that announce pages of many outlets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from crawlers.discovery import found_urls, gdelt, kind_of
from crawlers.discovery.found import Found, FoundUrl
from crawlers.discovery.search import query_url, search_words
from crawlers.registry.outlets import Outlet, Source, SourceKind, outlet_of

if TYPE_CHECKING:
    from compare.datamodel import Event
    from crawlers.session import CrawlContext

_HOSTS_ASKED_FOR_AT_ONCE = 8  # GDELT refuses longer queries


@dataclass(slots=True, eq=False)
class Search:
    """What is known of one outlet so far, and what is still under way."""

    outlet: Outlet
    given: tuple[str, ...] = ()
    found: list[FoundUrl] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    skipped: dict[str, int] = field(default_factory=dict)
    places_open: int = 0
    pages_open: int = 0

    def skip(self, reason: str, number: int = 1) -> None:
        """Count what is left alone."""
        self.skipped[reason] = self.skipped.get(reason, 0) + number


@dataclass(frozen=True, slots=True)
class Place:
    """A document that may announce pages: its address, its parser, and for whom it is asked.

    `depth` is how many steps it is away from a place that the registry names.
    """

    url: str
    read: Callable[[bytes, str], Found]
    searches: tuple[Search, ...]
    depth: int = 0


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


def place_behind(one: FoundUrl, place: Place) -> Place:
    """The further place that a document leads to."""
    kind = kind_of(one) or SourceKind.SECTION
    return Place(one.url, _reader(kind), place.searches, place.depth + 1)


def source_address(source: Source, event: Event) -> str | None:
    """The address to ask a source at; None for a search where the event gives no words."""
    if source.kind is not SourceKind.SEARCH:
        return source.url
    searched = search_words(event.about)
    if not searched:
        return None
    return query_url(source.url, searched, start=event.start, end=event.end)


def _reader(kind: SourceKind) -> Callable[[bytes, str], Found]:
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
            yield Place(url, gdelt.found_urls, tuple(group))


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
