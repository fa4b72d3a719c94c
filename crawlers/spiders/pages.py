"""What becomes of a planned page: fetched, read, rendered where it needs scripts, or a copy of it found."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from compare.datamodel import Article, Completeness, Failure, Stage
from crawlers.discovery.plan import PlannedPage
from crawlers.discovery.wayback import copies_address, copy_of
from crawlers.downloader.archiving import FETCHED_AT, OPEN_ENDED, RECORD
from crawlers.downloader.failures import (
    DuplicateError,
    error_of,
    explain,
    fault_of_ours,
    is_gone,
    page_lost,
    request_of,
)
from crawlers.downloader.rendering import better_of, not_rendered, render_request, wants_scripts
from crawlers.downloader.slots import downloader_of
from crawlers.extract.pool import PageJob
from crawlers.registry.outlets import outlet_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.session import CrawlContext
    from crawlers.spiders.places import Search

log = logging.getLogger(__name__)


class ReadsPages:
    """The part of the spider that turns pages into rows."""

    context: CrawlContext
    crawler: Any

    def _fetch(self, page: PlannedPage, search: Search) -> Request:
        return Request(
            page.url,
            callback=self.read_page,
            errback=self.page_failed,
            cb_kwargs={"page": page, "search": search},
            dont_filter=True,
        )

    async def read_page(
        self, response: Response, page: PlannedPage, search: Search
    ) -> AsyncIterator[Any]:
        """The article on a page, or the failure that it became."""
        self.context.ledger.fetched(page.outlet)
        row = await self._read(response, page)
        outlet = outlet_of(response.url, self.context.outlets)
        if self.context.renders and wants_scripts(row, outlet):
            row = await self._rendered(response, page, row)
        yield self._row(page, row)
        self._page_done(search)

    async def _rendered(
        self, response: Response, page: PlannedPage, plain: Article | Failure
    ) -> Article | Failure:
        """What a page gives once its scripts have run in a browser, or its plain row if no more.

        Waited for here, not asked for by the way: pages that wait hold the crawl back, not memory.
        """
        try:
            shown = await self.crawler.engine.download_async(render_request(response))
        except Exception as error:  # noqa: BLE001 - whatever it was, there is the plain row
            _, why = explain(error, response.url, self.context.options)
            return not_rendered(plain, why)
        row = await self._read(shown, page)
        if isinstance(row, Article):
            read_from = {"text": f"{row.provenance['text']}, in a browser"}
            row = replace(row, provenance={**row.provenance, **read_from})
        return better_of(plain, row)

    async def _read(self, response: Response, page: PlannedPage) -> Article | Failure:
        fetched_at, outlet = response.meta[FETCHED_AT], page.outlet
        owner = outlet_of(response.url, (*self.context.outlets,))
        if page.hint is None and owner is not None:
            outlet = owner.name  # a given short link: the page's own site is what counts
        elif owner is not None and owner.name != outlet:
            return page_lost(page, Stage.FETCH, "redirects to another outlet's page", fetched_at)
        try:
            with downloader_of(self.crawler).being_read(response):
                row = await self.context.readers.page(
                    PageJob(
                        url=page.original or response.url,
                        outlet=outlet,
                        body=response.body,
                        fetched_at=fetched_at,
                        record=response.meta[RECORD],
                        content_type=_content_type(response),
                        hint=page.hint,
                    )
                )
        except Exception as error:
            log.exception("%s could not be read", response.url)
            if (lacking := fault_of_ours(error)) is not None:
                self.context.give_up(lacking)
            return page_lost(page, Stage.EXTRACT, "the page could not be read", fetched_at)
        if isinstance(row, Article) and _may_be_cut(response):
            row = _not_full(row)
        if page.original is not None and isinstance(row, Article):
            return replace(row, archived=response.url)
        return row

    def page_failed(self, failed: TwistedFailure) -> Iterator[Any]:
        """The failure that a page became, unless a copy of it may be found."""
        request, options = request_of(failed), self.context.options
        page, search = request.cb_kwargs["page"], request.cb_kwargs["search"]
        if isinstance(failed.value, DuplicateError):
            self.context.ledger.skipped(page.outlet, str(failed.value))
            self._page_done(search)
            return
        stage, reason = explain(error_of(failed), request.url, options)
        lost = page_lost(page, stage, reason, request.meta.get(FETCHED_AT))
        copies = copies_address(page, self.context.event, options)
        if copies is not None and is_gone(failed.value):
            known = {"page": page, "search": search, "lost": lost}
            yield Request(
                copies,
                callback=self.read_copies,
                errback=self.no_copy,
                cb_kwargs={"known": known},
                dont_filter=True,
            )
        else:
            yield self._row(page, lost)
            self._page_done(search)

    def read_copies(self, response: Response, known: dict[str, Any]) -> Iterator[Any]:
        """Fetch the best copy of a page that is gone, or let it be gone."""
        page, context = known["page"], self.context
        copy = copy_of(page, response.body, response.url, context.event, context.options)
        if isinstance(copy, PlannedPage):
            yield self._fetch(copy, known["search"])
        else:
            why = copy.reason if copy else "no archived copy of it is known"
            yield from self._stays_gone(known, why)

    def no_copy(self, failed: TwistedFailure) -> Iterator[Any]:
        """A page that is gone, of which no copy could be asked for."""
        request = request_of(failed)
        _, reason = explain(error_of(failed), request.url, self.context.options)
        why = f"archived copies could not be asked for: {reason}"
        yield from self._stays_gone(request.cb_kwargs["known"], why)

    def _stays_gone(self, known: dict[str, Any], why: str) -> Iterator[Failure]:
        lost = replace(known["lost"], reason=f"{known['lost'].reason}; {why}")
        self.context.ledger.row_written(known["page"].outlet, lost)
        yield lost
        self._page_done(known["search"])

    def _row(self, page: PlannedPage, row: Article | Failure) -> Article | Failure:
        self.context.ledger.row_written(page.outlet, row)
        return row

    def _page_done(self, search: Search) -> None:
        search.pages_open -= 1
        self._tell_if_done(search)

    def _tell_if_done(self, search: Search) -> None:
        if not search.pages_open:
            self.context.ledger.done(search.outlet.name)


def _may_be_cut(response: Response) -> bool:
    """Whether nothing says that this is the whole page: neither a length nor the end of the document."""
    return OPEN_ENDED in response.flags and b"</html" not in response.body[-5_000:].lower()


def _not_full(row: Article) -> Article:
    if row.completeness is not Completeness.FULL:
        return row
    why = "the connection was closed before the end of the page, which may have more"
    return replace(row, completeness=Completeness.UNKNOWN, completeness_reason=why)


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None
