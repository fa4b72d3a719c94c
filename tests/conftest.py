"""What every test may use, and what keeps tests from the user's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled data beside the checkout; skips where it is absent."""
    if not (SHARED / "benchmarks").is_dir():
        pytest.skip("the labelled data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Encodings made by tests stay in their own folder; processes that they start inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
