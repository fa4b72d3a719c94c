from __future__ import annotations

import itertools
import random
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from compare.codec import decode_comparison, encode_comparison, read_comparison
from compare.coding.corrections import (
    Correction,
    corrections_from,
    merged,
    read_corrections,
    write_corrections,
)
from compare.coding.filled import Coded
from compare.coding.overlay import corrected
from compare.coding.sheets import CODES, Item, ItemKind, items_of
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


def check_whole(comparison: Comparison) -> None:
    """Every index, id and count of the rows leads somewhere."""
    ids = [d.id for d in comparison.details]
    assert len(set(ids)) == len(ids)
    assert set(comparison.forwarded.values()) <= {*ids, *comparison.forwarded}
    for d in comparison.details:
        assert d.part_of is None or (d.part_of in ids and d.part_of != d.id)
        assert 1 <= d.origins <= max(len({m.outlet for m in d.mentions}), 1)
        places = range(len(d.mentions))
        assert all(i in places for c in d.cells for i in c.mentions)
        assert all(c.a in places and c.b in places for c in d.conflicts)
        assert all(r.mention in places for q in d.quotations for r in q.renderings)
        assert all(d.mentions[i].outlet == c.outlet for c in d.cells for i in c.mentions)
    assert decode_comparison(encode_comparison(comparison)) == comparison


def rows_of(harbour: Comparison, chance: random.Random, number: int) -> list[Correction]:
    """So many corrections of any kind, as people might make them: some contradict each other."""
    found: list[Correction] = []
    for item in chance.sample(items_of(harbour, ItemKind), number):
        own = next(d for d in harbour.details if d.id == item.detail)
        outlets = sorted({m.outlet for m in own.mentions})
        code = chance.choice(CODES[item.kind])
        if item.kind is ItemKind.ROW:
            other = chance.choice([d.id for d in harbour.details if d.id != own.id])
            split = f"split: {outlets[0]}" if len(outlets) > 1 else code
            code = chance.choice([f"join: {other}", split, code])
        found += corrections_from([coded(item, code)], harbour, at=None)[0]
    return found


def test_any_corrections_in_any_order_give_one_whole_comparison_and_leave_none_behind(
    harbour: Comparison,
) -> None:
    chance = random.Random(5)
    for _ in range(15):
        some = rows_of(harbour, chance, 60)
        made = corrected(harbour, merged([], some))
        check_whole(made.comparison)
        assert not [c for c in made.unused if c.kind is not ItemKind.ROW]
        order = chance.sample(some, len(some))
        assert corrected(harbour, merged(order[:30], order[30:])) == made
        while order:  # taken back in another order
            order.pop(chance.randrange(len(order)))
        assert corrected(harbour, order).comparison == harbour


def test_rows_are_joined_in_a_chain_and_in_a_ring(harbour: Comparison) -> None:
    a, b, c = (d.id for d in harbour.details[:3])
    whole = {d.id: len(d.mentions) for d in harbour.details}
    for pairs in itertools.permutations([(a, b), (b, c), (c, a)], 2):
        rows = [
            Correction(key=f"{n}", kind=ItemKind.ROW, detail=x, place="", code=f"join: {y}")
            for n, (x, y) in enumerate(pairs)
        ]
        found = corrected(harbour, rows)
        assert not found.unused
        check_whole(found.comparison)
        (last,) = [d for d in found.comparison.details if d.id in {a, b, c}]
        assert len(last.mentions) == sum(whole[x] for x in (a, b, c))
        gone = {a, b, c} - {last.id}
        assert {found.comparison.forwarded[x] for x in gone} == {last.id}


