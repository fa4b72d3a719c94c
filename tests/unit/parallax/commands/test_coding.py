"""From sheets to agreement, corrections and labelled data, as a user does it."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.coding.sheets import CODES, ItemKind
from parallax.stores.folder import FolderStore
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
    told = parallax("agree", one, two).out
    assert "Krippendorff's alpha" in told
    for listed in coders["disagreements"]:
        row = next(
            r for r in _rows(parallax, compared, tmp_path / "all.csv") if r["key"] == differing
        )
        assert {k: listed[k] for k in ("detail", "outlet", "text")} == {
            k: row[k] for k in ("detail", "outlet", "text")
        }
        (line,) = [line for line in told.splitlines() if line.startswith(differing)]
        assert row["outlet"] in line
        assert row["text"][:20] in line
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


def test_a_store_keeps_every_word_and_the_last_one_stands(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with FolderStore(store) as shelf:
        shelf.keep("ferry", "1", compared.read_bytes(), at="2024-05-01", by="ann")
    rows = _rows(parallax, compared, tmp_path / "S.csv", "--show")
    row = next(r for r in rows if r["program"] == "included")
    call = ("correct", "ferry", "--store", store)
    for coder, code in (("Lee", "left out"), ("Kim", "cannot tell")):
        answers = {row["key"]: code}
        filled(tmp_path / "S.csv", lambda r, answers=answers: answers.get(r["key"], ""))  # type: ignore[misc]
        listed = parallax(*call, tmp_path / "S.csv", "--coder", coder)
        assert [line.split()[0] for line in listed.out.splitlines()[1:]] == [row["key"]]
        assert coder in listed.out
    with FolderStore(store) as shelf:
        kept = [json.loads(line) for lines in shelf.notes("ferry") for line in lines.splitlines()]
    assert [(k["coder"], k["code"]) for k in kept] == [("Lee", "left out"), ("Kim", "cannot tell")]
    assert all(k["by"] and k["at"] for k in kept)

    def corrected_by() -> set[str | None]:
        out = tmp_path / "report"
        assert parallax("report", "ferry", "--store", store, "--out", out).code == 0
        found = read_comparison(out / "data" / "comparison.json")
        return {c.corrected_by for d in found.details for c in d.cells} - {None, ""}

    assert corrected_by() == {"Kim"}
    assert parallax(*call, "--undo", "nothing").code == 2
    assert row["key"] not in parallax(*call, "--undo", row["key"]).out
    assert corrected_by() == set()
    assert parallax("correct", "unknown", "--store", store).code == 4


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


def test_two_sheets_of_a_thousand_rows_give_the_figures_computed_by_hand(
    parallax: Parallax, tmp_path: Path
) -> None:
    one, other = "included", "left out"
    # What the two give to 900 questions: together 400 + 350 of them the same.
    both = [(one, one)] * 400 + [(one, other)] * 50 + [(other, one)] * 100 + [(other, other)] * 350
    bad = [["", one], ["m", "omitted"], ["k7", one], ["", ""], ["k8", one, "more"]]
    paths = []
    for coder in (0, 1):
        rows = [[f"k{n}", codes[coder]] for n, codes in enumerate(both)]
        rows += (
            bad + [[f"open{n}", ""] for n in range(35)] + [[f"{coder}-{n}", one] for n in range(60)]
        )
        assert len(rows) == 1000
        random.Random(coder).shuffle(rows)
        paths.append(tmp_path / f"S-{coder}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["key", "code"], *rows])
    done = parallax("agree", *paths, "--json")
    assert done.err.count("960 rows coded, 35 left open, 5 cannot be used") == 2
    said = json.loads(done.out)
    assert len(said["unusable"]) == 10
    assert all(re.search(r"S-[01]\.csv: row \d+ ", line) for line in said["unusable"])
    (found,) = said["agreement"]
    assert (found["items"], found["only_one"], len(found["disagreements"])) == (900, 120, 150)
    assert found["percent"]["value"] == pytest.approx(750 / 900, abs=0.0001)
    chance = (450 * 500 + 450 * 400) / 900**2
    assert found["kappa"]["value"] == pytest.approx((750 / 900 - chance) / (1 - chance), abs=0.0001)
    # Of 1,800 codes 950 are the one and 850 the other.
    differing = 2 * 950 * 850 / (1800 * 1799)
    assert found["alpha"]["value"] == pytest.approx(1 - (150 / 900) / differing, abs=0.0001)


def test_who_filled_in_one_sheet_together_are_two_coders(
    parallax: Parallax, tmp_path: Path
) -> None:
    path = tmp_path / "S.csv"
    path.write_text(
        "key,coder,code\na,Lee,included\na,Kim,left out\nb,Lee,included\nb,Kim,included\n"
    )
    (found,) = json.loads(parallax("agree", path, "--json").out)["agreement"]
    assert {found["one"], found["other"]} == {f"{path}: Lee", f"{path}: Kim"}
    assert (found["items"], found["percent"]["value"]) == (2, 0.5)


def test_a_call_that_broke_off_is_made_again_and_a_sheet_that_is_filled_in_stays(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    call = ("code", compared, "--sheet", tmp_path / "S.csv", "--coders", 2)
    assert parallax(*call).code == 0
    one, two = tmp_path / "S-1.csv", tmp_path / "S-2.csv"
    whole = one.read_bytes()
    two.unlink()  # as where the call was killed before it was written
    assert parallax(*call).code == 0
    assert one.read_bytes() == whole
    two.write_text(two.read_text("utf-8-sig").replace(",2,,", ",2,included,", 1), "utf-8")
    assert "may be filled in" in parallax(*call).err


def test_who_takes_another_s_word_back_is_told_so_and_undoing_in_any_order_leaves_the_program_s(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "S.csv"
    rows = _rows(parallax, compared, sheet, "--show")
    one, other = [row["key"] for row in rows if row["program"] == "left out"][:2]
    untouched = parallax("explain", compared, rows[0]["detail"], rows[0]["outlet"]).out
    for coder, codes in (
        ("Lee", {one: "included", other: "included"}),
        ("Kim", {one: "cannot tell", other: "left out"}),
    ):
        filled(sheet, lambda row, codes=codes: codes.get(row["key"], ""))  # type: ignore[misc]
        done = parallax("correct", compared, sheet, "--coder", coder)
    assert f"says 'cannot tell' in place of 'included' of Lee ({one})" in done.err
    assert f"says 'left out' in place of 'included' of Lee ({other})" in done.err
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == [one]
    filled(sheet, lambda row: {one: "included", other: "cannot tell"}.get(row["key"], ""))
    assert "2 corrections" in parallax("correct", compared, sheet).err
    for key in (other, one):
        assert parallax("correct", compared, "--undo", key).code == 0
    assert json.loads(compared.with_name("corrections.json").read_text())["corrections"] == []
    assert parallax("explain", compared, rows[0]["detail"], rows[0]["outlet"]).out == untouched


def test_rows_that_a_comparison_does_not_have_are_named_where_the_program_is_asked(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    path = tmp_path / "S.csv"
    rows = _rows(parallax, compared, path, "--show")
    path.write_text(f"key,code\n{rows[0]['key']},included\nabc,included\ndef,included\n")
    said = json.loads(parallax("agree", path, "--with", compared, "--json").out)
    assert said["unusable"] == [f"{path}: 2 rows ask about what is not in {compared}: row 3, 4"]
    assert said["agreement"][0]["items"] == 1


def test_diff_reads_files_of_earlier_versions_and_says_what_hardly_belongs_together(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    kept = json.loads(compared.read_text("utf-8"))

    def file(name: str, **changed: object) -> Path:
        (tmp_path / name).write_text(json.dumps(kept | changed), "utf-8")
        return tmp_path / name

    assert "nothing changed." in parallax("diff", file("1.json", schema_version=1), compared).out
    newer = parallax("diff", compared, file("9.json", schema_version=99))
    assert (newer.code, "Update Parallax" in newer.err) == (3, True)
    later = file("later.json", run=kept["run"] | {"started": "2099-01-01T00:00:00+00:00"})
    assert "the other way round" in parallax("diff", later, compared).err
    details = [d | {"id": f"x{d['id']}", "part_of": None} for d in kept["details"]]
    other = parallax("diff", compared, file("other.json", details=details))
    assert f"made with --since {compared}" in other.err
    assert other.code == 0
    assert "--since" not in parallax("diff", compared, compared).err


def test_events_whose_names_a_spreadsheet_changed_are_found_by_their_questions(
    parallax: Parallax, compared: Path, tmp_path: Path
) -> None:
    kept = json.loads(compared.read_text("utf-8"))
    out = tmp_path / "OUT"
    for name, prefix in (("05664546", ""), ("2019-03", "x")):
        (out / name).mkdir(parents=True)
        details = [
            d | {"id": prefix + d["id"], "part_of": d["part_of"] and prefix + d["part_of"]}
            for d in kept["details"]
        ]
        (out / name / "comparison.json").write_text(json.dumps(kept | {"details": details}))
    assert parallax("code", out, "--sheet", tmp_path / "S.csv", "--coders", 2, "--show").code == 0
    one, two = tmp_path / "S-1.csv", tmp_path / "S-2.csv"
    for sheet in (one, two):
        filled(sheet, lambda row: "included" if row["program"] == "left out" else row["program"])
    rows = one.read_text("utf-8").count("05664546")
    changed = (
        two.read_text("utf-8").replace(",05664546,", ",5664546,").replace(",2019-03,", ",Mar 19,")
    )
    two.write_text(changed, "utf-8")
    for call in ((one, two), (two, one), (two, one, "--with", out)):
        said = json.loads(parallax("agree", *call, "--json").out)
        assert said["unusable"] == []
        assert {a["only_one"] for a in said["agreement"]} == {0}
        assert said["agreement"][0]["items"] >= rows
    done = parallax("correct", out, two)
    assert "not in the folder" not in done.err
    listed = [line.split()[0] for line in done.out.splitlines()[1:]]
    assert set(listed) == {"05664546", "2019-03"}
