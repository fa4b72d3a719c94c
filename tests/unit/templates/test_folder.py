from __future__ import annotations

from pathlib import Path

import pytest

from compare.datamodel import Comparison
from compare.errors import OutputError
from templates.folder import MARKER, whole_folder
from templates.render import write_report


def fill(folder: Path, text: str) -> None:
    (folder / MARKER).parent.mkdir(parents=True)
    (folder / MARKER).write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "a" / "report") as folder:
        fill(folder, "new")
        assert not (tmp_path / "a" / "report").exists()
    assert (tmp_path / "a" / "report" / MARKER).read_text() == "new"
    assert names(tmp_path / "a") == ["report"]


def test_an_earlier_report_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "report"
    fill(out, "old")
    (out / "gone.html").write_text("x")
    with whole_folder(out) as folder:
        fill(folder, "new")
    assert (out / MARKER).read_text() == "new"
    assert not (out / "gone.html").exists()
    assert names(tmp_path) == ["report"]


def test_an_error_leaves_the_earlier_report_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "report"
    fill(out, "old")

    def interrupted() -> None:
        with whole_folder(out) as folder:
            fill(folder, "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (out / MARKER).read_text() == "old"
    assert names(tmp_path) == ["report"]


def test_somebody_elses_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="other files"), whole_folder(tmp_path):
        pass
    assert names(tmp_path) == ["thesis.txt"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    out = tmp_path / "report"
    out.mkdir()
    with whole_folder(out) as folder:
        fill(folder, "new")
    assert (out / MARKER).is_file()


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="Choose"), whole_folder(tmp_path / out):
        pass


def test_a_report_says_how_far_it_is(harbour: Comparison, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_report(harbour, tmp_path / "report", progress=lambda *said: told.append(said))
    written = [p for p in (tmp_path / "report").rglob("*") if p.is_file()]
    assert [number for _, number, _ in told] == list(range(len(written)))


def test_stopped_on_the_way_nothing_is_left_half_written(
    harbour: Comparison, tmp_path: Path
) -> None:
    def stop(_: str, number: int, __: int) -> None:
        if number == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_report(harbour, tmp_path / "report", progress=stop)
    assert list(tmp_path.iterdir()) == []
