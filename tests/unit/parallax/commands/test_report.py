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
    done = parallax("report", "--all", tmp_path)
    assert done.code == 0, done.err
    index = tmp_path / "report" / "index.html"
    page = index.read_text("utf-8")
    for name in ("one", "two"):
        assert f"events/{name}/index.html" in page
        assert (index.parent / "events" / name / "index.html").is_file()
    for table in COLUMNS:
        assert f'href="tables/{table}.csv"' in page
        assert (index.parent / "tables" / f"{table}.parquet").is_file()
    assert parallax("report", "--all", tmp_path / "one").code == 4
