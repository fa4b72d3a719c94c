"""A Ray cluster of two nodes on this machine does what one process does, and a node that is killed costs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A process of its own: Ray's warnings and sockets are no part of this run.
SCRIPT = """
import sys, time, threading
from ray.cluster_utils import Cluster
from parallax.fleet.fleet import Here, Unit
from parallax.fleet.ray_cluster import RayCluster
from tests.integration.ray_work import reversed_slowly

memory = dict(num_cpus=1, object_store_memory=80 * 1024 * 1024)
cluster = Cluster(initialize_head=True, head_node_args=memory | dict(include_dashboard=False))
node = cluster.add_node(**memory)
units = [Unit(f"e{n}", str(n), (b"article %d" % n,)) for n in range(8)]
fleet = RayCluster(cluster.address)
threading.Timer(1.0, lambda: cluster.remove_node(node, allow_graceful=False)).start()
found = {d.unit.event: d.result for d in fleet.run(reversed_slowly, units)}
assert found == {d.unit.event: d.result for d in Here().run(reversed_slowly, units)}, found
(lost,) = fleet.run(reversed_slowly, [Unit("bad", "", ())])
assert lost.result is None and "IndexError" in lost.why, lost
print("done", flush=True)
"""


def test_two_nodes_do_what_one_process_does_and_one_of_them_may_die(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    root = Path(__file__).resolve().parents[2]
    env = os.environ | {"PYTHONPATH": str(root), "RAY_USAGE_STATS_ENABLED": "0", "TMPDIR": "/tmp"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, env=env, capture_output=True, text=True, timeout=240, check=False
    )  # fmt: skip
    assert "done" in done.stdout, done.stderr[-3000:]
