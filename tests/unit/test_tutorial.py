"""The tutorial's files are real, and the README survives a package index."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from pathlib import Path

import pytest

from crawlers.registry.outlets import load_outlets
from parallax.events import read_event
from tests.unit.parallax.conftest import Parallax, parallax

__all__ = ["parallax"]  # the fixture

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_the_example_files_can_be_used_as_they_are() -> None:
    task = read_event(DOCS / "examples" / "event.toml")
    assert (task.event.start, task.event.end) == ("2019-03-23", "2019-03-26")
    (outlet,) = load_outlets(*task.registries)
    assert outlet.name == "The Ferry Post"


def test_the_tutorial_shows_the_example_files() -> None:
    told = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    for name in ("event.toml", "outlets.toml"):
        lines = (DOCS / "examples" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        assert "".join(lines[1:]) in told


def test_coding_goes_as_the_tutorial_has_it(
    parallax: Parallax, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    section = told[told.index("## 8.") : told.index("## 9.")]
    calls = re.findall(r"^parallax (.*)$|`parallax (correct .*)`", section, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo-out").mkdir()
    shutil.copy(ROOT / "tests" / "golden" / "report" / "comparison.json", "demo-out")
    said = []
    for call in (a or b for a, b in calls):
        done = parallax(*shlex.split(call))
        assert done.code == 0, (call, done.err)
        said.append(done)
        for sheet in tmp_path.glob("S-*.csv") if call.startswith("code ") else ():
            written = sheet.read_text("utf-8-sig").replace(f",{sheet.stem[-1]},,", ",Lee,included,")
            sheet.write_text(written, "utf-8")
    assert len(said) == 5
    assert "S-1.csv and the program: 50 questions about cell" in said[1].out
    assert re.search(r"^[1-9]\d* corrections of 50 coded rows", said[2].err, re.MULTILINE)
    assert "Lee coded this as included" in Path("demo-out/report/data/comparison.json").read_text()
    assert "no corrections." in said[4].err


def test_every_relative_link_of_the_documentation_leads_to_a_file() -> None:
    for page in (ROOT / "README.md", *DOCS.glob("*.md")):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            path, _, _ = target.partition("#")
            if path and "://" not in path:
                assert (page.parent / path).exists(), f"{page.name}: {target}"


def test_on_a_package_index_no_link_of_the_readme_is_relative() -> None:
    absolute = runpy.run_path(str(ROOT / ".ci" / "dist.py"))["absolute"]
    told = absolute(
        (ROOT / "README.md").read_text(encoding="utf-8"), "https://h.example/p/blob/v1/"
    )
    assert "](https://h.example/p/blob/v1/docs/method.md)" in told
    assert "](https://h.example/p/raw/v1/docs/images/story.png)" in told
    assert all(t.startswith(("https://", "#")) for t in LINK.findall(told))
