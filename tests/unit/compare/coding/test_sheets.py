from __future__ import annotations

import csv
import io
import random
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
