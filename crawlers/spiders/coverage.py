"""The spider: asks an outlet's sources, plans its pages when all have answered, has the pages read.

It only yields requests and rows. What an answer means is decided by the pure functions of
`discovery`, `plan` and `extract`; manners, bounds and the archive are in the middlewares.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider

from compare.datamodel import Article, Failure, Stage
from crawlers.discovery import found_urls, kind_of, plainly_outside
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.failures import TwinError, explain
from crawlers.outlets import Outlet, Source, SourceKind, outlet_of
from crawlers.plan import PlannedPage, choose, source_address
from crawlers.recording import FETCHED_AT

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.context import CrawlContext

SOURCES_FIRST = 10  # priority: what leads to pages goes before pages

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Search:
    """What is known of one outlet so far, and what is still under way."""

    outlet: Outlet
    given: tuple[str, ...] = ()
    found: list[FoundUrl] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    skipped: dict[str, int] = field(default_factory=dict)
    sources_open: int = 0
    pages_open: int = 0

    def skip(self, reason: str) -> None:
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """One source that was asked: whose it is, how to read it, how far from the registry's own."""

    search: _Search
    source: Source
    depth: int = 0


class CoverageSpider(Spider):
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
        """Ask every source of every outlet; plan at once where there is none."""
        for search in self._searches():
            for source in search.outlet.sources:
                if (request := self._ask(_Asked(search, source))) is not None:
                    yield request
            if not search.sources_open:
                for planned in self._pages(search):
                    yield planned

    def _searches(self) -> Iterator[_Search]:
        context = self.context
        given: dict[str, list[str]] = {outlet.domain: [] for outlet in context.outlets}
        owners = {outlet.domain: outlet for outlet in context.outlets}
        for url in context.event.urls:
            owner = context.owner(url)
            owners.setdefault(owner.domain, owner)
            given.setdefault(owner.domain, []).append(url)
        archived: dict[str, list[FoundUrl]] = {}
        if context.replays_foreign:
            for url in context.reader.pages():
                if (known := outlet_of(url, context.outlets)) is not None:
                    archived.setdefault(known.domain, []).append(FoundUrl(url, source="archive"))
        for domain, owner in owners.items():
            urls = tuple(dict.fromkeys(given[domain]))
            yield _Search(owner, urls, archived.get(domain, []))

    def _ask(self, asked: _Asked) -> Request | None:
        """The request for a source; None if it is not to be asked, which the ledger then says."""
        search, options = asked.search, self.context.options
        url = source_address(asked.source, self.context.event)
        if url is None or url in search.asked:
            return None
        if self.context.replays_foreign and not self.context.reader.has(url):
            return None
        if len(search.asked) >= options.sources:
            search.skip(f"beyond the first {options.sources} places to look in")
            return None
        search.asked.add(url)
        search.sources_open += 1
        self.context.ledger.asked(search.outlet.name)
        return Request(
            url,
            callback=self.read_source,
            errback=self.source_failed,
            cb_kwargs={"asked": asked},
            priority=SOURCES_FIRST,
            dont_filter=True,
        )

    async def read_source(self, response: Response, asked: _Asked) -> AsyncIterator[Any]:
        """Take in what a source announces, follow where it leads, plan when it was the last."""
        search, kind = asked.search, asked.source.kind
        try:
            found = await asyncio.to_thread(_parsed, response.body, response.url, kind)
        except Exception:
            log.exception("%s could not be read", response.url)
            found = [_lost(response.url, "could not be read")]
        for one in found:
            if isinstance(one, Failure):
                yield self._source_lost(search, replace(one, at=response.meta[FETCHED_AT]))
            elif one.leads is Leads.ARTICLE:
                search.found.append(one)
            elif (request := self._follow(one, asked)) is not None:
                yield request
        if not found or any(isinstance(one, FoundUrl) for one in found):
            self.context.ledger.answered(search.outlet.name)
        for planned in self._source_done(search):
            yield planned

    def _follow(self, one: FoundUrl, asked: _Asked) -> Request | None:
        search, context = asked.search, self.context
        if asked.depth >= context.options.source_depth:
            search.skip(f"places more than {context.options.source_depth} steps away")
            return None
        if outlet_of(one.url, context.outlets) not in {None, search.outlet}:
            search.skip("another outlet's places to look in")
            return None
        if plainly_outside(one, context.event):
            search.skip("places to look in that are outside the window")
            return None
        source = Source(kind_of(one) or SourceKind.SECTION, one.url)
        return self._ask(_Asked(search, source, asked.depth + 1))

    def source_failed(self, failed: TwistedFailure) -> Iterator[Any]:
        """Say which source could not be looked at and why, and plan if it was the last."""
        request = _request_of(failed)
        search = cast("_Asked", request.cb_kwargs["asked"]).search
        _, reason = explain(_error_of(failed), request.url, self.context.options)
        lost = replace(_lost(request.url, reason), at=request.meta.get(FETCHED_AT))
        yield self._source_lost(search, lost)
        yield from self._source_done(search)

    def _source_lost(self, search: _Search, failure: Failure) -> Failure:
        self.context.ledger.source_failed(search.outlet.name, failure.reason)
        return replace(failure, outlet=search.outlet.name)

    def _source_done(self, search: _Search) -> Iterator[Request | Failure]:
        search.sources_open -= 1
        if not search.sources_open:
            yield from self._pages(search)

    def _pages(self, search: _Search) -> Iterator[Request | Failure]:
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
        context.ledger.found(search.outlet.name, plan.found, {**search.skipped, **plan.skipped})
        for page in plan.pages:
            context.claim(page.url, page)
        search.pages_open = len(plan.pages)
        yield from plan.left
        for page in plan.pages:
            yield self._fetch(page, search)
        self._tell_if_done(search)

    def _fetch(self, page: PlannedPage, search: _Search) -> Request:
        return Request(
            page.url,
            callback=self.read_page,
            errback=self.page_failed,
            cb_kwargs={"page": page, "search": search},
            dont_filter=True,
        )

    async def read_page(
        self, response: Response, page: PlannedPage, search: _Search
    ) -> AsyncIterator[Any]:
        """The article on a page, or the failure that it became."""
        self.context.ledger.fetched(page.outlet)
        yield self._row(page, await self._read(response, page))
        self._page_done(search)

    async def _read(self, response: Response, page: PlannedPage) -> Article | Failure:
        fetched_at, outlet = response.meta[FETCHED_AT], page.outlet
        owner = outlet_of(response.url, (*self.context.outlets,))
        if page.hint is None and owner is not None:
            outlet = owner.name  # a given short link: the page's own site is what counts
        elif owner is not None and owner.name != outlet:
            return _failed(page, Stage.FETCH, "redirects to another outlet's page", fetched_at)
        try:
            return await self.context.extract(
                response.body,
                url=page.original or response.url,
                outlet=outlet,
                fetched_at=fetched_at,
                content_type=_content_type(response),
                hint=page.hint,
            )
        except Exception:
            log.exception("%s could not be read", response.url)
            return _failed(page, Stage.EXTRACT, "the page could not be read", fetched_at)

    def page_failed(self, failed: TwistedFailure) -> Iterator[Any]:
        """The failure that a page became."""
        request = _request_of(failed)
        page, search = request.cb_kwargs["page"], request.cb_kwargs["search"]
        if isinstance(failed.value, TwinError):
            self.context.ledger.skipped(page.outlet, str(failed.value))
        else:
            stage, reason = explain(_error_of(failed), request.url, self.context.options)
            yield self._row(page, _failed(page, stage, reason, request.meta.get(FETCHED_AT)))
        self._page_done(search)

    def _row(self, page: PlannedPage, row: Article | Failure) -> Article | Failure:
        self.context.ledger.row_written(page.outlet, row)
        return row

    def _page_done(self, search: _Search) -> None:
        search.pages_open -= 1
        self._tell_if_done(search)

    def _tell_if_done(self, search: _Search) -> None:
        if not search.pages_open:
            self.context.ledger.done(search.outlet.name)


def _parsed(body: bytes, base: str, kind: SourceKind) -> list[FoundUrl | Failure]:
    return list(found_urls(body, base, kind))


def _lost(url: str, reason: str) -> Failure:
    return Failure(stage=Stage.DISCOVERY, reason=reason, url=url)


def _failed(page: PlannedPage, stage: Stage, reason: str, at: str | None) -> Failure:
    url = page.original or page.url
    return Failure(stage=stage, reason=reason, url=url, outlet=page.outlet, at=at)


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None


def _request_of(failed: TwistedFailure) -> Request:
    return cast("Request", cast("Any", failed).request)


def _error_of(failed: TwistedFailure) -> BaseException:
    return failed.value or RuntimeError("an error without a name")
