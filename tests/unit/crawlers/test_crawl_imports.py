"""The crawling process starts at once: what only readers need is loaded by readers."""

from __future__ import annotations

import subprocess
import sys


def test_what_reads_pages_is_not_loaded_by_what_fetches_them() -> None:
    code = (
        "import sys, crawlers.crawl, crawlers.settings, crawlers.pipelines, crawlers.downloader.archiving, "
        "crawlers.downloader.middlewares, crawlers.spiders.coverage; print(' '.join(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    loaded = set(told.stdout.split())
    assert "scrapy" in loaded
    assert not loaded & {"numpy", "trafilatura", "py3langid", "crawlers.extract.page"}
