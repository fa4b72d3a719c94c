"""What was read in a text is remembered while one event is compared, and forgotten with it.

The same sentence is asked for its words, numbers, dates and sources by the matcher and by every rule. A function
of a text that says `@remembered(...)` gives the same answer with or without; `memory_of_one_event` is what
bounds it in time, and the number in space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, update_wrapper
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_FORGET: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A pure function of hashable values that keeps its last `most` answers until the event's end."""

    def kept(function: Callable[P, T]) -> Callable[P, T]:
        keeping = lru_cache(maxsize=most)(function)
        _FORGET.append(keeping.cache_clear)
        return cast("Callable[P, T]", update_wrapper(keeping, function))

    return kept


@contextmanager
def memory_of_one_event() -> Iterator[None]:
    """Whatever is remembered of texts inside is forgotten at the end, whichever way it comes."""
    try:
        yield
    finally:
        for forget in _FORGET:
            forget()
