"""Killed at any moment, run twice at once, or on a full disk: nothing is half written, nothing is lost without a word.

A few kills in every run of the tests; `make test-durability` does many (PARALLAX_KILLS of each kind).
The moments come from a seed, PARALLAX_SEED, so that a failure can be met again.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.crawl import conftest as crawling
from tests.unit.parallax.conftest import Parallax, parallax

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawled, Crawler, Web

__all__ = ["parallax"]  # the fixture

pytestmark = [pytest.mark.web, pytest.mark.timeout(3_600)]

KILLS = int(os.environ.get("PARALLAX_KILLS", "2"))
SEED = int(os.environ.get("PARALLAX_SEED", "7"))


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    web = crawling.Web()
    site = web.site()
    paths = [f"/Selby-{number}" for number in range(8)]
    for path in paths:
        site.story(path, path.strip("/"), wait=0.05)
    site.pages["/gone"] = crawling.Answer("gone", status=410)
    site.feed([*paths, "/gone"])
    yield web
    web.close()


@pytest.fixture(scope="module")
def crawler(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawler]:
    crawler = crawling.Crawler(web, tmp_path_factory.mktemp("crawls"), forked=False)
    yield crawler
    crawler.end()


@pytest.fixture(scope="module")
def undisturbed(crawler: Crawler) -> tuple[Crawled, float]:
    """A crawl that nobody disturbed, and how long it took."""
    began = time.monotonic()
    return crawler("undisturbed"), time.monotonic() - began


def test_a_crawl_that_is_killed_goes_on_to_the_same_bytes(
    crawler: Crawler, undisturbed: tuple[Crawled, float]
) -> None:
    whole, took = undisturbed
    chance = random.Random(SEED)
    for number in range(KILLS):
        out = f"killed-{number}"
        for _ in range(chance.randint(1, 3)):
            child = crawler.start(out)
            time.sleep(chance.uniform(0.3, 1.0) * took)
            child.kill()
            child.communicate()
        assert crawler(out).raw == whole.raw, (SEED, number)


def test_two_crawls_of_one_folder_never_write_at_once(
    crawler: Crawler, undisturbed: tuple[Crawled, float], web: Web
) -> None:
    whole, _ = undisturbed
    for number in range(max(1, KILLS // 5)):
        out = f"twice-{number}"
        before = len(web.log)
        first = crawler.start(out)
        crawler.wait_until(lambda before=before: len(web.log) > before)  # type: ignore[misc]
        second = crawler(out).said
        assert second["error"] == "OutputError"
        assert "another process" in second["message"]
        assert crawler.result(out, first).raw == whole.raw


@pytest.mark.parametrize("signals", [(signal.SIGTERM,), (signal.SIGINT, signal.SIGINT)])
def test_a_crawl_that_is_told_to_end_goes_on_to_the_same_bytes(
    crawler: Crawler,
    undisturbed: tuple[Crawled, float],
    web: Web,
    signals: tuple[signal.Signals, ...],
) -> None:
    whole, _ = undisturbed
    out = f"told-{'-'.join(each.name for each in signals)}"
    before = len(web.log)
    child = crawler.start(out)
    crawler.wait_until(lambda: len(web.log) > before + 4)
    for each in signals:
        child.send_signal(each)
        time.sleep(0.2)
    child.communicate(timeout=60)
    assert crawler(out).raw == whole.raw


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are counted otherwise there")
def test_a_crawl_with_few_descriptors_reads_as_much(
    crawler: Crawler, undisturbed: tuple[Crawled, float]
) -> None:
    whole, _ = undisturbed
    few = ["sh", "-c", 'ulimit -n 64; exec "$@"', "sh", *crawler.command("few")]
    done = subprocess.run(few, capture_output=True, text=True, timeout=280, check=False)
    assert json.loads(done.stdout).get("finished"), done
    assert (whole.out.parent / "few" / "articles.jsonl").read_bytes() == whole.raw


FULL = """
import resource, sys
from multiprocessing import forkserver
from crawlers.extract import pool
pool._context()  # started before the limit, which is meant for what the crawl itself writes
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["-c", *sys.argv[2:]]
exec(compile(sys.argv.pop(1), "child", "exec"))
"""


def test_a_full_disk_ends_a_crawl_with_one_message_and_it_goes_on_later(
    crawler: Crawler, undisturbed: tuple[Crawled, float]
) -> None:
    whole, _ = undisturbed
    for size in (len(whole.raw) // 4, len(whole.raw) * 3 // 4):
        out = f"full-{size}"
        python, dash_c, child, asked = crawler.command(out)
        done = subprocess.run(
            [python, dash_c, FULL, str(size), child, asked],
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
            # Which lines ran is written when the child ends, and would meet the full disk, too.
            env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")},
        )
        said = json.loads(done.stdout)
        assert said.get("error") == "OutputError", done.stderr
        assert "Traceback" not in done.stderr
        assert crawler(out).raw == whole.raw


REPORTS = """
import sys
from pathlib import Path
from compare.codec import read_comparison
from templates.render import write_report
write_report(read_comparison(Path(sys.argv[1])), Path(sys.argv[2]))
"""
GOLDEN = Path(__file__).parents[1] / "golden" / "report" / "comparison.json"


def _killed(code: str, *words: Any, after: float) -> None:
    child = subprocess.Popen([sys.executable, "-c", code, *map(str, words)])
    time.sleep(after)
    child.kill()
    child.wait()


def _report(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def test_a_report_that_is_killed_is_the_earlier_one_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "report"
    call = [sys.executable, "-c", REPORTS, str(GOLDEN), str(out)]
    began = time.monotonic()
    subprocess.run(call, check=True)
    took, whole = time.monotonic() - began, _report(out)
    chance = random.Random(SEED)
    for number in range(KILLS):
        _killed(REPORTS, GOLDEN, out, after=chance.uniform(0.2, 1.0) * took)
        assert _report(out) == whole, (SEED, number)
    subprocess.run(call, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


CACHES = """
import sys
from pathlib import Path
from compare.embedding.cache import CachedEncoder
from tests.unit.compare.embedding.test_cache import Counting
cached = CachedEncoder(Counting(), Path(sys.argv[1]))
for number in range(2_000):
    cached.encode([f"{number} " + "x" * (number % 50)])
