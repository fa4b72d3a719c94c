"""One crawl of thirty outlets with every fault: what can be read is, once, by the rules, and is sorted
to its event; and the same comes of it if the crawl is killed at a random moment and run again.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compare.codec import read_articles
from compare.datamodel import Completeness
from tests.integration.crawl.newsroom import all_news
from tests.integration.crawl.thirty_outlets import LOST, OUTLETS, READABLE, Truth, build

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from compare.embedding.encoder import Encoded, Encoder
    from tests.integration.crawl.conftest import Asked, Crawled, Crawler, Web

LEAST_RECALL, LEAST_PRECISION = 0.97, 0.95
SETTINGS = {"retries": 2, "timeout": 6.0, "workers": 2, "sources": 8, "per_host": 4}
IN_FLIGHT = 64  # requests at once, at most: only these may be asked for again after a kill


@dataclass
class Thirty:
    """The web, what there is to find in it, and what an undisturbed crawl found and asked for."""

    web: Web
    truth: Truth
    crawler: Crawler
    registry: Path
    crawled: Crawled
    log: list[Asked]

    def paths(self) -> Counter[str]:
        return Counter(f"http://127.0.0.1:{one.port}{one.path}" for one in self.log)


@pytest.fixture(scope="module")
def thirty(hostile: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thirty]:
    web = hostile.Web()
    truth = build(web, hostile)
    folder = tmp_path_factory.mktemp("thirty")
    crawler = hostile.Crawler(web, folder)
    registry = crawler.registry()
    for number in (5, 6):
        line = f'domain = "{web.sites[number - 1].host}"\n'
        maps = f'sitemaps = ["{web.sites[number - 1].url("/calendar/0")}"]\n'
        registry.write_text(registry.read_text().replace(line, line + maps))
    crawled = crawler("undisturbed", registry=registry, **SETTINGS)
    yield Thirty(web, truth, crawler, registry, crawled, list(web.log))
    crawler.end()
    web.close()


def test_the_web_is_as_large_and_as_faulty_as_it_says(thirty: Thirty) -> None:
    pages = thirty.truth.pages.values()
    assert (len(thirty.web.sites), len(pages), len(all_news())) == (OUTLETS, 600, 20)
    assert {page.kind for page in pages} == {*READABLE, *LOST}
    assert len(thirty.truth.closed) == 2
    assert len(thirty.truth.delayed) == 3


def test_all_that_can_be_read_by_the_rules_is_read_and_nothing_else(thirty: Thirty) -> None:
    assert set(thirty.crawled.articles) == set(thirty.truth.readable())
    assert len(thirty.crawled.articles) == len(
        [row for row in thirty.crawled.rows if row["type"] == "article"]
    )


def test_every_page_that_is_lost_says_why(thirty: Thirty) -> None:
    closed = {site.host for site in thirty.truth.closed}
    lost = [page for page in thirty.truth.pages.values() if page.kind in LOST]
    for page in lost:
        if page.site.host not in closed:
            path = f"/private{page.path}" if "robots" in page.kind else page.path
            row = thirty.crawled.failures.get(page.site.url(path), {"reason": "no row"})
            assert LOST[page.kind][1] in row["reason"], page
    reasons = {row["reason"] for row in thirty.crawled.failures.values()}
    assert "robots.txt cannot be read (HTTP 503), so nothing is allowed" in reasons


def test_of_a_paywalled_page_only_what_it_shows_is_claimed(thirty: Thirty) -> None:
    walled = [url for url, page in thirty.truth.readable().items() if page.kind == "a paywall"]
    assert walled
    for url in walled:
        assert thirty.crawled.articles[url]["completeness"] == Completeness.PAYWALLED


def test_a_wrong_charset_leaves_no_broken_letters(thirty: Thirty) -> None:
    wrong = [url for url, page in thirty.truth.readable().items() if page.kind == "a wrong charset"]
    texts = [thirty.crawled.articles[url]["text"] for url in wrong]
    assert any("– “café”" in text for text in texts)
    assert not [text for text in texts if "�" in text or "â€" in text]


def test_no_page_is_fetched_twice(thirty: Thirty) -> None:
    """But for what asked to be asked again, or failed in a way that may pass."""
    again = {"a 5xx first", "a 429 with Retry-After first", "a reset first", "broken off first",
             "always 5xx", "dripping for ever"}  # fmt: skip
    times = thirty.paths()
    for url, page in thirty.truth.pages.items():
        assert times[url] <= (3 if page.kind in again else 1), page.kind
        assert f"{url}/amp" not in times
        assert f"{url}?utm_source=feed" not in times


def test_no_rule_of_any_robots_txt_is_broken(thirty: Thirty) -> None:
    assert not [url for url in thirty.paths() if "/private/" in url]
    for site in thirty.web.sites:
        asked = [one for one in thirty.log if one.port == site.port]
        assert asked[0].path == "/robots.txt"
        if site in thirty.truth.closed:
            assert {one.path for one in asked} == {"/robots.txt"}
        if (delay := thirty.truth.delayed.get(site.host)) is not None:
            # The server may see two requests closer together than they were sent, not all of them.
            apart = [b.at - a.at for a, b in itertools.pairwise(asked)]
            assert sum(apart) >= delay * len(apart) * 0.95


def test_an_endless_calendar_ends_and_the_ledger_accounts_for_all(thirty: Thirty) -> None:
    calendars = [url for url in thirty.paths() if "/calendar/" in url]
    assert 2 <= len(calendars) <= 2 * 8
    for row in thirty.crawled.ledger.values():
        elsewhere = ("places", "another")
        pages = {
            why: n for why, n in row["skipped"].items() if not any(w in why for w in elsewhere)
        }
        assert row["found"] == row["read"] + row["failed"] + sum(pages.values()), row


class Remembering:
    """An encoder that has each text ready once it was asked: twenty events are looked for among the same articles."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(fresh, self._encoder.encode(fresh), strict=True)
        return [self._known[text] for text in texts]


