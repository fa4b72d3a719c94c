"""Tables that go into a store: near misses of columns and days that may be two are told, not passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.datamodel import Article, Failure
from crawlers.extract.pool import ExtractPool
from parallax.stores.intake import rows_of


def taken(folder: Path, text: str, encoding: str = "utf-8") -> Article | Failure:
    path = folder / "rows.csv"
    path.write_bytes(text.encode(encoding))
    with ExtractPool(1) as pool:
        (row,) = rows_of(path, (), pool)
    return row


@pytest.mark.parametrize(
    ("columns", "cell", "said"),
    [
        ("outlet,text,date", "2025-05-12", "did you mean published"),
        ("outlet,text,published", "12/05/2025", "which day is it"),
        ("newspaper,text,url", "https://post.example/a", "did you mean outlet"),
    ],
)
def test_what_a_column_may_mean_is_asked(
    tmp_path: Path, columns: str, cell: str, said: str
) -> None:
    row = taken(tmp_path, f"{columns}\nPost,It fell.,{cell}\n")
    assert isinstance(row, Failure)
    assert said in row.reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("cut", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, encoding: str, cut: str) -> None:
    row = taken(tmp_path, f"outlet{cut}text\nPost{cut}Brücke gesperrt.\n", encoding)
    assert isinstance(row, Article)
    assert (row.outlet, row.text, row.id) == ("Post", "Brücke gesperrt.", "rows.csv line 2")
