"""Asks every source of a registry once, as politely as a crawl, and judges the answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.discovery.found import FoundUrl
from crawlers.discovery.source_health import Finding, Probe, judge
from crawlers.downloader.failures import error_of, explain, request_of
from crawlers.options import CrawlOptions

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure as TwistedFailure


@dataclass(slots=True, kw_only=True)
class CheckContext:
    """What one check of sources knows and gathers; `tell` hears of each finding."""

    probes: tuple[Probe, ...]
    options: CrawlOptions
    now: str
    tell: Callable[[Finding], None]
    findings: dict[Probe, Finding] = field(default_factory=dict)
    sitemaps: dict[str, tuple[FoundUrl, ...]] = field(default_factory=dict)
    replays_foreign: bool = False  # what the middlewares ask of a crawl; a check replays nothing

    def found(self, finding: Finding) -> None:
        """Keep a finding and tell of it."""
        self.findings[finding.probe] = finding
        self.tell(finding)


class ProbingSpider(Spider):
    """Finds out which sources of a registry answer."""

    name = "probing"

    def __init__(self, context: CheckContext | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if context is None:
            raise ValueError("Check the sources with `parallax outlets check`.")
        self.context = context

    async def start(self) -> AsyncIterator[Any]:
        """One request for each source."""
        for probe in self.context.probes:
            yield Request(
                probe.url,
                callback=self.answered,
                errback=self.failed,
                cb_kwargs={"probe": probe},
                dont_filter=True,
            )

    async def answered(self, response: Response, probe: Probe) -> None:
        """Judge what a source says."""
        finding = await asyncio.to_thread(
            judge, probe, status=response.status, body=response.body, now=self.context.now
        )
        self.context.found(finding)

    def failed(self, failed: TwistedFailure) -> None:
        """Judge that a source does not answer."""
        request, error = request_of(failed), error_of(failed)
        status = error.response.status if isinstance(error, HttpError) else None
        _, reason = explain(error, request.url, self.context.options)
        probe = request.cb_kwargs["probe"]
        self.context.found(judge(probe, status=status, error=reason, now=self.context.now))
