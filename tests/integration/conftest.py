"""One run of the program on the sample web, over real HTTP, for all tests that look at what came of it."""

from __future__ import annotations

import fcntl
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.datamodel import Article, Cell, Comparison, Detail
from parallax.sample.web import Asked, SampleWeb
from tests.integration.sample_pages import EVENT_STORIES, extracted


@dataclass(frozen=True)
class Demo:
    """What `parallax run` made of the sample web, and what it asked the outlets for."""

    folder: Path
    comparison: Comparison
    requests: tuple[Asked, ...]
    addresses: dict[str, str]
    """Every story's address, by "outlet/story"."""

    def article(self, outlet: str) -> Article:
        """The outlet's article in the comparison."""
        (found,) = (each for each in self.comparison.articles if each.outlet == outlet)
        return found

    def cell(self, detail: Detail, outlet: str) -> Cell:
        """What the outlet did with the detail."""
        (found,) = (each for each in detail.cells if each.outlet == outlet)
        return found


def _run_on(web: SampleWeb, folder: Path) -> None:
    event = web.event
    command = [
        *(sys.executable, "-m", "parallax", "run", "--about", event.about),
        *("--from", str(event.start), "--to", str(event.end), "--allow-private"),
        *("--gdelt", "off", "--wayback", "off"),
        *(
            "--outlets",
            str(web.write_registry(folder / "outlets.toml")),
            "--only",
            "--out",
            str(folder),
        ),
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=850,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def sample_articles() -> tuple[Article, ...]:
    """The nine articles on the event, extracted from the sample's pages without a network."""
    read = [extracted(outlet, story) for outlet, story in EVENT_STORIES.items()]
    return tuple(article for article in read if isinstance(article, Article))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run for all tests, also where they are shared out among processes."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # the processes' common folder
    kept = root / "demo.pickle"
    with (root / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = _demo(tmp_path_factory.mktemp("demo"))
            kept.write_bytes(pickle.dumps(made))
            return made
    known: Demo = pickle.loads(kept.read_bytes())
    return known


def _demo(folder: Path) -> Demo:
    with SampleWeb() as web:
        _run_on(web, folder)
        return Demo(
            folder=folder,
            comparison=read_comparison(folder / "comparison.json"),
            requests=web.requests,
            addresses=web.addresses,
        )
