"""A folder that appears whole or not at all, and in which nothing of the user's is ever lost."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from compare.errors import OutputError

# A file that every report has: what lacks it is somebody's folder, and is not replaced.
MARKER = Path("assets") / "report.css"
# What a report wrote, as `sha256sum` does; tells its files from the user's, and whether they were edited.
WRITTEN = Path("assets") / "files.sha256"
_HELD = ".held"  # locked while a folder is being filled
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
_AT_FDCWD = -100


@contextmanager
def whole_folder(out: Path, hashes: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A new folder beside `out` to fill, which becomes `out` when the block ends without an error.

    An earlier report at `out` is replaced in one step; what the user put there is taken over, and a
    file that was edited is not replaced. Where `out` is a link, what it leads to is replaced.
    `hashes` may tell, when the block ends, the SHA-256 of files in it by path, which are then not read again.

    Raises OutputError where that cannot be written, where `out` holds something that is no report,
    or where a file of the report there was edited.
    """
    out = Path(os.path.realpath(out))
    try:
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
        with _held(fresh):
            try:
                yield fresh
                _note_what_was_written(fresh, hashes or {})
                for path in _refuse_edited(out):
                    _take_over(path, out, fresh)
                fresh.chmod(0o755)
                _exchange(fresh, out)
                (out / _HELD).unlink(missing_ok=True)
            finally:
                _remove(fresh)
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {error.strerror or error}. Choose another --out."
        ) from error


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise OutputError(f"{out} is a folder with other files in it. Choose another --out.")
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Choose a folder as --out.")
    if out.is_dir() and not os.access(out, os.W_OK):  # it could be moved away all the same
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _refuse_edited(out)


def _refuse_edited(out: Path) -> list[Path]:
    """The files that are the user's own; raises OutputError for one of the report's that was edited."""
    if not (out / WRITTEN).is_file():
        return []
    known = _what_was_written(out)
    since = (out / WRITTEN).stat().st_mtime_ns
    own = []
    ours = {out / WRITTEN, out / _HELD}
    for path in sorted(path for path in out.rglob("*") if path.is_file() and path not in ours):
        hashed = known.get(path.relative_to(out).as_posix())
        if hashed is None:
            own.append(path)
        elif path.stat().st_mtime_ns > since and _hash(path) != hashed:
            raise OutputError(
                f"{path} was edited since it was written, and would be lost. Move it elsewhere, or "
                "choose another --out."
            )
    return own


def _take_over(path: Path, out: Path, fresh: Path) -> None:
    there = fresh / path.relative_to(out)
    if not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, there)


def _note_what_was_written(folder: Path, hashes: Mapping[str, str]) -> None:
    """Hashes of all files in a folder, those that are known as they are told."""
    found = dict(hashes)
    for inside, _, names in os.walk(folder):
        place = Path(inside).relative_to(folder).as_posix().removeprefix(".")
        for name in names:
            path = f"{place}/{name}" if place else name
            if path not in found and path != _HELD:
                found[path] = _hash(folder / path)
    lines = (f"{found[path]}  {path}\n" for path in sorted(found, key=lambda p: p.split("/")))
    (folder / WRITTEN).parent.mkdir(parents=True, exist_ok=True)
    (folder / WRITTEN).write_text("".join(lines), "utf-8")


def _what_was_written(out: Path) -> dict[str, str]:
    lines = (out / WRITTEN).read_text("utf-8", errors="replace").splitlines()
    return {name: hashed for hashed, _, name in (line.partition("  ") for line in lines)}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Mark a folder as being filled for as long as this process lives."""
    with (folder / _HELD).open("ab") as file:
        _lock(file.fileno())
        yield


def _lock(file: int) -> bool:
    """Whether nobody else holds this file; it is let go when it is closed."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _sweep(out: Path) -> None:
    """Remove what processes that were killed left beside `out`; a report that is out of its place goes back."""
    for left in sorted(out.parent.glob(f".{out.name}.*")):
        old = left / "report"
        if old.is_dir() and not out.exists():
            with suppress(OSError):
                old.rename(out)
        is_old = left.name.startswith(f".{out.name}.old.")
        if is_old or (left / _HELD).is_file() or (left / WRITTEN).is_file():
            with suppress(OSError), (left / _HELD).open("ab") as file:
                if _lock(file.fileno()):
                    _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, folders in it that are read-only too."""
    shutil.rmtree(folder, ignore_errors=True)
    for inside, folders, _ in os.walk(folder):
        for path in (inside, *(f"{inside}/{name}" for name in folders)):
            with suppress(OSError):
                Path(path).chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(fresh: Path, out: Path) -> None:
    """Puts `fresh` in the place of `out`, in one step where the system can; what was there is removed."""
    if not out.exists():
        fresh.rename(out)
        return
    if _swapped(fresh, out):
        return  # `fresh` now names the old one, which goes with it
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.old.")) / "report"
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    finally:
        _remove(old.parent)


def _swapped(one: Path, other: Path) -> bool:
    """Whether two folders have changed places: at no moment is either name without a folder."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, _RENAME_SWAP) == 0)
        swap = library.renameat2
        return bool(swap(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
    except (OSError, AttributeError, TypeError):
        return False
