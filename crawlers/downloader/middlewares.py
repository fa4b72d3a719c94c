"""The plumbing of manners and bounds between Scrapy's engine and downloader."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http.request import NO_CALLBACK
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface
from scrapy.utils.httpobj import urlparse_cached

from crawlers.downloader.failures import RefusedError, RobotsRefusedError, TwinError, explain
from crawlers.downloader.politeness import Rules, backoff, retry_after, rules_of
from crawlers.downloader.rendering import RENDERS, SLOT
from crawlers.downloader.safety import PublicResolver, refusal

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

    from crawlers.session import CrawlContext

ROBOTS_FIRST = 1000  # priority: everything of a host waits for its robots.txt
SHORTEST_DELAY = 0.001  # seconds; a slot without any delay cannot be told to wait
META_ARCHIVED = "archived"


def context_of(crawler: Crawler) -> CrawlContext:
    """What this crawl knows and keeps: it travels on the spider."""
    return cast("CrawlContext", cast("Any", crawler.spider).context)


class HostDownloader(Downloader):
    """Counts and delays by host and port, after redirects too."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.busy: Counter[str] = Counter()
        self._shortest = crawler.settings.getfloat("DOWNLOAD_DELAY")

    def fetch(  # type: ignore[override]  # the spider argument is deprecated
        self, request: Request
    ) -> Deferred[Response | Request]:
        """The answer to a request, or the request to make instead; counted by host meanwhile."""
        host = self.get_slot_key(request)
        self.busy[host] += 1

        def counted(result: Any) -> Any:
            self.busy[host] -= 1
            return result

        return super().fetch(request).addBoth(counted)

    def get_slot_key(self, request: Request) -> str:
        """The host of the request, with its port: what one server's limits are about."""
        if request.meta.get(RENDERS):
            return SLOT
        return urlparse_cached(request).netloc.rpartition("@")[2].lower()

    def wait_for(self, host: str, seconds: float) -> None:
        """Send nothing to a host for so many seconds."""
        slot = self.slots.get(host)
        if slot is not None and seconds > 0:
            slot.delay = max(slot.delay, SHORTEST_DELAY)
            # The slot leaves its delay after this moment, at least so much of it:
            spaced = max(self._shortest, self.least_delay(host)) * max(0.0, 1 - slot.jitter)
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - spaced)

    def slow_down(self, host: str, delay: float) -> None:
        """Leave at least `delay` seconds between requests to a host, from now on."""
        if delay > self.least_delay(host):
            self.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
            if (slot := self.slots.get(host)) is not None:
                slot.delay, slot.concurrency, slot.jitter = max(slot.delay, delay), 1, 0.0

    def least_delay(self, host: str) -> float:
        """The delay that a host asked for; 0 if it asked for none."""
        return float(self.per_slot_settings.get(host, {}).get("delay", 0.0))


class HostThrottle(AutoThrottle):
    """AutoThrottle that never goes below the delay that a host asked for."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlparse_cached(response).netloc.lower()
        slot.delay = max(slot.delay, _downloader(self.crawler).least_delay(host))


class PatientQueue(DownloaderAwarePriorityQueue):
    """Hands out a host's requests only while that host has room.

    Otherwise those of a slow host would fill up the downloader, and every other host would wait.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._downloader_interface = _HostsWithRoom(crawler)


class _HostsWithRoom(DownloaderInterface):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._room = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        active = cast("HostDownloader", self.downloader).busy
        return [(active[host], host) for host in possible_slots if active[host] < self._room]


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
        user_agent = context_of(self._crawler).options.user_agent
        if why := rules.refuses(request.url, user_agent):
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
        rules = rules_of(
            response.status,
            response.body,
            user_agent=context.options.user_agent,
            longest_wait=context.options.longest_wait,
        )
        _downloader(self._crawler).slow_down(urlparse_cached(request).netloc.lower(), rules.delay)
        return rules


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
        downloader = _downloader(self.crawler)
        downloader.wait_for(downloader.get_slot_key(retried), growing if asked is None else asked)


class _Redirects:
    """Bounds on redirects: no circles, no page that is read under another address already."""

    crawler: Crawler

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        options = context_of(self.crawler).options
        passed = [*request.meta.get("redirect_urls", []), request.url]
        if redirected.url in passed:
            raise RefusedError("redirects in a circle")
        if len(passed) > options.redirects:
            raise RefusedError(f"redirects more than {options.redirects} times")
        if why := refusal(redirected.url, allow_private=options.allow_private):
            raise RefusedError(why)  # before it counts as a page that somebody leads to
        if (page := request.cb_kwargs.get("page")) is not None and not context_of(
            self.crawler
        ).claim(redirected.url, page):
            raise TwinError("leads to a page that is read already")
        followed = super()._redirect(redirected, request, reason)  # type: ignore[misc]
        return cast("Request", followed)


class BoundedRedirect(_Redirects, RedirectMiddleware):
    """Follows HTTP redirects within bounds."""


class BoundedMetaRefresh(_Redirects, MetaRefreshMiddleware):
    """Follows refreshes that a page asks for within bounds."""


def _downloader(crawler: Crawler) -> HostDownloader:
    return cast("HostDownloader", crawler.engine.downloader)
