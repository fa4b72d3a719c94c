"""The documentation keeps up with the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from compare import errors

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")


def error_classes() -> list[type[errors.ParallaxError]]:
    found = [errors.ParallaxError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return found


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.slug)
def test_every_error_has_its_heading_and_its_exit_code_in_the_table(
    kind: type[errors.ParallaxError],
) -> None:
    assert f"\n## {kind.slug}\n" in MESSAGES
    if kind is not errors.ParallaxError:
        row = next(line for line in MESSAGES.splitlines() if f"`{kind.slug}`" in line)
        assert row.startswith(f"| {kind.exit_code} |")


def test_every_heading_belongs_to_an_error() -> None:
    headings = set(re.findall(r"^## (\S+)$", MESSAGES, re.MULTILINE))
    assert headings == {kind.slug for kind in error_classes()}


def test_the_tree_in_the_docstring_names_every_error() -> None:
    for kind in error_classes():
        assert kind.__name__ in (errors.__doc__ or "")


DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_links_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:parallax|crawlers|compare|templates|benchmarks|tests|docs|\.ci)/[\w./-]+)`", text
    )
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    paths = [ROOT / name for name in named] + [document.parent / link for link in linked]
    assert [str(path) for path in paths if not path.exists()] == []


def test_the_citation_names_the_version_that_this_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
