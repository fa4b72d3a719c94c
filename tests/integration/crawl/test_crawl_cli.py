"""`parallax crawl` as a user calls it: what it says, what it leaves, and its exit codes."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from compare.codec import read_comparison
from tests.integration.crawl.conftest import Child
from tests.integration.crawl.forked import parallax

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Web

Start = Callable[..., Child]
OFFLINE = ("--allow-private", "--delay", "0", "--gdelt", "off", "--wayback", "off")
STOOD_THERE = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"
WINDOW = ("--about", "council harbour bridge", "--from", "2019-03-23", "--to", "2019-03-26")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command that crawls: forked where Scrapy is loaded, a Python of its own where it reads standard input."""

    def begun(*arguments: object, command: str = "crawl", stdin: IO[str] | None = None) -> Child:
        words = [command, *map(str, arguments), *OFFLINE]
        call, pipe = [sys.executable, "-m", "parallax", *words], subprocess.PIPE
        children.append(
            parallax(words, tmp_path)
            if stdin is None
            else subprocess.Popen(call, stdin=stdin, stdout=pipe, stderr=pipe, text=True)
        )
        return children[-1]

    children: list[Child] = []
    yield begun
    for child in children:
        if child.poll() is None:  # of a test that failed
            child.kill()


def ended(child: Child) -> tuple[int, str, str]:
    out, err = child.communicate(timeout=280)
    assert child.returncode is not None
    return child.returncode, out, err


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "articles.jsonl").read_bytes().splitlines()]


