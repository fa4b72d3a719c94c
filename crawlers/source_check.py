"""Which sources of a registry answer today, asked in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from crawlers.discovery.source_health import Finding, judge, probes
from crawlers.options import CrawlOptions
from crawlers.process import project_settings, run_spiders
from crawlers.registry.outlets import Outlet

ARCHIVING = "crawlers.downloader.archiving.ArchiveMiddleware"
MOST_SECONDS = 900.0  # 198 outlets, asked politely, take a few minutes where all answer


def check_sources(
    outlets: Sequence[Outlet],
    *,
    options: CrawlOptions,
    now: str,
    seconds: float = MOST_SECONDS,
    progress: Callable[[Finding], None] | None = None,
) -> tuple[Finding, ...]:
    """What became of asking each source of these outlets once, in the registry's order.

    As politely as a crawl: robots.txt, delays, bounds, no private addresses unless `options`
    allows them. `now` is the time of asking, ISO 8601; `progress` hears of each finding as it
    comes. What was not answered after `seconds` is said to have failed. An interrupt (SIGINT) ends it in order: what was not asked by then is not in the result.
    Works once in a process, since Twisted's reactor does.
    """
    from crawlers.settings import DOWNLOADER_MIDDLEWARES
    from crawlers.spiders.source_check import CheckContext, ProbingSpider

    asked = tuple(dict.fromkeys(probes(outlets)))
    context = CheckContext(
        probes=asked, options=options, now=now, tell=progress or (lambda _: None)
    )
    kept_nowhere: dict[str, object] = {
        "DOWNLOADER_MIDDLEWARES": {**DOWNLOADER_MIDDLEWARES, ARCHIVING: None},
        "ITEM_PIPELINES": {},
        "CLOSESPIDER_TIMEOUT": seconds,
    }
    begun = monotonic()
    run_spiders(ProbingSpider, iter([context]), project_settings(options, kept_nowhere))
    if monotonic() - begun >= seconds:
        why = f"not answered within the {seconds:g} seconds that the check may take"
        for probe in asked:
            if probe not in context.findings:
                context.found(judge(probe, status=None, error=why, now=now))
    return tuple(context.findings[probe] for probe in asked if probe in context.findings)
