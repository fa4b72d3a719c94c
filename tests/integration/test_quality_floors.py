"""Nothing that was reached on labelled data is lost again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality.floors import fingerprint, floors, lost, measure
from benchmarks.quality.labels import figures
from benchmarks.quality.sample_event import labels_of, write
from compare.coding import gold

if TYPE_CHECKING:
    from tests.integration.conftest import Demo


@pytest.mark.web
@pytest.mark.model
def test_every_figure_of_the_sample_web_is_at_its_floor(demo: Demo) -> None:
    found = figures(labels_of(demo.comparison.articles), demo.comparison)
    assert found.keys() == floors()["sample"].keys()
    assert not lost(found, floors()["sample"])


@pytest.mark.web
@pytest.mark.model
@pytest.mark.shared
def test_the_figures_are_those_of_the_benchmark_s_scorer(
    demo: Demo, shared: Path, tmp_path: Path
) -> None:
    write(demo.comparison.articles, tmp_path)
    (tmp_path / "out" / "sample").mkdir(parents=True)
    (tmp_path / "out" / "sample" / "comparison.json").write_bytes(
        (demo.folder / "comparison.json").read_bytes()
    )
    scorer = shared / "benchmarks" / "score_coverage.py"
    call = ["--gold", f"{tmp_path}/gold", "--comparisons", f"{tmp_path}/out", "--json"]
    done = subprocess.run([sys.executable, "-B", scorer, *call], check=True, capture_output=True)
    told = json.loads(done.stdout)
    found = figures(labels_of(demo.comparison.articles), demo.comparison)
    for part, name in (("rows", ""), ("statuses", ""), ("conflicts", "conflict_"), ("editorial", "editorial_")):  # fmt: skip
        both = {k: v for k, v in told[part].items() if f"{name}{k}" in found}
        assert both
        assert both == {k: found[f"{name}{k}"] for k in both}


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.timeout(1200)
def test_every_figure_is_at_its_floor(shared: Path, tmp_path: Path) -> None:
    known = floors()
    if known["data"] != fingerprint():
        pytest.skip("the labelled data is not the data that the floors were measured on")
    assert not lost(measure(tmp_path), known["shared"])


@pytest.mark.web
@pytest.mark.model
def test_a_comparison_as_labelled_data_is_right_by_itself(demo: Demo) -> None:
    labels = json.loads(gold.labels_of(demo.comparison, "demo"))
    found = figures(labels, demo.comparison)
    for name in ("one_fact", "carried", "found", "left_out", "conflict_precision"):
        assert found[name] == 1, name
    assert found["editorial_precision"] == found["editorial_strong_recall"] == 1