def test_ctrl_c_keeps_what_was_read_and_says_how_to_go_on(
    start: Start, web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    site = web.site()
    paths = [f"/story-{place}" for place in range(30)]
    for path in paths:
        site.story(path, path.strip("/"), wait=0.3)
    site.feed(paths)
    call = (*WINDOW, "--outlets", crawler.registry(site), "--only", "--out", tmp_path / "out")
    child = start(*call)
    crawler.wait_until(lambda: len(web.log) > 8, seconds=200)
    child.send_signal(signal.SIGINT)
    code, _, err = ended(child)
    assert code == 130
    assert "To go on: parallax crawl --about 'council harbour bridge'" in err
    assert "--only" in err
    stopped = rows(tmp_path / "out")
    assert all(row["type"] == "article" for row in stopped)
    assert len(stopped) < 30

    code, out, _ = ended(start(*call))
    assert code == 0
    assert out.strip() == str(tmp_path / "out" / "articles.jsonl")
    assert len(rows(tmp_path / "out")) == 30
    assert max(site.times_asked().values()) == 1


def test_a_finished_crawl_says_that_nothing_was_fetched_and_a_folder_is_an_archive(
    start: Start, web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    site = web.site()
    site.feed([site.story("/story", "Ashby")])
    where = (*WINDOW, "--outlets", crawler.registry(site), "--only")
    _, _, err = ended(start(*where, "--out", tmp_path / "out"))
    assert "Nothing was fetched" not in err
    _, _, err = ended(start(*where, "--out", tmp_path / "out"))
    assert (
        "Nothing was fetched: this crawl was finished. --refresh looks at everything again." in err
    )

    web.log.clear()
    ended(start(*where, "--out", tmp_path / "out", "--refresh"))
    files = sorted((tmp_path / "out" / "archive").iterdir())
    assert len(files) > 1
    web.log.clear()
    for archive in ((tmp_path / "out",), files):
        code, _, err = ended(
            start("--from-archive", *archive, *where, "--out", tmp_path / f"again-{len(archive)}")
        )
        assert code == 0, err
        assert "Nothing was fetched" not in err
    assert web.log == []


def test_no_network_is_one_sentence(
    start: Start, web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    sites = [web.site() for _ in range(6)]
    registry = crawler.registry(*sites)
    for site in sites:
        site.pages["/robots.txt"] = site.otherwise = _hangs_up
    code, out, err = ended(
        start(*WINDOW, "--outlets", registry, "--only", "--out", tmp_path / "out")
    )
    assert (code, out) == (4, "")
    assert "is this machine on the network?" in err
    assert len(err.splitlines()) <= 8
    assert "Outlet 3" not in err


async def _hangs_up(asked: Any, writer: Any) -> None:
    writer.transport.abort()


def test_a_crawl_that_finds_nothing_says_so_and_where_to_look_why(
    start: Start, web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    site = web.site()
    site.feed([])
    call = (*WINDOW, "--outlets", crawler.registry(site), "--only", "--out", tmp_path / "out")
    code, out, err = ended(start(*call))
    assert code == 4
    assert out == ""
    assert "no article was read" in err
    assert (tmp_path / "out" / "articles.jsonl").read_bytes() == b""
    record = json.loads((tmp_path / "out" / "crawl.json").read_bytes())
    assert record["state"] == "finished"
    assert [row["looked"] for row in record["ledger"]] == ["searched"]


def test_an_empty_registry_is_refused_before_anything_is_asked(
    start: Start, tmp_path: Path
) -> None:
    registry = tmp_path / "outlets.toml"
    registry.write_text("")
    code, out, err = ended(
        start(*WINDOW, "--outlets", registry, "--only", "--out", tmp_path / "out")
    )
    assert (code, out) == (2, "")
    assert "outlet" in err
    assert not (tmp_path / "out").exists()


def test_pages_may_be_given_by_a_list_on_standard_input(
    start: Start, web: Web, tmp_path: Path
) -> None:
    site = web.site()
    urls = [site.story(f"/{name}", name) for name in ("kendal", "luton")]
    (tmp_path / "list").write_text("# two pages\n" + "\n".join(urls) + "\n")
    with (tmp_path / "list").open() as listed:
        code, _, err = ended(start("--urls", "-", "--out", tmp_path / "out", stdin=listed))
    assert code == 0, err
    assert {row["url"] for row in rows(tmp_path / "out")} == set(urls)


@pytest.mark.parametrize("by", ["address", "file"])
def test_an_article_to_start_from_gives_the_words_and_the_window(
    start: Start, web: Web, crawler: Crawler, hostile: Any, tmp_path: Path, by: str
) -> None:
    site = web.site()
    site.story("/seed", "Ashby")
    site.story("/near", "Ashby")
    site.story("/old", "Ashby")
    site.feed(["/near"])
    registry = crawler.registry(site)
    page = tmp_path / "page.html"
    page.write_text(hostile.story_page("Ashby"))
    like = site.url("/seed") if by == "address" else page
    code, _, err = ended(
        start("--like", like, "--outlets", registry, "--only", "--out", tmp_path / "out")
    )
    assert code == 0, err
    assert "looking for “" in err
    record = json.loads((tmp_path / "out" / "crawl.json").read_bytes())
    assert "Ashby" in record["event"]["about"]
    assert record["event"]["start"] <= "2019-03-24" <= record["event"]["end"]
    found = {row["url"] for row in rows(tmp_path / "out") if row["type"] == "article"}
    assert site.url("/near") in found


@pytest.mark.model
def test_a_run_shows_a_users_own_ratings_in_its_report(
    start: Start, web: Web, crawler: Crawler, tmp_path: Path
) -> None:
    for topic in ("Ashby", "Ashby"):
        site = web.site()
        site.story("/story", topic)
        site.feed(["/story"])
    lean = tmp_path / "lean.csv"
    lean.write_text("outlet,lean\nOutlet 1,east\nOutlet 2,west\n")
    call = (
        *WINDOW,
        "--outlets",
        crawler.registry(),
        "--only",
        "--out",
        tmp_path / "out",
        "--ratings",
        lean,
        "--refresh",
    )
    (tmp_path / "out").mkdir()
    shutil.copy(STOOD_THERE, tmp_path / "out" / "comparison.json")
    code, out, err = ended(start(*call, command="run"))
    assert code == 0, err
    report = tmp_path / "out" / "report"
    assert out.strip() == str(report / "index.html")
    table = (report / "by_rating.csv").read_text("utf-8-sig")
    assert "lean east (1): tell it" in table
    assert "lean west (1): tell it" in table
    assert "lean (own rating)" in (report / "outlets.html").read_text("utf-8")
    # It was compared with what stood there: details that both have keep their ids.
    since = read_comparison(tmp_path / "out" / "comparison.json").since
    assert since is not None
    assert since.started == read_comparison(STOOD_THERE).run.started
