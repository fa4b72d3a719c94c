"""What a crawl shows while it runs: a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from crawlers.output.ledger import LedgerRow
from parallax import console
from parallax.console import Watch, ledger_table

ROWS = (
    LedgerRow(outlet="Quay Courier", domain="quay.example", sources=1, answered=1, found=9,
              skipped={"outside the window": 2}, fetched=7, read=6, full=5, failed=1,
              why={"not found (HTTP 404)": 1}, done=True),
    LedgerRow(outlet="Harbour Herald", domain="herald.example", sources=1),
)  # fmt: skip
CHILD = """
from tests.unit.parallax.test_console import ROWS
from parallax import console
console.SECONDS_BETWEEN_DRAWINGS = 0.0
with console.Watch() as watch:
    for row in ROWS:
        watch(row)
"""


def test_the_ledger_says_of_every_outlet_what_became_of_it() -> None:
    head, first, second = ledger_table(ROWS).splitlines()
    assert head.split() == [*"outlet looked found skipped fetched read in full failed why".split()]
    assert first.split()[2:] == ["searched", *"9 2 7 6 5 1 not found (HTTP 404) (1)".split()]
    assert "could not look" in second


def test_a_run_adds_how_many_articles_are_on_the_event() -> None:
    head, first, second = ledger_table(ROWS, {"Quay Courier": 4}).splitlines()
    assert "in full  on event  failed" in head
    assert first.split()[2:] == ["searched", *"9 2 7 6 5 4 1 not found (HTTP 404) (1)".split()]
    assert second.split()[-2:] == ["0", "0"]


def test_elsewhere_than_on_a_terminal_there_are_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "SECONDS_BETWEEN_LINES", 0.0)
    with Watch() as watch:
        for row in ROWS:
            watch(row)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "crawling: 6 read, 1 failed, 1 outlets done; now Quay Courier",
        "crawling: 6 read, 1 failed, 1 outlets done; now Harbour Herald",
    ]


def test_on_a_terminal_there_is_a_table_that_fits_it() -> None:
    ours, theirs = pty.openpty()
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        stderr=theirs,
        check=True,
        timeout=60,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "140", "LINES": "24"},
    )
    assert child.returncode == 0
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    text = shown.decode()
    assert text.index("Harbour Herald") > 0
    assert "1 of 2 outlets done, 6 articles read" in text
    last = text[text.rindex("looked") :]
    assert last.index("Harbour Herald") < last.index("Quay Courier"), "those under way come first"
