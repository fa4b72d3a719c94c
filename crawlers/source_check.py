"""Which sources of a registry answer today, asked in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crawlers.discovery.source_health import Finding, probes
from crawlers.options import CrawlOptions
from crawlers.registry.outlets import Outlet

if TYPE_CHECKING:
    from scrapy.settings import Settings


def check_sources(
    outlets: Sequence[Outlet],
    *,
    options: CrawlOptions,
    now: str,
    progress: Callable[[Finding], None] | None = None,
) -> tuple[Finding, ...]:
    """What became of asking each source of these outlets once, in the registry's order.

    By the manners of a crawl: robots.txt, delays, bounds, no private addresses unless `options`
    allows them. `now` is the time of asking, ISO 8601; `progress` hears of each finding as it
    comes. An interrupt (SIGINT) ends it in order: what was not asked by then is not in the result.
    Works once in a process, since Twisted's reactor does.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.spiders.source_check import CheckContext, ProbingSpider

    asked = tuple(dict.fromkeys(probes(outlets)))
    context = CheckContext(
        probes=asked, options=options, now=now, tell=progress or (lambda _: None)
    )
    process = AsyncCrawlerProcess(_settings(options))
    task = process.crawl(ProbingSpider, context=context)
    main = threading.current_thread() is threading.main_thread()
    process.start(install_signal_handlers=main)
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error
    return tuple(context.findings[probe] for probe in asked if probe in context.findings)


def _settings(options: CrawlOptions) -> Settings:
    from scrapy.settings import Settings

    from crawlers import settings as project

    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.setdict(project.settings_for(options), priority="cmdline")
    kept = {
        **project.DOWNLOADER_MIDDLEWARES,
        "crawlers.downloader.archiving.ArchiveMiddleware": None,
    }
    settings.set("DOWNLOADER_MIDDLEWARES", kept, priority="cmdline")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    return settings
