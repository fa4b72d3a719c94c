"""Downloads that are broken off when their headers come, since no page that could be read follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import StopDownload

from crawlers.extract.markup import is_no_page

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers

STOPPED = "download_stopped"  # Scrapy's flag on an answer whose body was not awaited


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
