"""An array of tables in a TOML file, with the line on which every table and key is written.

tomllib keeps no positions, and an error message without the line leaves a user to search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import RegistryError


@dataclass(frozen=True, slots=True)
class Table:
    """One `[[name]]` of a file: its values, and where each is written."""

    path: Path
    line: int
    key_lines: Mapping[str, int]
    values: Mapping[str, Any]

    def error(self, key: str | None, what: str) -> RegistryError:
        """The error to raise about `key` of this table, or about the table itself."""
        line = self.key_lines.get(key or "", self.line)
        return RegistryError(f"{self.path}, line {line}: {what}.")


def tables(path: Path, name: str) -> list[Table]:
    """Every `[[name]]` of the file. RegistryError if it is unreadable, or holds anything else."""
    written = _read(path)
    try:
        document = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{path} is not valid TOML: {error}. Correct it there.") from error
    listed = document.pop(name, [])
    if document or not isinstance(listed, list) or not all(isinstance(x, dict) for x in listed):
        stray = next(iter(document), name)
        what = f"{stray} does not belong there; begin every {name} with a line [[{name}]]"
        raise RegistryError(f"{path}, line {_first_line(written, stray)}: {what}.")
    if not listed:
        raise RegistryError(f"{path} lists no {name}. Add one that begins with [[{name}]].")
    places = _places(written, name)
    places += [(1, {})] * (len(listed) - len(places))
    return [Table(path, *place, values) for place, values in zip(places, listed, strict=False)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RegistryError(
            f"{path} cannot be read ({error.strerror}). Check the path and its permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path} is not UTF-8 text. Save it as UTF-8.") from error


_KEY = re.compile(r"\A\s*[\"']?([\w-]+)[\"']?\s*=")


def _places(written: str, name: str) -> list[tuple[int, dict[str, int]]]:
    """For each `[[name]]` its line and those of its keys."""
    header = re.compile(rf"\s*\[\[\s*[\"']?{re.escape(name)}[\"']?\s*\]\]")
    found: list[tuple[int, dict[str, int]]] = []
    fence = ""
    for number, line in enumerate(written.splitlines(), 1):
        if not fence and header.match(line):
            found.append((number, {}))
        elif not fence and found and (key := _KEY.match(line)):
            found[-1][1].setdefault(key[1], number)
        for mark in (fence,) if fence else ('"""', "'''"):
            if line.count(mark) % 2:
                fence = "" if fence else mark
    return found


def _first_line(written: str, key: str) -> int:
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
    return next((n for n, line in enumerate(written.splitlines(), 1) if pattern.match(line)), 1)
