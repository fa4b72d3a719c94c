"""A second process: it does its work, or the first one does and says why that failed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compare.datamodel import Comparison
from compare.errors import OutputError
from templates import render
from templates.beside import beside, can_fork
from templates.render import write_report

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process writes it all here")
HERE = os.getpid()


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report is written by two processes."""
    monkeypatch.setattr(render, "SHARED", 1)
    monkeypatch.setattr(render, "can_fork", lambda: True)


@pytest.fixture
def many(harbour: Comparison) -> Comparison:
    """An event of 240 details."""
    return replace(
        harbour,
        details=tuple(
            replace(d, id=f"{d.id[:-2]}{n:02x}", part_of=None)
            for n in range(20)
            for d in harbour.details
        ),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the processes that are started, as they are."""
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        child = fork()
        started.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    return started


def is_there(process: int) -> bool:
    """Whether a process runs, or has ended and was not yet taken leave of."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_work_is_done_by_another_process(tmp_path: Path) -> None:
    with beside(lambda: (tmp_path / "by").write_text(str(os.getpid()))) as went_well:
        assert went_well()
    assert (tmp_path / "by").read_text() != str(HERE)


@pytest.mark.parametrize("fault", [OSError("no room"), KeyboardInterrupt(), ValueError("a bug")])
def test_work_that_fails_is_told_of(
    fault: BaseException, capfd: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        raise fault

    with beside(work) as went_well:
        assert not went_well()
    assert capfd.readouterr() == ("", "")


def test_a_block_that_fails_ends_the_other_process(forked: list[int]) -> None:
    def stopped() -> None:
        with beside(threading.Event().wait):
            assert is_there(forked[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not is_there(forked[0])


def test_a_process_of_several_threads_is_not_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not can_fork()
    finally:
        done.set()
        other.join()


def test_two_processes_write_what_one_does(
    many: Comparison, tmp_path: Path, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(many, tmp_path / "two")
    monkeypatch.setattr(render, "can_fork", lambda: False)
    write_report(many, tmp_path / "one")
    found = contents(tmp_path / "two")
    assert found == contents(tmp_path / "one")
    assert sum(path.startswith("details/") for path in found) == len(many.details)


def test_where_no_second_process_starts_the_first_writes_all(
    many: Comparison, tmp_path: Path, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", full)
    write_report(many, tmp_path / "report")
    assert len(list((tmp_path / "report" / "details").iterdir())) == len(many.details)


def test_what_the_second_process_leaves_torn_is_written_again(
    many: Comparison, tmp_path: Path, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_report(many, tmp_path / "whole").parent
    write = render._write

    def failing(folder: Path, made: Iterator[tuple[str, bytes]]) -> None:
        if os.getpid() != HERE:
            path, data = next(made)
            write(folder, [(path, data[:10])])
            raise OSError
        write(folder, made)

    monkeypatch.setattr(render, "_write", failing)
    write_report(many, tmp_path / "torn")
    assert contents(tmp_path / "torn") == contents(whole)


def test_a_fault_of_both_is_the_users_to_see(
    many: Comparison,
    tmp_path: Path,
    two: None,
    forked: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(folder: Path, made: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(render, "_write", full)
    with pytest.raises(OutputError, match="No space left"):
        write_report(many, tmp_path / "report")
    assert list(tmp_path.iterdir()) == []
    assert not any(map(is_there, forked))
