"""The spider: asks an outlet's sources, plans its pages when all have answered, has the pages read.

It only yields requests and rows. What an answer means is decided by the pure functions of
`discovery`, `plan` and `extract`; politeness, bounds and the archive are in the middlewares. What
becomes of a page once it is planned is in `pages`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider

from compare.datamodel import Failure
from crawlers.discovery import plainly_outside
from crawlers.discovery.announced import MOST_FURTHER, Announced, told
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.plan import OUTSIDE, choose
from crawlers.downloader.archiving import FETCHED_AT
from crawlers.downloader.failures import error_of, explain, place_lost, request_of
from crawlers.extract.readers import MachineError
from crawlers.registry.outlets import outlet_of
from crawlers.spiders.pages import ReadsPages
from crawlers.spiders.places import Place, Search, places_of, searches_of
from crawlers.urls import host_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.session import CrawlContext

PLACES_OUTSIDE = "places to look in that are outside the window"
PLACES_FIRST = 10  # priority: what leads to pages goes before pages


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
        context.end = self._end
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

    def _end(self) -> None:
        self._ending = asyncio.ensure_future(self.crawler.stop_async())

    def _ask(self, place: Place, ahead: int = 0) -> Request | None:
        """The request for a place; None if it is not to be asked. `ahead` puts it before others."""
        context = self.context
        if context.replays_foreign and not context.reader.has(place.url):
            return None
        if any(place.url in search.asked for search in place.searches):
            return None
        for search in place.searches:
            search.ask(place)
            context.ledger.asked(search.outlet.name)
        return Request(
            place.url,
            callback=self.read_place,
            errback=self.place_failed,
            cb_kwargs={"place": place},
            priority=PLACES_FIRST + ahead,
            dont_filter=True,
        )

    async def read_place(self, response: Response, place: Place) -> AsyncIterator[Any]:
        """Take in what a place announces, ask where it leads, plan for whom it was the last."""
        try:
            found = await self.context.readers.announced(
                place.read,
                response.body,
                response.url,
                self.context.event,
                outlet=place.searches[0].outlet.name if place.is_own else "",
            )
        except MachineError as error:
            self.context.give_up(str(error))
            return
        for reason, times in found.problems:
            lost = replace(place_lost(response.url, reason), at=response.meta[FETCHED_AT])
            for failure in self._place_lost(place, lost, times):
                yield failure
        self._keep(place, found)
        if found.could_be_read:
            for search in place.searches:
                self.context.ledger.answered(search.outlet.name)
        for planned in self._place_done(place):
            yield planned

    def _keep(self, place: Place, found: Announced) -> None:
        """Give what was announced to the outlets that it may belong to."""
        if place.is_own:
            (search,) = place.searches
            search.found.extend(found.articles)
            search.skip(OUTSIDE, found.outside)
            search.skip(PLACES_OUTSIDE, found.further_outside)
            search.leave_out(f"beyond the first {MOST_FURTHER} places of one", found.further_cut)
            search.leads_to(place, self._of_outlet(found.further, search))
            return
        by_outlet = {search.outlet.domain: search for search in place.searches}
        for one in found.articles:
            owner = outlet_of(one.url, self.context.outlets)
            if owner is not None and owner.domain in by_outlet:
                by_outlet[owner.domain].found.append(one)

    def _of_outlet(self, further: Iterable[FoundUrl], search: Search) -> list[FoundUrl]:
        """Those of the places that are not another outlet's, and not plainly outside the window."""
        kept = []
        for one in further:
            if outlet_of(one.url, self.context.outlets) not in {None, search.outlet}:
                search.skip("another outlet's places to look in")
            elif plainly_outside(one, self.context.event):
                search.skip(PLACES_OUTSIDE)
            else:
                kept.append(one)
        return kept

    def place_failed(self, failed: TwistedFailure) -> Iterator[Any]:
        """Say which place could not be looked at and why, and plan for whom it was the last."""
        request = request_of(failed)
        place = cast("Place", request.cb_kwargs["place"])
        _, reason = explain(error_of(failed), request.url, self.context.options)
        lost = replace(place_lost(place.url, reason), at=request.meta.get(FETCHED_AT))
        yield from self._place_lost(place, lost)
        yield from self._place_done(place)

    def _place_lost(self, place: Place, failure: Failure, times: int = 1) -> Iterator[Failure]:
        """One row, however often it happened in this place; in the ledger of each outlet that it was asked for.

        A service that was asked about several outlets is nobody's page, and its question no address.
        """
        for search in place.searches:
            self.context.ledger.source_failed(search.outlet.name, failure.reason, times)
        lost = replace(failure, reason=told(failure.reason, times))
        if place.is_own:
            yield replace(lost, outlet=place.searches[0].outlet.name)
        else:
            yield replace(lost, url=place.url.partition("?")[0])

    def _place_done(self, place: Place) -> Iterator[Request | Failure]:
        for search in place.searches:
            search.answered(place)
            yield from self._further(search)
            if not search.places_open:
                yield from self._pages(search)

    def _further(self, search: Search) -> Iterator[Request]:
        """Ask the next places of an outlet, as long as there are any."""
        options = self.context.options
        while not search.is_waiting:
            for origin in search.robots_to_read():
                named = self.context.sitemaps.get(origin, ())
                search.robots_lead_to(self._of_outlet(named, search))
            further = search.next_places(
                self.context.event, most=options.sources, deepest=options.source_depth
            )
            asked = [
                request
                for ahead, place in zip(range(len(further), 0, -1), further, strict=True)
                if (request := self._ask(place, ahead)) is not None
            ]
            if not asked:
                return
            yield from asked

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
        context.ledger.cut(search.outlet.name, search.cut)
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
