"""Archives that other tools wrote: revisits, saved pages, whole files packed in one piece, folders."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from compare.errors import InputError
from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import Fetched, Unfetched
from tests.unit.crawlers.archive.making import answer, written

PAGE = b"<html><body>One page of theirs.</body></html>"


def theirs(path: Path, **about: str) -> Path:
    """Another tool's file: a page, and a revisit of it under another address."""
    said = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    first = {
        "WARC-Type": "response",
        "WARC-Date": "2024-03-12T10:00:00Z",
        "WARC-Payload-Digest": "sha1:SAME",
    }
    again = {
        "WARC-Type": "revisit",
        "WARC-Date": "2024-03-13T10:00:00Z",
        "WARC-Refers-To-Target-URI": "http://a.example/1",
        "WARC-Refers-To-Date": "2024-03-12T10:00:00Z",
        "WARC-Payload-Digest": "sha1:SAME",
    } | {name.replace("_", "-"): value for name, value in about.items()}
    with path.open("wb") as file:
        for number, (fields, body) in enumerate([(first, said + PAGE), (again, said)], 1):
            head = {
                "WARC-Record-ID": f"<urn:uuid:{number}>",
                "WARC-Target-URI": f"http://a.example/{number}",
                "Content-Type": "application/http; msgtype=response",
                "Content-Length": str(len(body)),
            } | fields
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            file.write(gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"))
    return path


def test_a_revisit_stands_for_the_page_that_it_refers_to(tmp_path: Path) -> None:
    reader = ArchiveReader.of([theirs(tmp_path / "a.warc.gz")])
    assert list(reader.pages()) == ["http://a.example/1", "http://a.example/2"]
    again = reader.take("http://a.example/2")
    assert isinstance(again, Fetched)
    assert (again.body, again.at) == (PAGE, "2024-03-13T10:00:00+00:00")


def test_a_revisit_of_what_is_not_there_is_a_download_that_failed(tmp_path: Path) -> None:
    lost = theirs(
        tmp_path / "a.warc.gz",
        WARC_Refers_To_Target_URI="http://a.example/other",
        WARC_Payload_Digest="sha1:OTHER",
    )
    again = ArchiveReader.of([lost]).take("http://a.example/2")
    assert isinstance(again, Unfetched)
    assert "does not hold" in again.message


def record(url: str, block: bytes, **headers: str) -> bytes:
    """One record of another tool's file, not packed."""
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2024-03-12T10:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{url}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def test_a_revisits_own_status_and_headers_stand(tmp_path: Path) -> None:
    # Two answers without a body are the same by digest; where the first one leads is its own affair.
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n"
    empty = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(
        record("http://a.example/1", moved, WARC_Payload_Digest="sha1:EMPTY")
        + record("http://a.example/2", empty, WARC_Type="revisit", WARC_Payload_Digest="sha1:EMPTY")
    )
    again = ArchiveReader.of([path]).take("http://a.example/2")
    assert isinstance(again, Fetched)
    assert (again.status, again.headers) == (200, [("Content-Type", "text/html")])


@pytest.mark.parametrize("kind", ["", "Application/HTTP;msgtype=response"])
def test_an_answer_is_read_without_its_type_and_in_capitals(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.warc"
    said = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    path.write_bytes(record("http://a.example/1", said + PAGE, Content_Type=kind))
    read = ArchiveReader.of([path]).take("http://a.example/1")
    assert isinstance(read, Fetched)
    assert (read.status, read.body) == (200, PAGE)


def test_a_page_that_was_saved_without_its_answer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    saved = {"WARC_Type": "resource", "Content_Type": "text/html"}
    path.write_bytes(
        record("http://a.example/1", PAGE, **saved) + record("urn:thumb:1", b"x", **saved)
    )
    reader = ArchiveReader.of([path])
    assert list(reader.pages()) == ["http://a.example/1"]
    read = reader.take("http://a.example/1")
    assert isinstance(read, Fetched)
    assert (read.status, read.body, read.headers) == (200, PAGE, [("Content-Type", "text/html")])


def test_a_file_that_is_packed_in_one_piece_is_refused_with_what_to_do(tmp_path: Path) -> None:
    # Its records' places are all the same, so that no page came back and nothing said so.
    path = tmp_path / "a.warc.gz"
    said = b"HTTP/1.1 200 OK\r\n\r\n"
    records = [record(f"http://a.example/{n}", said + PAGE) for n in range(3)]
    path.write_bytes(gzip.compress(b"".join(records)))
    with pytest.raises(InputError, match="gunzip"):
        ArchiveReader.of([path])
    path.write_bytes(b"".join(map(gzip.compress, records)))
    assert len(list(ArchiveReader.of([path]).pages())) == 3


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    first = written(tmp_path / "archive" / "001-0001.warc.gz", answer("http://a.example/1"))
    written(tmp_path / "archive" / "001-0002.warc.gz", answer("http://a.example/2"))
    for files in ([tmp_path], [tmp_path / "archive"], [tmp_path, first]):
        (reader,) = ArchiveReader.sessions(files)
        assert list(reader.pages()) == ["http://a.example/1", "http://a.example/2"]
        assert len(reader.paths) == 2
    deep = tmp_path / "CC-NEWS" / "2024" / "03"
    deep.mkdir(parents=True)
    first.rename(deep / "CC-NEWS-1.WARC.GZ")
    (reader,) = ArchiveReader.sessions([tmp_path / "CC-NEWS"])
    assert list(reader.pages()) == ["http://a.example/1"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="folder without"):
        ArchiveReader.sessions([tmp_path / "empty"])


@pytest.mark.parametrize("packed", [False, True])
def test_records_that_say_one_byte_more_than_they_have_are_all_read(
    tmp_path: Path, packed: bool
) -> None:
    # As an old wget wrote them (iipc/jwarc#29).
    records = []
    for number in range(3):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Page %d</p>" % number
        records.append(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d\r\n"
            b"WARC-Date: 2019-03-24T10:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
            b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\n"
            b"Content-Length: %d\r\n\r\n" % (number, number, len(http) + 1) + http + b"\r\n\r\n"
        )
    path = tmp_path / ("wget.warc.gz" if packed else "wget.warc")
    path.write_bytes(b"".join(map(gzip.compress, records) if packed else records))
    reader = ArchiveReader.of([path])
    for number in range(3):
        found = reader.take(f"http://a.example/{number}")
        assert isinstance(found, Fetched)
        assert found.body.rstrip() == b"<p>Page %d</p>" % number
