"""What the command line says: results to stdout, progress and messages to stderr."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from compare.errors import ParallaxError

# Plain lines (no terminal) come at most this often, so that a log stays readable.
SECONDS_BETWEEN_LINES = 2.0


def say(message: str) -> None:
    """A message for a person, on stderr."""
    print(message, file=sys.stderr, flush=True)


def show(text: str) -> None:
    """A result, on stdout."""
    print(text, flush=True)


def show_json(value: object) -> None:
    """A result for a script, on stdout."""
    show(json.dumps(value, ensure_ascii=False, indent=1))


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


# The fitted models, by the names that `Run.misfits` has for them.
MISFIT = {
    "pairs": "what says that two sentences state the same",
    "gate": "what says that an article is about the event",
    "loaded words": "what hears loaded words in their context",
}
_UNKNOWN = "It is used all the same; how often it is right here is not known."
INSTEAD = {
    "pairs": _UNKNOWN,
    "gate": _UNKNOWN,
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


class Progress:
    """Progress on stderr: one line that moves on a terminal, plain lines elsewhere.

    Call it with what is being done, how much is done and of how many (0: unknown). Says nothing
    about work that is over within a second.
    """

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
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
        line = f"{doing} {done:,} of {total:,}" if total else f"{doing} {done:,}" if done else doing
        if self._live:
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)
        else:
            say(line)
