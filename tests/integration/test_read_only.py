"""Folders that cannot be written: one message, the documented exit code, and nothing half-written.

Who runs the tests as root may write anywhere: their children give that power up.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "report" / "comparison.json"
# linux/prctl.h and linux/capability.h
_DROP_FROM_BOUNDING_SET, _OVERRIDE, _READ_SEARCH = 24, 1, 2

Result = subprocess.CompletedProcess[str]
Call = Callable[..., Result]


def _like_anybody() -> None:
    """Permissions hold for this process and what it starts, root or not."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None)
        for power in (_OVERRIDE, _READ_SEARCH):
            if library.prctl(_DROP_FROM_BOUNDING_SET, power, 0, 0, 0):
                raise PermissionError


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("read-only")
    folder.chmod(0o555)
    probe = ["import pathlib, sys; pathlib.Path(sys.argv[1], 'x').touch()", str(folder)]
    try:
        done = subprocess.run(
            [sys.executable, "-c", *probe], preexec_fn=_like_anybody, capture_output=True, check=False
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        pytest.skip("root's power to write anywhere cannot be given up here")
    if done.returncode == 0:
        pytest.skip("permissions of folders do not hold here")
    yield folder
    assert not any(folder.iterdir())
    folder.chmod(0o755)


@pytest.fixture
def call(tmp_path: Path, read_only: Path) -> Call:
    assert read_only.exists()

    def called(*words: object, **environment: str) -> Result:
        return subprocess.run(
            [sys.executable, "-P", *map(str, words)],
            preexec_fn=_like_anybody,
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return called


@pytest.mark.parametrize(
    "words",
    [
        ("report", GOLDEN, "--out"),
        ("compare", "articles.jsonl", "--out"),
        ("extract", "articles.jsonl", "--out"),
        ("crawl", "--url", "http://127.0.0.1:9/a", "--allow-private", "--out"),
        ("demo", "--out"),
        ("watch", "event.toml", "--once", "--allow-private", "--out"),
    ],
    ids=lambda words: words[0],
)
def test_what_cannot_be_written_is_one_message(
    call: Call, read_only: Path, tmp_path: Path, words: tuple[object, ...]
) -> None:
    row = {
        "id": "a",
        "outlet": "Wire",
        "title": "Bridge shut",
        "text": "The mayor shut the bridge.",
    }
    (tmp_path / "articles.jsonl").write_text(json.dumps(row))
    (tmp_path / "event.toml").write_text('urls = ["http://127.0.0.1:9/a"]')
    done = call("-m", "parallax", *words, read_only / "out")
    assert done.returncode == 5, done.stderr
    assert f"{read_only / 'out'}" in done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(read_only.iterdir())


def test_a_report_that_is_read_only_stays_and_leaves_nothing_beside_it(
    call: Call, tmp_path: Path
) -> None:
    out = tmp_path / "report"
    assert call("-m", "parallax", "report", GOLDEN, "--out", out).returncode == 0
    before = (out / "index.html").read_bytes()
    out.chmod(0o555)
    done = call("-m", "parallax", "report", GOLDEN, "--out", out, "--timezone", "Asia/Tokyo")
    assert (done.returncode, "Permission denied" in done.stderr) == (5, True), done.stderr
    assert (out / "index.html").read_bytes() == before
    out.chmod(0o755)
    (out / "data").chmod(0o555)  # only a folder in it: the report is replaced, and goes whole
    done = call("-m", "parallax", "report", GOLDEN, "--out", out, "--timezone", "Asia/Tokyo")
    assert done.returncode == 0, done.stderr
    assert (out / "index.html").read_bytes() != before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_cannot_be_read_is_one_message(call: Call, tmp_path: Path) -> None:
    secret = tmp_path / "comparison.json"
    shutil.copy(GOLDEN, secret)
    secret.chmod(0o000)
    for words in (("report", secret), ("compare", secret)):
        done = call("-m", "parallax", *words, "--out", tmp_path / "out")
        assert done.returncode in {2, 3}, done.stderr
        assert "not readable" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_home_that_cannot_be_written_keeps_no_encodings(call: Call, read_only: Path) -> None:
    code = "from parallax.environment import cache_folder; print(cache_folder())"
    home = {"HOME": str(read_only), "XDG_CACHE_HOME": "", "PARALLAX_CACHE": ""}
    assert call("-c", code, **home).stdout.strip() == "None"
