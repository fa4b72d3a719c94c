"""What was fetched is kept, and given back as it was."""

from __future__ import annotations

import gzip
import random
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from compare.errors import InputError, OutputError
from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import Fetched, Unfetched
from tests.unit.crawlers.archive.making import AT, answer, writer, written


def test_answers_come_back_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    busy, fine = answer(status=503), answer(body=b"there you are")
    reader = ArchiveReader.of([written(tmp_path / "a.warc.gz", busy, fine)])
    assert reader.take(busy.url) == busy
    assert reader.take(busy.url) == fine
    assert reader.take(busy.url) is None
    assert reader.take(busy.url, again=True) == fine
    assert not reader.foreign


def test_the_same_answer_twice_in_a_second_is_two_records(tmp_path: Path) -> None:
    whole, first = writer(tmp_path / "a.warc.gz"), writer(tmp_path / "b.warc.gz")
    pair = [whole.fetched(answer(), "GET", []) for _ in range(2)]
    shown = replace(answer(), url="urn:rendered:http://a.example/")
    both = [whole.rendered(shown) for _ in range(2)]
    whole.close()
    assert len({*pair, *both}) == 4
    held = ArchiveReader.of([tmp_path / "a.warc.gz"])
    assert [held.take(answer().url).record for _ in range(2)] == pair  # type: ignore[union-attr]
    # A crawl that was broken off between the two goes on to the same ids.
    first.fetched(answer(), "GET", [])
    first.close()
    again = writer(tmp_path / "c.warc.gz")
    again.known(ArchiveReader.of([tmp_path / "b.warc.gz"]).take(answer().url).record)  # type: ignore[union-attr]
    assert again.fetched(answer(), "GET", []) == pair[1]
    again.close()


@settings(max_examples=30)
@given(
    body=st.binary(max_size=500),
    value=st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=30),
)
def test_any_body_and_header_survive(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, value: str
) -> None:
    path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
    value = value.replace("\x7f", "").replace("\x85", "").replace("\xa0", "").strip()
    kept = Fetched(
        url="http://a.example/x?y=1", at=AT, status=200, headers=[("X-Said", value)], body=body
    )
    assert ArchiveReader.of([written(path, kept)]).take(kept.url) == kept


def test_a_failed_download_is_kept_as_such(tmp_path: Path) -> None:
    lost = Unfetched(url="http://a.example/", at=AT, error="DownloadTimeoutError", message="2 s")
    assert ArchiveReader.of([written(tmp_path / "a.warc.gz", lost)]).take(lost.url) == lost


def test_what_is_written_is_a_warc_that_another_tool_reads_with_its_digests(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", answer())
    with path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", "response", "request"]


@pytest.mark.parametrize("cut", [1, 40, 200, 1_000])
def test_a_record_that_broke_off_counts_for_nothing_and_those_before_it_stay(
    tmp_path: Path, cut: int
) -> None:
    first = answer("http://a.example/1", bytes(range(256)))
    broken = answer("http://a.example/2", gzip.compress(bytes(range(256)) * 40))
    whole = written(tmp_path / "a.warc.gz", first).read_bytes()
    longer = written(tmp_path / "b.warc.gz", first, broken).read_bytes()
    # the request record of the second pair comes last and is not missed
    cut_at = max(len(whole) + 10, len(longer) - 400 - cut)
    short = tmp_path / "c.warc.gz"
    short.write_bytes(longer[:cut_at])
    reader = ArchiveReader.of([short])
    assert reader.take(first.url) == first
    assert reader.take(broken.url) is None


def chunked(header: str, body: bytes) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\n"
        "WARC-Date: 2019-03-24T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-"
        "000000000001>\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("header", "body", "read"),
    [
        ("Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
        ("Transfer-Encoding: chunked\r\n", b"plain after all", b"plain after all"),
        ("X-Crawl-Transfer-Encoding: chunked\r\n", b"plain as CC-NEWS has it", b"plain as CC-NEWS has it"),
    ],
)  # fmt: skip
def test_other_tools_files_are_read_whatever_they_left_of_the_transfer_coding(
    tmp_path: Path, header: str, body: bytes, read: bytes
) -> None:
    path = tmp_path / "other.warc"
    path.write_bytes(chunked(header, body))
    reader = ArchiveReader.of([path])
    kept = reader.take("http://a.example/")
    assert isinstance(kept, Fetched)
    assert kept.body == read
    assert reader.foreign
    assert list(reader.pages()) == ["http://a.example/"]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b\x08broken", b"<html></html>" * 100])
def test_what_is_no_warc_file_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"page\.html"):
        ArchiveReader.of([path])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.warc"):
        ArchiveReader.of([tmp_path / "gone.warc"])


