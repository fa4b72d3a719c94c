"""Everything that was fetched, written to WARC files; `archived` reads them back.

A folder `archive/` holds one gzip member a record: each response with its request, a conversion
record for each page that was rendered in a browser, and a metadata record for each download that
failed. A crawl that was killed goes on from here, and a replay needs nothing else.
"""

from __future__ import annotations

import io
import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from compare.errors import OutputError

SOFTWARE = "Parallax"
RENDERED = "urn:rendered:"  # before a page's address: what scripts made of it
RENDERED_KIND = "text/html; charset=utf-8"
_LEVEL = 3  # of gzip, 1 (fast) to 9 (small)
LARGEST_HEADERS = 1_000_000  # bytes of one answer; more are not written, since no reader takes them
# A field of ours in a record: other readers pass over what they do not know (WARC 1.1, 5.1).
ENDED, BY_CLOSING = "Parallax-Body-Ended", "by closing the connection"
HOP_HEADERS = {"transfer-encoding", "connection", "keep-alive"}

Headers = Sequence[tuple[str, str]]  # latin-1, so that any bytes survive


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer, as the server gave it except for the transfer coding; `at` is ISO 8601 UTC.

    `truncated` says that its body was not awaited, `ended_by_closing` that nothing told its length:
    the server closed the connection, so that a part may be missing. `record` is the id of the record that it
    was read back from (WARC-Record-ID), "" before it was written.
    """

    url: str
    at: str
    status: int
    headers: Headers
    body: bytes
    ip_address: str | None = None
    truncated: bool = False
    ended_by_closing: bool = False
    record: str = field(default="", compare=False)

    @property
    def header_bytes(self) -> int:
        """How much its headers take."""
        return sum(len(name) + len(value) + 4 for name, value in self.headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """A download that failed: the kind of error, by name, and what it said."""

    url: str
    at: str
    error: str
    message: str


def rendered_url(url: str) -> str:
    """The address under which an archive keeps what scripts made of a page."""
    return f"{RENDERED}{url}"


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
        self._session = session
        self._known: set[str] = set()
        self.answers = 0  # downloads that were answered, and those that failed
        self.failed = 0
        self._warc = WARCWriter(_Members(self._file), gzip=False, warc_version="1.1")
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

    def known(self, record: str) -> None:
        """Note a record that an earlier file of the session holds, and that was read from there."""
        with self._lock:
            self._known.add(record)

    def _named(self, answer: Fetched) -> str:
        """The WARC-Record-ID of an answer: made of what was answered, where, when and as the how manieth.

        So that a crawl that was broken off goes on to articles that cite the same records, and the same
        answer twice within a second is two.
        """
        held = f"{answer.url} {answer.at} {answer.status} {sha256(answer.body).hexdigest()}"
        with self._lock:
            for times in count(1):
                name = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{held} {self._session} {times}')}"
                if name not in self._known:
                    break
            self._known.add(name)
        return name

    def fetched(self, answer: Fetched, method: str, request_headers: Headers) -> str:
        """Keep an answer with the request that it answers; returns its record's id."""
        headers = [(k, v) for k, v in answer.headers if k.lower() not in HOP_HEADERS]
        record = self._named(answer)
        about = {"WARC-Date": _warc_date(answer.at), "WARC-Record-ID": f"<{record}>"}
        if answer.ip_address:
            about["WARC-IP-Address"] = answer.ip_address
        if answer.truncated:
            about["WARC-Truncated"] = "unspecified"
        if answer.ended_by_closing:
            about[ENDED] = BY_CLOSING
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
            self.answers += 1
        return record

    def rendered(self, page: Fetched) -> str:
        """Keep what scripts made of a page in a browser; `page.url` is `rendered_url` of its address.

        Returns its record's id.
        """
        name = self._named(page)
        record = self._warc.create_warc_record(
            page.url,
            "conversion",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            warc_content_type=RENDERED_KIND,
            warc_headers_dict={
                "WARC-Date": _warc_date(page.at),
                "WARC-Record-ID": f"<{name}>",
            },
        )
        with self._lock:
            self._warc.write_record(record)
        return name

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
            self.failed += 1

    def close(self) -> None:
        """Nothing more will be written."""
        with self._lock:
            self._file.close()


class _Members:
    """A file that gets one gzip member for each record; warcio flushes where a record ends.

    warcio's own compresses at level 9, which took as long as everything else that the crawling
    process does with a page. At level 3 real pages are 13% larger and take a quarter of the time.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packer = self._fresh()

    @staticmethod
    def _fresh() -> zlib._Compress:
        return zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)

    def write(self, data: bytes) -> None:
        """Take in a part of a record."""
        self._file.write(self._packer.compress(data))

    def flush(self) -> None:
        """End the record, and have it on disk."""
        self._file.write(self._packer.flush())
        self._file.flush()
        self._packer = self._fresh()


class _ExactHeaders(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are written as they came; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, encoding="latin-1")


def _warc_date(at: str) -> str:
    return at.removesuffix("+00:00").removesuffix("Z") + "Z"
