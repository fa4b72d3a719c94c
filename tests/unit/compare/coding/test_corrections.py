from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.coding.corrections import (
    Correction,
    corrections_from,
    merged,
    read_corrections,
    write_corrections,
)
from compare.coding.filled import Coded
from compare.coding.overlay import corrected
from compare.coding.sheets import Item, ItemKind, items_of
from compare.datamodel import Comparison, Detail, Status
from compare.errors import InputError
from compare.kinds import Weight

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"


@pytest.fixture(scope="module")
def harbour() -> Comparison:
    return read_comparison(GOLDEN)


def coded(item: Item, code: str) -> Coded:
    return Coded(
        key=item.key, kind=item.kind, detail=item.detail, code=code, coder="Lee", note="", row=2
    )


def made(harbour: Comparison, kind: ItemKind, program: str, code: str) -> Correction:
    item = next(i for i in items_of(harbour, [kind]) if i.program == program)
    (found,), _ = corrections_from([coded(item, code)], harbour, at="2031-05-08")
    return found


def detail(comparison: Comparison, name: str) -> Detail:
    return next(d for d in comparison.details if d.id == name)


def test_a_cell_is_the_person_s_and_says_what_the_program_said(harbour: Comparison) -> None:
    c = made(harbour, ItemKind.CELL, "left out", "included")
    found = corrected(harbour, [c])
    cell = next(x for x in detail(found.comparison, c.detail).cells if x.outlet == c.place)
    assert cell.status is Status.INCLUDED
    assert cell.corrected_by == "Lee"
    assert "Lee coded this as included" in cell.reason
    assert "the program said left out" in cell.reason
    assert not found.unused
    assert sum(x.corrected_by is not None for d in found.comparison.details for x in d.cells) == 1


def test_a_conflict_is_taken_away_or_softened(harbour: Comparison) -> None:
    away = made(harbour, ItemKind.CONFLICT, "hard", "none")
    soft = replace(away, code="soft")
    before = len(detail(harbour, away.detail).conflicts)
    assert len(detail(corrected(harbour, [away]).comparison, away.detail).conflicts) == before - 1
    softened = detail(corrected(harbour, [soft]).comparison, away.detail).conflicts
    assert sum(x.weight is Weight.SOFT for x in softened) > 0
    assert any("Lee coded this as soft" in x.sentence for x in softened)


def test_loaded_words_are_taken_away(harbour: Comparison) -> None:
    c = made(harbour, ItemKind.LOADED, "strong", "none")
    loaded = sum(m.slant is not None for d in harbour.details for m in d.mentions)
    now = corrected(harbour, [c]).comparison
    assert sum(m.slant is not None for d in now.details for m in d.mentions) < loaded


def test_rows_are_joined_and_split_with_every_mention_kept(harbour: Comparison) -> None:
    shared = [d for d in harbour.details if len({m.outlet for m in d.mentions}) > 2]
    one, other = shared[:2]
    row = Correction(key="k", kind=ItemKind.ROW, detail=one.id, place="", code=f"join: {other.id}")
    joined = corrected(harbour, [row]).comparison
    assert len(joined.details) == len(harbour.details) - 1
    assert detail(joined, other.id).mentions == other.mentions + one.mentions
    away = one.mentions[0].outlet
    split = corrected(harbour, [replace(row, code=f"split: {away}")]).comparison
    assert len(split.details) == len(harbour.details) + 1
    new = next(d for d in split.details if all(d.id != x.id for x in harbour.details))
    assert {m.outlet for m in new.mentions} == {away}
    assert len(detail(split, one.id).mentions) + len(new.mentions) == len(one.mentions)
    for part in (detail(split, one.id), new):
        for cell in part.cells:
            assert all(part.mentions[i].outlet == cell.outlet for i in cell.mentions)


def test_a_correction_outlives_a_new_run_whose_ids_are_forwarded_and_says_when_it_finds_nothing(
    harbour: Comparison,
) -> None:
    c = made(harbour, ItemKind.CELL, "left out", "included")
    details = tuple(replace(d, id="new") if d.id == c.detail else d for d in harbour.details)
    again = replace(harbour, details=details, forwarded={c.detail: "new"})
    assert not corrected(again, [c]).unused
    gone = replace(harbour, details=tuple(d for d in harbour.details if d.id != c.detail))
    assert corrected(gone, [c]).unused == (c,)


def test_what_agrees_with_the_program_corrects_nothing_and_what_cannot_be_is_named(
    harbour: Comparison,
) -> None:
    item = next(i for i in items_of(harbour, [ItemKind.ROW]) if " | " in i.asked)
    rows = [
        coded(item, item.program),
        replace(coded(item, "join: nowhere"), row=3),
        replace(coded(item, "split: The Moon"), row=4),
        replace(coded(item, "one fact"), key="unknown", row=5),
    ]
    found, problems = corrections_from(rows, harbour, at=None)
    assert not found
    assert [p.row for p in problems] == [3, 4, 5]


def test_the_file_is_read_back_and_a_newer_code_replaces_an_older_one(
    harbour: Comparison, tmp_path: Path
) -> None:
    c = made(harbour, ItemKind.CELL, "left out", "included")
    path = tmp_path / "corrections.json"
    assert read_corrections(path) == ()
    write_corrections(path, merged([c], [replace(c, code="cannot tell")]))
    assert [x.code for x in read_corrections(path)] == ["cannot tell"]
    path.write_bytes(b'{"schema_version": 1, "corr')
    with pytest.raises(InputError, match="holds no corrections"):
        read_corrections(path)
