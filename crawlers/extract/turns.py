"""Who may have a page or document read, so that one outlet's slow ones hold up no other's."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST_SLOW = 3  # documents of one outlet that may take too long; the rest are then left unread
STOPPED = "not read: three earlier documents of this outlet took too long to read"


class Turns:
    """Leaves one of `workers` processes free of any single outlet, and stops who takes too long."""

    def __init__(self, workers: int) -> None:
        self._at_once = max(1, workers - 1)
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._slow: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, outlet: str) -> AsyncIterator[None]:
        """Wait for a turn of the outlet."""
        async with self._turns.setdefault(outlet, asyncio.Semaphore(self._at_once)):
            yield

    def took_too_long(self, outlet: str) -> None:
        """Note that a document of the outlet had to be stopped."""
        self._slow[outlet] += 1

    def is_stopped(self, outlet: str) -> bool:
        """Whether no more of the outlet's documents are to be read."""
        return self._slow[outlet] >= MOST_SLOW
