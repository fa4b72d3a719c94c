"""Which pages are read a second time in a browser, and the request that asks for it.

The browser itself is in `browser`, which needs the extra `browser`; nothing here does.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request

from compare.datamodel import Article, Completeness, Failure
from compare.kinds import Cause

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawlers.options import CrawlOptions
    from crawlers.registry.outlets import Outlet

SLOT = "in a browser"  # what the downloader counts them under: they take no host's turn
AT_ONCE = 2
BARE_WORDS = 25  # "Loading ..." and a standfirst; no outlet's articles are shorter

RENDERS, PLAIN, SETTLED = "playwright", "plain_page", "playwright_page_methods"


def wants_scripts(row: Article | Failure, outlet: Outlet | None) -> bool:
    """Whether scripts may give more of a page than was read: its outlet says so, or it is bare.

    What is behind a paywall, a consent dialogue or a robot check is never one: a browser is here to
    read what a page shows everybody, not to get past anything.
    """
    if isinstance(row, Failure):
        told = outlet is not None and outlet.scripts
        return row.cause is Cause.NEEDS_SCRIPTS or (told and row.cause is Cause.NO_TEXT)
    if row.completeness is Completeness.PAYWALLED:
        return False
    if outlet is not None and outlet.scripts:
        return True
    return row.completeness is not Completeness.FULL and len(row.text.split()) < BARE_WORDS


def better_of(plain: Article | Failure, rendered: Article | Failure) -> Article | Failure:
    """The row that gives more; where none is an article, the plain one, with the browser's reason."""
    if isinstance(rendered, Failure):
        if isinstance(plain, Article):
            return plain
        return _also(plain, rendered.reason)
    if isinstance(plain, Article) and len(rendered.text) <= len(plain.text):
        return plain
    return rendered


def not_rendered(plain: Article | Failure, why: str) -> Article | Failure:
    """The row of a page that a browser could not render; an article stays as it was read."""
    return plain if isinstance(plain, Article) else _also(plain, why)


def _also(plain: Failure, why: str) -> Failure:
    reason = plain.reason if why == plain.reason else f"{plain.reason}; in a browser: {why}"
    return replace(plain, reason=reason)


def render_request(response: Response) -> Request:
    """The request to render a page that was fetched; it goes no redirect, retry or host's turn."""
    return Request(
        response.url,
        dont_filter=True,
        meta={
            RENDERS: True,
            PLAIN: response,
            "download_slot": SLOT,
            "dont_redirect": True,
            "autothrottle_dont_adjust_delay": True,
        },
    )


def settings_for_browser(options: CrawlOptions, chromium: Path) -> dict[str, Any]:
    """Scrapy's settings for rendering with this Chromium, which is kept off the network."""
    handler = "crawlers.downloader.browser.BrowserHandler"
    return {
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            "data": None,
            "file": None,
            "s3": None,
            "ftp": None,
        },
        "DOWNLOAD_SLOTS": {SLOT: {"concurrency": AT_ONCE, "delay": 0, "jitter": 0.0}},
        # Started with the crawl, so that no page's time goes by while the browser comes up.
        "PLAYWRIGHT_CONTEXTS": {"ready": {}},
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": options.render_timeout * 1000,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": str(chromium),
            "args": list(_OFF_THE_NETWORK),
            "chromium_sandbox": not _is_root(),
        },
    }


# Every byte that a page asks for comes from this crawl's downloader. Should a request get past it,
# it finds no name and no proxy: nothing that the browser does by itself reaches any network.
_OFF_THE_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://0.0.0.0:9",
    "--proxy-bypass-list=<-loopback>",
    # Chromium has had both names; one that it does not know does nothing, and says nothing. So pages are
    # given no peer connections either (`browser`), and a test counts packets.
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--js-flags=--max-old-space-size=512",
)


def _is_root() -> bool:
    """Chromium's sandbox refuses to be set up by root, as in most containers."""
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
