"""A page that is gone may have been archived: which pages, where to ask, and which copy to take."""

from __future__ import annotations

from dataclasses import replace

from scrapy.exceptions import CannotResolveHostError
from scrapy.spidermiddlewares.httperror import HttpError

from compare.datamodel import Event, Failure
from crawlers.discovery import wayback
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.plan import PlannedPage
from crawlers.options import CrawlOptions

_GONE = {404, 410}


def is_gone(error: BaseException | None) -> bool:
    """Whether a page, or its whole site, is there no more; refusals and faults are not that."""
    if isinstance(error, HttpError):
        return error.response.status in _GONE
    return isinstance(error, CannotResolveHostError)


def copies_address(page: PlannedPage, event: Event, options: CrawlOptions) -> str | None:
    """Where to ask for copies of a page; None if it is a copy itself, or none are wanted."""
    if options.wayback is None or page.original is not None:
        return None
    return wayback.query_url(page.url, start=event.start, endpoint=options.wayback)


def copy_of(
    page: PlannedPage, body: bytes, base: str, event: Event, options: CrawlOptions
) -> PlannedPage | Failure | None:
    """The copy made soonest after the page appeared; None if there is none.

    A Failure says why the index's answer could not be read.
    """
    found = list(wayback.found_urls(body, base, archive=options.wayback_copies))
    copies = [one for one in found if isinstance(one, FoundUrl)]
    when = (page.hint.published if page.hint else None) or event.start
    nearest = wayback.nearest(copies, when)
    if nearest is None:
        return next((one for one in found if isinstance(one, Failure)), None)
    return replace(page, url=nearest.url, original=page.url)
