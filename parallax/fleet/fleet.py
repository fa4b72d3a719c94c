"""The seam between what is to be done and where: a unit of work is an event, and costs nobody else anything.

Units are handed out as fast as they are done, so that memory is bounded by the units in work. A worker
that dies costs its unit another try; what fails again is said, and the others go on.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

# Units that a worker has in hand or waiting: it never waits for the next, and few are in memory.
AHEAD = 2
# How often a unit is begun at most, where its worker dies under it.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """An event to be compared: its id, its articles as lines of articles.jsonl, and what they hash to."""

    event: str
    inputs: str
    articles: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a unit: its result, or why there is none."""

    unit: Unit
    result: bytes | None
    why: str = ""


Work = Callable[[Unit], bytes]


class Fleet(Protocol):
    """Workers that do units of work, in any order."""

    def run(self, work: Work, units: Iterable[Unit]) -> Iterator[Done]:
        """What became of each unit, as it is done; `work` is a function of a module."""


class Here:
    """The process that runs already, one unit after another."""

    def run(self, work: Work, units: Iterable[Unit]) -> Iterator[Done]:
        """See `Fleet.run`."""
        for unit in units:
            try:
                yield Done(unit, work(unit))
            except Exception as error:  # noqa: BLE001 - one event never ends a day
                yield Done(unit, None, said(error))


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes of this machine, each with an encoder of its own."""

    workers: int

    def run(self, work: Work, units: Iterable[Unit]) -> Iterator[Done]:
        """See `Fleet.run`."""
        waiting, tries = iter(units), dict[str, int]()
        running: dict[Future[bytes], Unit] = {}
        # Spawned, not forked: a copy of a process with threads of torch may hang.
        context = multiprocessing.get_context("spawn")
        with ProcessPool(max_workers=self.workers, context=context) as pool:
            try:
                while True:
                    for unit in islice(waiting, AHEAD * self.workers - len(running)):
                        running[pool.schedule(work, args=[unit])] = unit
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        unit = running.pop(future)
                        error = future.exception()
                        tries[unit.event] = tries.get(unit.event, 0) + 1
                        if isinstance(error, ProcessExpired) and tries[unit.event] < TRIES:
                            running[pool.schedule(work, args=[unit])] = unit
                        elif error is not None:
                            yield Done(unit, None, said(error))
                        else:
                            yield Done(unit, future.result())
            except BaseException:
                pool.stop()  # type: ignore[no-untyped-call]
                raise


def said(error: BaseException) -> str:
    """An error in a line: its kind, and what it says first."""
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
