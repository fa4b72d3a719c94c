"""Where the sentences of an article stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from compare.datamodel import Span
from compare.text import sentences


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences of an article's text, in order, not overlapping.

    `second` is where the second paragraph begins, `before_last` where the last but one ends: the text's own
    end and beginning where there is one paragraph alone.
    """

    spans: tuple[Span, ...]
    starts: tuple[int, ...]
    second: int
    before_last: int

    @classmethod
    def of(cls, text: str) -> Layout:
        """The layout of a text; one without any sentence is a single one."""
        spans = tuple(sentences(text)) or (Span(0, len(text)),)
        return cls(spans, tuple(span.start for span in spans), *_first_and_last(text))

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first and last sentence that a stretch touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        if end <= self.spans[first].end:
            return first, first
        last = max(bisect_right(self.starts, max(start, end - 1)) - 1, first)
        return first, last


def _first_and_last(text: str) -> tuple[int, int]:
    """Where the second paragraph begins, and where the last but one ends."""
    first_line = text.find("\n", len(text) - len(text.lstrip()))
    last_line = text.rfind("\n", 0, len(text.rstrip()))
    second = len(text) - len(text[first_line:].lstrip()) if first_line >= 0 else len(text)
    return second, len(text[: last_line + 1].rstrip())
