"""What every test may use, and what keeps tests from the user's own files."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples every time, so that a change alone turns a test red; `make test-random` looks for
# new ones. No deadline: how long an example takes says more of the machine than of the code.
_PATIENT = [HealthCheck.too_slow]
settings.register_profile(
    "fixed",
    derandomize=True,
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=_PATIENT,
)
settings.register_profile(
    "random", deadline=None, max_examples=500, print_blob=True, suppress_health_check=_PATIENT
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

# Where tests are shared out among processes these share the cores: threads of each would wait for the
# others' by counting, and count as work. Before anything loads torch, and for whatever a test starts.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def pytest_make_parametrize_id(val: object) -> str | None:
    """What is packed by gzip holds the second of its packing, and a test is called the same in every process."""
    return "gzip" if isinstance(val, bytes) and val.startswith(b"\x1f\x8b") else None


def pytest_collection_finish() -> None:
    """What was collected stays to the end; the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def untraced() -> Iterator[None]:
    """Which lines run is not traced in this test: tracing costs more than what the test times."""
    traced = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(traced)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled data beside the checkout; skips where it is absent."""
    if not (SHARED / "benchmarks").is_dir():
        pytest.skip("the labelled data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Encodings made by tests stay in a folder of this run; processes that they start inherit it.

    Where tests are shared out among processes, the folder is common to them: a text is encoded once.
    """
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_CACHE", str(root / "cache"))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests. Skips where it is missing, unless PARALLAX_REQUIRE_BROWSER is set."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        assert not os.environ.get("PARALLAX_REQUIRE_BROWSER"), "Chromium is missing"
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()
