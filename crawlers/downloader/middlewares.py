"""Scrapy middlewares for politeness, safety and bounds, between the engine and the downloader."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, signals
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawlers.discovery import robots
from crawlers.discovery.found import FoundUrl
from crawlers.downloader.failures import DuplicateError, RefusedError, RobotsRefusedError, explain
from crawlers.downloader.politeness import MOST_REDIRECTS, Rules, backoff, retry_after, rules_of
from crawlers.downloader.safety import PublicResolver, refusal
from crawlers.downloader.slots import downloader_of
from crawlers.extract.markup import is_no_page
from crawlers.session import context_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from crawlers.options import CrawlOptions

MOST_SITEMAPS = 500  # of one robots.txt; news archives name some dozens
ROBOTS_FIRST = 1000  # priority: everything of a host waits for its robots.txt
META_ARCHIVED = "archived"
STOPPED = "download_stopped"  # Scrapy's flag on an answer whose body was not awaited


class AddressMiddleware:
    """Refuses addresses that are never asked for, on every hop, before anything else looks at them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass; raises RefusedError if its address is not one to fetch."""
        allowed = context_of(self._crawler).options.allow_private
        if why := refusal(request.url, allow_private=allowed):
            raise RefusedError(why)


class RobotsMiddleware:
    """Asks every server for its robots.txt first, and obeys it: rules, delay, and failing closed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass; raises RobotsRefusedError if robots.txt does not allow it."""
        if request.meta.get("robots_txt"):
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin))
        rules = await self._rules[origin]
        if why := rules.refuses(request.url):
            raise RobotsRefusedError(why)

    async def _ask(self, origin: str) -> Rules:
        context = context_of(self._crawler)
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=ROBOTS_FIRST,
            dont_filter=True,
            meta={"robots_txt": True},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing is allowed
            _, reason = explain(error, request.url, context.options)
            if context.replays_foreign:
                return Rules()
            return Rules(refusal=f"robots.txt cannot be read ({reason}), so nothing is allowed")
        # A stranger's text of any length: it is not read where the network waits.
        rules, sitemaps = await asyncio.to_thread(_read_robots, response, context.options)
        context.sitemaps[origin] = sitemaps
        downloader_of(self._crawler).slow_down(urlparse_cached(request).netloc.lower(), rules.delay)
        return rules


def _read_robots(response: Response, options: CrawlOptions) -> tuple[Rules, tuple[FoundUrl, ...]]:
    """The rules of a robots.txt, and the first of the sitemaps that it names."""
    kind = response.headers.get("Content-Type")
    rules = rules_of(
        response.status,
        response.body,
        longest_wait=options.longest_wait,
        content_type=kind.decode("latin-1") if kind else None,
    )
    named = robots.found_urls(rules.text.encode("utf-8", "replace"), response.url)
    sitemaps = (one for one in named if isinstance(one, FoundUrl))
    return rules, tuple(islice(sitemaps, MOST_SITEMAPS))


class PatientRetry(RetryMiddleware):
    """Retries what may pass, after the wait that the server asked for, or a growing one."""

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request again."""
        if response.status not in self.retry_http_codes:
            return response
        options = context_of(self.crawler).options
        headers = {
            k.decode("latin-1"): v[-1].decode("latin-1") for k, v in response.headers.items()
        }
        asked = retry_after(headers)
        if asked is not None and asked > options.longest_wait:
            return response
        retried = self._retry(request, f"HTTP {response.status}") or response
        if isinstance(retried, Request) and META_ARCHIVED not in response.flags:
            self._wait(retried, asked)
        return retried

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """The request again, if what happened to it may pass; a refused address stays refused."""
        refused = (urlparse_cached(request).hostname or "") in PublicResolver.refused
        if refused or not isinstance(exception, self.exceptions_to_retry):
            return None
        retried = self._retry(request, exception)
        if retried is not None and not getattr(exception, META_ARCHIVED, False):
            self._wait(retried, None)
        return retried

    def _wait(self, retried: Request, asked: float | None) -> None:
        options = context_of(self.crawler).options
        growing = backoff(
            retried.meta["retry_times"], delay=options.delay, longest_wait=options.longest_wait
        )
        downloader = downloader_of(self.crawler)
        downloader.wait_for(downloader.get_slot_key(retried), growing if asked is None else asked)


class _Redirects:
    """Bounds on redirects: no circles, no page that is read under another address already."""

    crawler: Crawler

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        options = context_of(self.crawler).options
        passed = [*request.meta.get("redirect_urls", []), request.url]
        if redirected.url in passed:
            raise RefusedError("redirects in a circle")
        if len(passed) > MOST_REDIRECTS:
            raise RefusedError(f"redirects more than {MOST_REDIRECTS} times")
        if why := refusal(redirected.url, allow_private=options.allow_private):
            raise RefusedError(why)  # before it counts as a page that somebody leads to
        if (page := request.cb_kwargs.get("page")) is not None and not context_of(
            self.crawler
        ).claim(redirected.url, page):
            raise DuplicateError("leads to a page that is read already")
        followed = super()._redirect(redirected, request, reason)  # type: ignore[misc]
        return cast("Request", followed)


class BoundedRedirect(_Redirects, RedirectMiddleware):
    """Follows HTTP redirects within bounds; an address that is none leads nowhere."""

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request for where it leads."""
        try:
            return super().process_response(request, response)
        except ValueError:  # what urllib says of a broken address
            return response


class BoundedMetaRefresh(_Redirects, MetaRefreshMiddleware):
    """Follows refreshes that a page asks for within bounds; a robots.txt is no page."""

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, or the request for the page that it leads to."""
        if request.meta.get("robots_txt"):
            return response
        try:
            return super().process_response(request, response)
        except (LookupError, ValueError):  # a charset that is none (idna, rot13), a broken address
            return response


class NoFurther:
    """Ends the download of a page's answer that is a picture, a film, a PDF, an archive.

    The answer goes on without its body, so that a redirect or an error stays what it is; reading it
    then says what it was served as. What announces pages (feeds, packed sitemaps) is not looked at.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NoFurther:
        """Scrapy's way to build a component."""
        watching = cls()
        crawler.signals.connect(watching.headers_received, signal=signals.headers_received)
        return watching

    def headers_received(self, headers: Headers, request: Request) -> None:
        """Let the download go on; raises StopDownload if it need not."""
        kind = headers.get("Content-Type")
        if "page" in request.cb_kwargs and kind and is_no_page(kind.decode("latin-1")):
            raise StopDownload(fail=False)