"""


def test_a_cache_that_is_killed_never_gives_other_numbers(tmp_path: Path) -> None:
    from compare.embedding.cache import CachedEncoder
    from tests.unit.compare.embedding.test_cache import Counting, same

    path, chance = tmp_path / "c.sqlite", random.Random(SEED)
    texts = [f"{number} " + "x" * (number % 50) for number in range(50)]
    expected = CachedEncoder(Counting(), tmp_path / "other.sqlite").encode(texts)
    for number in range(KILLS):
        _killed(CACHES, path, after=chance.uniform(0.5, 3.0))
        assert same(CachedEncoder(Counting(), path).encode(texts), expected), (SEED, number)


WRITES = """
import sys
from pathlib import Path
from compare.codec import read_comparison, write_comparison
comparison = read_comparison(Path(sys.argv[1]))
while True:
    write_comparison(comparison, Path(sys.argv[2]))
"""


def test_a_comparison_that_is_killed_is_whole(tmp_path: Path) -> None:
    from compare.codec import read_comparison, write_comparison

    path, chance = tmp_path / "comparison.json", random.Random(SEED)
    write_comparison(read_comparison(GOLDEN), path)
    whole = path.read_bytes()
    for number in range(KILLS):
        _killed(WRITES, GOLDEN, path, after=chance.uniform(0.3, 1.5))
        assert path.read_bytes() == whole, (SEED, number)


CORRECTS = """
import itertools, sys
from parallax.cli import main
comparison, folder, *sheets = sys.argv[1:]
for number in itertools.count():
    for words in (
        ["correct", comparison, sheets[number % 2]],
        ["code", comparison, "--sheet", f"{folder}/S{number}.csv", "--coders", "3"],
    ):
        sys.argv = ["parallax", *words]
        try:
            main()
        except SystemExit as end:
            assert not end.code
