"""One record of a WARC file: where it is, and what it holds, by whatever tool it was written."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawlers.archive.writer import (
    BY_CLOSING,
    ENDED,
    HOP_HEADERS,
    LARGEST_HEADERS,
    RENDERED,
    RENDERED_KIND,
    Fetched,
    Unfetched,
)

_UNPACKED = re.compile(rb"(?:\xef\xbb\xbf)?(?<!\s)\s*+<[!?a-zA-Z]")  # how no packed body begins
_SESSION = re.compile(rb"^isPartOf: session-(\d{1,6})\r$", re.MULTILINE)
_MEMBER = b"\x1f\x8b\x08"  # how a gzip member begins
_GZIP = 31  # zlib's word for a gzip member: 16 + the largest window
_NOT_MODIFIED = 304
_CODING = "content-encoding"
_PACKED_AT_ONCE = 16_384  # bytes; they unpack to a thousand times as many at most


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is."""

    path: Path
    offset: int


@dataclass(frozen=True, slots=True)
class Revisit:
    """A record that says that an answer was the same as an earlier one (WARC 1.1, 6.7).

    `status` and `headers` are the answer's own where the record has them: only the body is the other's.
    """

    url: str
    at: str
    refers_to: tuple[str, ...]
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def stands_for(self, original: Fetched) -> Fetched:
        """The answer that was the same as `original`, or of which a server said that it is."""
        found = replace(original, url=self.url, at=self.at)
        if self.status is None or self.status == _NOT_MODIFIED or not self.headers:
            return found
        coded = [(k, v) for k, v in original.headers if k.lower() == _CODING]
        own = [(k, v) for k, v in self.headers if k.lower() != _CODING]
        return replace(found, status=self.status, headers=[*own, *coded])


def _revisit(record: WarcRecord) -> Revisit:
    headers, url = record.headers, target(record) or ""
    there = (headers.get("WARC-Refers-To-Target-URI") or url).strip("<>").partition("#")[0]
    then = headers.get("WARC-Refers-To-Date")
    named = (
        headers.get("WARC-Refers-To"),
        then and f"{there} {then}",
        headers.get("WARC-Payload-Digest"),
    )
    refers_to = tuple(name for name in named if name)
    if not record.content_length or record.content_length > LARGEST_HEADERS:
        return Revisit(url, _iso(record), refers_to)
    _parse_http(record, "none")
    status = record.http_headers.status_code
    return Revisit(url, _iso(record), refers_to, status, tuple(_headers(record)))


def next_member(path: Path, start: int) -> int | None:
    """Where the next gzip member may begin, at or behind `start`; None in a file that is not packed so."""
    with path.open("rb") as file:
        if file.read(len(_MEMBER)) != _MEMBER:
            return None
        file.seek(start)
        at, tail = start, b""
        while chunk := file.read(1 << 20):
            found = (tail + chunk).find(_MEMBER)
            if found >= 0:
                return at - len(tail) + found
            at += len(chunk)
            tail = (tail + chunk)[-len(_MEMBER) + 1 :]
    return None


def broken_member(path: Path, start: int) -> int | None:
    """Where a gzip member, from the one at `start` on, is not whole; None if all are, or the file is not packed so."""
    with path.open("rb") as file:
        if file.read(len(_MEMBER)) != _MEMBER:
            return None
        file.seek(start)
        begin, member = start, zlib.decompressobj(_GZIP)
        while data := file.read(_PACKED_AT_ONCE):
            while data:
                try:
                    member.decompress(data)
                except zlib.error:
                    return begin
                data = member.unused_data
                if member.eof:
                    begin, member = file.tell() - len(data), zlib.decompressobj(_GZIP)
        return begin if file.tell() > begin else None


def stands_alone(path: Path, offset: int) -> bool:
    """Whether a record can be read from where it is said to be: not where a file is packed in one piece."""
    with path.open("rb") as file:
        if file.read(len(_MEMBER)) != _MEMBER:
            return True
        file.seek(offset)
        return file.read(len(_MEMBER)) == _MEMBER


def as_it_is_coded(answer: Fetched) -> Fetched:
    """The answer without a Content-Encoding that its body has lost: CC-NEWS's older files kept only the header."""
    if not _UNPACKED.match(answer.body):
        return answer
    headers = [(k, v) for k, v in answer.headers if k.lower() != "content-encoding"]
    return replace(answer, headers=headers)


def session_of(path: Path) -> int:
    """The session that a file says it is part of; 1 if it says none."""
    try:
        with path.open("rb") as file:
            first = next(iter(ArchiveIterator(file, parse_http=False)), None)
            about = first.reader.read(10_000) if first is not None else b""
    except OSError:
        return 1  # reading the file itself says what is wrong
    found = _SESSION.search(about)
    return int(found[1]) if found else 1


