"""Extraction in processes: order, bad rows, and pages that hang or kill the process that reads them."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.datamodel import Article, Failure, Stage
from crawlers.extract import pool as pools
from crawlers.extract.bounds import MAX_BYTES
from crawlers.extract.pool import ExtractPool, PageJob, read_page

URL = "https://www.ellerymercury.example/news/"


def test_decompression_is_bounded(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"\x00" * (40 << 20)))
    assert len(read_page(bomb)) == MAX_BYTES + 1


def sleeps_or_dies(job: PageJob) -> Article | Failure:
    if job.id == "hangs":
        time.sleep(600)
    if job.id == "dies":
        os._exit(3)
    return Failure(stage=Stage.EXTRACT, reason="read", id=job.id)


def test_a_page_that_hangs_or_kills_becomes_a_failure_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "extract_job", sleeps_or_dies)
    jobs = [
        PageJob(url=URL, outlet="Mercury", body=b"", id=name) for name in ("hangs", "dies", "fine")
    ]
    with ExtractPool(1, seconds=2) as pool:
        results = [future.result(timeout=120) for future in [pool.submit(job) for job in jobs]]
    reasons = {r.id: r.reason for r in results if isinstance(r, Failure)}
    assert "longer than 2 seconds" in reasons["hangs"]
    assert "took the process" in reasons["dies"]
    assert reasons["fine"] == "read"


def knows_languages(job: PageJob) -> Article | Failure:
    from py3langid import langid
    from trafilatura import external

    loaded = langid.IDENTIFIER is not None and external.JT_STOPLIST is not None
    return Failure(stage=Stage.EXTRACT, reason=str(loaded), id=job.id)


def test_a_reader_has_what_reading_needs_before_its_first_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "extract_job", knows_languages)
    with ExtractPool(1) as pool:
        read = pool.submit(PageJob(url=URL, outlet="Mercury", body=b"")).result(timeout=60)
    assert isinstance(read, Failure)
    assert read.reason == "True"


def test_nothing_is_imported_from_the_current_folder(
    tmp_path: Path, make_page: Callable[..., bytes]
) -> None:
    trap, beside = tmp_path / "trap", tmp_path / "beside"
    trap.mkdir()
    beside.mkdir()
    for name in ("socket", "lxml", "trafilatura", "selectors", "json", "signal"):
        (trap / f"{name}.py").write_text(
            f"from pathlib import Path; Path({str(beside / 'sprung')!r}).touch()\n"
        )
    (trap / "page.html").write_bytes(make_page())
    (beside / "read.py").write_text(
        "from pathlib import Path\n"
        "from crawlers.extract.pool import ExtractPool, PageJob\n"
        "if __name__ == '__main__':\n"
        f"    job = PageJob(url={URL!r}, outlet='', body=Path('page.html'))\n"
        "    with ExtractPool(1) as pool:\n"
        "        print(pool.submit(job).result().title)\n"
    )
    root = Path(__file__).parents[4]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, str(beside / "read.py")],
        cwd=trap,
        env=environment | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Port Ellery votes" in done.stdout, done.stderr
    assert not (beside / "sprung").exists()


@pytest.mark.cost
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system limits no processor time")
def test_a_page_that_takes_too_much_of_the_processor_is_a_failure_and_the_next_is_read(
    make_page: Callable[..., bytes],
) -> None:
    slow = b"<html>" + b"<h2>The weir</h2><p>It broke on a Tuesday.</p>" * 24_000 + b"</html>"
    with ExtractPool(workers=1, processor=0.5) as pool:
        first = pool.submit(PageJob(URL + "slow", "Mercury", slow))
        second = pool.submit(PageJob(URL + "fine", "Mercury", make_page()))
        answer = first.result()
        assert isinstance(answer, Failure)
        assert "processor" in answer.reason
        assert isinstance(second.result(), Article)
