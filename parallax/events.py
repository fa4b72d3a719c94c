"""What a run is about: an event file, the same said by options, a list of addresses, or an article."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from compare.codec import read_articles
from compare.datamodel import Article, Event, Failure
from compare.errors import EventFileError, InputError, NothingFoundError, UsageError
from compare.zones import time_zone, zone_name

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = {
    "about": str,
    "from": (str, date),
    "to": (str, date),
    "urls": list,
    "outlets": (str, list),
    "only": bool,
    "title": str,
    "timezone": str,
    "every": (int, float),
    "out": str,
}
_OTHER_KIND = re.compile(r"[a-z][a-z0-9+.-]{0,30}:(?!\d)", re.IGNORECASE)
# What people write instead, beside slips of the pen.
_MEANT = {
    "registry": "outlets",
    "registries": "outlets",
    "start": "from",
    "end": "to",
    "url": "urls",
    "zone": "timezone",
    "tz": "timezone",
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """An event, and where to look: registry files beside the bundled one, and which outlets of them.

    `only` leaves the bundled one out. `title` is what the event is called, `timezone` whose times its report
    shows; a watch looks `every` so many
    minutes, and keeps what it finds in the folder `out`.
    """

    event: Event
    registries: tuple[Path, ...] = ()
    only: bool = False
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    title: str | None = None
    timezone: str | None = None
    every: float | None = None
    out: Path | None = None


def read_event(path: Path) -> Assignment:
    """The assignment in an event file; paths in it are relative to it.

    Raises EventFileError, naming the key, for anything that cannot be meant.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
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
        only=raw.get("only", False),
        title=raw.get("title"),
        timezone=_zone(raw.get("timezone"), path),
        every=raw.get("every"),
        out=path.parent / raw["out"] if raw.get("out") else None,
    )


def settings_of(title: str | None, timezone: str | None) -> dict[str, str]:
    """What a report is to be made with, for the settings that a comparison keeps.

    A zone is put down by its own name. Raises UsageError, with the names that are near, where it is none.
    """
    named = {"title": title} if title else {}
    return named | ({"timezone": zone_name(time_zone(timezone))} if timezone is not None else {})


def _zone(written: str | None, path: Path) -> str | None:
    try:
        return settings_of(None, written).get("timezone")
    except UsageError as error:
        raise EventFileError(f"{path}: timezone: {error}") from error


def _check_keys(raw: Mapping[str, object], path: Path) -> None:
    for key, value in raw.items():
        if key not in KEYS:
            raise EventFileError(
                f"{path}: unknown key {key!r}.{_meant(key)} Known keys: {', '.join(KEYS)}."
            )
        # In Python a bool is a number as well.
        if not isinstance(value, KEYS[key]) or (isinstance(value, bool) and KEYS[key] is not bool):  # type: ignore[arg-type]
            raise EventFileError(f"{path}: {key} = {value!r} is of the wrong type.")
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise EventFileError(f"{path}: {key} must be a list of strings.")


def _meant(key: str) -> str:
    plain = key.strip().casefold()
    near = [_MEANT[plain]] if plain in _MEANT else get_close_matches(plain, KEYS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


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
        urls=tuple(_address(url, name) for url in urls),
    )


def _address(written: str, name: str) -> str:
    """The address of a page; https:// is put before one that has no scheme."""
    from crawlers.urls import canonical_url

    plain = written.strip()
    # "example.org:8000/x" has a port behind its colon; "mailto:x@example.org" is of another kind.
    other = "://" not in plain and (_OTHER_KIND.match(plain) or "@" in plain.partition("/")[0])
    whole = plain if "://" in plain else f"https://{plain}"
    host = whole.partition("://")[2].partition("/")[0]
    if (
        other
        or canonical_url(whole) is None
        or not ("." in host or ":" in host or host == "localhost")
    ):
        raise EventFileError(
            f"{name}: {written!r} is no address of a page. Write it as https://example.org/a-page."
        )
    return whole


def _day(value: object, key: str, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise EventFileError(
            f"{name}: {key} = {value!r} is no day. Write it as YYYY-MM-DD."
        ) from error


def listed_urls(source: str) -> list[str]:
    """The addresses in a file, or on standard input for "-"; raises InputError for a line without.

    Of a table with a column of addresses, or of JSON with them, that column alone counts: exports of
    other programs have addresses of outlets and attachments beside.
    """
    from crawlers.discovery import url_lists

    try:
        body = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise InputError(
            f"{source}: {error.strerror or error}. Give a file, or - for stdin."
        ) from error
    if (urls := _column_of_urls(body, source)) is not None:
        return urls
    found = list(url_lists.found_urls(body, source))
    for row in found:
        if isinstance(row, Failure):
            raise InputError(f"{source}: {row.reason}.")
    return [row.url for row in found if not isinstance(row, Failure)]


def _column_of_urls(body: bytes, source: str) -> list[str] | None:
    """The addresses in a table's column of them; None for what is no such table, or a broken one."""
    from compare.row_files import csv_columns, decoded, rows_of
    from compare.rows import keyed
    from crawlers.urls import canonical_url

    columns = csv_columns(body)
    is_json = decoded(body).lstrip()[:1] in {b"{", b"["}
    if not is_json and (len(columns) < 2 or "url" not in keyed(dict.fromkeys(columns), {})):
        return None
    found = []
    for row in rows_of(body):
        if row.problem:
            return None
        written = keyed(row.values, {}).get("url")
        url = canonical_url(written) if isinstance(written, str) else None
        if url is None:
            raise InputError(
                f"{source}: line {row.line} holds no http(s) address{_shown(written)}."
            )
        found.append(url)
    return found


def _shown(written: object) -> str:
    return f": {written}"[:200] if written else ""


def event_like(source: str, out: Path, *, options: list[str]) -> Event:
    """The event that an article is about: its words, names and the days around it.

    `source` is an address, or a file: a page, an articles.jsonl (its first article), or plain text
    whose first line is the title. An address is fetched into OUT/like by a crawl of its own, with
    these options; its process ends before the main crawl begins, since Twisted runs once in one.
    """
    from crawlers.discovery import search

    if source.startswith("www.") and not Path(source).exists():
        source = f"https://{source}"
    if not source.startswith(("http://", "https://")):
        return search.event_like(_read(Path(source)))
    call = ["-m", "parallax", "crawl", "--url", source, "--out", str(out / "like"), *options]
    done = subprocess.run(  # noqa: S603 - this very program, without a shell
        [sys.executable, *call], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise NothingFoundError(f"{source} could not be read, so there is nothing to look for.")
    articles, _ = read_articles(out / "like" / "articles.jsonl")
    event = search.event_like(articles[0])
    return replace(event, like=articles[0].url)


def _read(path: Path) -> Article:
    """The article in a file, by the file's ending."""
    if path.suffix in {".jsonl", ".ndjson"}:
        articles, _ = read_articles(path)
        if articles:
            return articles[0]
        raise InputError(f"{path} holds no article.")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}. Give an address or a file."
        ) from error
    if path.suffix == ".txt":
        title, _, text = body.decode(errors="replace").strip().partition("\n")
        return Article(id=path.stem, outlet="", title=title, text=text)
    from crawlers.extract.page import extract_page

    page = extract_page(body, url="", outlet="")
    if isinstance(page, Failure):
        raise InputError(f"{path} cannot be read as an article: {page.reason}.")
    return page
