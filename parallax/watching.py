"""A crawl while it runs: a live table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from parallax.console import SECONDS_BETWEEN_LINES, say, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from rich.live import Live
    from rich.table import Table

    from crawlers.ledger import LedgerRow

HEADER = ("outlet", "looked", "found", "skipped", "read", "in full", "failed", "why")
# A redraw costs a few milliseconds, and every page that comes would ask for some.
SECONDS_BETWEEN_DRAWINGS = 0.25


def ledger_table(rows: tuple[LedgerRow, ...]) -> str:
    """The ledger as aligned text: a line for every outlet."""
    return table(map(_cells, rows), HEADER)


def _cells(row: LedgerRow) -> tuple[str, ...]:
    why = "; ".join(f"{reason} ({count})" for reason, count in row.why.items())
    numbers = (row.found, sum(row.skipped.values()), row.read, row.full, row.failed)
    return (row.outlet, row.looked, *map(str, numbers), why)


class Watch:
    """Told of every ledger row that changed; shows them until it is left."""

    def __init__(self) -> None:
        self._rows: dict[str, LedgerRow] = {}
        self._live: Live | None = None
        self._shown = time.monotonic()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self._live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, row: LedgerRow) -> None:
        """Takes a row in, and shows it if it is time to."""
        self._rows[row.outlet] = row
        now = time.monotonic()
        if now - self._shown < (SECONDS_BETWEEN_DRAWINGS if self._live else SECONDS_BETWEEN_LINES):
            return
        self._shown = now
        if self._live is not None:
            self._live.update(_drawn(self._rows.values()), refresh=True)
        else:
            read = sum(r.read for r in self._rows.values())
            failed = sum(r.failed for r in self._rows.values())
            done = sum(r.done for r in self._rows.values())
            say(f"crawling: {read} read, {failed} failed, {done} outlets done; now {row.outlet}")


def _drawn(rows: Iterable[LedgerRow]) -> Table:
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*HEADER, box=None, pad_edge=False)
    for row in rows:
        drawn.add_row(*map(Text, _cells(row)))
    return drawn
