"""How far a long step has come: what is being done, how much of it is done, and of how much."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]


def silent(doing: str, done: int, total: int) -> None:
    """The progress of who does not want to know."""
