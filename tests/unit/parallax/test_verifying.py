"""Articles are found again in the archive that they were read from, and what was altered since is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.datamodel import Article, Status
from compare.over_time.rebuilt import differing
from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import ArchiveWriter, Fetched
from crawlers.extract.pool import ExtractPool
from parallax.verifying import State, checked
from tests.integration.crawl.conftest import story_page

AT = "2019-04-01T12:00:00+00:00"
GOLDEN = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"


def page(place: str) -> bytes:
    return story_page(place).encode()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "001-0001.warc.gz"
    writer = ArchiveWriter(path, at=AT, user_agent="test", session=1)
    for place in ("Ashby", "Selby"):
        url = f"https://news.example/{place}"
        kind = [("Content-Type", "text/html; charset=utf-8")]
        writer.fetched(
            Fetched(url=url, at=AT, status=200, headers=kind, body=page(place)), "GET", []
        )
    writer.close()
    return path


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(1) as pool:
        yield pool


def article(place: str) -> Article:
    from crawlers.extract.page import extract_page

    made = extract_page(page(place), url=f"https://news.example/{place}", outlet="News")
    assert isinstance(made, Article)
    return made


def test_each_article_is_told_with_its_record_or_what_is_wrong(
    archive: Path, pool: ExtractPool
) -> None:
    altered = replace(article("Selby"), text=article("Selby").text.replace("bread", "grain"))
    absent = replace(article("Ashby"), url="https://news.example/other", text="Other words.")
    found = checked([article("Ashby"), altered, absent], ArchiveReader.of([archive]), pool)
    assert [c.state for c in found] == [State.SAME, State.DIFFERS, State.NOT_ARCHIVED]
    assert found[0].record
    assert found[0].record.startswith("urn:uuid:")
    assert found[0].record != found[1].record
    assert found[0].sha256 == article("Ashby").sha256
    assert found[2].record is None


def test_details_that_came_out_otherwise_say_in_what() -> None:
    kept = read_comparison(GOLDEN)
    assert differing(kept, kept) == ()
    detail = kept.details[0]
    mention = replace(detail.mentions[0], end=detail.mentions[0].end - 1)
    cell = detail.cells[0]
    other = next(s for s in Status if s is not cell.status)
    moved = replace(
        detail,
        mentions=(mention, *detail.mentions[1:]),
        cells=(replace(cell, status=other), *detail.cells[1:]),
    )
    again = replace(kept, details=(moved, *kept.details[2:]))
    told = {d.detail: d.what for d in differing(kept, again)}
    assert told == {detail.id: ("mentions", "cells"), kept.details[1].id: ("missing",)}
    assert {d.what for d in differing(again, kept)} == {("mentions", "cells"), ("new",)}
