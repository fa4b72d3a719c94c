"""The seam between what is to be done and where: a unit of work is an event or a file, and costs nobody else anything.

Units are handed out as fast as they are done, so that memory is bounded by the units in work. A worker
that dies costs its unit another try; what fails again is said, and the others go on.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Generic, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

# Units that a worker of a cluster has in hand or waiting: it never waits for the next, and few are in memory.
AHEAD = 2
# How often a unit is begun at most, where its worker dies under it.
TRIES = 3
# A process that died under its unit, or before it could say which it had.
_DIED = (ProcessExpired, BrokenExecutor)
# Seconds after which processes that say nothing are looked at.
_LOOK = 5.0


class Unit(Protocol):
    """Something to be done, with all that it takes: it can be pickled, and is what it holds."""

    @property
    def name(self) -> str:
        """What people call it; no other unit of the same run has this name."""


U = TypeVar("U", bound=Unit)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Done(Generic[U, R]):
    """What became of a unit: its result, or why there is none."""

    unit: U
    result: R | None
    why: str = ""


class Fleet(Protocol):
    """Workers that do units of work, in any order. Use as a context manager: leaving it sends them away."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *why: object) -> None: ...

    def run(self, work: Callable[[U], R], units: Iterable[U]) -> Iterator[Done[U, R]]:
        """What became of each unit, as it is done; `work` is a function of a module."""


class Here:
    """The process that runs already, one unit after another; `work` may be any function."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        """Nobody is to be sent away."""

    def run(self, work: Callable[[U], R], units: Iterable[U]) -> Iterator[Done[U, R]]:
        """See `Fleet.run`."""
        for unit in units:
            try:
                yield Done(unit, work(unit))
            except Exception as error:  # noqa: BLE001 - one unit never ends a day
                yield Done(unit, None, said(error))


class Processes:
    """Processes of this machine, each with an encoder of its own, which stay from one run to the next."""

    def __init__(self, workers: int) -> None:
        # A pool for each process: what dies is then known to be the unit that it had, and nobody
        # else's. In a common pool, one that dies before it says what it took breaks all of it.
        self._idle = [_one_process() for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        for pool in self._idle:
            _stop(pool)

    def run(self, work: Callable[[U], R], units: Iterable[U]) -> Iterator[Done[U, R]]:
        """See `Fleet.run`."""
        waiting, tries, idle = iter(units), Counter[str](), self._idle
        running: dict[Future[R], tuple[U, ProcessPool]] = {}
        try:
            while True:
                for unit in islice(waiting, len(idle)):
                    _begin(work, unit, idle.pop(), running)
                if not running:
                    return
                for future in _ended(running):
                    unit, pool = running.pop(future)
                    error = future.exception()
                    tries[unit.name] += 1
                    if isinstance(error, _DIED):
                        _stop(pool)
                        pool = _one_process()
                        if tries[unit.name] < TRIES:
                            _begin(work, unit, pool, running)
                            continue
                    idle.append(pool)
                    yield Done(unit, None, said(error)) if error else Done(unit, future.result())
        finally:  # broken off: what still runs is stopped, and is nobody's
            for _, pool in running.values():
                _stop(pool)
                idle.append(_one_process())


def _one_process() -> ProcessPool:
    # Spawned, not forked: a copy of a process with threads of torch may hang.
    return ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"))


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _begin(
    work: Callable[[U], R],
    unit: U,
    pool: ProcessPool,
    running: dict[Future[R], tuple[U, ProcessPool]],
) -> None:
    """Gives a unit to a process; to a new one where that one died while it waited."""
    if not pool.active:
        _stop(pool)
        pool = _one_process()
    running[pool.schedule(work, args=[unit])] = (unit, pool)


def _ended(running: dict[Future[R], tuple[U, ProcessPool]]) -> list[Future[R]]:
    """The units that ended, once one did; one whose pool broke before it knew of it ended as well."""
    while True:
        if done := wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED).done:
            return list(done)
        for future, (_, pool) in running.items():
            if not pool.active and not future.done():
                future.set_exception(BrokenExecutor("the process died before it began"))


def said(error: BaseException) -> str:
    """An error in a line: its kind, and what it says first."""
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
