"""The words of the report that are not quoted: one TOML file a language, looked up by dotted key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from compare.datamodel import Status

ENGLISH = Path(__file__).with_name("strings.toml")


class Strings:
    """`say("story.outlets", count=3)`: the string of that key, filled in.

    A table with the keys `one` and `other` is a plural, chosen by `count`. Raises KeyError for a
    key that the file lacks, so that a missing translation is found by the first test.
    """

    def __init__(self, table: Mapping[str, object]) -> None:
        self._known: dict[str, str] = {}
        self._counted: dict[tuple[str, int], str] = {}
        self._flatten("", table)
        self.months: tuple[str, ...] = tuple(self("months").split())
        self.status: dict[Status, str] = {s: self(f"status.{s.name}.name") for s in Status}

    def _flatten(self, prefix: str, table: Mapping[str, object]) -> None:
        for key, value in table.items():
            if isinstance(value, Mapping):
                self._flatten(f"{prefix}{key}.", value)
            else:
                self._known[f"{prefix}{key}"] = str(value)

    def __call__(self, key: str, /, **values: object) -> str:
        """The string of a key, its fields filled with `values`."""
        if key not in self._known:
            key = f"{key}.one" if values.get("count") == 1 else f"{key}.other"
        text = self._known[key]
        return text.format_map(values) if values else text

    def counted(self, key: str, count: int) -> str:
        """The plural of a key that has no other field, found once for every count."""
        known = self._counted.get((key, count))
        if known is None:
            known = self._counted[key, count] = self(key, count=count)
        return known

    @property
    def labels(self) -> Mapping[str, str]:
        """Every string by its key, for those that need nothing filled in."""
        return self._known

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def keys(self) -> frozenset[str]:
        """Every key that the file has, the forms of a plural apart."""
        return frozenset(self._known)


def read_strings(path: Path = ENGLISH) -> Strings:
    """The strings of one language."""
    with path.open("rb") as file:
        return Strings(tomllib.load(file))


@cache
def english() -> Strings:
    """The strings of the report in English, read once."""
    return read_strings()
