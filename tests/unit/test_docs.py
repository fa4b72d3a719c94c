"""The documentation keeps up with the program."""

from __future__ import annotations

import re
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
