"""What every test may use: where the labelled data lies, if it is here."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled data beside the checkout; skips where it is absent."""
    if not (SHARED / "benchmarks").is_dir():
        pytest.skip("the labelled data (../shared) is not beside this checkout")
    return SHARED
