"""The spider: asks an outlet's sources, plans its pages when all have answered, has the pages read.

It only yields requests and rows. What an answer means is decided by the pure functions of
`discovery`, `plan` and `extract`; manners, bounds and the archive are in the middlewares. What
becomes of a page once it is planned is in `pages`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider

from compare.datamodel import Failure
from crawlers.discovery import plainly_outside
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.discovery.plan import OUTSIDE, choose, worth_keeping
from crawlers.downloader.archiving import FETCHED_AT
from crawlers.downloader.failures import error_of, explain, place_lost, request_of
from crawlers.registry.outlets import outlet_of
from crawlers.spiders.pages import ReadsPages
from crawlers.spiders.places import Place, Search, place_behind, places_of, searches_of
from crawlers.urls import host_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.session import CrawlContext

PLACES_FIRST = 10  # priority: what leads to pages goes before pages

log = logging.getLogger(__name__)


class CoverageSpider(ReadsPages, Spider):
    """Gathers what the outlets published about one event."""

    name = "coverage"

    def __init__(self, context: CrawlContext | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if context is None:
            raise ValueError("Start a crawl with `parallax crawl`: it says what to look for.")
        self.context = context
        self.closed_because = ""

    def closed(self, reason: str) -> None:
        """Scrapy tells why it ends: "finished", or "shutdown" if it was asked to stop."""
        self.closed_because = reason

    async def start(self) -> AsyncIterator[Any]:
        """Ask every place there is to look in; plan at once for those who have none."""
        context = self.context
        if context.options.gdelt is not None:
            host = host_of(context.options.gdelt)
            cast("Any", self.crawler.engine).downloader.slow_down(host, context.options.gdelt_delay)
        searches = searches_of(context)
        places = places_of(searches, context.event, gdelt_at=context.options.gdelt)
        # All are counted before the first may answer: an outlet is planned when its last has.
        asked = [request for place in places if (request := self._ask(place)) is not None]
        for search in searches:
            if not search.places_open:
                for planned in self._pages(search):
                    yield planned
        for request in asked:
            yield request

    def _ask(self, place: Place) -> Request | None:
        """The request for a place; None if it is not to be asked, which the ledger then says."""
        options, reader = self.context.options, self.context.reader
        if self.context.replays_foreign and not reader.has(place.url):
            return None
        for search in place.searches:
            if place.url in search.asked:
                return None
            if place.depth and len(search.asked) >= options.sources:
                search.skip(f"beyond the first {options.sources} places to look in")
                return None
        for search in place.searches:
            search.asked.add(place.url)
            search.places_open += 1
            self.context.ledger.asked(search.outlet.name)
        return Request(
            place.url,
            callback=self.read_place,
            errback=self.place_failed,
            cb_kwargs={"place": place},
            priority=PLACES_FIRST,
            dont_filter=True,
        )

    async def read_place(self, response: Response, place: Place) -> AsyncIterator[Any]:
        """Take in what a place announces, follow where it leads, plan for whom it was the last."""
        try:
            found = await asyncio.to_thread(_parsed, place, response.body, response.url)
        except Exception:
            log.exception("%s could not be read", response.url)
            found = [place_lost(response.url, "could not be read")]
        for one in found:
            if isinstance(one, Failure):
                for lost in self._place_lost(place, replace(one, at=response.meta[FETCHED_AT])):
                    yield lost
            elif one.leads is not Leads.ARTICLE and (request := self._follow(one, place)):
                yield request
        self._keep(place, [one for one in found if isinstance(one, FoundUrl)])
        if not found or any(isinstance(one, FoundUrl) for one in found):
            for search in place.searches:
                self.context.ledger.answered(search.outlet.name)
        for planned in self._place_done(place):
            yield planned

    def _keep(self, place: Place, found: list[FoundUrl]) -> None:
        """Give each page that was announced to the outlet that it may belong to."""
        articles = [one for one in found if one.leads is Leads.ARTICLE]
        kept, left = worth_keeping(articles, self.context.event)
        if len(place.searches) == 1:
            place.searches[0].found.extend(kept)
            if left:
                place.searches[0].skip(OUTSIDE, left)
            return
        by_outlet = {search.outlet.domain: search for search in place.searches}
        for one in kept:
            owner = outlet_of(one.url, self.context.outlets)
            if owner is not None and owner.domain in by_outlet:
                by_outlet[owner.domain].found.append(one)

    def _follow(self, one: FoundUrl, place: Place) -> Request | None:
        context = self.context
        (search,) = place.searches  # those that are asked for many lead to articles only
        if place.depth >= context.options.source_depth:
            search.skip(f"places more than {context.options.source_depth} steps away")
            return None
        if outlet_of(one.url, context.outlets) not in {None, search.outlet}:
            search.skip("another outlet's places to look in")
            return None
        if plainly_outside(one, context.event):
            search.skip("places to look in that are outside the window")
            return None
        return self._ask(place_behind(one, place))

    def place_failed(self, failed: TwistedFailure) -> Iterator[Any]:
        """Say which place could not be looked at and why, and plan for whom it was the last."""
        request = request_of(failed)
        place = cast("Place", request.cb_kwargs["place"])
        _, reason = explain(error_of(failed), request.url, self.context.options)
        lost = replace(place_lost(place.url, reason), at=request.meta.get(FETCHED_AT))
        yield from self._place_lost(place, lost)
        yield from self._place_done(place)

    def _place_lost(self, place: Place, failure: Failure) -> Iterator[Failure]:
        for search in place.searches:
            self.context.ledger.source_failed(search.outlet.name, failure.reason)
            yield replace(failure, outlet=search.outlet.name)

    def _place_done(self, place: Place) -> Iterator[Request | Failure]:
        for search in place.searches:
            search.places_open -= 1
            if not search.places_open:
                yield from self._pages(search)

    def _pages(self, search: Search) -> Iterator[Request | Failure]:
        context, options = self.context, self.context.options
        plan = choose(
            search.outlet,
            search.found,
            search.given,
            event=context.event,
            outlets=(*context.outlets, search.outlet),
            most=options.pages,
        )
        search.found.clear()
        context.ledger.found(
            search.outlet.name,
            plan.found + search.skipped.get(OUTSIDE, 0),
            Counter(search.skipped) + Counter(plan.skipped),
        )
        for page in plan.pages:
            context.claim(page.url, page)
        search.pages_open = len(plan.pages)
        yield from plan.left
        for page in plan.pages:
            yield self._fetch(page, search)
        self._tell_if_done(search)


def _parsed(place: Place, body: bytes, base: str) -> list[FoundUrl | Failure]:
    return list(place.read(body, base))
