"""A crawl that is killed, stopped, replayed or repeated loses nothing and asks for nothing twice."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Web


@pytest.fixture
def busy(web: Web, hostile: Any) -> Web:
    """Two sites with a dozen pages each, slow enough to be caught in the middle, and some faults."""
    for name in ("Ilford", "Jarrow"):
        site = web.site()
        paths = [f"/{name}-{place}" for place in range(12)]
        for path in paths:
            site.story(path, path.strip("/"), wait=0.05)
        site.pages["/gone"] = hostile.Answer("gone", status=410)
        site.pages["/reset"] = hostile.reset
        site.pages["/moved"] = hostile.moved(f"/{name}-0")
        site.feed([*paths, "/gone", "/reset", "/moved", "/private/x"])
    return web


def fetched_twice(web: Web) -> set[str]:
    return {
        site.url(path)
        for site in web.sites
        for path, times in site.times_asked().items()
        if times > 1 and path != "/reset"
    }


def test_killed_in_the_middle_and_run_again_it_reaches_the_same_file(
    busy: Web, crawler: Crawler
) -> None:
    undisturbed = crawler("undisturbed")
    busy.log.clear()

    child = crawler.start("killed")
    crawler.wait_until(lambda: len(busy.log) > 14)
    child.kill()
    child.communicate()
    on_the_way = list(busy.log)
    before = (Path(undisturbed.out).parent / "killed" / "articles.jsonl").read_bytes()
    resumed = crawler("killed")

    assert resumed.raw == undisturbed.raw
    assert {line for line in before.splitlines() if line.endswith(b"}")} <= set(
        resumed.raw.splitlines()
    )
    asked_anew = {(one.port, one.path) for one in busy.log[len(on_the_way) :]}
    in_flight = {(one.port, one.path) for one in on_the_way[-4:]}
    again = asked_anew & {(one.port, one.path) for one in on_the_way}
    assert {path for path in again if path[1] != "/reset"} <= in_flight


def test_an_interrupt_ends_it_in_order_and_it_can_go_on(busy: Web, crawler: Crawler) -> None:
    undisturbed = crawler("undisturbed")
    busy.log.clear()

    child = crawler.start("stopped")
    crawler.wait_until(lambda: len(busy.log) > 14)
    child.send_signal(signal.SIGINT)
    stopped = crawler.result("stopped", child)
    assert stopped.said["finished"] is False
    assert json.loads((stopped.out / "crawl.json").read_bytes())["state"] == "interrupted"
    assert 0 < stopped.said["read"] < 24
    assert stopped.said["read"] == len(stopped.articles)

    assert crawler("stopped").raw == undisturbed.raw
    assert fetched_twice(busy) == set()


def test_the_archive_replays_byte_for_byte_without_the_network(busy: Web, crawler: Crawler) -> None:
    live = crawler("live")
    busy.log.clear()
    files = sorted((live.out / "archive").iterdir())
    replayed = crawler("replayed", from_archive=files, now="2024-01-01T00:00:00+00:00")
    assert replayed.raw == live.raw
    assert replayed.ledger == live.ledger
    assert busy.log == []
    assert not (replayed.out / "archive").exists()


def test_run_again_when_finished_it_asks_for_nothing(busy: Web, crawler: Crawler) -> None:
    first = crawler("out")
    busy.log.clear()
    assert crawler("out").raw == first.raw
    assert busy.log == []


def test_refreshed_it_keeps_changed_articles_as_versions(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    site = web.site()
    for path in ("/stays", "/changes"):
        site.story(path, path.strip("/"))
    site.feed(["/stays", "/changes"])
    crawler("out", now="2019-04-01T12:00:00+00:00")
    site.story("/changes", "quite another town")
    again = crawler("out", now="2019-04-02T12:00:00+00:00", refresh=True)
    told = [(row["url"], row["fetched_at"][:10]) for row in again.rows]
    assert told == [
        (site.url("/changes"), "2019-04-01"),
        (site.url("/changes"), "2019-04-02"),
        (site.url("/stays"), "2019-04-01"),
    ]
    assert len({row["id"] for row in again.rows}) == 3


def test_a_warc_by_wget_is_read(web: Web, crawler: Crawler, tmp_path: Path) -> None:
    site = web.site()
    urls = [site.story(f"/{name}", name) for name in ("kendal", "luton")]
    wget = ["wget", "--quiet", "--warc-file", str(tmp_path / "theirs"), "-O", "/dev/null", *urls]
    try:
        subprocess.run(wget, check=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("wget is not installed")
    web.log.clear()
    replayed = crawler("out", from_archive=[tmp_path / "theirs.warc.gz"])
    assert set(replayed.articles) == set(urls)
    assert web.log == []


def test_an_archive_that_cannot_be_read_is_named(
    web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    web.site()
    page = tmp_path / "page.html"
    page.write_text("<html>")
    said = crawler("out", from_archive=[page]).said
    assert said["error"] == "InputError"
    assert "page.html" in said["message"]


def test_another_events_folder_is_refused(web: Web, crawler: Crawler) -> None:
    web.site().feed([])
    crawler("out")
    said = crawler("out", event={"about": "something else"}).said
    assert said["error"] == "UsageError"
    assert "another event" in said["message"]


def test_a_folder_that_cannot_be_written_is_said(
    web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    web.site()
    (tmp_path / "file").write_text("in the way")
    said = crawler("file/out").said
    assert said["error"] == "OutputError"
