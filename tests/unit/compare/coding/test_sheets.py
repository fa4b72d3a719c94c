from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.coding.filled import problems_of, read_sheet
from compare.coding.sheets import COLUMNS, ItemKind, items_of, sampled, sheet_csv
from compare.datamodel import Comparison, Status
from compare.errors import InputError

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"


@pytest.fixture(scope="module")
def harbour() -> Comparison:
    return read_comparison(GOLDEN)


def row(key: str, code: str, **more: str) -> list[str]:
    return [
        {"key": key, "kind": "cell", "code": code, "coder": "Lee", **more}.get(c, "")
        for c in COLUMNS
    ]


def written(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([list(COLUMNS), *rows])
    path.write_bytes(b"\xef\xbb\xbf" + file.getvalue().encode())
    return path


def test_a_thousand_shuffled_rows_lose_nothing_and_every_bad_one_is_named(tmp_path: Path) -> None:
    chance = random.Random(4)
    codes = [s.value for s in Status]
    rows = [row(f"k{n}", chance.choice(codes)) for n in range(960)]
    rows += [row(f"open{n}", "") for n in range(25)]
    bad = {
        "has no key": row("", "included"),
        "has the code 'inclded'": row("a", "inclded"),
        "has the kind 'cel'": row("b", "included", kind="cel"),
        "cells; the head has": row("c", "included")[:5],
        "is empty": [""] * len(COLUMNS),
        "repeats the question": row("k7", "included"),
    }
    rows += [*bad.values(), row("d", "INCLUDED"), *(row(f"e{n}", "omitted") for n in range(8))]
    assert len(rows) == 1000
    chance.shuffle(rows)
    sheet = read_sheet(written(tmp_path / "s.csv", rows))
    assert len(sheet.coded) + sheet.open + len(sheet.problems) == 1000
    assert len(sheet.coded) == 961
    assert sheet.open == 25
    told = list(problems_of(sheet))
    for why, line in bad.items():
        number = rows.index(line) + 2
        if "repeats" in why:  # whichever of the two comes later
            number = max(i + 2 for i, r in enumerate(rows) if r[0] == "k7")
        assert any(t.startswith(f"row {number} ") and why in t for t in told), (why, told)
    assert sum("'omitted'" in t for t in told) == 8


def test_semicolons_and_columns_in_another_order_are_read(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("code;key\nleft out;a\n", encoding="utf-8")
    (one,) = read_sheet(path).coded
    assert (one.key, one.code) == ("a", "left out")


@pytest.mark.parametrize("text", ["detail,code\nx,y\n", ""])
def test_what_is_no_sheet_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no column key"):
        read_sheet(path)


def test_a_blind_sheet_shows_no_verdict_and_coders_get_the_same_questions_in_other_orders(
    harbour: Comparison, tmp_path: Path
) -> None:
    items = sampled(items_of(harbour, ItemKind), 40, seed=3)
    assert items == sampled(items_of(harbour, ItemKind), 40, seed=3)
    one, two = (
        list(csv.DictReader(io.StringIO(sheet_csv([("e", i) for i in items], coder=c, blind=True, seed=3).decode("utf-8-sig"))))
        for c in ("1", "2")
    )  # fmt: skip
    assert sorted(r["key"] for r in one) == sorted(r["key"] for r in two)
    assert [r["key"] for r in one] != [r["key"] for r in two]
    assert not any(r["program"] or r["reason"] or r["evidence"] for r in one)
    shown = sheet_csv([("e", i) for i in items], coder="1", blind=False, seed=3).decode("utf-8-sig")
    assert all(r["program"] for r in csv.DictReader(io.StringIO(shown)))


def saved(rows: list[list[str]], delimiter: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([list(COLUMNS), *rows])
    return file.getvalue()


@pytest.mark.parametrize(
    ("delimiter", "charset", "before"),
    [
        (";", "cp1252", ""),  # Excel in most of Europe
        ("\t", "utf-16", ""),  # Excel's "Unicode text"
        (";", "utf-8-sig", "sep=;\r\n"),
        (",", "utf-8", "\r\n"),
    ],
)
def test_a_sheet_is_read_however_a_spreadsheet_saved_it(
    tmp_path: Path, delimiter: str, charset: str, before: str
) -> None:
    rows = [row("a", "left\u00a0out", note="schön; \u201cso\u201d\nzwei"), row("b", " Included ")]
    path = tmp_path / "s.csv"
    path.write_bytes((before + saved(rows, delimiter)).encode(charset))
    sheet = read_sheet(path)
    assert [(r.key, r.code) for r in sheet.coded] == [("a", "left out"), ("b", "included")]
    assert sheet.coded[0].note == "schön; \u201cso\u201d\nzwei"
    assert [r.row for r in sheet.coded] == ([3, 4] if before else [2, 3])
    assert (sheet.open, sheet.problems) == (0, ())


def test_what_spreadsheets_and_their_users_do_to_rows_is_borne_or_named(tmp_path: Path) -> None:
    head = ["Key ", "kind", "event", "coder", "CODE", "note", "mine", "", ""]
    rows = [
        ["a", "Cell", "", "Lee", "included", "", "x", "", "", "", ""],  # commas behind
        ["b", "cell", "", "Lee", "left out"],  # empty cells left out
        ["1,23457E+11", "cell", "", "Lee", "included", "", "", "", ""],
        ["c", "cell", "", "Lee", "=A2", "", "", "", ""],
        ["key", "kind", "event", "coder", "code", "note", "", "", ""],  # one sheet below another
        ["a", "cell", "", "Lee", "left out", "", "", "", ""],
        ["d", "cell", "", "Lee", "", "", "", "", ""],
        ["d", "cell", "", "Lee", "included", "", "", "", ""],  # open above, answered here
        ["e", "cell", "", "Lee"],  # broken off before the code
    ]
    path = tmp_path / "s.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    sheet = read_sheet(path)
    assert [(r.key, r.code, r.row) for r in sheet.coded] == [
        ("a", "included", 2),
        ("b", "left out", 3),
        ("d", "included", 9),
    ]
    assert (sheet.open, [p.row for p in sheet.problems]) == (1, [4, 5, 6, 7, 10])
    told = list(problems_of(sheet))
    assert "a number that a spreadsheet made of it" in told[0]
    assert "repeats the question of row 2" in told[3]


def test_two_columns_of_one_name_and_an_open_quotation_mark_are_named(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("key,code,code\na,included,included\nb,included,left out\n", encoding="utf-8")
    sheet = read_sheet(path)
    assert [r.key for r in sheet.coded] == ["a"]
    assert "in two columns called code" in sheet.problems[0].why
    lines = "".join(f"k{n},included\n" for n in range(40))
    path.write_text(f'key,code\na,included\n"b,included\n{lines}', encoding="utf-8")
    sheet = read_sheet(path)
    assert [r.key for r in sheet.coded] == ["a"]
    assert sheet.problems[0].row == 3
    assert "a quotation mark in it may not be closed" in sheet.problems[0].why


def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(InputError, match="save the sheet as CSV"):
        read_sheet(path)


def test_no_key_looks_like_a_number_to_a_spreadsheet(harbour: Comparison) -> None:
    keys = [
        replace(item, place=f"{n}").key
        for item in items_of(harbour, [ItemKind.ROW])[:1]
        for n in range(3000)
    ]
    assert not [key for key in keys if key.isdigit() or re.fullmatch(r"\d+e\d+", key)]
    assert len(set(keys)) == 3000


def test_codes_are_read_however_they_are_spelled(tmp_path: Path) -> None:
    head = ["\u200bkey", "kind", "code"]
    rows = [
        ["a", "cell", "Left-Out"],
        ["b", "cell", "editorialised"],
        ["c", "cell", "published_before"],
        ["d", "row", "Split:  the Herald;  Courier"],
        ["e", "row", "JOIN:abc"],
        ["f", "row", "split: Courier; the Herald"],
        ["g", "row", "split:"],
        ["h", "cell", "split: Courier"],
        ["i", "cell", "12/03/2024"],
        ["j", "", "hard"],
    ]
    path = tmp_path / "s.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    sheet = read_sheet(path)
    assert [(r.key, r.code) for r in sheet.coded] == [
        ("a", "left out"),
        ("b", "editorialized"),
        ("c", "published before"),
        ("d", "split: Courier; the Herald"),
        ("e", "join: abc"),
        ("f", "split: Courier; the Herald"),
    ]
    assert [p.row for p in sheet.problems] == [8, 9, 10, 11]
    assert "a row takes one fact, several facts, split: OUTLET" in sheet.problems[0].why
    assert "without a kind it is taken for a cell" in sheet.problems[3].why
