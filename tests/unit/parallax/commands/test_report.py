"""A report cut anew at another threshold."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from compare.claims import claims_of
from compare.codec import encode_comparison, read_comparison, write_comparison
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Comparison,
    Completeness,
    Event,
    Pair,
    Run,
)
from templates.tables import COLUMNS
from tests.unit.parallax.conftest import Parallax

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"

QUAY = Article(
    id="q",
    outlet="Quay Courier",
    title="",
    text="The bridge was closed by the mayor on Monday morning.",
    published="2031-05-06",
    completeness=Completeness.FULL,
)
HERALD = replace(
    QUAY, id="h", outlet="Harbour Herald", text="Mayor Quill shut the old bridge on Monday."
)


@pytest.fixture
def compared(tmp_path: Path) -> Path:
    """Two sentences that state the same thing with a probability of 0.5."""
    claims = tuple(claim for article in (QUAY, HERALD) for claim in claims_of(article))
    (quay,) = (c for c in claims if c.article == "q" and c.text == QUAY.text)
    (herald,) = (c for c in claims if c.article == "h" and c.text == HERALD.text)
    path = tmp_path / "comparison.json"
    path.write_bytes(
        encode_comparison(
            Comparison(
                schema_version=SCHEMA_VERSION,
                run=Run(parallax="0", model="m"),
                event=Event(about="a bridge"),
                outlets=("Quay Courier", "Harbour Herald"),
                articles=(QUAY, HERALD),
                details=(),
                claims=claims,
                pairs=(Pair(a=herald.id, b=quay.id, probability=0.5),),
            )
        )
    )
    return path


@pytest.mark.parametrize(("same", "rows"), [(0.4, 1), (0.6, 2)])
def test_a_report_is_cut_anew_from_the_probabilities(
    parallax: Parallax, compared: Path, tmp_path: Path, same: float, rows: int
) -> None:
    result = parallax("report", compared, "--out", tmp_path / "report", "--same", same)
    assert result.code == 0, result.err
    with (tmp_path / "report" / "data" / "matrix.csv").open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == rows


def test_a_threshold_that_is_no_probability_is_refused(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    result = parallax("report", compared, "--out", tmp_path / "report", "--same", "1.5")
    assert result.code == 2
    assert "--same" in result.err
    assert not (tmp_path / "report").exists()


def test_one_call_reports_every_event_of_a_folder(parallax: Parallax, tmp_path: Path) -> None:
    harbour = read_comparison(GOLDEN)
    for name in ("one", "two"):
        write_comparison(harbour, tmp_path / name / "comparison.json")
    done = parallax("report", "--all", tmp_path, "--timezone", "UTC-5")
    assert done.code == 0, done.err
    index = tmp_path / "report" / "index.html"
    page = index.read_text("utf-8")
    for name in ("one", "two"):
        assert f"events/{name}/index.html" in page
        report = index.parent / "events" / name / "index.html"
        assert "Times are those of UTC-5." in report.read_text("utf-8")
    for table in COLUMNS:
        assert f'href="tables/{table}.csv"' in page
        assert (index.parent / "tables" / f"{table}.parquet").is_file()
    assert parallax("report", "--all", tmp_path / "one").code == 4


def test_all_times_of_a_report_are_those_of_the_zone_asked_for(
    parallax: Parallax, tmp_path: Path
) -> None:
    plain, tokyo = tmp_path / "plain", tmp_path / "tokyo"
    assert parallax("report", GOLDEN, "--out", plain, "--single-file").code == 0
    done = parallax(
        "report", GOLDEN, "--out", tokyo, "--single-file", "--timezone", "asia/tokyo", "--ours", "Free Coast"
    )  # fmt: skip
    assert done.code == 0, done.err
    pages = {str(p.relative_to(tokyo)): p.read_text("utf-8") for p in tokyo.rglob("*.html")}
    assert not [name for name, page in pages.items() if " UTC" in page]
    # Meridian Evening published at 16:00 UTC: the next day everywhere, reasons and embeds with it.
    assert "7 May 2031, 01:00 JST" in pages["timeline.html"]
    assert "6 May 2031, 23:20 JST" in pages["outlets/free-coast.html"]
    assert all("Asia/Tokyo" in page for name, page in pages.items() if "embed" not in name)
    # Data is in UTC, whoever reads.
    for table in ("matrix.csv", "mentions.csv", "cells.csv", "coding-sheet.csv"):
        assert (tokyo / "data" / table).read_bytes() == (plain / "data" / table).read_bytes()
    made = read_comparison(tokyo / "data" / "comparison.json")
    assert made.run.settings["timezone"] == "Asia/Tokyo"
    assert made.articles == read_comparison(GOLDEN).articles
    again = parallax("report", tokyo / "data" / "comparison.json", "--out", tmp_path / "again")
    assert again.code == 0
    assert "Asia/Tokyo" in (tmp_path / "again" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("command", ["report", "compare", "run", "demo"])
def test_a_zone_that_is_none_is_refused_before_anything_is_done(
    parallax: Parallax, tmp_path: Path, command: str
) -> None:
    given: dict[str, list[object]] = {
        "report": [GOLDEN],
        "compare": ["none.jsonl"],
        "run": ["--url", "https://a.example/"],
    }
    done = parallax(
        command, *given.get(command, []), "--out", tmp_path / "o", "--timezone", "Berlin"
    )
    assert done.code == 2, done.err
    assert "Did you mean Europe/Berlin?" in done.err
    assert not (tmp_path / "o").exists()
