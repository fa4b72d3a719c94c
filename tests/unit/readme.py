"""The commands that README.md shows."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def commands() -> list[str]:
    """What README.md would have a shell do, a command a row, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [command.strip() for line in lines for command in line.split("&&") if command.strip()]


def of_parallax(first: str) -> list[str]:
    """The arguments of the commands of `parallax` that begin with this word, each as one string."""
    found = [c.removeprefix("parallax ") for c in commands() if c.startswith(f"parallax {first} ")]
    assert found, first
    return found
