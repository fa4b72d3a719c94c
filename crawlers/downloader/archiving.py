"""Keeps every answer in the archive, and gives answers from the archive instead of asking again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from crawlers.archive.reader import CONDITIONS, NOT_MODIFIED
from crawlers.archive.writer import (
    LARGEST_HEADERS,
    Fetched,
    Unfetched,
    rendered_url,
)
from crawlers.downloader.failures import (
    NotArchivedError,
    RefusedError,
    RenderError,
    archived_name,
    fault_of_ours,
    from_archived_name,
)
from crawlers.downloader.middlewares import META_ARCHIVED, STOPPED
from crawlers.downloader.rendering import RENDERS
from crawlers.session import context_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

OPEN_ENDED = "partial"  # Scrapy's flag on a body whose end only the closed connection tells
FETCHED_AT = "fetched_at"
RECORD = "archive_record"


class ArchiveMiddleware:
    """Sits next to the downloader: what passes here is what went over the network."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """The archived answer, or None to ask the network; raises what was archived as failed."""
        context = context_of(self._crawler)
        kept = context.reader.take(_kept_as(request), again=context.writer is None)
        if kept is None:
            if context.writer is None:
                raise NotArchivedError("not in the archive")
            self._ask_if_changed(request)
            return None
        request.meta[FETCHED_AT] = kept.at
        if isinstance(kept, Unfetched):
            error = from_archived_name(kept.error, kept.message)
            setattr(error, META_ARCHIVED, True)
            raise error
        request.meta[RECORD] = kept.record or None
        if context.writer is not None and kept.record:
            context.writer.known(kept.record)
        return self._unchanged(kept.status, request) or _response(kept, request.url)

    def _ask_if_changed(self, request: Request) -> None:
        """Put the marks that this address was given before into a request, and no other's."""
        for name in CONDITIONS:  # a redirect takes a request's headers to the next address
            request.headers.pop(name, None)
        if not request.meta.get(RENDERS) and not request.meta.get("robots_txt"):
            request.headers.update(context_of(self._crawler).earlier.conditions(request.url))

    def _unchanged(self, status: int, request: Request) -> Response | None:
        """What "not modified" stands for; None if that was not said, or nothing was kept."""
        if status != NOT_MODIFIED:
            return None
        known = context_of(self._crawler).earlier.answer(request.url)
        if known is None:
            return None
        request.meta[RECORD] = known.record or None
        return _response(known, request.url)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response, once it is in the archive."""
        context = context_of(self._crawler)
        if META_ARCHIVED in response.flags or context.writer is None:
            return response
        at = request.meta[FETCHED_AT] = context.clock()
        headers = _pairs(request.headers)
        answer = Fetched(
            url=_kept_as(request),
            at=at,
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
            truncated=STOPPED in response.flags,
            ended_by_closing=OPEN_ENDED in response.flags,
        )
        if answer.header_bytes > LARGEST_HEADERS:
            why = "its headers are larger than those of any honest answer"
            lost = Unfetched(url=answer.url, at=at, error="RefusedError", message=why)
            await asyncio.to_thread(context.writer.unfetched, lost)
            raise RefusedError(why)
        try:
            if request.meta.get(RENDERS):
                record = await asyncio.to_thread(context.writer.rendered, answer)
            else:
                keep = context.writer.fetched
                record = await asyncio.to_thread(keep, answer, request.method, headers)
        except OSError as error:
            context.give_up(f"the archive cannot be written ({error.strerror})")
            raise RefusedError("the archive cannot be written") from error
        request.meta[RECORD] = record
        return self._unchanged(response.status, request) or response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note a failed download in the archive, and let it go on failing."""
        context = context_of(self._crawler)
        ours = isinstance(exception, IgnoreRequest) or getattr(exception, META_ARCHIVED, False)
        if isinstance(exception, RenderError) and self._crawler.crawling:
            ours = False  # unless the crawl is being stopped, which may end the browser first
        if (lacking := fault_of_ours(exception)) is not None and not ours:
            context.give_up(lacking)
            return
        if ours or context.writer is None:
            return
        at = request.meta[FETCHED_AT] = context.clock()
        failed = Unfetched(
            url=_kept_as(request),
            at=at,
            error=archived_name(exception),
            message=str(exception),
        )
        try:
            context.writer.unfetched(failed)
        except OSError as error:
            context.give_up(f"the archive cannot be written ({error.strerror})")


def _kept_as(request: Request) -> str:
    """The address under which the archive has the answer to a request."""
    url = request.url.partition("#")[0]
    return rendered_url(url) if request.meta.get(RENDERS) else url


def _response(kept: Fetched, url: str) -> Response:
    headers = Headers()
    for name, value in kept.headers:
        headers.appendlist(name, value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=url, body=kept.body)
    flags = [META_ARCHIVED]
    flags += [OPEN_ENDED] if kept.ended_by_closing else []
    flags += [STOPPED] if kept.truncated else []
    return kind(url, status=kept.status, headers=headers, body=kept.body, flags=flags)


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values or ()
    ]
