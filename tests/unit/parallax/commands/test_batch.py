"""Files into a store, and days of a store to comparisons: the same bytes whoever does the work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.speed.made_week import write_week
from compare.codec import article_line
from compare.datamodel import Failure, Stage
from parallax.fleet import days
from parallax.stores.folder import FolderStore
from tests.unit.compare.grouping.test_group import stream
from tests.unit.parallax.conftest import Parallax


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A file of three events of three outlets each, in each of two spellings, and a failure."""
    rows = [
        replace(a, text=f"{a.text} {a.outlet.title()} was told so on the quay at noon.")
        for a in stream(3)
    ]
    path = tmp_path / "week.jsonl"
    lost = Failure(stage=Stage.FETCH, reason="HTTP 503", url="https://mail.example/1")
    path.write_bytes(b"".join(map(article_line, rows)) + article_line(lost))
    return path


@pytest.mark.model
def test_one_process_and_two_write_the_same_and_nothing_is_done_twice(
    parallax: Parallax, week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "AT_ONCE", 4)  # three units of articles to be encoded
    store, one, two = (tmp_path / name for name in ("store", "one", "two"))
    taken = parallax("ingest", week, "--store", store, "--json")
    assert json.loads(taken.out)["store"] | {"comparisons": 0} == {
        "files": 1, "articles": 9, "versions": 0, "duplicates": 0, "failures": 1, "comparisons": 0,
    }  # fmt: skip
    assert json.loads(parallax("ingest", week, "--store", store, "--json").out)["added"] == 0

    cost = parallax("batch", "--store", store, "--out", one, "--dry-run", "--json")
    assert json.loads(cost.out)["articles"] == 9
    assert not one.exists()

    call = ("batch", "--store", store, "--from", "2024-05-01", "--to", "2024-05-07")
    done = parallax(*call, "--out", one, "--reports", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out) == {
        "articles": 9, "events": 3, "compared_events": 3, "known": 0, "done": 3, "lost": 0,
    }  # fmt: skip
    page = (one / "index.html").read_text("utf-8")
    assert page.count("/report/index.html") == 3
    assert "Maria Dolores" in page
    assert len((one / "tables" / "events.csv").read_text("utf-8-sig").splitlines()) == 4

    assert parallax(*call, "--out", two, "--reports", "--workers", 2).code == 0
    assert files_in(one) == files_in(two)

    # What stands on the disk is kept in whichever store is named, once.
    parallax("ingest", week, "--store", tmp_path / "other")
    assert (
        json.loads(
            parallax(
                *call[:1], "--store", tmp_path / "other", *call[3:], "--out", two, "--json"
            ).out
        )["known"]
        == 3
    )
    assert (
        files_in(tmp_path / "other" / "comparisons").keys()
        == files_in(store / "comparisons").keys()
    )

    lost, corrected = sorted(one.glob("events/*/comparison.json"))[:2]
    sheet = tmp_path / "S.csv"
    parallax("code", corrected, "--sheet", sheet, "--show")
    sheet.write_text(sheet.read_text("utf-8-sig").replace(",1,,", ",1,cannot tell,", 1), "utf-8")
    assert parallax("correct", corrected, sheet, "--coder", "Lee").code == 0
    kept = lost.read_bytes()
    lost.unlink()
    again = json.loads(parallax(*call, "--out", one, "--json").out)
    assert (again["known"], again["done"]) == (2, 1)
    assert lost.read_bytes() == kept
    # What a person corrected is in the tables of the next call.
    cells = (one / "tables" / "cells.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in cells if line.endswith(",Lee")] == [
        corrected.parent.name
    ]

    report = ("report", lost.parent.name, "--store", store, "--out", tmp_path / "report")
    assert parallax(*report).code == 0
    assert files_in(tmp_path / "report") == files_in(lost.parent / "report")
    assert parallax("report", "unknown", *report[2:]).code == 4

    shown = parallax("find", "bow door", "--store", store)
    assert "The ferry" not in shown.out
    assert shown.out.count("bow door") == 3


