"""`parallax events`, with the real encoder: rows, files to compare, and yesterday's events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.codec import article_line
from tests.unit.compare.grouping.test_group import stream
from tests.unit.parallax.conftest import Parallax

pytestmark = pytest.mark.model


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "monday.jsonl"
    path.write_bytes(b"".join(map(article_line, stream(3))))
    return path


def rows_in(path: Path) -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def test_rows_files_to_compare_and_events_that_go_on(
    parallax: Parallax, articles: Path, tmp_path: Path
) -> None:
    out, split = tmp_path / "events.jsonl", tmp_path / "split"
    assert parallax("events", articles, "--out", out, "--split", split, "--outlets", 3).code == 0
    rows = rows_in(out)
    assert len(rows) == 9
    assert len({row["event"] for row in rows.values()}) == 3
    assert rows["ferry-3-0"]["event"] == rows["ferry-3-2"]["event"]
    assert "Kallisto" in rows["ferry-3-0"]["names"]  # type: ignore[operator]
    written = {line for path in split.glob("*.jsonl") for line in path.read_bytes().splitlines()}
    assert written == set(articles.read_bytes().splitlines())

    tuesday = tmp_path / "tuesday.jsonl"
    tuesday.write_bytes(b"".join(map(article_line, stream(4))))
    later = tmp_path / "later.jsonl"
    assert parallax("events", articles, tuesday, "--since", out, "--out", later).code == 0
    again = rows_in(later)
    assert {name: again[name]["event"] for name in rows} == {n: r["event"] for n, r in rows.items()}
    assert again["ferry-4-0"]["event"] == rows["ferry-3-0"]["event"]


def test_rows_that_are_no_events_and_files_without_articles(
    parallax: Parallax, articles: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n')
    said = parallax("events", articles, "--since", bad, "--out", tmp_path / "o")
    assert said.code == 3
    assert "id and event" in said.err
    bad.write_text('{"type": "failure", "stage": "fetch", "reason": "HTTP 503"}\n')
    assert parallax("events", bad, "--out", tmp_path / "o").code == 4
    assert not (tmp_path / "o").exists()
