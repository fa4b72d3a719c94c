"""The machines of a Ray cluster: the seam to ray, which is imported when first used."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout, suppress
from itertools import islice
from typing import Any, Self

from compare.errors import OutputError, UsageError
from parallax.fleet.fleet import AHEAD, TRIES, Done, R, U, said

LOCAL = "local"
# How often a cluster of this machine is started. Ray gives its own processes 30 seconds to begin, which
# a machine that does other things may take, and then ends with an error.
_STARTS = 3
# A machine and its port. One that nobody answers at is found at once: Ray tries it for a quarter of an hour.
_MACHINE = re.compile(r"(?:ray://)?\[?(?P<host>[^\]/]{1,255}?)\]?:(?P<port>\d{1,6})")
# Seconds to answer in.
_ANSWERS = 10.0


class RayCluster:
    """A cluster at an address; "local" starts one on this machine.

    Inside of the context manager nothing is printed to stdout: ray prints there what becomes of its
    machines, a thread of its own does so at any time, and a script reads results there.
    Raises UsageError without ray, OutputError where the cluster cannot be reached or started.
    """

    def __init__(self, address: str) -> None:
        try:
            import ray
        except ImportError as error:
            raise UsageError("--ray needs Ray: pip install 'parallax-news[ray]'.") from error
        self._ray: Any = ray
        self._joined = not ray.is_initialized()
        if self._joined:
            _join(ray, address)
        self._quiet = redirect_stdout(sys.stderr)

    def __enter__(self) -> Self:
        self._quiet.__enter__()
        return self

    def __exit__(self, *why: object) -> None:
        if self._joined:
            self._ray.shutdown()
        self._quiet.__exit__(None, None, None)

    def run(self, work: Callable[[U], R], units: Iterable[U]) -> Iterator[Done[U, R]]:
        """See `Fleet.run`. What a lost node had in work is done again on another one."""
        ray = self._ray
        remote = ray.remote(num_cpus=1, max_retries=TRIES - 1)(work)
        waiting, running, cores = iter(units), dict[Any, U](), 1
        while True:
            # Asked of a machine that has other things to do; it may not answer in time.
            with suppress(Exception):
                cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
            for unit in islice(waiting, max(0, AHEAD * cores - len(running))):
                running[remote.remote(unit)] = unit
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                unit = running.pop(reference)
                try:
                    yield Done(unit, ray.get(reference))
                except ray.exceptions.RayError as error:
                    # Of what went wrong inside of the work, ray first says where; its cause says what.
                    yield Done(unit, None, said(getattr(error, "cause", None) or error))


def _join(ray: Any, address: str) -> None:
    """Starts a cluster of this machine, or joins the one at an address. Raises OutputError."""
    local = address == LOCAL
    if (machine := _MACHINE.fullmatch(address)) is not None:
        try:
            socket.create_connection((machine["host"], int(machine["port"])), _ANSWERS).close()
        except (OSError, OverflowError) as error:
            raise _no_answer(address, error) from error
    for left in reversed(range(_STARTS if local else 1)):
        try:
            ray.init(
                address=None if local else address,
                include_dashboard=False if local else None,
                log_to_driver=False,
            )
        except Exception as error:  # ray raises errors of no kind, too
            with suppress(Exception):
                ray.shutdown()
            if left:
                continue
            if local:
                raise OutputError(
                    f"Ray did not start on this machine: {said(error)}. Run it again when the machine "
                    "has less to do, or take --workers."
                ) from error
            raise _no_answer(address, error) from error
        else:
            return


def _no_answer(address: str, error: Exception) -> OutputError:
    why = said(error).rstrip(".")
    return OutputError(
        f"no Ray cluster answers at {address}: {why}. Start one with `ray start --head`; one that "
        "has a token is joined with RAY_AUTH_MODE=token and the token in ~/.ray/auth_token."
    )
