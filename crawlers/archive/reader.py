"""What WARC files hold, read back instead of fetched again: our own, or any other tool's.

Only where each answer lies is kept in memory. Records that broke off are skipped.

A page that was got by an earlier session is asked for with the marks that its server gave it (ETag,
Last-Modified; RFC 9110, section 13). The answer "not modified" then stands for the answer that was kept.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from compare.errors import InputError
from crawlers.archive.writer import (
    HOP_HEADERS,
    RENDERED,
    RENDERED_KIND,
    SOFTWARE,
    Fetched,
    Unfetched,
)
from crawlers.urls import canonical_url

NOT_MODIFIED = 304
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
CONDITIONS = tuple(_CONDITIONS.values())
_WANTED = (
    WarcRecordType.response
    | WarcRecordType.metadata
    | WarcRecordType.warcinfo
    | WarcRecordType.conversion
)
_UNPACKED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")  # how no packed body begins
_SESSION = re.compile(rb"^isPartOf: session-(\d{1,6})\r$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record is."""

    path: Path
    offset: int


@dataclass(slots=True)
class ArchiveReader:
    """What WARC files answer, address by address, each address's answers in the order they came.

    `foreign` says that a file was not written by this program: then its pages are what there is to
    read, since its crawl did not look where ours looks. Only the places are kept in memory.
    """

    foreign: bool = False
    paths: list[Path] = field(default_factory=list)
    _places: dict[str, deque[_Place]] = field(default_factory=lambda: defaultdict(deque))
    _last: dict[str, _Place] = field(default_factory=dict)
    _by_plain: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Iterable[Path], *, strict: bool = True) -> ArchiveReader:
        """Finds what the files hold; raises InputError if one is not a WARC file and `strict`."""
        reader = cls()
        for path in paths:
            reader._add(path, strict=strict)
        return reader

    @classmethod
    def sessions(cls, paths: Iterable[Path]) -> list[ArchiveReader]:
        """A reader for each session that the files are of, in order; another tool's are of the first.

        Raises InputError if one is not a WARC file.
        """
        by_session: dict[int, list[Path]] = defaultdict(list)
        for path in paths:
            by_session[_session_of(path)].append(path)
        return [cls.of(by_session[number]) for number in sorted(by_session)]

    def _add(self, path: Path, *, strict: bool) -> None:
        self.paths.append(path)
        software, seen = "", 0
        try:
            with path.open("rb") as file:
                for record in ArchiveIterator(file, record_types=_WANTED, parse_http=False):
                    seen += 1
                    if record.record_type == WarcRecordType.warcinfo:
                        software += record.reader.read(100_000).decode("utf-8", "replace")
                    elif (url := _target(record)) and _counts(record):
                        self._places[url].append(_Place(path, record.stream_pos))
                        if (plain := canonical_url(url)) not in {url, None}:
                            self._by_plain.setdefault(plain, url)
        except OSError as error:
            if not seen and strict:
                raise InputError(
                    f"{path} is no WARC file that can be read: {error}. Give a .warc or .warc.gz."
                ) from error
        if not seen and strict:
            raise InputError(f"{path} holds no WARC record. Give a .warc or .warc.gz file.")
        self.foreign |= bool(seen) and f"software: {SOFTWARE}\r\n" not in software

    def pages(self) -> Iterator[str]:
        """Every address that has an answer, in the order of the files."""
        yield from (url for url in self._places if not url.startswith(RENDERED))

    def has(self, url: str) -> bool:
        """Whether an address has an answer."""
        return self._kept_as(url) in self._places

    def take(self, url: str, *, again: bool = False) -> Fetched | Unfetched | None:
        """The next answer for an address; None if there is no further one.

        With `again`, the last one once more where the answers are used up.
        """
        url = self._kept_as(url)
        places = self._places.get(url)
        while places:
            place = places.popleft()
            if (answer := self._answer_at(place)) is not None:
                self._last[url] = place
                return answer
        place_again = self._last.get(url) if again else None
        return self._answer_at(place_again) if place_again else None

    def latest(self, url: str) -> Fetched | None:
        """The last whole answer for an address with status 200, none of which `take` has given."""
        for place in reversed(self._places.get(url.partition("#")[0], ())):
            answer = self._answer_at(place)
            if isinstance(answer, Fetched) and answer.status == 200 and not answer.truncated:
                return answer
        return None

    def _kept_as(self, url: str) -> str:
        """The address of an answer: another program may have asked with tracking parameters."""
        url = url.partition("#")[0]
        if self.foreign and url not in self._places:
            return self._by_plain.get(url, url)
        return url

    def _answer_at(self, place: _Place) -> Fetched | Unfetched | None:
        answer = _read(place)
        if self.foreign and isinstance(answer, Fetched):
            return _as_it_is_coded(answer)
        return answer


