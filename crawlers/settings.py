"""Scrapy's settings: what every crawl has, and what its options add."""

from __future__ import annotations

from typing import Any

from crawlers.downloader.politeness import MOST_REDIRECTS
from crawlers.downloader.rendering import settings_for_browser
from crawlers.downloader.slots import SHORTEST_DELAY
from crawlers.options import CrawlOptions

BOT_NAME = "parallax"
SPIDER_MODULES = ["crawlers.spiders"]
NEWSPIDER_MODULE = "crawlers.spiders"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "crawlers.downloader.safety.PublicResolver"
LONGEST_LOOKUP = 10.0  # seconds; a name server that takes longer is not answering
REACTOR_THREADPOOL_MAXSIZE = 32  # names are looked up there, each for as long as its server likes
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False
COOKIES_ENABLED = False
REFERER_ENABLED = True
# A proxy would connect for us, where no address is checked; the environment must not set one.
HTTPPROXY_ENABLED = False
# Ours below checks every hop and fails closed.
ROBOTSTXT_OBEY = False
# Only http and https: no file, data, ftp or s3 address ever reaches a handler.
DOWNLOAD_HANDLERS = {"data": None, "file": None, "s3": None, "ftp": None}
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = False  # the words of a page with a lapsed certificate still count
METAREFRESH_MAXDELAY = 3  # longer ones reload a front page for those who watch it
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
}

AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
SCHEDULER_PRIORITY_QUEUE = "crawlers.downloader.slots.PatientQueue"
DOWNLOADER = "crawlers.downloader.slots.HostDownloader"
# While pages of this many bytes wait to be read, no further ones are asked for; of one host, HostDownloader waits
# at a twelfth of it, so that no host holds up the others.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 96_000_000

# A callback here yields few items; Scrapy would start this many tasks for each answer.
CONCURRENT_ITEMS = 2
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the spider's source again for every answer

EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawlers.downloader.slots.HostThrottle": 0,
    "crawlers.downloader.middlewares.NoFurther": 0,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawlers.downloader.unpacking.StrictUnpacking": 590,
    "crawlers.downloader.middlewares.AddressMiddleware": 50,
    "crawlers.downloader.middlewares.RobotsMiddleware": 100,
    "crawlers.downloader.middlewares.PatientRetry": 550,
    "crawlers.downloader.middlewares.BoundedMetaRefresh": 580,
    "crawlers.downloader.middlewares.BoundedRedirect": 600,
    "crawlers.downloader.archiving.ArchiveMiddleware": 950,
}
# Each is a generator that every row and request passes through, and neither is used here.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
ITEM_PIPELINES = {"crawlers.pipelines.JournalPipeline": 100}

URLLENGTH_LIMIT = 0  # Scrapy would drop longer ones without a word; `canonical_url` bounds them

LOG_ENABLED = False
LOG_INSTALL_ROOT_HANDLER = False
LOG_LEVEL = "INFO"
STATS_DUMP = False


def settings_for(options: CrawlOptions) -> dict[str, Any]:
    """The settings that a crawl's options stand for, beside this module's own."""
    settings = {
        "USER_AGENT": options.user_agent,
        "DOWNLOAD_DELAY": max(options.delay, SHORTEST_DELAY),
        "AUTOTHROTTLE_START_DELAY": max(options.delay, SHORTEST_DELAY),
        "AUTOTHROTTLE_MAX_DELAY": options.longest_wait,
        "CONCURRENT_REQUESTS": options.at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.per_host,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.largest,
        "DNS_TIMEOUT": min(options.timeout, LONGEST_LOOKUP),
        "RETRY_TIMES": options.retries,
        "REDIRECT_MAX_TIMES": MOST_REDIRECTS + 1,  # ours counts first, and says so
        "PRIVATE_ADDRESSES": options.allow_private,
    }
    if options.browser is not None and not options.from_archive:
        settings |= settings_for_browser(options, options.browser)
    return settings
