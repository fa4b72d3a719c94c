"""An outlet that wants to hold up a crawl costs the others nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Site, Web

pytestmark = pytest.mark.web

STORIES = 8
MOST_LATER = 5.0  # seconds that the machine itself may take more for the last page of two outlets than of one


def honest(web: Web) -> Site:
    site = web.site()
    paths = [f"/Selby-{number}" for number in range(STORIES)]
    for path in paths:
        site.story(path, path.strip("/"), wait=0.1)
    site.feed(paths)
    return site


def hostile_site(web: Web, hostile: Any) -> Site:
    """Rules, lists and pages that each cost what one may, as many as may be listed, and answers without an end."""
    answer = hostile.Answer
    agents = "".join(f"User-agent: bot{n}\n" for n in range(9_000))
    site: Site = web.site(answer(agents + "".join(f"Allow: /a{n}*b$\n" for n in range(9_000))))
    costly = "<html><body><ul>" + "<li>weir" * 95_000
    for number in range(20):
        site.pages[f"/costly-{number}"] = answer(costly)
    site.pages["/endless"] = hostile.never_ends
    site.pages["/drips"] = hostile.drips
    site.pages["/bomb"] = hostile.bomb(50)
    site.feed(["/endless", "/drips", "/bomb", *(f"/costly-{number}" for number in range(20))])
    return site


def seconds(crawler: Crawler, out: str, site: Site, web: Web) -> float:
    """From a crawl's first request anywhere to the last page of a site that is read; what is left is not waited for."""
    web.log.clear()
    rows = crawler.folder / out / "articles.jsonl"

    def is_read() -> bool:
        return rows.exists() and rows.read_text().count(f'"url":"{site.url("/Selby")}') == STORIES

    child = crawler.start(out, workers=2)
    try:
        crawler.wait_until(is_read, seconds=120)
        return time.monotonic() - web.log[0].at
    finally:
        child.kill()
        child.communicate()


def test_beside_a_hostile_outlet_an_honest_one_is_read_as_soon(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = honest(web)
    alone = seconds(crawler, "alone", site, web)
    hostile_site(web, hostile)
    assert seconds(crawler, "both", site, web) < 2 * alone + MOST_LATER
