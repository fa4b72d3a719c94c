"""Files of a report written one after another, and the many small ones made ahead of their turn."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

# A file of the report: its path in the folder, and what it holds, a large one in pieces.
File = tuple[str, bytes | Iterable[bytes]]

# With fewer files, a thread that makes them gains nothing.
_MANY = 500
# Seconds after which the thread that sets pages lets the other one on, which needs microseconds for a
# file. Python's own 5 ms let it make two fifths of 5,000 files in time, these most; 0.1 to 1 ms are alike.
_TURN = 0.0005


def write_files(folder: Path, made: Iterable[File], later: Collection[str] = ()) -> dict[str, str]:
    """Writes the files and returns their SHA-256 by path. `later` are paths that `made` is sure to have.

    Plain names and open(): paths as objects take as long as the writing of thousands of files.
    Raises OSError for the first file that cannot be written.
    """
    known: set[str] = set()
    hashes: dict[str, str] = {}
    early = set(later)
    with _made_ahead(folder, later, hashes):
        for path, data in made:
            target = f"{folder}/{path}"
            inside = target.rpartition("/")[0]
            if inside not in known:
                Path(inside).mkdir(parents=True, exist_ok=True)
                known.add(inside)
            if not isinstance(data, bytes):
                hashes[path] = _written_in_pieces(target, data)
                continue
            hashes[path] = _written(target, data, early=path in early)
            early.discard(path)
    return hashes


@contextmanager
def _made_ahead(folder: Path, paths: Collection[str], done: Collection[str]) -> Iterator[None]:
    """Meanwhile another thread makes the files, empty, but those that are done.

    To make a file is most of the system's part in a report (ext4: up to 0.6 ms each, where thousands were
    just deleted), and needs no Python. What the thread cannot make is left to the writer, who says why.
    """
    if len(paths) < _MANY or not hasattr(os, "mknod"):
        yield
        return
    over, turn = Event(), sys.getswitchinterval()
    thread = Thread(target=_make, args=(folder, paths, done, over), name="files of the report")
    thread.start()
    try:
        sys.setswitchinterval(min(turn, _TURN))
        yield
    finally:
        over.set()
        sys.setswitchinterval(turn)
        thread.join()


def _make(folder: Path, paths: Iterable[str], done: Collection[str], over: Event) -> None:
    # One call to the system a file: after each, this thread waits for its turn.
    with suppress(OSError):
        for inside in {path.rpartition("/")[0] for path in paths}:
            Path(f"{folder}/{inside}").mkdir(parents=True, exist_ok=True)
        for path in paths:
            if over.is_set():
                return
            if path not in done:
                with suppress(FileExistsError):
                    os.mknod(f"{folder}/{path}", 0o666)


def _written(target: str, data: bytes, *, early: bool) -> str:
    """Writes a file at once, without a buffer and what it asks the system, and returns its SHA-256."""
    with _opened(target, early=early) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
    return sha256(data).hexdigest()


def _opened(target: str, *, early: bool) -> BinaryIO:
    """The empty file, opened as one that is there where that may be: its folder is not waited for then."""
    if early:
        with suppress(FileNotFoundError):
            return open(target, "r+b", buffering=0)  # noqa: PTH123
    return open(target, "wb", buffering=0)  # noqa: PTH123


def _written_in_pieces(target: str, data: Iterable[bytes]) -> str:
    hashed = sha256()
    with open(target, "wb") as file:  # noqa: PTH123
        for piece in data:
            hashed.update(piece)
            file.write(piece)
    return hashed.hexdigest()
