"""Nothing that was reached on the labelled data is lost again."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.floors import SLACK, fingerprint, floors, measure


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.timeout(1200)
def test_every_figure_is_at_its_floor(shared: Path, tmp_path: Path) -> None:
    known = floors()
    if known["data"] != fingerprint():
        pytest.skip("the labelled data is not the data that the floors were measured on")
    found = measure(tmp_path)
    lost = {
        name: (found[name], floor)
        for name, floor in known["floors"].items()
        if found[name] < floor - SLACK
    }
    assert not lost
