"""A corpus from a table to corrected tables: one command a step, as a researcher does it and README shows it."""

from __future__ import annotations

import csv
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from compare.codec import read_comparison
from tests.unit.parallax.conftest import Parallax, Result, parallax
from tests.unit.readme import of_parallax

__all__ = ["parallax"]  # the fixture

BRIDGE = (
    "The harbour bridge at Port Ellery was closed on Monday after inspectors found cracks in two girders.",
    "Repairs will cost 4 million dollars, the city council said.",
    "Mayor Anna Roe said that ferries would run every ten minutes.",
)
TAX = (
    "Parliament voted on Tuesday to raise the fuel tax by three percent.",
    "Farmers blocked two motorways in protest.",
    "The minister of finance, Karl Lind, called the vote a triumph.",
)


def corpus(path: Path) -> Path:
    """Two events of three outlets, each leaving another sentence out, and a row without a text."""
    rows = [["story", "paper", "headline", "body", "date"]]
    for story, said, title in (("bridge", BRIDGE, "Bridge closes"), ("tax", TAX, "Fuel tax rises")):
        for n, paper in enumerate(("Quay Courier", "Harbour Herald", "Ellery Mercury")):
            body = " ".join(s for i, s in enumerate(said) if i != n)
            rows.append([story, paper, title, body, "2025-05-13"])
    rows.append(["tax", "Evening Post", "Fuel tax", "", "2025-05-13"])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def filled(path: Path, code: Callable[[dict[str, str]], str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    coded = [row | {"code": code(row)} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(coded)
    return coded


@pytest.mark.model
def test_a_corpus_goes_from_a_table_to_corrected_tables(
    parallax: Parallax, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path / "corpus.csv")

    def done(*call: object) -> Result:
        result = parallax(*call)
        assert result.code == 0, result.err
        return result

    (extract,), (compare,), (report,) = map(of_parallax, ("extract", "compare", "report"))
    said = done(*shlex.split(extract))
    assert "6 of 7 pages read" in said.err
    assert "events/*.jsonl" in compare  # which a shell takes for these two
    done(*shlex.split(compare.replace("*.jsonl", "tax.jsonl events/bridge.jsonl")))
    assert len(read_comparison(Path("OUT/tax/comparison.json")).failures) == 1
    done(*shlex.split(report))
    before = pd.read_parquet("OUT/report/tables/cells.parquet")
    assert set(before["event"]) == {"bridge", "tax"}
    done("code", "OUT", "--sheet", "S.csv", "--coders", 2, "--show")
    one, two = tmp_path / "S-1.csv", tmp_path / "S-2.csv"
    rows = filled(one, lambda row: row["program"])
    assert len(rows) == len(before)
    wrong = next(row for row in rows if row["event"] == "tax" and row["program"] != "included")
    filled(two, lambda row: "included" if row["key"] == wrong["key"] else row["program"])
    found = json.loads(done("agree", one, two, "--with", "OUT", "--json").out)["agreement"]
    share = {(a["one"], a["other"]): a["percent"]["value"] for a in found}
    assert share[str(one), "the program"] == 1
    assert share[str(one), str(two)] == pytest.approx(1 - 1 / len(rows), abs=0.0001)
    assert [d["event"] for d in found[0]["disagreements"]] == ["tax"]
    listed = done("correct", "OUT", two, "--coder", "Lee")
    assert f"1 corrections of {len(rows)} coded rows" in listed.err
    assert not (tmp_path / "OUT" / "bridge" / "corrections.json").exists()
    done(*shlex.split(report))
    after = pd.read_parquet("OUT/report/tables/cells.parquet")
    corrected = after[after["corrected_by"] != ""]
    assert corrected[
        ["event", "detail", "outlet", "status", "corrected_by"]
    ].to_numpy().tolist() == [["tax", wrong["detail"], wrong["outlet"], "included", "Lee"]]
    assert "no correction 'nope'" in parallax("correct", "OUT", "--undo", "nope").err
    assert wrong["key"] not in done("correct", "OUT", "--undo", wrong["key"]).out
    (explain,) = of_parallax("explain")
    event = explain.replace("OUT/", "OUT/tax/").replace("DETAIL", wrong["detail"])
    asked = done(*shlex.split(event.replace("The Outlet", wrong["outlet"])))
    assert wrong["outlet"] in asked.out
