"""`parallax sources` from articles to rows, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TEXT = (
    "The ferry sank on Sunday night.\n\n"
    "“Nobody warned us of the storm,” Ana Roe, the mayor of Lisdale, told the Meridian Wire.\n\n"
    "A spokesman for the harbour vowed to open an inquiry.\n\n"
    "“The pier will not hold for long.” -Hanne Brandt, keeper of the pier\n\n"
    "What a terrible night — Bo Lund (@bolund) May 1, 2018"
)


def run(*parts: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "parallax", *map(str, parts)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_stretch_that_somebody_else_stands_for_is_a_row(tmp_path: Path) -> None:
    articles, out = tmp_path / "articles.jsonl", tmp_path / "sources.jsonl"
    article = {"id": "a", "outlet": "The Invented Times", "title": "A ferry sank", "text": TEXT}
    articles.write_text(json.dumps(article) + "\n", encoding="utf-8")
    done = run("sources", articles, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "sources.jsonl" in done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    said = {row["source"]: TEXT[row["start"] : row["end"]] for row in rows}
    assert "warned us" in said["Ana Roe"]
    assert "inquiry" in said["A spokesman for the harbour"]
    assert "pier will not hold" in said["Hanne Brandt"]
    assert "terrible" in said["Bo Lund (@bolund)"]
    assert not any("sank" in TEXT[row["start"] : row["end"]] for row in rows)
    for row in rows:
        if row["source_start"] is not None:
            assert TEXT[row["source_start"] : row["source_end"]].startswith(row["source"])


def test_a_file_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    done = run("sources", tmp_path / "nowhere.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "nowhere.jsonl" in done.stderr
    assert not (tmp_path / "out").exists()
