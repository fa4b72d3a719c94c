"""A report cut anew at another threshold."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from compare.claims import claims_of
from compare.codec import encode_comparison
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Comparison,
    Completeness,
    Event,
    Pair,
    Run,
)
from tests.unit.parallax.conftest import Parallax

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
