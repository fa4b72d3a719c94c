"""A made-up week of news, every fault in it, done many ways: `python -m benchmarks.speed.week [PAGES]`.

Takes in WARC files of 60 outlets with one process, in another order of files with two, by Ray, and into
PostgreSQL where --postgres names an empty database. Every page has to be an article, a duplicate or a failure,
as many as were made, and the stores have to hold the same. Then the events are compared with one process,
with two, with two that are killed half way and started again, by Ray on one node, and on two nodes of this machine
of which one is killed: every file has to have the same bytes, and each comparison is kept once.
Encodings are kept between the ways, so only the first one's seconds say what a week takes. Exits with 1
where anything differs, and says which files.

With --keep FOLDER, which begins anew where it is empty, each way is kept as it is done: the same command goes on
after anything with the ways that are not done yet. It ends where the program's own files change meanwhile: what two
programs write may differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from benchmarks.speed.made_week import Expected, write_week
from compare.codec import article_line, write_atomic
from parallax.stores.open import open_store

_PACKAGES = ("parallax", "compare", "crawlers", "templates")
# What a way wrote or took in: the SHA-256 of each, by name.
Hashes = dict[str, str]


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


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways that are done, each in a file of its own; one that is there already is not done again."""

    folder: Path
    program: str

    def once(self, name: str, do: Callable[[], Hashes]) -> Hashes:
        """What the way of this name wrote, now or before. Ends this process where the program changed meanwhile."""
        path = self.folder / "ways" / f"{name}.json"
        if path.exists():
            print(f"{name}: done before", flush=True)
            known: Hashes = json.loads(path.read_bytes())
            return known
        made = do()
        if program() != self.program:
            sys.exit(f"{name}: the program's own files changed while it ran. Run it from a clone.")
        write_atomic(path, json.dumps(made).encode())
        return made


def program() -> str:
    """A hash of the program's own files."""
    root = Path(__file__).resolve().parents[2]
    whole = sha256()
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                whole.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return whole.hexdigest()


def taken_in(files: Sequence[Path], store: str, expected: Expected, *how: object) -> Hashes:
    """The articles in the store by id, once every page is found in its counts."""
    begun = perf_counter()
    counts = Command("ingest", *files, "--store", store, *how).said()["store"]
    took = perf_counter() - begun
    wanted = {n: getattr(expected, n) for n in ("articles", "duplicates", "failures")}
    print(f"ingest {name_of(how)}: {took:.0f} s, {counts}", flush=True)
    if {n: counts[n] for n in wanted} != wanted:
        sys.exit(f"not every page is accounted for: {wanted} were made")
    with open_store(store) as shelf:
        return {a.id: sha256(article_line(a)).hexdigest() for a in shelf.articles()}


def compared(
    store: str, out: Path, *how: object, midway: Callable[[], object] | None = None
) -> Hashes:
    """Every file that a batch writes, but the one that says how far it is.

    `midway` is called once the first events are compared.
    """
    begun = perf_counter()
    command = Command("batch", "--store", store, "--out", out, *how)
    if midway is not None:
        command.wait_until_compared(out, 2)
        midway()
    said, took = command.said(), perf_counter() - begun
    files = sorted(p for p in out.rglob("*") if p.is_file() and p.name != "batch.json")
    print(f"batch {name_of(how)}: {took:.0f} s, {said}, {len(files)} files", flush=True)
    with open_store(store) as shelf:
        kept = shelf.counts().comparisons
    if (kept, 0) != (said["compared_events"], said["lost"]):
        sys.exit(f"{kept} comparisons are kept: one was lost, or is there twice")
    return {str(p.relative_to(out)): sha256(p.read_bytes()).hexdigest() for p in files}


def differing(ways: Mapping[str, Hashes]) -> list[str]:
    """A line for every way that differs from the first: how many things, and the first few of them."""
    (first, wanted), *others = ways.items()
    lines = []
    for name, found in others:
        if names := [n for n in sorted({*wanted, *found}) if wanted.get(n) != found.get(n)]:
            lines.append(
                f"{first} and {name} differ in {len(names)} of {len(wanted)}: {', '.join(names[:5])}"
            )
    return lines


