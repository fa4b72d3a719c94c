from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.datamodel import Comparison
from templates.tables import COLUMNS, Table, Tables

GOLDEN = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"
CSV_TYPES = {"text": "str", "whole": "int64", "number": "float64", "yes or no": "str"}
PARQUET_TYPES = {"text": "str", "whole": "int64", "number": "float64", "yes or no": "bool"}


@pytest.fixture(scope="module")
def harbour() -> Comparison:
    return read_comparison(GOLDEN)


@pytest.fixture(scope="module")
def tables(harbour: Comparison) -> dict[str, Table]:
    found = Tables()
    found.add("harbour", harbour)
    found.add("harbour", replace(harbour, details=harbour.details[:4]))
    found.add("=1+1", replace(harbour, details=harbour.details[:2]))
    return {table.name: table for table in found.all()}


@pytest.mark.parametrize("name", COLUMNS)
def test_pandas_reads_both_forms_with_the_types_that_are_said(
    tables: dict[str, Table], name: str
) -> None:
    import pandas as pd  # half a second, which whoever collects tests is spared

    table = tables[name]
    frames = [
        (pd.read_csv(io.BytesIO(table.csv()), keep_default_na=False, na_values={"rate": [""], "low": [""], "high": [""]}), CSV_TYPES),
        (pd.read_parquet(io.BytesIO(table.parquet())), PARQUET_TYPES),
    ]  # fmt: skip
    for frame, types in frames:
        assert list(frame.columns) == list(table.columns)
        assert len(frame) == len(table.rows) > 0
        for column, told in table.columns.items():
            assert str(frame[column].dtype) in {types[told.kind], "object"}, column


def test_every_cell_is_a_row_and_events_of_one_name_are_two(
    tables: dict[str, Table], harbour: Comparison
) -> None:
    events = [row[0] for row in tables["cells"].rows]
    assert events.count("harbour") == sum(len(d.cells) for d in harbour.details)
    assert events.count("harbour (2)") == sum(len(d.cells) for d in harbour.details[:4])
    assert b"'=1+1" in tables["cells"].csv()


def test_rates_are_the_share_over_all_events_within_their_interval(
    tables: dict[str, Table], harbour: Comparison
) -> None:
    outlet = harbour.outlets[0]
    rows = [dict(zip(COLUMNS["rates"], r, strict=True)) for r in tables["rates"].rows]
    own = {r["status"]: r for r in rows if r["outlet"] == outlet}
    runs = (harbour.details, harbour.details[:4], harbour.details[:2])
    cells = [
        c.status.value
        for some in runs for d in some if d.part_of is None for c in d.cells if c.outlet == outlet
    ]  # fmt: skip
    for status, found in own.items():
        assert found["events"] == 3
        assert found["rate"] == pytest.approx(cells.count(str(status)) / len(cells))
        low, high = found["low"], found["high"]
        assert isinstance(low, float)
        assert isinstance(high, float)
        assert low <= cells.count(str(status)) / len(cells) <= high


def test_articles_and_words_are_cited_by_the_archived_record(harbour: Comparison) -> None:
    names = {a.id: f"urn:uuid:{n}" for n, a in enumerate(harbour.articles)}
    found = Tables()
    kept = tuple(replace(a, record=names[a.id]) for a in harbour.articles)
    found.add("harbour", replace(harbour, articles=kept))
    rows = {t.name: [dict(zip(t.columns, r, strict=True)) for r in t.rows] for t in found.all()}
    assert [(r["article"], r["record"], r["sha256"]) for r in rows["articles"]] == [
        (a.id, names[a.id], a.sha256) for a in harbour.articles
    ]
    for row in (*rows["loaded_words"], *rows["sources"]):
        assert row["record"] == names[str(row["article"])]