def _as_it_is_coded(answer: Fetched) -> Fetched:
    """The answer without a Content-Encoding that its body has lost: CC-NEWS's older files kept only the header."""
    if not _UNPACKED.match(answer.body):
        return answer
    headers = [(k, v) for k, v in answer.headers if k.lower() != "content-encoding"]
    return replace(answer, headers=headers)


def _session_of(path: Path) -> int:
    """The session that a file says it is part of; 1 if it says none."""
    try:
        with path.open("rb") as file:
            first = next(iter(ArchiveIterator(file, parse_http=False)), None)
            about = first.reader.read(10_000) if first is not None else b""
    except OSError:
        return 1  # reading the file itself says what is wrong
    found = _SESSION.search(about)
    return int(found[1]) if found else 1


def _target(record: WarcRecord) -> str | None:
    url = record.headers.get("WARC-Target-URI")
    return url.strip("<>").partition("#")[0] if url else None


def _counts(record: WarcRecord) -> bool:
    """Whether a record is an answer over HTTP, a page as rendered, or our note of a failed download."""
    kind = record.headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.conversion:
        return (_target(record) or "").startswith(RENDERED)
    if record.record_type == WarcRecordType.response:
        return kind.startswith("application/http")
    return kind.startswith("application/warc-fields") and record.content_length < 10_000


def _read(place: _Place) -> Fetched | Unfetched | None:
    """The record at a place; None if it is not whole, or not an answer."""
    for decode in ("transfer", "none"):  # some tools keep the header and drop the coding
        try:
            with place.path.open("rb") as file:
                file.seek(place.offset)
                record = next(iter(ArchiveIterator(file, parse_http=False)), None)
                if record is None or not _whole(record):
                    return None
                if record.record_type == WarcRecordType.metadata:
                    return _note(record)
                if record.record_type == WarcRecordType.conversion:
                    return _as_rendered(record)
                record.parse_http(auto_decode=decode, quirks_mode=True)
                return _answer(record)
        except (OSError, ValueError):
            continue
    return None


def _whole(record: WarcRecord) -> bool:
    declared = record.headers.get("Content-Length")
    record.freeze()
    return declared is not None and declared.strip() == str(record.content_length)


def _note(record: WarcRecord) -> Unfetched | None:
    lines = record.reader.read().decode("utf-8", "replace").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    if "fetchError" not in fields:
        return None
    return Unfetched(
        url=_target(record) or "",
        at=_iso(record),
        error=fields["fetchError"],
        message=fields.get("fetchErrorMessage", ""),
    )


def _as_rendered(record: WarcRecord) -> Fetched:
    return Fetched(
        url=_target(record) or "",
        at=_iso(record),
        status=200,
        headers=[("Content-Type", RENDERED_KIND)],
        body=record.reader.read(),
    )


def _answer(record: WarcRecord) -> Fetched | None:
    status = record.http_headers.status_code
    if status is None:
        return None
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in record.http_headers.items_bytes()
    ]
    return Fetched(
        url=_target(record) or "",
        at=_iso(record),
        status=status,
        headers=[(k, v) for k, v in headers if k.lower() not in HOP_HEADERS],
        body=record.reader.read(),
        ip_address=record.headers.get("WARC-IP-Address"),
        truncated=record.headers.get("WARC-Truncated") is not None,
    )


def _iso(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Date") or "").partition(".")[0].rstrip("Z") + "+00:00"


class Earlier:
    """The answers in the archive files of earlier sessions, which are read when one is first asked for."""

    def __init__(self, paths: Sequence[Path] = ()) -> None:
        self._paths = tuple(paths)
        self._reader: ArchiveReader | None = None

    def answer(self, url: str) -> Fetched | None:
        """The last whole answer with status 200; None if there is none."""
        if not self._paths:
            return None
        if self._reader is None:
            self._reader = ArchiveReader.of(self._paths, strict=False)
        return self._reader.latest(url)

    def conditions(self, url: str) -> dict[str, str]:
        """The request headers that ask for a page only if it has changed since."""
        known = self.answer(url)
        if known is None:
            return {}
        marks = {name.lower(): value for name, value in known.headers if value}
        return {header: marks[name] for name, header in _CONDITIONS.items() if name in marks}