def name_of(how: Sequence[object]) -> str:
    """How a command is called."""
    return " ".join(map(str, how)) or "in one process"


def killed(store: str, out: Path) -> Hashes:
    """Begins a batch with two processes, and kills the driver once the first events are compared."""
    command = Command("batch", "--store", store, "--out", out, "--workers", 2)
    compared = command.wait_until_compared(out, 2)
    command.child.kill()
    command.child.communicate()
    print(f"killed with {compared} events compared", flush=True)
    return {}


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


def all_ways(
    files: Sequence[Path], ways: Ways, expected: Expected, *, postgres: str | None, with_ray: bool
) -> tuple[dict[str, Hashes], dict[str, Hashes]]:
    """What each way took in, and what each way wrote."""
    folder = ways.folder
    one, two = str(folder / "one"), postgres or str(folder / "two")

    def take(name: str, store: str, order: int, *how: object) -> None:
        taken[name] = ways.once(name, partial(taken_in, files[::order], store, expected, *how))

    def compare(
        name: str, store: str, *how: object, midway: Callable[[], object] | None = None
    ) -> None:
        wrote[name] = ways.once(name, partial(compared, store, folder / name, *how, midway=midway))

    taken: dict[str, Hashes] = {}
    wrote: dict[str, Hashes] = {}
    take("take-1", one, 1, "--workers", 1)
    take("take-2", str(folder / "two"), -1, "--workers", 2)
    if postgres:
        take("take-postgres", postgres, 1, "--workers", 2)
    compare("out-1", one)
    compare("out-2", two, "--workers", 2)
    ways.once("kill", partial(killed, two, folder / "out-killed"))
    compare("out-killed", two, "--workers", 2)
    if with_ray:
        store = str(folder / "ray")
        with ray_nodes(1) as (address, _):
            take("take-ray", store, 1, "--ray", address)
            compare("out-ray-1", store, "--ray", address)
        with ray_nodes(2) as (address, kill):
            compare("out-ray-2", store, "--ray", address, midway=kill)
    return taken, wrote


def made(folder: Path, pages: int, events: int) -> tuple[Ways, Expected]:
    """The week in a folder, made where it is not there, and the ways that were done of it.

    Ends this process where the folder is of another week, or of another program.
    """
    mine = program()
    about: dict[str, object] = {"pages": pages, "events": events, "program": mine}
    path = folder / "week.json"
    if path.exists():
        known = json.loads(path.read_bytes())
        expected = Expected(**known.pop("expected"))
        if known != about:
            sys.exit(
                f"{folder} was made by another program or with other numbers: take an empty one"
            )
    else:
        expected = write_week(folder / "in", pages=pages, events=events)
        write_atomic(path, json.dumps({**about, "expected": asdict(expected)}).encode())
    print(f"made: {asdict(expected)}", flush=True)
    return Ways(folder, mine), expected


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=int, nargs="?", default=20_000)
    parser.add_argument("--events", type=int, default=150)
    parser.add_argument("--postgres", help="the address of an empty database")
    parser.add_argument("--without-ray", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder to go on in")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = (args.keep and args.keep.resolve()) or Path(
            stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp"))
        )
        os.environ |= {"PARALLAX_CACHE": str(folder / "cache"), "OMP_NUM_THREADS": "1"}
        # Ray's workers are as nice to others as no other way's are.
        os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
        ways, expected = made(folder, args.pages, args.events)
        taken, wrote = all_ways(
            sorted((folder / "in").iterdir()),
            ways,
            expected,
            postgres=args.postgres,
            with_ray=not args.without_ray,
        )
    if differ := differing(taken) + differing(wrote):
        sys.exit("\n".join(differ))
    print(f"{len(taken)} stores hold the same, {len(wrote)} ways write the same")


if __name__ == "__main__":
    main()
