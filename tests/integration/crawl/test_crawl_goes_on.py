"""A crawl that is killed, stopped, replayed or repeated loses nothing and asks for nothing twice."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Child, Crawled, Crawler, Web


@dataclass
class Busy:
    """Two sites with a dozen pages each, slow enough to be caught in the middle, and some faults."""

    web: Web
    crawler: Crawler
    undisturbed: Crawled


@pytest.fixture(scope="module")
def first(hostile: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    web = hostile.Web()
    for name in ("Ilford", "Jarrow"):
        site = web.site()
        paths = [f"/{name}-{place}" for place in range(12)]
        for path in paths:
            site.story(path, path.strip("/"), wait=0.05)
        site.pages["/gone"] = hostile.Answer("gone", status=410)
        site.pages["/reset"] = hostile.reset
        site.pages["/moved"] = hostile.moved(f"/{name}-0")
        site.feed([*paths, "/gone", "/reset", "/moved", "/private/x"])
    crawler = hostile.Crawler(web, tmp_path_factory.mktemp("busy"))
    yield Busy(web, crawler, crawler("undisturbed"))
    crawler.end()
    web.close()


@pytest.fixture
def busy(first: Busy) -> Busy:
    """The sites when they have just been crawled undisturbed, and have not been asked since."""
    first.web.log.clear()
    return first


def caught(busy: Busy, out: str) -> Child:
    """A crawl in the middle: some pages are fetched, not all."""
    child = busy.crawler.start(out)
    busy.crawler.wait_until(lambda: len(busy.web.log) > 14)
    return child


def test_killed_in_the_middle_and_run_again_it_reaches_the_same_file(busy: Busy) -> None:
    child = caught(busy, "killed")
    child.kill()
    child.communicate()
    on_the_way = list(busy.web.log)
    before = (busy.undisturbed.out.parent / "killed" / "articles.jsonl").read_bytes()
    resumed = busy.crawler("killed")

    assert resumed.raw == busy.undisturbed.raw
    finished = {line for line in before.splitlines(keepends=True) if line.endswith(b"\n")}
    assert finished <= set(resumed.raw.splitlines(keepends=True))
    anew = {(one.port, one.path) for one in busy.web.log[len(on_the_way) :]}
    in_flight = {(one.port, one.path) for one in on_the_way[-4:]}
    again = anew & {(one.port, one.path) for one in on_the_way}
    assert {(port, path) for port, path in again if path != "/reset"} <= in_flight


def test_an_interrupt_ends_it_in_order_and_it_can_go_on(busy: Busy) -> None:
    child = caught(busy, "stopped")
    child.send_signal(signal.SIGINT)
    stopped = busy.crawler.result("stopped", child)
    assert stopped.said["finished"] is False
    assert json.loads((stopped.out / "crawl.json").read_bytes())["state"] == "interrupted"
    assert stopped.said["read"] == len(stopped.articles) < 24

    assert busy.crawler("stopped").raw == busy.undisturbed.raw
    for site in busy.web.sites:
        twice = {path for path, times in site.times_asked().items() if times > 1}
        assert twice <= {"/reset"}


def test_the_archive_replays_byte_for_byte_without_the_network(busy: Busy) -> None:
    files = sorted((busy.undisturbed.out / "archive").iterdir())
    replayed = busy.crawler("replayed", from_archive=files, now="2024-01-01T00:00:00+00:00")
    assert replayed.raw == busy.undisturbed.raw
    assert replayed.ledger == busy.undisturbed.ledger
    assert busy.web.log == []
    assert not (replayed.out / "archive").exists()


def test_run_again_when_finished_it_asks_for_nothing(busy: Busy) -> None:
    before = busy.undisturbed.raw
    assert busy.crawler("undisturbed").raw == before
    assert busy.web.log == []


def test_another_events_folder_is_refused(busy: Busy) -> None:
    said = busy.crawler("undisturbed", event={"about": "something else"}).said
    assert said["error"] == "UsageError"
    assert "another event" in said["message"]


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

    files = sorted((again.out / "archive").iterdir(), reverse=True)
    assert len(files) == 2
    assert crawler("replayed", from_archive=files).raw == again.raw


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


def test_a_folder_that_cannot_be_written_is_said(
    web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    web.site()
    (tmp_path / "file").write_text("in the way")
    said = crawler("file/out").said
    assert said["error"] == "OutputError"
