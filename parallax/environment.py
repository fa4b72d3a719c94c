"""The clock and the environment, read here and nowhere else."""

from __future__ import annotations

import getpass
import os
import shlex
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_path

from compare.errors import UsageError

LIBRARIES = ("sentence-transformers", "torch", "faiss-cpu", "scrapy", "trafilatura", "jinja2")


def now() -> str:
    """The time, UTC, to the second, in ISO 8601.

    SOURCE_DATE_EPOCH, the usual setting for reproducible builds, stops this clock. Raises UsageError
    where that is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH={epoch} is no number of seconds since 1970. Correct it, or unset it."
        ) from error
    return moment.isoformat(timespec="seconds")


def user() -> str:
    """The name of who runs this, as the machine knows it; "" where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def parallax_version() -> str:
    """The version of this Parallax."""
    return version("parallax-news")


def command_line(*, out: Path | None = None) -> str:
    """The command that runs, as one types it; `out`, where it is given, is written as DIR."""
    words = ["DIR" if out is not None and word == str(out) else word for word in sys.argv[1:]]
    return shlex.join(["parallax", *words])


def library_versions() -> dict[str, str]:
    """The versions of the libraries that decide what a run finds."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def prefer_offline() -> None:
    """Keeps model libraries off the network unless the user's environment says otherwise."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def cache_folder() -> Path | None:
    """Where encodings are kept between runs; PARALLAX_CACHE names another folder, or "off".

    None where nothing is kept: also where the usual folder cannot be written, as in a read-only home.
    """
    named = os.environ.get("PARALLAX_CACHE")
    if named == "off":
        return None
    if named:
        return Path(named)
    usual = user_cache_path("parallax", appauthor=False)
    there = [p for p in (usual, *usual.parents) if p.exists()][:1]
    kept = [*there, *usual.glob("*.sqlite")]
    return usual if all(os.access(path, os.W_OK) for path in kept) else None