@pytest.mark.model
def test_the_articles_of_each_event_are_found_among_all_others(thirty: Thirty) -> None:
    from compare.embedding.open import open_encoder
    from compare.gate.decide import gate
    from parallax.environment import cache_folder

    articles, _ = read_articles(thirty.crawled.out / "articles.jsonl")
    encoder = Remembering(open_encoder(None, cache_folder()))
    wanted = {
        (page.event, url) for url, page in thirty.truth.readable().items() if page.event is not None
    }
    urls = {article.id: article.url or "" for article in articles}
    found = {
        (event.key, urls[decision.id])
        for event in all_news()
        for decision in gate(event.about, articles, encoder=encoder)
        if decision.on_event
    }
    assert len(found & wanted) / len(wanted) >= LEAST_RECALL
    assert len(found & wanted) / len(found) >= LEAST_PRECISION


def cited(raw: bytes, *, but: Container[str]) -> list[bytes]:
    """The lines of a file of articles, without the archived record of the pages at these addresses."""
    return [
        re.sub(rb',"record":"[^"]*"', b"", line) if json.loads(line).get("url") in but else line
        for line in raw.splitlines(keepends=True)
    ]


def test_killed_at_a_random_moment_and_run_again_it_reaches_the_same_file(thirty: Thirty) -> None:
    moment = random.SystemRandom().randint(60, 500)
    thirty.web.log.clear()
    child = thirty.crawler.start("killed", registry=thirty.registry, **SETTINGS)
    thirty.crawler.wait_until(lambda: len(thirty.web.log) > moment, seconds=120)
    child.kill()
    child.communicate()
    before = Counter((one.port, one.path) for one in thirty.web.log)
    kept = (thirty.crawled.out.parent / "killed" / "articles.jsonl").read_bytes().splitlines(True)
    resumed = thirty.crawler("killed", registry=thirty.registry, **SETTINGS)

    # Read by way of its print view, a page has an address that nobody may have asked for yet, and either
    # answer may be the one that it was read from.
    printed = {page.url for page in thirty.truth.pages.values() if page.kind == "a print view"}
    assert cited(resumed.raw, but=printed) == cited(thirty.crawled.raw, but=printed), moment
    whole = {line for line in kept if line.endswith(b"\n")}
    assert set(cited(b"".join(whole), but=printed)) <= set(cited(resumed.raw, but=printed)), moment
    after = Counter((one.port, one.path) for one in thirty.web.log) - before
    read = {json.loads(line)["url"] for line in whole if b'"type":"article"' in line} - printed
    asked_again = {f"http://127.0.0.1:{port}{path}" for port, path in after}
    assert read.isdisjoint(asked_again), moment
    fetched_before = {page for page in before if page in after}
    fails = {"always 5xx", "dripping for ever", "never ending", "a gzip bomb"}
    once = {
        (page.site.port, page.path)
        for page in thirty.truth.pages.values()
        if page.kind not in fails and "first" not in page.kind
    }
    assert len(fetched_before & once) <= IN_FLIGHT, moment
