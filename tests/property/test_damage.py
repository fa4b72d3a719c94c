"""Files damaged by chance, two hundred of each kind: nothing crashes, and nothing is lost without a word."""

from __future__ import annotations

import json
import random
import re
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from compare.codec import article_line, decode_comparison, encode_comparison, read_articles
from compare.datamodel import SCHEMA_VERSION, Article, Comparison, Event, Run
from compare.embedding.cache import CachedEncoder
from compare.errors import ArticlesFileError, ComparisonFileError, InputError
from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import ArchiveWriter, Fetched
from crawlers.options import CrawlOptions
from crawlers.output.crawl_json import CrawlRecord
from crawlers.output.ledger import LedgerRow
from tests.unit.compare.embedding.test_cache import Counting, same

DAMAGES = 200
MOST_SECONDS = 2.0  # of the processor, a file
AT = "2024-03-12T10:00:00+00:00"
ARTICLES = tuple(
    Article(
        id=f"a{n}",
        outlet=f"Outlet {n}",
        title=f"The weir at Marden broke for the {n}th time",
        text=f"The weir broke on Tuesday.\n\nNobody was hurt, said the keeper of lock {n}.",
        published="2024-03-12",
    )
    for n in range(6)
)


def damaged(data: bytes) -> Iterator[bytes]:
    """The data with a byte flipped, overwritten, cut out or doubled, or cut off, each time elsewhere."""
    for seed in range(DAMAGES):
        chance = random.Random(seed)
        at = chance.randrange(len(data))
        size = chance.choice((1, 1, 1, 7, 60))
        yield [
            data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :],
            data[:at] + chance.randbytes(size) + data[at + size :],
            data[:at] + data[at + size :],
            data[: at + size] + data[at:],
            data[:at],
        ][chance.randrange(5)]


def test_every_row_of_a_damaged_articles_file_is_used_or_told(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    for data in damaged(b"".join(map(article_line, ARTICLES))):
        path.write_bytes(data)
        started = time.process_time()
        try:
            articles, failures = read_articles(path)
        except ArticlesFileError:
            continue
        assert time.process_time() - started < MOST_SECONDS
        rows = [line for line in data.split(b"\n") if line.strip()]
        assert len(articles) + len(failures) == len(rows)
        assert all(failure.reason for failure in failures)


def test_a_damaged_comparison_is_refused_or_has_the_words_that_were_compared() -> None:
    whole = encode_comparison(
        Comparison(
            schema_version=SCHEMA_VERSION,
            run=Run(parallax="0", model="m"),
            event=Event(about="a weir"),
            outlets=tuple(a.outlet for a in ARTICLES),
            articles=ARTICLES,
            details=(),
        )
    )
    written = {(a.title, a.text) for a in ARTICLES}
    for data in damaged(whole):
        try:
            read = decode_comparison(data)
        except ComparisonFileError:
            continue
        assert {(a.title, a.text) for a in read.articles} <= written


def test_a_crawl_never_goes_on_from_a_damaged_record(tmp_path: Path) -> None:
    event, options = Event(about="a weir", start="2024-03-11"), CrawlOptions()
    whole = CrawlRecord.open(tmp_path, event, options, now=AT)
    whole.close([LedgerRow(outlet="One", domain="a.example")], now=AT, rows=7, finished=True)
    path = tmp_path / "crawl.json"
    written = path.read_bytes()
    for data in damaged(written):
        path.write_bytes(data)
        if _same_json(data, written):
            again = CrawlRecord.open(tmp_path, event, options, now=AT)
            assert (again.session, again.settled) == (whole.session, whole.settled)
            continue
        with pytest.raises(InputError, match="--from-archive"):
            CrawlRecord.open(tmp_path, event, options, now=AT)
        assert path.read_bytes() == data


def _same_json(data: bytes, written: bytes) -> bool:
    try:
        return bool(json.loads(data) == json.loads(written))
    except ValueError:
        return False


def test_a_damaged_cache_never_gives_other_numbers(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    name = "encoder"  # whose 95th damage leaves rows out of order, of which SQLite says nothing
    texts = [f"The weir broke on day {n}." for n in range(40)]
    expected = CachedEncoder(Counting(name), path).encode(texts)
    written = path.read_bytes()
    assert not path.with_name("cache.sqlite-wal").exists()
    for data in damaged(written):
        path.write_bytes(data)
        assert same(CachedEncoder(Counting(name), path).encode(texts), expected)
        again = Counting(name)
        assert same(CachedEncoder(again, path).encode(texts), expected)
        assert len(again.asked) <= 1  # it is a cache again, for the next run
        for left in tmp_path.iterdir():
            left.unlink()


def test_a_record_whose_length_is_damaged_swallows_none_that_follow(tmp_path: Path) -> None:
    whole, path = tmp_path / "whole.warc.gz", tmp_path / "archive.warc.gz"
    archive = ArchiveWriter(whole, at=AT, user_agent="Parallax/test", session=1)
    kept = [
        Fetched(url=f"http://a.example/{n}", at=AT, status=200, headers=[], body=b"<p>Water.</p>")
        for n in range(4)
    ]
    for answer in kept:
        archive.fetched(answer, "GET", [])
    archive.close()
    members, rest = [], whole.read_bytes()
    while rest:
        member = zlib.decompressobj(31)
        members.append((member.decompress(rest), rest[: len(rest) - len(member.unused_data)]))
        rest = member.unused_data
    (at,) = (
        i
        for i, (record, _) in enumerate(members)
        if b"WARC-Type: response" in record and b"example/1" in record
    )
    longer = re.sub(rb"(Content-Length: )\d+", rb"\g<1>99999", members[at][0], count=1)
    packed = [data for _, data in members]
    # A block of the packed data that says it is as long as all that follows.
    packer, following = zlib.compressobj(wbits=31), sum(map(len, packed[at + 1 :]))
    packed[at] = packer.compress(longer) + packer.flush(zlib.Z_SYNC_FLUSH)
    packed[at] += b"\0" + struct.pack("<HH", following, following ^ 0xFFFF)
    path.write_bytes(b"".join(packed))
    reader = ArchiveReader.of([path])
    given = [reader.take(answer.url) for answer in kept]
    assert [isinstance(found, Fetched) for found in given] == [True, False, True, True]
    assert reader.damaged


def test_a_damaged_archive_gives_its_answers_or_says_what_is_lost(tmp_path: Path) -> None:
    whole = tmp_path / "whole.warc.gz"
    archive = ArchiveWriter(whole, at=AT, user_agent="Parallax/test", session=1)
    kept = [
        Fetched(url=f"http://a.example/{n}", at=AT, status=200, headers=[("Content-Type", "text/html")],
                body=b"<p>The weir broke.</p>" * (n + 1))
        for n in range(6)
    ]  # fmt: skip
    for answer in kept:
        archive.fetched(answer, "GET", [("User-Agent", "Parallax/test")])
    archive.close()
    path = tmp_path / "archive.warc.gz"
    for data in damaged(whole.read_bytes()):
        path.write_bytes(data)
        started = time.process_time()
        try:
            reader = ArchiveReader.of([path])
        except InputError:
            continue
        given = [reader.take(answer.url) for answer in kept]
        assert time.process_time() - started < MOST_SECONDS
        for answer, found in zip(kept, given, strict=True):
            assert not isinstance(found, Fetched) or found.body == answer.body
        # A file that only ends early is what a crawl that was killed leaves; what it lacks is fetched again.
        if None in given and not whole.read_bytes().startswith(data):
            assert reader.damaged
