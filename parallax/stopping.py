"""Ctrl-C: what was finished stays, and the user learns how to go on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from compare.errors import StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stoppable(how_to_go_on: str) -> Iterator[None]:
    """Turns Ctrl-C within it into StoppedError, which says how to go on."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise StoppedError(f"stopped. {how_to_go_on}") from error
