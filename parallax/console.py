"""What the command line says: results to stdout, progress and messages to stderr; and Ctrl-C."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

from compare.errors import StoppedError
from compare.kinds import Cause
from templates.html.legible import MARK, legible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from rich.live import Live
    from rich.table import Table

    from compare.datamodel import Failure
    from compare.errors import ParallaxError
    from crawlers.output.ledger import LedgerRow

# Plain lines (no terminal) come at most this often, so that a log stays readable.
SECONDS_BETWEEN_LINES = 2.0
HEADER = ("outlet", "looked", "found", "skipped", "fetched", "read", "in full", "failed", "why")
ON_EVENT = HEADER.index("failed")  # where a run puts it, once the articles have been compared
# A redraw costs a few milliseconds, and every page that comes would ask for some.
SECONDS_BETWEEN_DRAWINGS = 0.25
_FRAME = 4  # lines of a terminal that the rows leave to header, caption and prompt


def say(message: str) -> None:
    """A message for a person, on stderr. Where that is closed, nobody hears it."""
    with suppress(OSError, ValueError):
        if sys.stderr is not None:  # what was closed from the start
            print(plainly(message), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """A result, on stdout."""
    print(plainly(text), flush=True)


def show_json(value: object) -> None:
    """A result for a script, on stdout; what a terminal would obey is written as an escape."""
    written = json.dumps(value, ensure_ascii=False, indent=1)
    if "".join(written.split("\n")).isprintable():
        show(written)
    else:
        show("".join(map(_escaped, written)))


def plainly(text: str) -> str:
    """The text without what a terminal obeys: whatever a stranger's page put into a message."""
    return legible(text.replace("\r", MARK))


def _escaped(character: str) -> str:
    if character == "\n" or plainly(character) == character:
        return character
    return f"\\u{ord(character):04x}"


def say_error(error: ParallaxError) -> None:
    """An error with the heading in docs/messages.md that explains it."""
    say(f"parallax: {error}\n  (docs/messages.md#{error.slug}, exit code {error.exit_code})")


def say_misfits(misfits: Mapping[str, str], encoder: str) -> None:
    """Which fitted models were not fitted for an encoder, and what that means."""
    for model, fitted_for in misfits.items():
        say(
            f"parallax: {MISFIT[model]} was fitted for the encoder {fitted_for}, and this is "
            f"{encoder}. {INSTEAD[model]}"
        )


def say_lost_rows(source: str, used: int, failures: Sequence[Failure]) -> None:
    """How many rows of a file are used where some are not, and what is wrong with the first of these."""
    lost = [f.reason for f in failures if f.cause is Cause.BAD_ROW]
    if lost:
        more = f"; and {len(lost) - 1:,} more" if len(lost) > 1 else ""
        say(f"parallax: {source}: {used:,} of {used + len(lost):,} rows used; {lost[0]}{more}")


# The fitted models, by the names that `Run.misfits` has for them.
MISFIT = {
    "pairs": "what says that two sentences state the same",
    "gate": "what says that an article is about the event",
    "grouping": "what says that two articles are about one event",
    "loaded words": "what hears loaded words in their context",
}
_UNKNOWN = "It is used all the same; how often it is right here is not known."
INSTEAD = {
    "pairs": _UNKNOWN,
    "gate": _UNKNOWN,
    "grouping": _UNKNOWN,
    "loaded words": "It is not used; the lexicon of loaded words decides alone.",
}


def table(rows: Iterable[tuple[str, ...]], header: tuple[str, ...]) -> str:
    """Rows under a header as aligned columns, the last one as wide as it wants."""
    body = [header, *rows]
    widths = [max(len(row[i]) for row in body) for i in range(len(header) - 1)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)), row[-1]]
        ).rstrip()
        for row in body
    )


def is_terminal() -> bool:
    """Whether messages go to a terminal, where a line can be written anew."""
    return sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty()


class Progress:
    """Progress on stderr: one line that moves on a terminal, plain lines elsewhere.

    Call it with what is being done, how much is done and of how many (0: unknown). Says nothing
    about work that is over within a second.
    """

    def __init__(self) -> None:
        self._live = is_terminal()
        self._began = self._said = time.monotonic()
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Says it, if it is time to."""
        now = time.monotonic()
        if now - self._began < 1 or now - self._said < (
            0.1 if self._live else SECONDS_BETWEEN_LINES
        ):
            return
        self._said = now
        doing = plainly(doing)
        line = f"{doing} {done:,} of {total:,}" if total else f"{doing} {done:,}" if done else doing
        if self._live:
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)
        else:
            say(line)


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


@contextmanager
def stoppable(how_to_go_on: str) -> Iterator[None]:
    """Turns Ctrl-C within it into StoppedError, which says how to go on."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise StoppedError(f"stopped. {how_to_go_on}") from error
