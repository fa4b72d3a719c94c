"""The machines of a Ray cluster: the seam to ray, which is imported when first used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from compare.errors import OutputError, UsageError
from parallax.fleet.fleet import AHEAD, TRIES, Done, Unit, Work, said

LOCAL = "local"


class RayCluster:
    """A cluster at an address; "local" starts one on this machine.

    Raises UsageError without ray, OutputError where the cluster cannot be reached.
    """

    def __init__(self, address: str) -> None:
        try:
            import ray
        except ImportError as error:
            raise UsageError("--ray needs Ray: pip install 'parallax-news[ray]'.") from error
        self._ray: Any = ray
        if not ray.is_initialized():
            try:
                ray.init(
                    address=None if address == LOCAL else address,
                    include_dashboard=False if address == LOCAL else None,
                    log_to_driver=False,
                )
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise OutputError(
                    f"no Ray cluster answers at {address}: {said(error)}. Start one with `ray start --head`."
                ) from error

    def run(self, work: Work, units: Iterable[Unit]) -> Iterator[Done]:
        """See `Fleet.run`. What a lost node had in work is done again on another one."""
        ray = self._ray
        remote = ray.remote(num_cpus=1, max_retries=TRIES)(work)
        waiting, running = iter(units), dict[Any, Unit]()
        while True:
            most = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
            for unit in islice(waiting, max(0, most - len(running))):
                running[remote.remote(unit)] = unit
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                unit = running.pop(reference)
                try:
                    yield Done(unit, ray.get(reference))
                except ray.exceptions.RayError as error:
                    yield Done(unit, None, said(error))
