"""Whoever takes files into a store is killed, or meets a full disk: nothing is lost, nothing is there twice.

A kill or two in every run; PARALLAX_KILLS=25 does many. The moments come from a seed, PARALLAX_SEED.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLS = int(os.environ.get("PARALLAX_KILLS", "1"))
SEED = int(os.environ.get("PARALLAX_SEED", "7"))

TAKES_IN = """
import resource, sys
from pathlib import Path
from compare.datamodel import Article
from parallax.stores.open import open_store
store, size = sys.argv[1], int(sys.argv[2])
if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
with open_store(store) as shelf:
    print(flush=True)
    for n in range(12):
        url = "https://wire.example/%d" # the last of each file is the first of the next
        rows = [Article(id=str(i), outlet="Wire", title="A bridge fell", text=f"Bridge {i} fell. " * 9, url=url % i) for i in range(n * 8, n * 8 + 9 + n)]
        shelf.add_file(f"f{n}", f"f{n}", rows, at="2024-05-01", by="ann")
    print(shelf.counts())
"""
# Of what it prints last: 174 rows, of which the last of each file come again in the next.
WHOLE = b"Counts(files=12, articles=108, versions=0, duplicates=66, failures=0, comparisons=0)"


MANY = pytest.mark.skipif(KILLS < 10, reason="a transaction is whole anyway: make test-durability")


@pytest.mark.parametrize("kind", ["folder", pytest.param("postgres", marks=MANY)])
def test_whoever_takes_files_into_a_store_may_be_killed(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def new(number: int) -> str:
        if kind == "folder":
            return str(tmp_path / str(number))
        return str(request.getfixturevalue("postgres").new_database())

    call = [sys.executable, "-c", TAKES_IN]
    chance = random.Random(SEED)
    for number in range(1, KILLS + 1):
        store = new(number)
        child = subprocess.Popen([*call, store, "0"], stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.1))
        child.kill()
        child.communicate()
        again = subprocess.run([*call, store, "0"], check=True, capture_output=True)
        assert WHOLE in again.stdout, (SEED, number)


def test_a_full_disk_costs_a_store_nothing_that_it_has(tmp_path: Path) -> None:
    call = [sys.executable, "-c", TAKES_IN]
    free = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    full = subprocess.run(
        [*call, str(tmp_path / "full"), "8000"],
        capture_output=True,
        text=True,
        env=free,
        check=False,
    )
    assert "OutputError" in full.stderr
    assert "cannot be written" in full.stderr
    assert "Make room, and run the same command again." in full.stderr
    kept = list((tmp_path / "full" / "files").glob("*.jsonl"))
    assert 0 < len(kept) < 12
    assert not list((tmp_path / "full" / "files").glob(".*"))
    again = subprocess.run([*call, str(tmp_path / "full"), "0"], check=True, capture_output=True)
    assert WHOLE in again.stdout
