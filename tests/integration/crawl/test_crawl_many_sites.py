"""Many sites with faults dealt out by chance: everything that can be read is, once, and by the rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Site, Web

SITES, PAGES, SEED = 6, 9, 20190324


@dataclass
class Truth:
    """What a crawl must reach, what it may ask for once only, and what it must not ask for."""

    readable: set[str] = field(default_factory=set)
    once: set[tuple[int, str]] = field(default_factory=set)
    forbidden: set[tuple[int, str]] = field(default_factory=set)


def robots(chance: random.Random, hostile: Any) -> Any:
    rules = hostile.Answer("User-agent: *\nDisallow: /private/")
    return chance.choice(
        [
            rules,
            hostile.Answer("User-agent: *\nDisallow: /private/\nCrawl-delay: 0.2"),
            hostile.Turns(hostile.Answer("busy", status=503), rules),
            hostile.Turns(hostile.reset, rules),
        ]
    )


def add_page(site: Site, path: str, kind: str, truth: Truth, hostile: Any) -> list[str]:
    """Put a page with a fault of this kind on a site; the addresses that announce it."""
    good = hostile.Answer(hostile.story_page(path.rpartition("/")[2]))
    retry = {"Retry-After": "1"}
    faults = {
        "an error first": hostile.Turns(hostile.Answer("oops", status=500), good),
        "too many first": hostile.Turns(hostile.Answer("busy", status=429, headers=retry), good),
        "a reset first": hostile.Turns(hostile.reset, good),
        "cut off first": hostile.Turns(hostile.Answer(good.body, cut=99), good),
    }
    if kind in faults:
        site.pages[path] = faults[kind]
        truth.readable.add(site.url(path))
        return [path]
    if kind == "missing":
        return [path]
    if kind == "circle":
        site.pages |= {path: hostile.moved(f"{path}/b"), f"{path}/b": hostile.moved(path)}
        return [path]
    if kind == "private":
        site.pages[f"/private{path}"] = good
        truth.forbidden.add((site.port, f"/private{path}"))
        return [f"/private{path}"]
    site.pages[path] = good
    truth.readable.add(site.url(path))
    truth.once.add((site.port, path))
    if kind == "moved":
        site.pages[f"{path}-old"] = hostile.moved(path)
    return {
        "twins": [path, f"{path}/amp", f"{path}?utm_source=feed", f"{path}#comments"],
        "moved": [f"{path}-old"],
    }.get(kind, [path])


KINDS = (
    "plain", "plain", "twins", "moved", "an error first", "too many first", "a reset first",
    "cut off first", "missing", "circle", "private",
)  # fmt: skip


def build(web: Web, hostile: Any) -> Truth:
    chance, truth = random.Random(SEED), Truth()
    for number in range(SITES):
        site = web.site(robots(chance, hostile))
        announced: list[str] = []
        for page in range(PAGES):
            path = f"/2019/03/24/story-{number}-{page}"
            announced += add_page(site, path, chance.choice(KINDS), truth, hostile)
        chance.shuffle(announced)
        site.feed(announced)
    return truth


def test_everything_that_can_be_read_is_read_once_and_by_the_rules(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    truth = build(web, hostile)
    done = crawler("out", retries=2, timeout=20.0, workers=2)
    assert set(done.articles) == truth.readable
    asked = [(one.port, one.path) for one in web.log]
    assert {page for page in truth.once if asked.count(page) != 1} == set()
    assert truth.forbidden.isdisjoint(asked)
    for row in done.ledger.values():
        assert row["found"] == row["read"] + row["failed"] + sum(row["skipped"].values())
        assert row["looked"] == "searched"
