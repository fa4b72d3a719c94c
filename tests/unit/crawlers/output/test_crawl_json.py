"""crawl.json says what a folder holds, so that a crawl can go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.datamodel import Event
from compare.errors import InputError, UsageError
from crawlers.options import CrawlOptions
from crawlers.output.crawl_json import CrawlRecord
from crawlers.output.ledger import LedgerRow

NOW = "2019-04-01T12:00:00+00:00"
EVENT = Event(about="planes", start="2019-03-23", end="2019-03-26", urls=("https://a.example/",))


def opened(out: Path, event: Event = EVENT, **options: bool) -> CrawlRecord:
    return CrawlRecord.open(out, event, CrawlOptions(**options), now=NOW)  # type: ignore[arg-type]


def finish(record: CrawlRecord, rows: int = 7, *, finished: bool = True) -> None:
    record.close(
        [LedgerRow(outlet="One", domain="a.example")], now=NOW, rows=rows, finished=finished
    )


def test_a_stopped_crawl_goes_on_in_its_session(tmp_path: Path) -> None:
    finish(opened(tmp_path), finished=False)
    again = opened(tmp_path, refresh=True)
    assert (again.session, again.settled) == (1, 0)


def test_a_refresh_of_a_finished_crawl_is_a_new_session_that_keeps_its_rows(tmp_path: Path) -> None:
    finish(opened(tmp_path))
    again = opened(tmp_path, refresh=True)
    assert (again.session, again.settled) == (2, 7)
    assert again.next_archive().name == "002-0001.warc.gz"
    killed = opened(tmp_path, refresh=True)
    assert (killed.session, killed.settled) == (2, 7)


def test_a_finished_crawl_without_refresh_is_the_same_session(tmp_path: Path) -> None:
    finish(opened(tmp_path))
    again = opened(tmp_path)
    assert (again.session, again.settled) == (1, 0)


def test_archive_files_are_told_apart_by_session_and_part(tmp_path: Path) -> None:
    record = opened(tmp_path)
    record.next_archive().parent.mkdir()
    record.next_archive().write_bytes(b"")
    assert [path.name for path in record.archived()] == ["001-0001.warc.gz"]
    assert record.next_archive().name == "001-0002.warc.gz"


def test_the_ledger_is_in_it(tmp_path: Path) -> None:
    finish(opened(tmp_path))
    body = json.loads((tmp_path / "crawl.json").read_bytes())
    assert body["state"] == "finished"
    assert body["ledger"][0]["looked"] == "not searched"


@pytest.mark.parametrize("name", ["articles.jsonl"])
def test_a_folder_with_somebodys_own_file_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match="no crawl wrote it"):
        opened(tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_another_events_folder_is_refused(tmp_path: Path) -> None:
    finish(opened(tmp_path))
    with pytest.raises(UsageError, match="another event"):
        opened(tmp_path, Event(about="else"))


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"schema_version": 99}', '{"schema_version": "x"}']
)
def test_a_broken_or_newer_record_is_said(tmp_path: Path, broken: str) -> None:
    (tmp_path / "crawl.json").write_text(broken)
    with pytest.raises(InputError, match=r"crawl\.json"):
        opened(tmp_path)
