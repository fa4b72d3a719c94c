"""A made-up week of news, every fault in it, done four ways: `python -m benchmarks.speed.week [PAGES]`.

Takes in WARC files of 60 outlets with one process and, in another order of files, with two, and into
PostgreSQL where --postgres names an empty database. Every page has to be an article, a duplicate or a failure,
as many as were made, and the stores have to hold the same. Then the events are compared with one process,
with two, by Ray on one node and on two nodes of this machine: every file has to have the same bytes.
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
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.speed.made_week import Expected, write_week
from parallax.stores.open import open_store


def parallax(*words: object) -> tuple[Any, float]:
    """What a command says as JSON, and the seconds it took."""
    begun = perf_counter()
    call = [sys.executable, "-m", "parallax", *map(str, words), "--json"]
    done = subprocess.run(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return json.loads(done.stdout), perf_counter() - begun


def taken_in(files: Sequence[Path], store: str, workers: int, expected: Expected) -> str:
    """A hash of all articles in the store, once every page is found in its counts."""
    said, took = parallax("ingest", *files, "--store", store, "--workers", workers)
    counts = said["store"]
    wanted = {n: getattr(expected, n) for n in ("articles", "duplicates", "failures")}
    print(
        f"ingested with {workers} into {store.split(':', maxsplit=1)[0][-12:]}: {took:.0f} s, {counts}",
        flush=True,
    )
    if {n: counts[n] for n in wanted} != wanted:
        sys.exit(f"not every page is accounted for: {wanted} were made")
    with open_store(store) as shelf:
        return sha256(repr([a.id for a in shelf.articles()]).encode()).hexdigest()[:12]


def compared(store: str, out: Path, *how: object) -> str:
    """A hash of every file that a batch writes."""
    said, took = parallax("batch", "--store", store, "--out", out, *how)
    files = sorted(p for p in out.rglob("*") if p.is_file())
    whole = sha256(b"".join(str(p.relative_to(out)).encode() + p.read_bytes() for p in files))
    name = " ".join(map(str, how)) or "one process"
    print(f"{name}: {took:.0f} s, {said}, {len(files)} files, {whole.hexdigest()[:12]}", flush=True)
    return whole.hexdigest()


def with_ray(store: str, out: Path, nodes: int) -> str:
    """As `compared`, by a Ray cluster of so many nodes on this machine."""
    from ray.cluster_utils import Cluster

    memory: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024}
    cluster = Cluster(initialize_head=True, head_node_args={**memory, "include_dashboard": False})
    try:
        for _ in range(nodes - 1):
            cluster.add_node(**memory)
        return compared(store, out, "--ray", cluster.address)
    finally:
        cluster.shutdown()  # type: ignore[no-untyped-call]


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
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        expected = write_week(folder / "in", pages=args.pages, events=args.events)
        print(f"made: {asdict(expected)}", flush=True)
        files = sorted((folder / "in").iterdir())
        stores = [taken_in(files, str(folder / "one"), 1, expected)]
        stores.append(taken_in(files[::-1], str(folder / "two"), 2, expected))
        if args.postgres:
            stores.append(taken_in(files, args.postgres, 2, expected))
        store = args.postgres or str(folder / "one")
        ways = [compared(str(folder / "one"), folder / "out-1")]
        ways.append(compared(store, folder / "out-2", "--workers", 2))
        if not args.without_ray:
            ways += [with_ray(store, folder / f"out-ray-{n}", n) for n in (1, 2)]
    if len(set(stores)) > 1 or len(set(ways)) > 1:
        sys.exit("they differ")
    print(f"{len(stores)} stores hold the same, {len(ways)} ways write the same")


if __name__ == "__main__":
    main()
