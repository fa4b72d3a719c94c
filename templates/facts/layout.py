"""Where the sentences of an article stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from compare.datamodel import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of an article's text, in order, not overlapping."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and last sentence that a stretch touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(start, end - 1)) - 1, first)
        return first, last
