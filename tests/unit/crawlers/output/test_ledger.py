"""The ledger never confuses "they did not report it" with "we could not look"."""

from __future__ import annotations

import pytest

from compare.datamodel import Article, Completeness, Failure, Stage
from crawlers.output.ledger import Ledger, LedgerRow


def row(ledger: Ledger) -> LedgerRow:
    return ledger.rows()[0]


@pytest.mark.parametrize(
    ("sources", "answered", "looked"),
    [(0, 0, "not searched"), (2, 0, "could not look"), (2, 1, "in part"), (2, 2, "searched")],
)
def test_whether_an_outlet_was_searched(sources: int, answered: int, looked: str) -> None:
    ledger = Ledger([("One", "one.example")])
    for _ in range(sources):
        ledger.asked("One")
    for _ in range(answered):
        ledger.answered("One")
    assert row(ledger).looked == looked
    assert row(ledger).as_json()["looked"] == looked


def test_every_page_that_was_found_is_skipped_read_or_failed_with_its_reason() -> None:
    ledger = Ledger([("One", "one.example")])
    ledger.found("One", 5, {"outside the window": 2})
    ledger.fetched("One")
    ledger.fetched("One")
    text = Article(id="1", outlet="One", title="T", text="x", completeness=Completeness.FULL)
    ledger.row_written("One", text)
    ledger.row_written("One", Failure(stage=Stage.EXTRACT, reason="no article", outlet="One"))
    ledger.row_written("One", Failure(stage=Stage.FETCH, reason="gone (HTTP 410)", outlet="One"))
    told = row(ledger)
    assert (told.found, told.fetched, told.read, told.full, told.failed) == (5, 2, 1, 1, 2)
    assert told.found == sum(told.skipped.values()) + told.read + told.failed
    assert told.why == {"gone (HTTP 410)": 1, "no article": 1}


def test_a_source_that_failed_is_a_reason_and_no_page() -> None:
    ledger = Ledger([("One", "one.example")])
    ledger.asked("One")
    ledger.source_failed("One", "robots.txt disallows it")
    assert row(ledger).why == {"robots.txt disallows it": 1}
    assert row(ledger).failed == 0
    assert row(ledger).looked == "could not look"


def test_progress_hears_of_every_change_and_of_the_end() -> None:
    heard: list[LedgerRow] = []
    ledger = Ledger([("One", "one.example"), ("Two", "two.example")], heard.append)
    ledger.asked("Two")
    ledger.done("Two")
    assert [(told.outlet, told.sources, told.done) for told in heard] == [
        ("Two", 1, False),
        ("Two", 1, True),
    ]


def test_an_outlet_that_no_registry_lists_gets_a_row_of_its_own() -> None:
    ledger = Ledger([("One", "one.example")])
    ledger.add_outlet("else.example", "else.example")
    ledger.add_outlet("else.example", "else.example")
    assert [told.outlet for told in ledger.rows()] == ["One", "else.example"]


def test_an_outlet_of_which_places_were_left_out_was_searched_in_part() -> None:
    ledger = Ledger([("One", "one.example")])
    ledger.asked("One")
    ledger.answered("One")
    assert row(ledger).looked == "searched"
    ledger.cut("One", 16)
    assert (row(ledger).cut, row(ledger).looked) == (16, "in part")
