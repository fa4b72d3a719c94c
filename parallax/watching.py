"""A crawl while it runs: a live table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from parallax.console import SECONDS_BETWEEN_LINES, is_terminal, plainly, say, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from rich.live import Live
    from rich.table import Table

    from crawlers.ledger import LedgerRow

HEADER = ("outlet", "looked", "found", "skipped", "fetched", "read", "in full", "failed", "why")
ON_EVENT = HEADER.index("failed")  # where a run puts it, once the articles have been compared
# A redraw costs a few milliseconds, and every page that comes would ask for some.
SECONDS_BETWEEN_DRAWINGS = 0.25
_FRAME = 4  # lines of a terminal that the rows leave to header, caption and prompt


def ledger_table(rows: tuple[LedgerRow, ...], on_event: Mapping[str, int] | None = None) -> str:
    """The ledger as aligned text: a line for every outlet, with its articles on the event if known."""
    if on_event is None:
        return table(map(_cells, rows), HEADER)
    lines = ((*_cells(row), str(on_event.get(row.outlet, 0))) for row in rows)
    return table(map(_moved, lines), _moved((*HEADER, "on event")))


def _moved(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The last cell put before "failed"."""
    return (*cells[:ON_EVENT], cells[-1], *cells[ON_EVENT:-1])


def _cells(row: LedgerRow) -> tuple[str, ...]:
    why = "; ".join(f"{reason} ({count})" for reason, count in row.why.items())
    skipped = sum(row.skipped.values())
    numbers = (row.found, skipped, row.fetched, row.read, row.full, row.failed)
    return (plainly(row.outlet), row.looked, *map(str, numbers), plainly(why))


class Watch:
    """Told of every ledger row that changed; shows them until it is left."""

    def __init__(self) -> None:
        self._rows: dict[str, LedgerRow] = {}
        self._live: Live | None = None
        self._shown = time.monotonic()

    def __enter__(self) -> Self:
        if is_terminal():
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
            height = self._live.console.height - _FRAME
            self._live.update(_drawn(tuple(self._rows.values()), most=height), refresh=True)
        else:
            read = sum(r.read for r in self._rows.values())
            failed = sum(r.failed for r in self._rows.values())
            done = sum(r.done for r in self._rows.values())
            say(f"crawling: {read} read, {failed} failed, {done} outlets done; now {row.outlet}")


def _drawn(rows: Sequence[LedgerRow], *, most: int) -> Table:
    """A table that fits: those under way first, and below it how many there are."""
    from rich.table import Table
    from rich.text import Text

    done = sum(row.done for row in rows)
    read = sum(row.read for row in rows)
    drawn = Table(*HEADER, box=None, pad_edge=False, caption_justify="left")
    drawn.caption = f"{done} of {len(rows)} outlets done, {read} articles read"
    for row in sorted(rows, key=lambda row: row.done)[: max(1, most)]:
        drawn.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in _cells(row)))
    return drawn
