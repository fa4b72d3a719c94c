"""What the command line says: results to stdout, progress and messages to stderr."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from templates.legible import MARK, legible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from compare.errors import ParallaxError

# Plain lines (no terminal) come at most this often, so that a log stays readable.
SECONDS_BETWEEN_LINES = 2.0


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
