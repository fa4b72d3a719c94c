from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare.datamodel import Comparison
from compare.errors import OutputError
from templates import folder as folders
from templates.folder import MARKER, WRITTEN, whole_folder
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


def rewritten(out: Path, text: str = "new") -> None:
    with whole_folder(out) as folder:
        fill(folder, text)
        (folder / "sheet.csv").write_text("detail,coder_agrees\n1,\n")


def test_the_users_own_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "report"
    rewritten(out)
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("mine")
    rewritten(out, "newer")
    assert (out / MARKER).read_text() == "newer"
    assert (out / "notes" / "mine.txt").read_text() == "mine"
    rewritten(out, "newest")
    assert (out / "notes" / "mine.txt").read_text() == "mine"


def test_a_filled_in_sheet_is_never_replaced(tmp_path: Path) -> None:
    out = tmp_path / "report"
    rewritten(out)
    (out / "sheet.csv").write_text("detail,coder_agrees\n1,yes\n")
    with pytest.raises(OutputError, match=r"sheet\.csv was edited"):
        rewritten(out, "newer")
    assert "yes" in (out / "sheet.csv").read_text()
    assert (out / MARKER).read_text() == "new"
    assert names(tmp_path) == ["report"]


def test_a_copy_of_a_report_is_replaced_like_one(tmp_path: Path) -> None:
    rewritten(tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "second", copy_function=shutil.copy)
    rewritten(tmp_path / "second", "newer")
    assert (tmp_path / "second" / MARKER).read_text() == "newer"


def test_a_link_leads_to_the_new_report(tmp_path: Path) -> None:
    rewritten(tmp_path / "real" / "report", "old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real" / "report")
    rewritten(link)
    assert link.is_symlink()
    assert (tmp_path / "real" / "report" / MARKER).read_text() == "new"
    assert names(tmp_path) == ["link", "real"]


KILLED = """
import os, signal, sys
from pathlib import Path
from templates import folder
rename, swapped = Path.rename, folder._swapped
def last(*names):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "filling":
    folder._note_what_was_written = last
elif sys.argv[2] == "between":
    folder._swapped = lambda *names: False
    Path.rename = lambda self, to: last() if str(to) == sys.argv[1] else rename(self, to)
else:
    folder._swapped = lambda *names: swapped(*names) and last()
with folder.whole_folder(Path(sys.argv[1])) as fresh:
    (fresh / "assets").mkdir()
    (fresh / folder.MARKER).write_text("newer")
"""


@pytest.mark.parametrize(
    ("moment", "left"), [("filling", "new"), ("between", None), ("swapped", "newer")]
)
def test_killed_at_any_moment_a_report_is_there_or_comes_back(
    tmp_path: Path, moment: str, left: str | None
) -> None:
    out = tmp_path / "report"
    rewritten(out)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(out), moment], check=False)
    assert killed.returncode == -9
    if left is not None:
        assert (out / MARKER).read_text() == left
    folders._sweep(out)
    assert (out / MARKER).read_text() == (left or "new")
    assert names(tmp_path) == ["report"]


def test_what_another_process_is_filling_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "report"
    with whole_folder(out) as slow:
        fill(slow, "slow")
        rewritten(out, "quick")
        assert slow.is_dir()
        assert (out / MARKER).read_text() == "quick"
    assert (out / MARKER).read_text() == "slow"


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
    every = (tmp_path / "report").rglob("*")
    written = [path for path in every if path.is_file() and path.name != WRITTEN.name]
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
