"""Scrapy's reactor in this process: spiders one after the other, and signals given back afterwards."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from compare.errors import ParallaxError
from crawlers.options import CrawlOptions

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.settings import Settings


def project_settings(options: CrawlOptions, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Scrapy's settings: this project's, what the options stand for, and some in place of those."""
    from scrapy.settings import Settings

    from crawlers import settings as project

    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.setdict({**project.settings_for(options), **(overrides or {})}, priority="cmdline")
    return settings


def run_spiders(spider: type[Spider], contexts: Iterator[object], settings: Settings) -> bool:
    """Run the reactor until a spider has run for each context, the next when one came to its own end.

    Returns whether each did; an interrupt (SIGINT) ends them in order. Raises what a spider or the
    making of a context raised. Works once in a process, since Twisted's reactor does.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    tasks: list[asyncio.Task[None]] = []
    begun: list[Crawler] = []
    errors: list[BaseException] = []

    def begin_next(_: object = None) -> None:
        if begun and not _came_to_its_end(begun[-1]):
            return
        try:
            context = next(contexts, None)
        except ParallaxError as error:  # raised in a callback, it would only be logged
            errors.append(error)
            return
        if context is not None:
            begun.append(process.create_crawler(spider))
            tasks.append(process.crawl(begun[-1], context=context))
            tasks[-1].add_done_callback(begin_next)

    with _signals_kept():
        process = AsyncCrawlerProcess(settings)
        begin_next()
        process.start(install_signal_handlers=_in_main_thread())
    done = [task for task in tasks if task.done() and not task.cancelled()]
    errors.extend(error for task in done if (error := task.exception()) is not None)
    if errors:
        raise errors[0]
    return all(map(_came_to_its_end, begun))


def _came_to_its_end(crawler: Crawler) -> bool:
    return getattr(crawler.spider, "closed_because", "") == "finished"


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Scrapy leaves its own handlers behind; an interrupt after the crawl would go nowhere."""
    if not _in_main_thread():
        yield
        return
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            if handler is not None:
                signal.signal(number, handler)
