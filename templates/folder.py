"""A folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compare.errors import OutputError

# A file that every report has: what lacks it is somebody's folder, and is not replaced.
MARKER = Path("assets") / "report.css"


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A new folder beside `out` to fill, which becomes `out` when the block ends without an error.

    An earlier report at `out` is replaced. Raises OutputError where that cannot be written, or
    where `out` holds something that is no report.
    """
    try:
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
        try:
            yield fresh
            fresh.chmod(0o755)
            _exchange(fresh, out)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {error.strerror or error}. Choose another --out."
        ) from error


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise OutputError(f"{out} is a folder with other files in it. Choose another --out.")
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Choose a folder as --out.")


def _exchange(fresh: Path, out: Path) -> None:
    """Puts `fresh` in the place of `out`, and what stood there back if that fails."""
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.old.")) / "report"
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
