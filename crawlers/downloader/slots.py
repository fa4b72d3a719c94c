"""Hosts' slots in Scrapy's downloader: how many requests a host is sent at once, and how far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from scrapy.core.downloader import Downloader
from scrapy.extensions.throttle import AutoThrottle
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface
from scrapy.utils.httpobj import urlparse_cached

from crawlers.downloader.rendering import RENDERS, SLOT

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

# Bytes of a host's pages that have come and wait for being read; while there are more, it is asked for none.
MOST_UNREAD = 8_000_000
SHORTEST_DELAY = 0.001  # seconds; a slot without any delay cannot be told to wait


class HostDownloader(Downloader):
    """Counts and delays by host and port, after redirects too."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.busy: Counter[str] = Counter()
        self.unread: Counter[str] = Counter()
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

    @contextmanager
    def being_read(self, response: Response) -> Iterator[None]:
        """Count an answer as unread meanwhile."""
        host, size = urlparse_cached(response).netloc.lower(), len(response.body)
        self.unread[host] += size
        try:
            yield
        finally:
            self.unread[host] -= size

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
        slot.delay = max(slot.delay, downloader_of(self.crawler).least_delay(host))


class PatientQueue(DownloaderAwarePriorityQueue):
    """Hands out a host's requests only while that host has room, and not too many pages that are unread.

    Otherwise those of a slow host would fill up the downloader, its slow pages the memory for answers, and every
    other host would wait.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._downloader_interface = _HostsWithRoom(crawler)


class _HostsWithRoom(DownloaderInterface):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._room = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        downloader = cast("HostDownloader", self.downloader)
        active, unread = downloader.busy, downloader.unread
        return [
            (active[host], host)
            for host in possible_slots
            if active[host] < self._room and unread[host] < MOST_UNREAD
        ]


def downloader_of(crawler: Crawler) -> HostDownloader:
    """The downloader of a crawl that is running."""
    return cast("HostDownloader", crawler.engine.downloader)
