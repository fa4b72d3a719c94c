"""Chromium as a downloader of pages that were fetched already: it runs their scripts, we fetch for it.

scrapy-playwright drives it. The page itself and whatever its scripts ask for come from this
crawl's own downloader, by the politeness and bounds of everything else: robots.txt, delays, refused
addresses, sizes, times, the archive. The browser has no network of its own (`rendering`).
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawlers.archive.writer import RENDERED_KIND
from crawlers.downloader.failures import RenderError
from crawlers.downloader.rendering import PLAIN, RENDERS, SETTLED
from crawlers.session import context_of
from crawlers.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Route, WebSocketRoute
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MOST_ASKED = 60  # requests of one page's scripts; a page that needs more is not a text with scripts
_RUNS = frozenset({"script", "fetch", "xhr"})  # no picture, style, font, frame or film
_OURS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
_CLOSING = 5.0  # seconds
# A page stays where it is: one whose leaving is only refused a download waits for it for ever.
_STAYS = (
    "navigation.addEventListener('navigate', go => {"
    " if (!go.destination.sameDocument) go.preventDefault(); });"
)
# What speaks to the network past every request: peers (UDP to any address) and sockets of their own.
_ALONE = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel',"
    " 'RTCIceTransport', 'RTCDtlsTransport', 'WebTransport', 'UDPSocket', 'TCPSocket'])"
    " delete globalThis[name];"
)

log = logging.getLogger(__name__)


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Renders the requests that are marked so; downloads all others as Scrapy does."""

    _one: ClassVar[WeakKeyDictionary[Any, BrowserHandler]] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserHandler:
        """One for http and https: each would start a browser of its own."""
        if crawler not in cls._one:
            cls._one[crawler] = cls(crawler)
        return cls._one[crawler]

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler_served = crawler
        self._opened = 0
        self._is_closed = False

    async def download_request(self, request: Request) -> Response:
        """The answer, or the page as it is once its scripts have run; raises RenderError."""
        if not request.meta.get(RENDERS):
            return cast("Response", await super().download_request(request))
        options = context_of(self._crawler_served).options
        self._opened += 1
        supplies = _Supplies(self._crawler_served, request.meta[PLAIN])
        request.meta.update(
            {
                "playwright_context": f"page {self._opened}",
                "playwright_context_kwargs": _context(options.user_agent),
                "playwright_page_init_callback": supplies.install,
                "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
                SETTLED: [PageMethod(_settle, options.render_timeout / 3)],
            }
        )
        try:
            async with asyncio.timeout(options.render_timeout):
                page = await super().download_request(request)
        except (TimeoutError, PlaywrightTimeoutError) as error:
            raise RenderError(
                f"its scripts take longer than {options.render_timeout:g} s"
            ) from error
        except PlaywrightError as error:
            log.warning("%s was not rendered: %s", request.url, error)
            raise RenderError("it could not be rendered") from error
        finally:
            await self._closed(supplies)
        return _as_html(page, request, largest=options.largest)

    async def _closed(self, supplies: _Supplies) -> None:
        """Close a page with its context; a browser that cannot even do that is ended."""
        if supplies.page is None:
            return
        try:
            async with asyncio.timeout(_CLOSING):
                await supplies.page.context.close()
        except (TimeoutError, PlaywrightError):
            with suppress(TimeoutError, PlaywrightError, AttributeError):
                async with asyncio.timeout(_CLOSING):
                    await self.browser.close()

    async def close(self) -> None:
        """End the browser, once for both schemes."""
        if not self._is_closed:
            self._is_closed = True
            with suppress(PlaywrightError):
                await super().close()


def _context(user_agent: str) -> dict[str, Any]:
    """A context for one page alone: nothing is kept from one page, or outlet, to the next."""
    return {
        "user_agent": user_agent,
        "service_workers": "block",
        "accept_downloads": False,
        "ignore_https_errors": True,
    }


async def _settle(page: Page, seconds: float) -> None:
    """Wait until the page asks for nothing more, but not for ever: some ask all the time."""
    with suppress(PlaywrightTimeoutError):
        await page.wait_for_load_state("networkidle", timeout=1000 * seconds)


def _same_host(shown: str, asked: str) -> bool:
    """Whether the browser still shows the page's own site, not another or its own error page."""
    return host_of(shown) == host_of(asked)


def _as_html(page: Response, request: Request, *, largest: int) -> Response:
    if not _same_host(page.url, request.url):
        raise RenderError("its scripts lead elsewhere")
    body = cast("HtmlResponse", page).text.encode("utf-8", "replace")
    if len(body) > largest:
        raise RenderError(f"larger than {largest / 1e6:g} MB")
    return HtmlResponse(
        request.url,
        headers={"Content-Type": RENDERED_KIND},
        body=body,
        encoding="utf-8",
        request=request,
        flags=["playwright"],
    )


class _Supplies:
    """What one page in the browser is given: itself as it was fetched, and what its scripts ask for.

    Their requests do go through the engine from within a download, which Scrapy advises against
    since a host's slot may be full of downloads that wait for it; this one is in no host's slot.
    """

    def __init__(self, crawler: Crawler, plain: Response) -> None:
        self.page: Page | None = None
        self._engine: Any = crawler.engine
        self._plain = plain
        self._given = False
        self._asked = 0

    async def install(self, page: Page, _: Request) -> None:
        """Stand between the page and every network."""
        self.page = page
        await page.context.add_init_script(_STAYS + _ALONE)  # in frames and new windows, too
        await page.route("**/*", self._answer)
        await page.route_web_socket("**/*", _refused)

    async def _answer(self, route: Route) -> None:
        with suppress(PlaywrightError):  # the page may be gone by now
            response = await self._response(route)
            if response is None:
                # Of a page that would leave, "aborted" keeps what is there; others show an error page.
                await route.abort("aborted")
                return
            headers = {
                name.decode("latin-1"): b", ".join(values).decode("latin-1")
                for name, values in response.headers.items()
                if name.decode("latin-1").lower() not in _OURS
            }
            await route.fulfill(status=response.status, headers=headers, body=response.body)

    async def _response(self, route: Route) -> Response | None:
        """What is given for a request; None for what a page does not need for its text."""
        asked = route.request
        if asked.is_navigation_request():
            first, self._given = not self._given, True
            return self._plain if first and asked.url == self._plain.url else None
        self._asked += 1
        if asked.method != "GET" or asked.resource_type not in _RUNS or self._asked > MOST_ASKED:
            return None
        request = Request(asked.url, dont_filter=True, headers={"Referer": self._plain.url})
        try:
            return cast("Response", await self._engine.download_async(request))
        except Exception as error:  # noqa: BLE001 - refused or failed, the page gets nothing
            log.info("%s, asked for by %s, was not fetched: %r", asked.url, self._plain.url, error)
            return None


async def _refused(socket: WebSocketRoute) -> None:
    await socket.close()
