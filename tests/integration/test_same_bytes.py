"""The same bytes for any hash seed, number of threads, locale, time zone, order of input, cache and few descriptors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform == "win32", reason="a shell sets the limits"),
]
TOLD = {
    "Mercury": "A ferry sank off Marl on Tuesday and four sailors drowned. “The hull had cracked,” the harbour "
    "master said. Sound Line, its owner, shamefully refused to pay the families.",
    "Courier": "Five sailors died when a ferry went down near Marl on Tuesday. Its hull had cracked, the harbour "
    "master said. Its owner, Sound Line, will not pay the families. Winds of 90 km an hour were measured.",
    "Zürcher Bote": "Four men drowned off Marl as a ferry sank. Winds of 90 km an hour were measured that day. Sound "
    "Line owns the ship. The hull had cracked, according to the harbour master.",
}
ROWS = [
    json.dumps(
        {"type": "article", "id": name[0], "outlet": name, "title": f"Ferry sinks – “{n}”", "text": text,
         "published": f"2031-05-06T1{n}:30:00+02:00", "url": f"https://{n}.example/ferry"}
    )
    for n, (name, text) in enumerate(TOLD.items())
] + [
    json.dumps({"type": "failure", "stage": "fetch", "reason": f"timeout {n}", "outlet": outlet, "url": f"https://{n}.example/"})
    for n, outlet in enumerate(["Mercury", "The Lantern"])
]  # fmt: skip
ONE = {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
OTHER = {
    "PYTHONHASHSEED": "2",
    "OMP_NUM_THREADS": "2",
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PARALLAX_CACHE": "off",
}


def made(folder: Path, rows: list[str], environment: dict[str, str]) -> dict[str, bytes]:
    """Every file that compare and report write, by its name."""
    folder.mkdir()
    (folder / "articles.jsonl").write_text("\n".join(rows))
    calls = (
        ("compare", "articles.jsonl", "--out", "out"),
        ("report", "out/articles/comparison.json", "--out", "out/report"),
    )
    for call in calls:
        done = subprocess.run(
            ["sh", "-c", 'ulimit -n 64; exec "$@"', "sh", sys.executable, "-m", "parallax", *call],
            cwd=folder,
            env=os.environ | {"SOURCE_DATE_EPOCH": "1900000000"} | environment,
            capture_output=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
    files = (path for path in (folder / "out").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_nothing_around_a_run_changes_a_byte(tmp_path: Path) -> None:
    one = made(tmp_path / "one", ROWS, ONE)
    other = made(tmp_path / "other", ROWS[::-1], OTHER)
    assert sorted(one) == sorted(other)
    assert not [name for name in one if one[name] != other[name]]
    assert b"Z\xc3\xbcrcher Bote" in one["out/report/index.html"]
