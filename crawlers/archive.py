"""Everything that was fetched, as WARC files, and how to read it back instead of fetching again.

A folder `archive/` holds one gzip member a record: each response with its request, and a metadata
record for each download that failed. A crawl that was killed goes on from here, and a replay needs
nothing else. Any other tool's WARC can be read too; records that broke off are passed over.
"""

from __future__ import annotations

import io
import re
import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from compare.errors import InputError, OutputError

SOFTWARE = "Parallax"
_WANTED = WarcRecordType.response | WarcRecordType.metadata | WarcRecordType.warcinfo
_SESSION = re.compile(rb"^isPartOf: session-(\d{1,6})\r$", re.MULTILINE)
_HOP_HEADERS = {"transfer-encoding", "connection", "keep-alive"}

Headers = Sequence[tuple[str, str]]  # latin-1, so that any bytes survive


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer, as the server gave it except for the transfer coding; `at` is ISO 8601 UTC."""

    url: str
    at: str
    status: int
    headers: Headers
    body: bytes
    ip_address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """A download that failed: the kind of error, by name, and what it said."""

    url: str
    at: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record is."""

    path: Path
    offset: int


class ArchiveWriter:
    """Writes one WARC file; every record is on disk when its method returns."""

    def __init__(self, path: Path, *, at: str, user_agent: str, session: int) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = path.open("xb")
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written: {error.strerror}. Choose another --out."
            ) from error
        self._lock = threading.Lock()
        self._warc = WARCWriter(self._file, gzip=True, warc_version="1.1")
        about = {
            "software": SOFTWARE,
            "isPartOf": f"session-{session}",
            "format": "WARC File Format 1.1",
            "robots": "obey",
            "http-header-user-agent": user_agent,
        }
        record = self._warc.create_warcinfo_record(path.name, about)
        record.rec_headers.replace_header("WARC-Date", _warc_date(at))
        self._warc.write_record(record)

    def fetched(self, answer: Fetched, method: str, request_headers: Headers) -> None:
        """Keep an answer with the request that it answers."""
        headers = [(k, v) for k, v in answer.headers if k.lower() not in _HOP_HEADERS]
        about = {"WARC-Date": _warc_date(answer.at)}
        if answer.ip_address:
            about["WARC-IP-Address"] = answer.ip_address
        response = self._warc.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=_ExactHeaders(f"{answer.status} ", headers, protocol="HTTP/1.1"),
            warc_headers_dict=about,
        )
        path = "/" + answer.url.partition("://")[2].partition("/")[2]
        asked = _ExactHeaders(
            f"{method} {path} HTTP/1.1", list(request_headers), is_http_request=True
        )
        request = self._warc.create_warc_record(answer.url, "request", http_headers=asked)
        with self._lock:
            self._warc.write_request_response_pair(request, response)

    def unfetched(self, failed: Unfetched) -> None:
        """Keep the fact that a download failed."""
        said = " ".join(failed.message.split())[:500]
        fields = f"fetchError: {failed.error}\r\nfetchErrorMessage: {said}\r\n".encode()
        record = self._warc.create_warc_record(
            failed.url,
            "metadata",
            payload=io.BytesIO(fields),
            length=len(fields),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": _warc_date(failed.at)},
        )
        with self._lock:
            self._warc.write_record(record)

    def close(self) -> None:
        """Nothing more will be written."""
        with self._lock:
            self._file.close()


class _ExactHeaders(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are written as they came; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, encoding="latin-1")


@dataclass(slots=True)
class ArchiveReader:
    """What WARC files answer, address by address, each address's answers in the order they came.

    `foreign` says that a file was not written by this program: then its pages are what there is to
    read, since its crawl did not look where ours looks. Only the places are kept in memory.
    """

    foreign: bool = False
    _places: dict[str, deque[_Place]] = field(default_factory=lambda: defaultdict(deque))
    _last: dict[str, _Place] = field(default_factory=dict)

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
        software, seen = "", 0
        try:
            with path.open("rb") as file:
                for record in ArchiveIterator(file, record_types=_WANTED, parse_http=False):
                    seen += 1
                    if record.record_type == WarcRecordType.warcinfo:
                        software += record.reader.read(100_000).decode("utf-8", "replace")
                    elif (url := _target(record)) and _counts(record):
                        self._places[url].append(_Place(path, record.stream_pos))
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
        yield from self._places

    def has(self, url: str) -> bool:
        """Whether an address has an answer."""
        return url.partition("#")[0] in self._places

    def take(self, url: str, *, again: bool = False) -> Fetched | Unfetched | None:
        """The next answer for an address; None if there is no further one.

        With `again`, the last one once more where the answers are used up.
        """
        url = url.partition("#")[0]
        places = self._places.get(url)
        while places:
            place = places.popleft()
            if (answer := _read(place)) is not None:
                self._last[url] = place
                return answer
        place_again = self._last.get(url) if again else None
        return _read(place_again) if place_again else None


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
    """Whether a record is an answer over HTTP, or our note of a failed download."""
    kind = record.headers.get("Content-Type") or ""
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
        headers=[(k, v) for k, v in headers if k.lower() not in _HOP_HEADERS],
        body=record.reader.read(),
        ip_address=record.headers.get("WARC-IP-Address"),
    )


def _iso(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Date") or "").partition(".")[0].rstrip("Z") + "+00:00"


def _warc_date(at: str) -> str:
    return at.removesuffix("+00:00").removesuffix("Z") + "Z"
