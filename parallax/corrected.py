"""A comparison as people corrected it: with the corrections.json beside it laid over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.codec import read_comparison
from parallax.console import say

if TYPE_CHECKING:
    from compare.datamodel import Comparison


def read_corrected(path: Path) -> Comparison:
    """The comparison in a file, with the corrections beside it; says which of them found nothing.

    Raises ComparisonFileError and InputError as the readers of the two files do.
    """
    return overlaid(read_comparison(path), path)


def overlaid(comparison: Comparison, path: Path) -> Comparison:
    """A comparison that was read from a file, with the corrections beside that file."""
    from compare.coding.corrections import NAME, corrected, read_corrections

    corrections = read_corrections(path.with_name(NAME))
    if not corrections:
        return comparison
    found = corrected(comparison, corrections)
    for c in found.unused:
        say(
            f"parallax: a correction finds nothing to correct any more: {c.kind} of {c.detail} "
            f"({c.place or 'the row'}), {c.code}"
        )
    return found.comparison