"""


def test_corrections_and_sheets_that_are_killed_are_whole_and_the_same_call_goes_on(
    parallax: Parallax, tmp_path: Path
) -> None:
    comparison, folder = tmp_path / "comparison.json", tmp_path / "sheets"
    shutil.copy(GOLDEN, comparison)
    assert parallax("code", comparison, "--sheet", tmp_path / "S.csv").code == 0
    blank = (tmp_path / "S.csv").read_text("utf-8-sig")
    sheets = []
    for code in ("included", "cannot tell"):
        sheets.append(tmp_path / f"{code}.csv")
        sheets[-1].write_text(blank.replace(",1,,", f",1,{code},"), "utf-8")
    kept = comparison.with_name("corrections.json")
    corrections = []
    for sheet in sheets:
        assert parallax("correct", comparison, sheet).code == 0
        corrections.append(_undated(kept))
    assert corrections[0] != corrections[1]
    chance = random.Random(SEED)
    for number in range(KILLS):
        _killed(CORRECTS, comparison, folder, *sheets, after=chance.uniform(0.8, 2.0))
        assert _undated(kept) in corrections, (SEED, number)
        written = sorted(folder.glob("S*.csv"))
        assert {path.read_text("utf-8-sig").count("\n") for path in written} <= {
            blank.count("\n")
        }, (SEED, number)
    last = max((int(path.stem[1:].split("-")[0]) for path in written), default=0)
    again = ("code", comparison, "--sheet", folder / f"S{last}.csv", "--coders", 3)
    assert parallax(*again).code == 0
    assert len(list(folder.glob(f"S{last}-*.csv"))) == 3
    assert parallax("correct", comparison, sheets[0]).code == 0
    assert _undated(kept) == corrections[0]


def _undated(corrections: Path) -> list[dict[str, str]]:
    rows = json.loads(corrections.read_text("utf-8"))["corrections"]
    return [{key: value for key, value in row.items() if key != "at"} for row in rows]


TOLD = (
    (
        "Mercury",
        "Four sailors drowned when a ferry sank off Marl on Tuesday. The owner will pay the families.",
    ),
    (
        "Courier",
        "Five sailors died as a ferry went down near Marl. The owner promised to pay the families.",
    ),
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "articles.jsonl"
    rows = [
        {
            "id": name,
            "outlet": name,
            "title": "Ferry sinks",
            "text": text,
            "published": "2031-05-06",
        }
        for name, text in TOLD
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def _compare(articles: Path, out: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "parallax", "compare", str(articles), "--out", str(out)],
        env=os.environ | {"SOURCE_DATE_EPOCH": "1900000000"} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.model
@pytest.mark.skipif(KILLS < 10, reason="loads the model for every kill: make test-durability")
def test_a_compare_that_is_killed_leaves_all_or_nothing_and_the_same_command_goes_on(
    articles: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    assert _compare(articles, tmp_path / "whole").wait() == 0
    took, (whole,) = time.monotonic() - began, (tmp_path / "whole").rglob("comparison.json")
    chance = random.Random(SEED)
    for number in range(KILLS):
        out, cache = tmp_path / f"killed-{number}", tmp_path / f"cache-{number}"
        child = _compare(articles, out, PARALLAX_CACHE=str(cache))
        time.sleep(chance.uniform(0.3, 1.05) * took)
        child.kill()
        child.wait()
        assert all(f.read_bytes() == whole.read_bytes() for f in out.rglob("comparison.json"))
        # Every fifth twice at once, as impatient people do: on one folder and one cache.
        again = [
            _compare(articles, out, PARALLAX_CACHE=str(cache)) for _ in range(1 + (number % 5 == 0))
        ]
        assert {child.wait() for child in again} == {0}, (SEED, number)
        assert [f.read_bytes() for f in out.rglob("comparison.json")] == [whole.read_bytes()]
        assert not [f for f in out.rglob("*") if f.is_file() and f.name != "comparison.json"]
