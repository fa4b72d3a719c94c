"""What deploy/ holds is what the programs it is for take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def read(name: str) -> Any:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    return yaml.safe_load((DEPLOY / name).read_text("utf-8"))


def test_ray_takes_the_cluster_file() -> None:
    """As `ray up` reads it: prepared for the kind of provider, then held against Ray's own schema."""
    pytest.importorskip("ray", reason="Ray is not installed")
    from ray.autoscaler._private.util import prepare_config, validate_config

    told = read("ray-cluster.yaml")
    prepared = prepare_config(told)
    validate_config(prepared)
    (machines,) = prepared["available_node_types"].values()
    assert machines["max_workers"] == len(told["provider"]["worker_ips"])
    # Nobody without the token runs anything, on any machine.
    starts = [*prepared["head_start_ray_commands"], *prepared["worker_start_ray_commands"]]
    assert all("RAY_AUTH_MODE=token" in call for call in starts if "ray start" in call)
    assert "~/.ray/auth_token" in prepared["file_mounts"]


def test_the_database_of_the_compose_file_is_open_to_nobody_else() -> None:
    told = read("compose.yaml")
    (server,) = told["services"].values()
    assert all(port.startswith("127.0.0.1:") for port in server["ports"])
    assert server["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    # What it holds is in a volume that outlives it, at the place where the image keeps its data.
    volume, _, place = server["volumes"][0].partition(":")
    assert volume in told["volumes"]
    assert place == "/var/lib/postgresql/data"
