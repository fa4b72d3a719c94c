"""Days of real comparisons that something breaks into: in the end every event is compared, once, with the same bytes.

Each try loads the model in several processes: `make test-durability` runs them (PARALLAX_KILLS of 10 or more).
The moments come from a seed, PARALLAX_SEED.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed.made_week import write_week
from parallax.stores.open import open_store
from tests.unit.parallax.stores.conftest import Server, started

pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(
        int(os.environ.get("PARALLAX_KILLS", "1")) < 10,
        reason="loads the model again and again: make test-durability",
    ),
]
CHANCE = random.Random(int(os.environ.get("PARALLAX_SEED", "7")))
# Files of at most so many bytes may be written, as on a disk that is full.
FULL = """
import resource, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from parallax.cli import main
main()
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    yield from started()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a made-up week in files, a store of it, and what a batch that nothing broke into made of it."""
    folder = tmp_path_factory.mktemp("week")
    write_week(folder / "in", pages=150, events=5)
    done(begun(folder, "ingest", folder / "in", "--store", folder / "store"))
    done(batch(folder, folder / "store", "whole"))
    assert len(files_of(folder / "whole")) > 5
    return folder


def begun(made: Path, *words: object, start: tuple[str, ...] = ("-m", "parallax")) -> Any:
    return subprocess.Popen(
        [sys.executable, *start, *map(str, words), "--json"],
        env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
        | {"PARALLAX_CACHE": str(made / "cache"), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def batch(made: Path, store: object, out: str, *how: object, **more: Any) -> Any:
    return begun(made, "batch", "--store", store, "--out", made / out, *how, **more)


def done(child: Any) -> Any:
    said, errors = child.communicate(timeout=300)
    assert child.returncode == 0, errors
    return json.loads(said)


def files_of(out: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(out)): p.read_bytes()
        for p in out.rglob("*")
        if p.is_file() and p.name != "batch.json"  # which says how many were there before
    }


def wait_for_a_comparison(out: Path, child: Any) -> None:
    while child.poll() is None and not list(out.glob("events/*/comparison.json")):
        time.sleep(0.02)


@pytest.mark.parametrize("number", range(3))
def test_a_driver_that_is_killed_goes_on(made: Path, number: int) -> None:
    out, workers = f"killed-{number}", 1 + number % 2
    child = batch(made, made / "store", out, "--workers", workers)
    wait_for_a_comparison(made / out, child)
    time.sleep(CHANCE.uniform(0, 0.6))
    child.kill()
    child.communicate()
    there = len(list((made / out).glob("events/*/comparison.json")))
    told = done(batch(made, made / "store", out, "--workers", workers))
    assert (told["known"], told["lost"]) == (there, 0)
    assert files_of(made / out) == files_of(made / "whole")
    with open_store(str(made / "store")) as store:
        assert store.counts().comparisons == told["compared_events"]


def test_a_database_that_is_restarted_in_between_costs_nothing(
    made: Path, postgres: Server
) -> None:
    address = postgres.new_database()
    child = begun(made, "ingest", made / "in", "--store", address)
    time.sleep(CHANCE.uniform(2, 6))
    postgres.stop()
    time.sleep(1)
    postgres.start()
    counts = done(child)["store"]
    with open_store(str(made / "store")) as store:
        assert counts | {"comparisons": 0} == store.counts().as_row() | {"comparisons": 0}
    child = batch(made, address, "restarted")
    wait_for_a_comparison(made / "restarted", child)
    postgres.stop()
    time.sleep(1)
    postgres.start()
    told = done(child)
    assert (told["done"], told["lost"]) == (told["compared_events"], 0)
    assert files_of(made / "restarted") == files_of(made / "whole")
    with open_store(address) as store:
        assert store.counts().comparisons == told["compared_events"]


def test_a_disk_that_fills_ends_a_batch_with_one_message_and_it_goes_on_later(made: Path) -> None:
    sizes = sorted(p.stat().st_size for p in (made / "whole").glob("events/*/comparison.json"))
    enough_for_one = str((sizes[0] + sizes[-1]) // 2)
    child = batch(made, made / "store", "full", start=("-c", FULL, enough_for_one))
    _, errors = child.communicate(timeout=300)
    assert child.returncode == 5, errors
    assert "Traceback" not in errors
    assert "cannot be written" in errors
    there = list((made / "full").glob("events/*/comparison.json"))
    assert all(
        p.read_bytes() == (made / "whole" / p.relative_to(made / "full")).read_bytes()
        for p in there
    )
    done(batch(made, made / "store", "full"))
    assert files_of(made / "full") == files_of(made / "whole")


def test_a_node_that_is_killed_costs_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    from benchmarks.speed.week import ray_nodes

    monkeypatch.setenv("RAY_worker_niceness", "0")  # else they wait for all that runs beside
    with ray_nodes(2) as (address, kill):
        child = batch(made, made / "store", "ray", "--ray", address)
        wait_for_a_comparison(made / "ray", child)
        kill()
        told = done(child)
    assert (told["done"], told["lost"]) == (told["compared_events"], 0)
    assert files_of(made / "ray") == files_of(made / "whole")