@pytest.mark.model  # words of the model's package
def test_every_page_of_a_week_is_an_article_a_failure_or_a_duplicate(
    parallax: Parallax, tmp_path: Path
) -> None:
    """Cut and damaged files, pages whose packing broke off, revisits, wrong charsets, copies in other files."""
    expected = write_week(tmp_path / "in", pages=180, events=3)
    (tmp_path / "in" / "rows.csv").write_text(
        "outlet,title,text\nPost,No bridge,It fell.\nMail,,\n"
    )
    call = ("ingest", "--store", tmp_path / "store", "--json", "--workers", 2)
    taken = parallax(*call, tmp_path / "in")
    assert taken.code == 0, taken.err
    counts = json.loads(taken.out)["store"]
    assert {k: counts[k] for k in ("files", "articles", "duplicates", "failures")} == {
        "files": 15,
        "articles": expected.articles + 1,
        "duplicates": expected.duplicates,
        "failures": expected.failures + 1,
    }
    assert expected.pages == expected.articles + expected.duplicates + expected.failures
    found = json.loads(parallax("find", "café desk", *call[1:4]).out)
    assert len(found) == 50  # in every page, whatever charset its server says it has
    assert {f["text"] for f in found} == {"© the café’s own desk"}
    reasons = " ".join(row["reason"] for row in _failures(tmp_path / "store"))
    for said in ("broke off, as where", "is damaged", "does not hold", "HTTP 404", "no end mark"):
        assert said in reasons


def _failures(store: Path) -> list[dict[str, str]]:
    lines = [
        line for p in (store / "files").glob("*.jsonl") for line in p.read_bytes().splitlines()
    ]
    return [row for row in map(json.loads, lines) if row["type"] == "failure"]


def test_what_cannot_be_taken_in_is_said(parallax: Parallax, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    said = parallax("ingest", tmp_path / "photo.png", "--store", tmp_path / "store")
    assert said.code == 3
    assert "no kind that can be read" in said.err
    assert FolderStore(tmp_path / "empty").counts().files == 0
    said = parallax("batch", "--store", tmp_path / "empty", "--out", tmp_path / "o")
    assert said.code == 4
    said = parallax(
        "batch",
        "--store",
        tmp_path / "empty",
        "--out",
        tmp_path / "o",
        "--ray",
        "local",
        "--workers",
        2,
    )
    assert said.code == 2


def test_a_batch_says_before_its_work_what_cannot_be_done(
    parallax: Parallax, week: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    parallax("ingest", week, "--store", store)
    call = ("batch", "--store", store, "--out")
    for wrong, why in (
        (("--from", "2024-13-01"), "2024-13-01 is no day"),
        (("--to", "yesterday"), "yesterday is no day"),
        (("--from", "2024-05-09", "--to", "2024-05-01"), "is before --from"),
    ):
        said = parallax(*call, tmp_path / "o", *wrong)
        assert said.code == 2
        assert why in said.err
    # The same day in another spelling of ISO is the same window.
    whole = json.loads(
        parallax(*call, tmp_path / "o", "--from", "20240501", "--dry-run", "--json").out
    )
    assert whole["articles"] == 9
    assert whole["hours_at_most"] == whole["core_hours_at_most"]
    rows = [json.loads(line) for line in week.read_text("utf-8").splitlines()]
    assert whole["words"] == sum(len(row.get("text", "").split()) for row in rows)
    ray = json.loads(parallax(*call, tmp_path / "o", "--ray", "far:1", "--dry-run", "--json").out)
    assert (ray["workers"], ray["hours_at_most"]) == (None, None)
    said = parallax(*call, week)
    assert said.code == 5
    assert "cannot be written" in said.err
    assert "encoding" not in said.err


def test_a_file_that_is_gone_costs_the_others_nothing(parallax: Parallax, tmp_path: Path) -> None:
    """As large files that are kept elsewhere are links to nothing until somebody fetches them."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").symlink_to(tmp_path / "elsewhere.csv")
    (folder / "b.csv").write_text("outlet,title,text\nPost,No bridge,It fell.\n")
    call = ("ingest", folder, "--store", tmp_path / "store", "--json")
    taken = parallax(*call)
    told = json.loads(taken.out)
    assert (taken.code, told["added"], told["lost"], told["store"]["articles"]) == (1, 1, 1, 1)
    assert "a.csv was not read" in taken.err
    (tmp_path / "elsewhere.csv").write_text("outlet,title,text\nMail,A bridge,It stands.\n")
    taken = parallax(*call)
    assert (taken.code, json.loads(taken.out)["store"]["articles"]) == (0, 2)


@pytest.mark.parametrize("command", ["batch", "find", "report", "correct"])
def test_who_only_reads_a_store_makes_none(
    parallax: Parallax, tmp_path: Path, command: str
) -> None:
    words = {"find": ["bridge"], "report": ["e"], "correct": ["e"], "batch": []}[command]
    out = [] if command in {"find", "correct"} else ["--out", tmp_path / "o"]
    said = parallax(command, *words, "--store", tmp_path / "mistyped", *out)
    assert said.code == 3
    assert "is no store" in said.err
    assert not (tmp_path / "mistyped").exists()
