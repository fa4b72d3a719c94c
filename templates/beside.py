"""A second process for the pages of a large report's details."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_THREADS = Path("/proc/self/task")


def can_fork() -> bool:
    """Whether a second process would help, and may be forked: only a process of one thread may.

    Any other, such as one that has loaded torch, could take along a lock that nobody releases.
    Where the system does not list threads, nobody knows.
    """
    try:
        return len(list(_THREADS.iterdir())) == 1 and len(os.sched_getaffinity(0)) > 1
    except (OSError, AttributeError):
        return False


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Does `work`, which only writes files, in a second process while the block runs.

    What is given waits for its end and says whether all went well; if not, `work` had better be done
    in this process, where its error is seen. A block that ends without asking ends the other process.
    """
    child = _forked(work)
    running = child is not None

    def went_well() -> bool:
        nonlocal running
        if child is None:
            return False
        _, status = os.waitpid(child, 0)
        running = False
        return status == 0

    try:
        yield went_well
    finally:
        if child is not None and running:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def _forked(work: Callable[[], object]) -> int | None:
    """The number of the process that does the work; None where there is no room for one."""
    try:
        child = os.fork()
    except OSError:
        return None
    if child:
        return child
    status = 1
    try:
        # Ctrl-C reaches both; the first one tells of it. Where it is ignored, both ignore it.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        work()
        status = 0
    finally:
        # Not sys.exit(): what is to be said and cleaned up at the end is the first process's.
        os._exit(status)
