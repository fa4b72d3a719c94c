"""Imported once by the process that crawls are forked from: what they import. Not Twisted's reactor, which each starts."""

from __future__ import annotations

import scrapy.core.downloader.handlers.http11
import scrapy.core.engine
import scrapy.crawler
import scrapy.extensions.logstats
import scrapy.spidermiddlewares.depth
import scrapy.utils.reactor  # noqa: F401

import crawlers.crawl
import crawlers.downloader.archiving
import crawlers.downloader.middlewares
import crawlers.downloader.slots
import crawlers.pipelines
import crawlers.session
import crawlers.settings
import crawlers.spiders.coverage  # noqa: F401
