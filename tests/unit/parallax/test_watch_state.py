"""What a watch keeps of its looks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.errors import InputError
from parallax.watch_state import STATE, Watched, read_watched, standing, with_look

GOLDEN = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"


def test_looks_are_kept_in_order_though_the_clock_is_set_back_during_one(tmp_path: Path) -> None:
    harbour = read_comparison(GOLDEN)
    times = ("2031-05-07T10:00:00+00:00", "2031-05-07T09:59:00+00:00", "2031-05-07T11:00:00+00:00")
    watched = Watched()
    for at in times:
        watched = with_look(watched, tmp_path, harbour, at=at, articles=at)
    assert [look.at for look in watched.looks] == [times[0], times[0], times[2]]
    assert read_watched(tmp_path) == watched
    assert standing(watched, tmp_path) == harbour
    assert not any(look.items for look in watched.looks)


@pytest.mark.parametrize("held", ["", "{", "[]", '{"looks": 3}', '{"schema_version": 99}'])
def test_a_file_of_looks_that_cannot_be_read_is_said_and_left_alone(
    tmp_path: Path, held: str
) -> None:
    (tmp_path / STATE).write_text(held)
    with pytest.raises(InputError, match="another --out"):
        read_watched(tmp_path)
    assert (tmp_path / STATE).read_text() == held


def test_a_look_whose_comparison_was_lost_is_said(tmp_path: Path) -> None:
    harbour = read_comparison(GOLDEN)
    watched = with_look(Watched(), tmp_path, harbour, at="2031", articles="a")
    (tmp_path / watched.looks[0].comparison).unlink()
    with pytest.raises(InputError, match="0001"):
        standing(replace(watched), tmp_path)
