"""From sheets to agreement, corrections and labelled data, as a user does it."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.coding.sheets import CODES, ItemKind
from tests.unit.parallax.conftest import Parallax

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"
CODEBOOK = Path(__file__).parents[4] / "docs" / "codebook.md"


@pytest.fixture
def compared(tmp_path: Path) -> Path:
    return Path(shutil.copy(GOLDEN, tmp_path / "comparison.json"))


def filled(path: Path, code: Callable[[dict[str, str]], str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"code": code(row)} for row in rows)


def test_two_coders_agree_with_each_other_and_with_the_program(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    made = parallax("code", compared, "--sheet", tmp_path / "S.csv", "--coders", 2, "--sample", 20)
    one, two = map(Path, made.out.split())
    program = {
        row["key"]: row["program"]
        for row in _rows(parallax, compared, tmp_path / "shown.csv", "--show")
    }
    filled(one, lambda row: program[row["key"]])
    differing = min(_keys(one))
    filled(two, lambda row: "cannot tell" if row["key"] == differing else program[row["key"]])
    done = parallax("agree", one, two, "--with", compared, "--json")
    found = {(a["one"], a["other"]): a for a in json.loads(done.out)["agreement"]}
    coders, with_program = found[str(one), str(two)], found[str(one), "the program"]
    assert with_program["percent"]["value"] == 1
    assert coders["items"] == 20
    expected = [] if program[differing] == "cannot tell" else [differing]
    assert [d["key"] for d in coders["disagreements"]] == expected
    assert coders["percent"]["value"] == 1 - len(expected) / 20
    assert "Krippendorff's alpha" in parallax("agree", one, two).out
    again = parallax("code", compared, "--sheet", tmp_path / "S.csv", "--coders", 2)
    assert again.code == 2
    assert "may be filled in" in again.err


def _keys(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["key"] for row in csv.DictReader(file)]


def _rows(parallax: Parallax, compared: Path, path: Path, *more: str) -> list[dict[str, str]]:
    assert parallax("code", compared, "--sheet", path, *more).code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_correction_is_laid_over_shown_as_a_person_s_and_undone(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "S.csv"
    rows = _rows(parallax, compared, sheet, "--show")
    wrong = next(row for row in rows if row["program"] == "left out")
    filled(sheet, lambda row: "included" if row["key"] == wrong["key"] else row["program"])
    before = compared.read_bytes()
    done = parallax("correct", compared, sheet, "--coder", "Lee")
    assert done.code == 0, done.err
    assert f"1 corrections of {len(rows)} coded rows" in done.err
    assert compared.read_bytes() == before
    told = parallax("explain", compared, wrong["detail"], wrong["outlet"]).out
    assert "Lee coded this as included; the program said left out" in told
    assert parallax("report", compared, "--out", tmp_path / "report").code == 0
    page = (tmp_path / "report" / "details" / f"{wrong['detail']}.html").read_text("utf-8")
    assert "Lee coded this as included" in page
    listed = parallax("correct", compared).out
    assert wrong["key"] in listed
    assert parallax("correct", compared, "--undo", "none-such").code == 2
    assert wrong["key"] not in parallax("correct", compared, "--undo", wrong["key"]).out
    assert "Lee" not in parallax("explain", compared, wrong["detail"], wrong["outlet"]).out


def test_labelled_data_names_every_shared_detail_by_sentences_of_its_articles(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    made = parallax("code", compared, "--gold", tmp_path / "labelled")
    labels = json.loads(Path(made.out.strip()).read_text("utf-8"))
    assert {
        "event",
        "topic",
        "sentences",
        "details",
        "conflicts",
        "editorial",
        "boilerplate",
    } == labels.keys()
    known = {s["id"] for s in labels["sentences"]}
    comparison = read_comparison(compared)
    shared = [d for d in comparison.details if len({m.outlet for m in d.mentions}) > 1]
    assert len(labels["details"]) == len(shared)
    for detail in labels["details"]:
        assert set(detail["mentions"]) <= known
    events = tmp_path / "labelled" / "events"
    assert len(next(events.glob("*.jsonl")).read_text("utf-8").splitlines()) == len(
        comparison.articles
    )


def test_the_codebook_has_every_code() -> None:
    text = CODEBOOK.read_text("utf-8")
    for kind in ItemKind:
        assert f"## kind: {kind}" in text
        assert all(f"`{code}`" in text for code in CODES[kind])


def test_a_kill_leaves_corrections_whole_and_the_same_call_goes_on(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "S.csv"
    rows = _rows(parallax, compared, sheet, "--show")
    filled(sheet, lambda row: "included" if row["program"] == "left out" else row["program"])
    call = [sys.executable, "-m", "parallax", "correct", str(compared), str(sheet)]
    for wait in (0.05, 0.3, 0.6):
        running = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.wait()
        file = compared.with_name("corrections.json")
        assert not file.exists() or json.loads(file.read_text("utf-8"))["corrections"]
    done = parallax("correct", compared, sheet)
    assert done.code == 0, done.err
    expected = sum(row["program"] == "left out" for row in rows)
    assert len(done.out.splitlines()) == expected + 1


def test_diff_says_whose_correction_changed_a_verdict(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    (tmp_path / "then").mkdir()
    then = Path(shutil.copy(compared, tmp_path / "then" / "comparison.json"))
    assert "nothing changed." in parallax("diff", then, compared).out
    sheet = tmp_path / "S.csv"
    rows = _rows(parallax, compared, sheet, "--show")
    wrong = next(row for row in rows if row["program"] == "left out")
    filled(sheet, lambda row: "included" if row["key"] == wrong["key"] else "")
    parallax("correct", compared, sheet)
    (verdict,) = json.loads(parallax("diff", then, compared, "--json").out)["verdicts"]
    assert (verdict["detail"], verdict["outlet"]) == (wrong["detail"], wrong["outlet"])
    assert (verdict["old"], verdict["new"]) == ("left out", "included")
    assert verdict["why"] == ["a person's correction"]
    assert "left out, now included" in parallax("diff", then, compared).out
