"""A made-up week of news, every fault in it, done many ways: `python -m benchmarks.speed.week [PAGES]`.

Takes in WARC files of 60 outlets with one process, in another order of files with two, by Ray, and into
PostgreSQL where --postgres names an empty database. Every page has to be an article, a duplicate or a failure,
as many as were made, and the stores have to hold the same. Then the events are compared with one process,
with two, with two that are killed half way and started again, by Ray on one node, and on two nodes of this machine
of which one is killed: every file has to have the same bytes, and each comparison is kept once.
Encodings are kept between the ways, so only the first one's seconds say what a week takes. Exits with 1
where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from benchmarks.speed.made_week import Expected, write_week
from parallax.stores.open import open_store


class Command:
    """A command that runs."""

    def __init__(self, *words: object) -> None:
        self._call = [sys.executable, "-m", "parallax", *map(str, words), "--json"]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the command runs
        self.child = subprocess.Popen(self._call, stdout=subprocess.PIPE, stderr=self._errors)

    def said(self) -> Any:
        """What it says as JSON once it has ended; its errors, and the end of this process, where it failed."""
        said, _ = self.child.communicate()
        if self.child.returncode:
            self._errors.seek(0)
            why = self._errors.read()[-3000:].decode(errors="replace")
            sys.exit(f"{' '.join(self._call)} ended with {self.child.returncode}:\n{why}")
        return json.loads(said)

    def wait_until_compared(self, out: Path, events: int) -> int:
        """Waits until so many events are compared, or it has ended; how many are then."""
        while (
            self.child.poll() is None and len(list(out.glob("events/*/comparison.json"))) < events
        ):
            sleep(0.1)
        return len(list(out.glob("events/*/comparison.json")))


def taken_in(files: Sequence[Path], store: str, expected: Expected, *how: object) -> str:
    """A hash of all articles in the store, once every page is found in its counts."""
    begun = perf_counter()
    counts = Command("ingest", *files, "--store", store, *how).said()["store"]
    took = perf_counter() - begun
    wanted = {n: getattr(expected, n) for n in ("articles", "duplicates", "failures")}
    print(f"ingest {name_of(how)}: {took:.0f} s, {counts}", flush=True)
    if {n: counts[n] for n in wanted} != wanted:
        sys.exit(f"not every page is accounted for: {wanted} were made")
    with open_store(store) as shelf:
        return sha256(repr([a.id for a in shelf.articles()]).encode()).hexdigest()[:12]


def compared(
    store: str, out: Path, *how: object, midway: Callable[[], object] | None = None
) -> str:
    """A hash of every file that a batch writes, but of the one that says how far it is.

    `midway` is called once the first events are compared.
    """
    begun = perf_counter()
    command = Command("batch", "--store", store, "--out", out, *how)
    if midway is not None:
        command.wait_until_compared(out, 2)
        midway()
    said, took = command.said(), perf_counter() - begun
    files = sorted(p for p in out.rglob("*") if p.is_file() and p.name != "batch.json")
    whole = sha256(b"".join(str(p.relative_to(out)).encode() + p.read_bytes() for p in files))
    print(
        f"batch {name_of(how)}: {took:.0f} s, {said}, {len(files)} files, {whole.hexdigest()[:12]}",
        flush=True,
    )
    with open_store(store) as shelf:
        kept = shelf.counts().comparisons
    if (kept, 0) != (said["compared_events"], said["lost"]):
        sys.exit(f"{kept} comparisons are kept: one was lost, or is there twice")
    return whole.hexdigest()


def name_of(how: Sequence[object]) -> str:
    """How a command is called."""
    return " ".join(map(str, how)) or "in one process"


def killed(store: str, out: Path) -> None:
    """Begins a batch with two processes, and kills the driver once the first events are compared."""
    command = Command("batch", "--store", store, "--out", out, "--workers", 2)
    compared = command.wait_until_compared(out, 2)
    command.child.kill()
    command.child.communicate()
    print(f"killed with {compared} events compared", flush=True)


@contextmanager
def ray_nodes(nodes: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """The address of a Ray cluster of so many nodes on this machine, and what kills the last one."""
    from ray.cluster_utils import Cluster

    memory: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024}
    cluster = Cluster(initialize_head=True, head_node_args={**memory, "include_dashboard": False})
    try:
        more = [cluster.add_node(**memory) for _ in range(nodes - 1)]
        yield cluster.address, lambda: cluster.remove_node(more[-1], allow_graceful=False)
    finally:
        cluster.shutdown()  # type: ignore[no-untyped-call]


def by_ray(
    files: Sequence[Path], folder: Path, store: str, expected: Expected
) -> tuple[str, list[str]]:
    """The hashes of a store that Ray filled, and of what it compares on one node and on two of which one is killed."""
    with ray_nodes(1) as (address, _):
        filled = taken_in(files, str(folder / "ray"), expected, "--ray", address)
        one = compared(store, folder / "out-ray-1", "--ray", address)
    with ray_nodes(2) as (address, kill):
        two = compared(store, folder / "out-ray-2", "--ray", address, midway=kill)
    return filled, [one, two]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=int, nargs="?", default=20_000)
    parser.add_argument("--events", type=int, default=150)
    parser.add_argument("--postgres", help="the address of an empty database")
    parser.add_argument("--without-ray", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        os.environ |= {"PARALLAX_CACHE": str(folder / "cache"), "OMP_NUM_THREADS": "1"}
        # Ray's workers are as nice to others as no other way's are.
        os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
        expected = write_week(folder / "in", pages=args.pages, events=args.events)
        print(f"made: {asdict(expected)}", flush=True)
        files = sorted((folder / "in").iterdir())
        stores = [taken_in(files, str(folder / "one"), expected, "--workers", 1)]
        stores.append(taken_in(files[::-1], str(folder / "two"), expected, "--workers", 2))
        if args.postgres:
            stores.append(taken_in(files, args.postgres, expected, "--workers", 2))
        store = args.postgres or str(folder / "two")
        ways = [compared(str(folder / "one"), folder / "out-1")]
        ways.append(compared(store, folder / "out-2", "--workers", 2))
        killed(store, folder / "out-3")
        ways.append(compared(store, folder / "out-3", "--workers", 2))
        if not args.without_ray:
            filled, more = by_ray(files, folder, store, expected)
            stores.append(filled)
            ways += more
    if len(set(stores)) > 1 or len(set(ways)) > 1:
        sys.exit("they differ")
    print(f"{len(stores)} stores hold the same, {len(ways)} ways write the same")


if __name__ == "__main__":
    main()
