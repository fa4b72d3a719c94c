"""What a run is about: an event file, or the same said by options."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from compare.datamodel import Event
from compare.errors import EventFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = {"about": str, "from": (str, date), "to": (str, date), "urls": list, "outlets": (str, list)}


@dataclass(frozen=True, slots=True)
class Assignment:
    """An event, and where to look: registry files (none: the bundled one), and which outlets of them."""

    event: Event
    registries: tuple[Path, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_event(path: Path) -> Assignment:
    """The assignment in an event file; paths in it are relative to it.

    Raises EventFileError, naming the key, for anything that cannot be meant.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EventFileError(
            f"{path}: {error.strerror or error}. Give an event file, or --about with --from and --to."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EventFileError(f"{path} is not TOML: {error}") from error
    _check_keys(raw, path)
    named = raw.get("outlets", [])
    files = [named] if isinstance(named, str) else named
    return Assignment(
        event=make_event(
            raw.get("about", ""),
            raw.get("from"),
            raw.get("to"),
            raw.get("urls", []),
            name=str(path),
        ),
        registries=tuple(path.parent / str(file) for file in files),
    )


def _check_keys(raw: Mapping[str, object], path: Path) -> None:
    for key, value in raw.items():
        if key not in KEYS:
            raise EventFileError(f"{path}: unknown key {key!r}. Known keys: {', '.join(KEYS)}.")
        if not isinstance(value, KEYS[key]):  # type: ignore[arg-type]
            raise EventFileError(f"{path}: {key} = {value!r} is of the wrong type.")
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise EventFileError(f"{path}: {key} must be a list of strings.")


def make_event(
    about: str,
    start: object,
    end: object,
    urls: list[str],
    *,
    name: str = "the call",
) -> Event:
    """An event, checked: something to look for, and a window that runs forward."""
    first, last = _day(start, "from", name), _day(end, "to", name)
    if first and last and first > last:
        raise EventFileError(f"{name}: the window is reversed: from {first} is after to {last}.")
    if not about.strip() and not urls:
        raise EventFileError(
            f"{name}: nothing to look for. Give words (about), addresses (urls) or both."
        )
    if about.strip() and not urls and not (first and last):
        raise EventFileError(
            f"{name}: a search by words needs a window. Give both from and to, as YYYY-MM-DD."
        )
    return Event(
        about=about.strip(),
        start=first.isoformat() if first else None,
        end=last.isoformat() if last else None,
        urls=tuple(urls),
    )


def _day(value: object, key: str, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise EventFileError(
            f"{name}: {key} = {value!r} is no day. Write it as YYYY-MM-DD."
        ) from error