def target(record: WarcRecord) -> str | None:
    url = record.headers.get("WARC-Target-URI")
    return url.strip("<>").partition("#")[0] if url else None


def counts(record: WarcRecord) -> bool:
    """Whether a record is an answer over HTTP, a file or page without one, or our note of a failed download."""
    kind = record.headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.conversion:
        return (target(record) or "").startswith(RENDERED)
    if record.record_type in (WarcRecordType.response, WarcRecordType.revisit):
        return not kind or kind.lower().startswith("application/http")
    if record.record_type == WarcRecordType.resource:
        return (target(record) or "").startswith(("http://", "https://"))
    return kind.startswith("application/warc-fields") and record.content_length < 10_000


class DamagedError(Exception):
    """A record whose bytes are not those that were written."""


class BrokenOffError(Exception):
    """A record that ends before its length says so."""


def read(
    place: Place, largest: int, *, checked: bool = False
) -> Fetched | Unfetched | Revisit | None:
    """The record at a place; None if it cannot be read, or is no answer.

    Raises BrokenOffError where it ends too soon, DamagedError where `checked` and the record is not
    what its digest says. Other programs' digests are not asked: they may be of other bytes than the record's.
    """
    codings: tuple[Literal["transfer", "none"], ...] = ("transfer", "none")
    for decode in codings:  # some tools keep the header and drop the coding
        try:
            with place.path.open("rb") as file:
                file.seek(place.offset)
                record = next(iter(ArchiveIterator(file, parse_http=False)), None)
                if record is None:
                    return None
                if record.record_type == WarcRecordType.revisit:
                    return _revisit(record)
                if record.content_length > largest + LARGEST_HEADERS:
                    return _too_large(record)
                if not _whole(record):
                    raise BrokenOffError(place)
                if checked and not _is_as_written(record):
                    raise DamagedError(place)
                if record.record_type == WarcRecordType.metadata:
                    return _note(record)
                if record.record_type == WarcRecordType.conversion:
                    return _without_http(record, RENDERED_KIND)
                if record.record_type == WarcRecordType.resource:
                    return _without_http(record, record.headers.get("Content-Type") or "")
                _parse_http(record, decode)
                return _answer(record)
        except (OSError, ValueError):
            continue
    return None


def _parse_http(record: WarcRecord, decode: Literal["transfer", "none"]) -> None:
    if not record.is_http:  # its tool wrote no type, or wrote it in capitals
        record.is_http = True
    record.parse_http(auto_decode=decode, quirks_mode=True, max_header_len=2 * LARGEST_HEADERS)


def _too_large(record: WarcRecord) -> Unfetched:
    """What is never taken into memory: a small file may unpack to any size."""
    return Unfetched(
        url=target(record) or "",
        at=_iso(record),
        error="DownloadCancelledError",
        message=f"{record.content_length} bytes",
    )


def _whole(record: WarcRecord) -> bool:
    declared = record.headers.get("Content-Length")
    record.freeze()
    return declared is not None and declared.strip() == str(record.content_length)


def _is_as_written(record: WarcRecord) -> bool:
    return record.headers.get("WARC-Block-Digest") is None or record.verify_block_digest()


def _note(record: WarcRecord) -> Unfetched | None:
    lines = record.reader.read().decode("utf-8", "replace").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    if "fetchError" not in fields:
        return None
    return Unfetched(
        url=target(record) or "",
        at=_iso(record),
        error=fields["fetchError"],
        message=fields.get("fetchErrorMessage", ""),
    )


def _without_http(record: WarcRecord, kind: str) -> Fetched:
    """A page that was rendered, or a file that was saved without the answer in which it came."""
    return Fetched(
        url=target(record) or "",
        at=_iso(record),
        status=200,
        headers=[("Content-Type", kind)],
        body=record.reader.read(),
        record=_id(record),
    )


def _answer(record: WarcRecord) -> Fetched | None:
    status = record.http_headers.status_code
    if status is None:
        return None
    return Fetched(
        url=target(record) or "",
        at=_iso(record),
        status=status,
        headers=_headers(record),
        body=record.reader.read(),
        ip_address=record.headers.get("WARC-IP-Address"),
        truncated=record.headers.get("WARC-Truncated") is not None,
        ended_by_closing=record.headers.get(ENDED) == BY_CLOSING,
        record=_id(record),
    )


def _headers(record: WarcRecord) -> list[tuple[str, str]]:
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in record.http_headers.items_bytes()
    ]
    return [(k, v) for k, v in headers if k.lower() not in HOP_HEADERS]


def _id(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Record-ID") or "").strip("<>")


def _iso(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Date") or "").partition(".")[0].rstrip("Z") + "+00:00"