def test_a_row_that_was_split_takes_in_a_new_outlet_in_a_new_run_and_keeps_its_ids(
    harbour: Comparison,
) -> None:
    one = next(d for d in harbour.details if len({m.outlet for m in d.mentions}) > 2)
    away = one.mentions[0].outlet
    row = Correction(key="k", kind=ItemKind.ROW, detail=one.id, place="", code=f"split: {away}")
    before = corrected(harbour, [row]).comparison
    (new,) = {d.id for d in before.details} - {d.id for d in harbour.details}
    late = replace(one.mentions[0], outlet="The Late Edition")
    cell = replace(one.cells[0], outlet="The Late Edition", mentions=(len(one.mentions),))
    moved = replace(one, id="moved", mentions=(*one.mentions, late), cells=(*one.cells, cell))
    details = tuple(moved if d.id == one.id else d for d in harbour.details)
    again = replace(harbour, details=details, forwarded={one.id: "moved"})
    after = corrected(again, [row])
    assert not after.unused
    check_whole(after.comparison)
    assert {m.outlet for m in detail(after.comparison, new).mentions} == {away}
    assert "The Late Edition" in {m.outlet for m in detail(after.comparison, "moved").mentions}


def test_a_conflict_that_is_none_accuses_nobody_any_more(harbour: Comparison) -> None:
    conflicts = [i for i in items_of(harbour, [ItemKind.CONFLICT]) if i.program == "hard"]
    rows = [coded(i, "none") for i in conflicts]
    found, _ = corrections_from(rows, harbour, at=None)
    was = [c for d in harbour.details for c in d.cells if c.status is Status.CONFLICTING]
    now = [c for d in corrected(harbour, found).comparison.details for c in d.cells]
    assert was
    assert not [c for c in now if c.status is Status.CONFLICTING]
    assert sum(c.corrected_by == "Lee" for c in now) == len(was)
    # What a person coded of the cell itself stands.
    cell = next(i for i in items_of(harbour, [ItemKind.CELL]) if i.program == "conflicting")
    (coded_cell,), _ = corrections_from(
        [replace(coded(cell, "cannot tell"), row=9)], harbour, at=None
    )
    both = corrected(harbour, [*found, coded_cell]).comparison
    (status,) = [c.status for c in detail(both, cell.detail).cells if c.outlet == cell.outlet]
    assert status is Status.CANNOT_TELL


def test_who_is_coded_as_leaving_it_out_has_no_words_on_it(harbour: Comparison) -> None:
    one = next(d for d in harbour.details if len({m.outlet for m in d.mentions}) > 2)
    name = one.mentions[0].outlet
    item = next(
        i for i in items_of(harbour, [ItemKind.CELL]) if (i.detail, i.outlet) == (one.id, name)
    )
    found, _ = corrections_from([coded(item, "left out")], harbour, at=None)
    now = detail(corrected(harbour, found).comparison, one.id)
    assert name not in {m.outlet for m in now.mentions}
    assert {m.outlet for m in now.mentions} == {m.outlet for m in one.mentions} - {name}
    check_whole(corrected(harbour, found).comparison)


def test_of_rows_that_contradict_each_other_none_counts_and_each_is_named(
    harbour: Comparison,
) -> None:
    items = [i for i in items_of(harbour, [ItemKind.CELL]) if i.program == "left out"][:2]
    rows = [
        coded(items[0], "included"),
        replace(coded(items[0], "cannot tell"), coder="Kim", row=3),
        replace(coded(items[0], "left out"), coder="Ann", row=4),
        replace(coded(items[1], "included"), row=5),
        replace(coded(items[1], "included"), coder="Kim", row=6),
    ]
    found, problems = corrections_from(rows, harbour, at=None)
    assert [c.key for c in found] == [items[1].key]
    assert [p.row for p in problems] == [2, 3, 4]
    assert "row 3 says 'cannot tell' of the same question" in problems[0].why


def test_a_code_of_another_kind_is_named_in_a_sheet_and_refused_in_the_file(
    harbour: Comparison, tmp_path: Path
) -> None:
    item = next(i for i in items_of(harbour, [ItemKind.CELL]) if i.program == "left out")
    found, (problem,) = corrections_from([coded(item, "one fact")], harbour, at=None)
    assert not found
    assert "a cell takes included" in problem.why
    path = tmp_path / "corrections.json"
    wrong = made(harbour, ItemKind.CELL, "left out", "included")
    write_corrections(path, [replace(wrong, code="hard")])
    with pytest.raises(InputError, match="a cell takes included"):
        read_corrections(path)
    data = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(data | {"schema_version": 99}))
    with pytest.raises(InputError, match="newer Parallax"):
        read_corrections(path)
