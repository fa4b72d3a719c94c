"""A comparison as people corrected it: with the corrections.json beside it laid over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.codec import decode_comparison, read_comparison
from compare.errors import NothingFoundError
from parallax.console import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.coding.corrections import Correction
    from compare.datamodel import Comparison
    from parallax.stores.store import Store


def comparisons_in(path: Path) -> dict[str, Path]:
    """A comparison.json under "", or those of a folder's folders by their events' names.

    Raises NothingFoundError for a folder that has none.
    """
    if not path.is_dir():
        return {"": path}
    found = sorted(path.glob("*/comparison.json"))
    if not found:
        raise NothingFoundError(
            f"{path}: no */comparison.json in it. Give the --out of `parallax compare`."
        )
    return {one.parent.name: one for one in found}


def read_corrected(path: Path) -> Comparison:
    """The comparison in a file, with the corrections beside it; says which of them found nothing.

    Raises ComparisonFileError and InputError as the readers of the two files do.
    """
    return overlaid(read_comparison(path), path)


def overlaid(comparison: Comparison, path: Path) -> Comparison:
    """A comparison that was read from a file, with the corrections beside that file."""
    from compare.coding.corrections import NAME, read_corrections

    return laid_over(comparison, read_corrections(path.with_name(NAME)))


def laid_over(comparison: Comparison, corrections: Sequence[Correction]) -> Comparison:
    """A comparison with corrections, wherever they are kept; says which of them found nothing."""
    from compare.coding.overlay import corrected

    if not corrections:
        return comparison
    found = corrected(comparison, corrections)
    for c in found.unused:
        say(
            f"parallax: a correction finds nothing to correct any more: {c.kind} of {c.detail} "
            f"({c.place or 'the row'}), {c.code}"
        )
    return found.comparison


def kept_comparison(shelf: Store, event: str) -> Comparison:
    """The comparison of an event that a store holds last; raises NothingFoundError where it holds none."""
    data = shelf.comparison(event)
    if data is None:
        raise NothingFoundError(
            f"the store has no comparison of an event {event!r}. The folders of OUT/events/ of a batch are called by their ids."
        )
    return decode_comparison(data, name=event)
