from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from compare.coding.filled import read_sheet
from compare.coding.sheets import ItemKind, items_of, sheet_csv
from compare.datamodel import Comparison
from templates.exports import cells_csv, coding_sheet_csv, matrix_csv, mentions_csv
from templates.facts.index import Facts
from templates.html.strings import english


def text_of(data: bytes | Iterable[bytes]) -> str:
    return (data if isinstance(data, bytes) else b"".join(data)).decode("utf-8-sig")


def rows(data: bytes | Iterable[bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(data), newline="")))


def test_the_matrix_has_a_line_a_detail_and_a_column_an_outlet(harbour: Comparison) -> None:
    found = rows(matrix_csv(Facts(harbour, english())))
    assert len(found) == len(harbour.details)
    unhurt = next(r for r in found if r["text"] == "Nobody was hurt.")
    assert [unhurt[name] for name in harbour.outlets] == [
        "included", "included", "included", "included", "included", "published before", "cannot tell",
    ]  # fmt: skip
    assert unhurt["stated_by"] == "5"
    assert unhurt["origins"] == "3"


def test_a_mention_quotes_the_words_that_its_offsets_name(harbour: Comparison) -> None:
    texts = {a.id: a for a in harbour.articles}
    found = rows(mentions_csv(Facts(harbour, english())))
    assert len(found) == sum(len(d.mentions) for d in harbour.details)
    for r in found:
        article = texts[r["article"]]
        field = article.title if r["field"] == "title" else article.text
        assert field[int(r["start"]) : int(r["end"])] == r["words"]
    loaded = next(r for r in found if "pet company" in r["words"])
    assert "arrogantly (mind-reading)" in loaded["cues"]
    assert loaded["link"].startswith("https://coast.example/maren?id=7#top:~:text=")


def test_the_coding_sheet_has_a_line_a_cell_with_its_evidence_and_room_for_a_coder(
    harbour: Comparison,
) -> None:
    found = rows(coding_sheet_csv(Facts(harbour, english())))
    assert len(found) == sum(len(d.cells) for d in harbour.details)
    left_out = [r for r in found if r["status"] == "left out"]
    assert left_out
    assert all(r["reason"] and not r["evidence"] for r in left_out)
    stated = [r for r in found if r["status"] == "editorialized"]
    assert all(r["evidence"] and r["coder_status"] == "" for r in stated)


def test_the_tables_agree_with_each_other_and_with_the_comparison(harbour: Comparison) -> None:
    larger, part = harbour.details[1], harbour.details[5]
    details = tuple(replace(d, part_of=larger.id) if d is part else d for d in harbour.details)
    facts = Facts(replace(harbour, details=details), english())
    parts = {d.id: d.part_of or "" for d in details}
    for table in (matrix_csv, mentions_csv, coding_sheet_csv, cells_csv):
        assert {r["detail"]: r["part_of"] for r in rows(table(facts))} == parts, table.__name__
    stated = {"included", "editorialized", "conflicting"}
    wide = {
        (r["detail"], name): r[name] for r in rows(matrix_csv(facts)) for name in harbour.outlets
    }
    long = {(r["detail"], r["outlet"]): r["status"] for r in rows(cells_csv(facts))}
    assert wide == long
    for r in rows(matrix_csv(facts)):
        own = sum(long[r["detail"], name] in stated for name in harbour.outlets)
        assert int(r["stated_by"]) == own


def test_a_conflict_is_told_once_in_the_matrix(harbour: Comparison) -> None:
    again = tuple(replace(d, conflicts=d.conflicts * 3) for d in harbour.details)
    [first, *_] = rows(matrix_csv(Facts(replace(harbour, details=again), english())))
    assert first["conflicts"].count("Northline Wire says 214, Tolvik Courier says 213.") == 1


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "  =cmd|' /C calc'!A0", "＝1"]
)
def test_no_cell_begins_a_formula(harbour: Comparison, start: str) -> None:
    hostile = replace(
        harbour, details=tuple(replace(d, text=start + d.text) for d in harbour.details)
    )
    facts = Facts(hostile, english())
    for data in (matrix_csv(facts), coding_sheet_csv(facts)):
        for r in rows(data):
            assert r["text"].startswith("'")


HIDDEN = ("a;=1+1", 'a; "=1+1"', "a\t@SUM(A1)", "a\n-1", ";;\n ＝1", "it sank; +1; =2")


def opened(data: bytes | Iterable[bytes], delimiter: str) -> list[str]:
    """The cells as a spreadsheet takes them that parts cells there, quotation marks inside a cell being its text."""
    text = text_of(data)
    read = [
        cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for cell in row
    ]
    return read if delimiter == "," else [*read, *re.split(rf"[{delimiter}\r\n]", text)]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_begins_a_formula_wherever_cells_are_parted(
    harbour: Comparison, hidden: str, delimiter: str
) -> None:
    hostile = replace(
        harbour,
        event=replace(harbour.event, about=hidden),
        details=tuple(replace(d, text=d.text + hidden) for d in harbour.details),
    )
    facts = Facts(hostile, english())
    sheet = sheet_csv(
        [(hidden, i) for i in items_of(hostile, ItemKind)], coder=hidden, blind=False, seed=1
    )
    for data in (matrix_csv(facts), coding_sheet_csv(facts), cells_csv(facts), sheet):
        cells = opened(data, delimiter)
        assert not [c for c in cells if re.match(r"[\s\"]*[=+\-@＝]", c) and len(c) > 1], delimiter


def test_a_sheet_that_was_made_inert_is_read_back(harbour: Comparison, tmp_path: Path) -> None:
    items = items_of(harbour, ItemKind)
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet_csv([("=1", i) for i in items], coder="-Ada; =B", blind=False, seed=1))
    sheet = read_sheet(path)
    assert (sheet.open, sheet.problems) == (len(items), ())


def test_a_surrogate_that_nothing_can_encode_does_not_stop_the_export(harbour: Comparison) -> None:
    hostile = replace(
        harbour, details=tuple(replace(d, text="\ud800" + d.text) for d in harbour.details)
    )
    assert "\N{REPLACEMENT CHARACTER}" in matrix_csv(Facts(hostile, english())).decode("utf-8-sig")
