"""A user's own ratings: read from a CSV, and every detail counted by them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from compare.codec import encode_comparison
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Cell,
    Comparison,
    Detail,
    Event,
    Run,
    Status,
)
from compare.errors import InputError
from parallax.ratings import rated, read_ratings
from templates.exports import by_rating_csv
from templates.facts.index import Facts
from templates.facts.rated import UNRATED
from templates.html.strings import english
from tests.unit.parallax.conftest import Parallax

OUTLETS = ("The Invented Times", "Quay Courier", "Harbour Herald", "Somebody")


def comparison() -> Comparison:
    told = [Status.INCLUDED, Status.LEFT_OUT, Status.EDITORIALIZED, Status.CANNOT_TELL]
    cells = tuple(
        Cell(outlet=outlet, status=status, reason="as it is", confidence=1.0)
        for outlet, status in zip(OUTLETS, told, strict=True)
    )
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax="0", model="m"),
        event=Event(about="a bridge"),
        outlets=OUTLETS,
        articles=(
            Article(id="q", outlet="Quay Courier", title="T", text="A bridge closed.",
                    url="https://news.quay.example/1"),
        ),
        details=(Detail(id="d1", text="=A bridge closed.", mentions=(), cells=cells),),
    )  # fmt: skip


def ratings(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_text(text, "utf-8")
    return path


def test_details_are_counted_by_rating_whether_named_or_by_domain(tmp_path: Path) -> None:
    given = read_ratings(
        ratings(tmp_path, "outlet,lean\nthe invented times,east\nquay.example,east\nHarbour Herald,west\n")
    )  # fmt: skip
    own = rated(comparison(), given)
    assert own.values == {
        "The Invented Times": "east",
        "Quay Courier": "east",
        "Harbour Herald": "west",
    }
    table = list(
        csv.DictReader(
            by_rating_csv(Facts(comparison(), english()), own).decode("utf-8-sig").splitlines()
        )
    )
    (row,) = table
    assert row["text"] == "'=A bridge closed.", "no spreadsheet takes it for a formula"
    assert {key: value for key, value in row.items() if key.startswith("lean east")} == {
        "lean east (2): tell it": "1",
        "lean east (2): left it out": "1",
        "lean east (2): cannot tell": "0",
    }
    assert row["lean west (1): tell it"] == "1"
    assert row[f"lean {UNRATED} (1): cannot tell"] == "1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1"),
        ("name,lean\nA,1\n", "line 1"),
        ("outlet,lean\nA,\n", "line 2"),
        ("outlet,lean\nA,1\n\nA,2\n", "line 4"),
        ("outlet,lean\nA,1,2\n", "line 2"),
    ],
)
def test_what_is_no_rating_is_named_by_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_ratings(ratings(tmp_path, text))


def test_a_report_gets_the_table_and_a_bad_file_stops_it_before(
    parallax: Parallax, tmp_path: Path
) -> None:
    (tmp_path / "comparison.json").write_bytes(encode_comparison(comparison()))
    call = ("report", tmp_path / "comparison.json", "--out", tmp_path / "report", "--ratings")
    bad = parallax(*call, ratings(tmp_path, "nothing\n"))
    assert bad.code == 3
    assert not (tmp_path / "report").exists()
    good = parallax(*call, ratings(tmp_path, "outlet,lean\nSomebody,east\n"))
    assert good.code == 0
    assert "lean east" in (tmp_path / "report" / "by_rating.csv").read_text("utf-8-sig")
    assert "lean (own rating)" in (tmp_path / "report" / "outlets.html").read_text("utf-8")


def test_a_bad_file_stops_a_run_before_anything_is_asked(
    parallax: Parallax, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    bad = ratings(tmp_path, "outlet,lean\nA\n")
    run = parallax("run", "--about", "a bridge", "--out", out, "--ratings", bad)
    assert run.code == 3
    assert "line 2" in run.err
    assert not out.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_ratings_are_read_as_spreadsheets_save_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "lean.csv"
    path.write_bytes('sep=;\r\nOutlet;Lean\r\n"Quay Courier";east\r\n;\r\n'.encode(encoding))
    found = read_ratings(path)
    assert (found.column, found.of("quay courier")) == ("Lean", "east")


def test_ratings_of_outlets_that_are_not_there_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = read_ratings(ratings(tmp_path, "outlet,lean\nquay.example,east\nQuay Currier,west\n"))
    rated(comparison(), given)
    said = capsys.readouterr().err
    assert "1 of 2" in said
    assert "Quay Currier" in said
    assert "Quay Courier" in said
    rated(comparison(), read_ratings(ratings(tmp_path, "outlet,lean\nquay.example,east\n")))
    assert not capsys.readouterr().err
