"""Files are the same whether a thread makes them ahead or not, and no thread outlives the writing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from templates.writing import File, write_files

PATHS = tuple(f"details/{number}.html" for number in range(700))


def made() -> Iterator[File]:
    yield "index.html", b"first"
    yield "data/table.csv", iter((b"a,", b"b"))
    yield from ((path, path.encode()) for path in PATHS)


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("later", [(), PATHS[:3], PATHS], ids=["none", "few", "many"])
def test_files_made_ahead_are_the_same(tmp_path: Path, later: tuple[str, ...]) -> None:
    hashes = write_files(tmp_path, made(), later)

    found = written(tmp_path)
    assert found == {"index.html": b"first", "data/table.csv": b"a,b"} | {
        path: path.encode() for path in PATHS
    }
    assert hashes == {path: sha256(data).hexdigest() for path, data in found.items()}


def test_files_made_ahead_have_the_mode_of_others(tmp_path: Path) -> None:
    write_files(tmp_path, made(), PATHS)

    modes = {path.stat().st_mode for path in tmp_path.rglob("*") if path.is_file()}
    assert len(modes) == 1


def test_a_path_that_comes_twice_holds_what_came_last(tmp_path: Path) -> None:
    write_files(tmp_path, [*made(), (PATHS[5], b"short")], PATHS)

    assert (tmp_path / PATHS[5]).read_bytes() == b"short"


def test_the_writer_says_why_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / PATHS[600]).mkdir(parents=True)

    with pytest.raises(IsADirectoryError, match=r"600\.html"):
        write_files(tmp_path, made(), PATHS)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "details").write_text("in the way")

    with pytest.raises(FileExistsError):
        write_files(tmp_path, made(), PATHS)


def test_no_thread_goes_on_after_an_interruption(tmp_path: Path) -> None:
    def interrupted() -> Iterator[File]:
        yield "index.html", b"first"
        raise KeyboardInterrupt

    before, turn = set(threading.enumerate()), sys.getswitchinterval()
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, interrupted(), PATHS)

    assert set(threading.enumerate()) == before
    assert sys.getswitchinterval() == turn