def test_an_archive_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", answer())
    with pytest.raises(OutputError):
        writer(path)


def test_what_a_server_said_wrongly_of_its_coding_stays_said_in_our_own_files(
    tmp_path: Path,
) -> None:
    """It was a failure when it was fetched, and must be one when it is replayed."""
    wrong = Fetched(
        url="http://a.example/?utm_source=x",
        at=AT,
        status=200,
        headers=[("Content-Encoding", "gzip")],
        body=b"<html>not packed</html>",
    )
    reader = ArchiveReader.of([written(tmp_path / "a.warc.gz", wrong)])
    assert not reader.has("http://a.example/")
    assert reader.take(wrong.url) == wrong


@pytest.mark.parametrize(
    ("body", "says_gzip"),
    [(b"\xef\xbb\xbf \n<!doctype html>", False), (gzip.compress(b"<html>"), True), (b"", True)],
)
def test_another_tools_body_that_was_unpacked_is_not_unpacked_again(
    tmp_path: Path, body: bytes, says_gzip: bool
) -> None:
    path = tmp_path / "other.warc"
    path.write_bytes(chunked("Content-Encoding: gzip\r\n", body))
    kept = ArchiveReader.of([path]).take("http://a.example/")
    assert isinstance(kept, Fetched)
    assert kept.body == body
    assert ("Content-Encoding" in dict(kept.headers)) is says_gzip


def members(path: Path, number: int) -> list[Fetched]:
    chance = random.Random(number)
    kept = [answer(f"http://a.example/{n}", chance.randbytes(400)) for n in range(number)]
    written(path, *kept)
    return kept


@pytest.mark.parametrize("seed", range(12))
def test_a_file_is_read_on_behind_its_damage_and_the_damage_is_counted(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "a.warc.gz"
    kept = members(path, 30)
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(2):
        data[chance.randrange(1_000, len(data) - 1_000)] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    reader = ArchiveReader.of([path])
    read = [one for one in kept if reader.take(one.url) == one]
    assert len(read) >= 28
    assert (
        len(read) == 30
        or reader.damaged >= 1
        or all(reader.take(one.url, again=True) is None for one in kept if one not in read)
    )


def test_a_small_file_that_unpacks_to_anything_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.warc.gz", answer(body=b"\0" * 30_000_000), answer("http://b.example/")
    )
    reader = ArchiveReader.of([path], largest=1_000_000)
    tracemalloc.start()
    lost = reader.take("http://a.example/")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(lost, Unfetched)
    assert lost.error == "DownloadCancelledError"
    assert most < 5_000_000
    assert isinstance(reader.take("http://b.example/"), Fetched)


def test_ten_thousand_headers_come_back(tmp_path: Path) -> None:
    many = replace(answer(), headers=[(f"X-{n}", "v" * 20) for n in range(10_000)])
    assert ArchiveReader.of([written(tmp_path / "a.warc.gz", many)]).take(many.url) == many


def test_how_a_body_ended_is_kept(tmp_path: Path) -> None:
    closed = replace(answer(), ended_by_closing=True)
    assert ArchiveReader.of([written(tmp_path / "a.warc.gz", closed)]).take(closed.url) == closed
