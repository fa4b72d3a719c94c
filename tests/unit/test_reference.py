"""The reference pages are what the program says of itself, and real files are what they say."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from compare.codec import article_line, encode_comparison
from compare.datamodel import Article, Comparison, Event, Failure, Run, Stage
from crawlers.options import CrawlOptions
from crawlers.output.crawl_json import CrawlFile, CrawlRecord
from crawlers.output.ledger import LedgerRow
from tests.unit import reference

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = reference.pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_what_the_program_says(name: str) -> None:
    path, page = DOCS / name, PAGES[name]()
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(page, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page, "If it is meant: make docs"


ARTICLE = Article(id="a", outlet="O", title="T", text="x", provenance={"title": "og"})
FAILURE = Failure(stage=Stage.FETCH, reason="HTTP 503")


@pytest.mark.parametrize("row", [ARTICLE, FAILURE])
def test_a_row_has_the_keys_that_its_schema_names(row: Article | Failure) -> None:
    schema = reference.articles_schema()["$defs"][type(row).__name__]
    assert json.loads(article_line(row)).keys() == schema["properties"].keys()


def test_a_comparison_has_the_keys_that_its_schema_names() -> None:
    made = Comparison(
        schema_version=1, run=Run(parallax="0", model="m"), event=Event(), outlets=("O",),
        articles=(ARTICLE,), details=(), failures=(FAILURE,),
    )  # fmt: skip
    given, schema = json.loads(encode_comparison(made)), reference.comparison_schema()
    assert given.keys() == schema["$defs"]["Comparison"]["properties"].keys()
    assert given["articles"][0].keys() == schema["$defs"]["Article"]["properties"].keys()


@pytest.mark.parametrize("finished", [True, False])
def test_a_crawl_s_file_is_of_its_type_while_it_runs_and_after(
    tmp_path: Path, *, finished: bool
) -> None:
    record = CrawlRecord.open(tmp_path, Event(about="x"), CrawlOptions(), now="2031-05-06")
    path = tmp_path / "crawl.json"
    running = msgspec.json.decode(path.read_bytes(), type=CrawlFile)
    assert (running.state, running.ended, running.ledger) == ("running", None, None)
    row = LedgerRow(outlet="O", domain="o.example", found=3, skipped={"old": 1})
    record.close([row], now="2031-05-07", rows=2, finished=finished)
    ended = msgspec.json.decode(path.read_bytes(), type=CrawlFile)
    assert ended.state == ("finished" if finished else "interrupted")
    assert ended.ledger == (row,)
    written = json.loads(path.read_bytes())
    schema = reference.crawl_schema()["$defs"]
    assert written.keys() == schema["CrawlFile"]["properties"].keys()
    assert written["ledger"][0].keys() == schema["LedgerRow"]["properties"].keys()
