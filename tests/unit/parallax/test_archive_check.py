"""Articles are found again in the archive that they were read from, and what was altered since is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.coding.corrections import Correction
from compare.coding.sheets import ItemKind
from compare.datamodel import Article, Status
from compare.over_time.rebuilt import differing, differing_facts
from compare.said import ReferenceFact, StatedIn
from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import ArchiveWriter, Fetched
from crawlers.extract.pool import ExtractPool
from parallax.archive_check import State, checked, corrections_checked
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


def test_the_record_that_an_article_names_is_the_one_that_is_asked(
    archive: Path, pool: ExtractPool
) -> None:
    (stored,) = (a for a in ArchiveReader.of([archive]).pages() if a.endswith("Ashby"))
    answer = ArchiveReader.of([archive]).take(stored)
    assert isinstance(answer, Fetched)
    cited = replace(article("Ashby"), record=answer.record)
    other = replace(article("Ashby"), record="urn:uuid:00000000-0000-0000-0000-000000000000")
    found = checked([cited, other], ArchiveReader.of([archive]), pool)
    assert [c.state for c in found] == [State.SAME, State.DIFFERS]
    assert found[0].record == answer.record


def test_facts_of_a_list_and_corrections_are_tried_again() -> None:
    kept = read_comparison(GOLDEN)
    article, detail = kept.articles[0].id, kept.details[0]
    then, now = (
        replace(
            kept,
            reference=(
                ReferenceFact(
                    text="One.",
                    stated=(
                        StatedIn(article=article, field="text", start=0, end=end, probability=0.9),
                    ),
                ),
                ReferenceFact(
                    text="Two.",
                    stated=(
                        StatedIn(article=article, field="text", start=5, end=9, probability=0.9),
                    ),
                ),
            ),
        )
        for end in (4, 5)
    )
    assert [f.text for f in differing_facts(then, now)] == ["One."]
    assert differing_facts(then, then) == ()
    gone = replace(now, reference=(now.reference[0], ReferenceFact(text="Two.")))
    assert [(f.text, f.gone, f.new) for f in differing_facts(now, gone)] == [
        ("Two.", (article,), ())
    ]
    of_cell = Correction(
        key="k", kind=ItemKind.CELL, detail=detail.id, place=detail.cells[0].outlet, code="included"
    )
    nowhere = replace(of_cell, key="n", detail="none")
    tried = corrections_checked((of_cell, nowhere), kept)
    assert [(c.key, c.found) for c in tried] == [("k", True), ("n", False)]


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
