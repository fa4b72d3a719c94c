"""`parallax correct`: people's corrections, kept beside a comparison and laid over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_comparison
from compare.errors import UsageError
from parallax.console import say, show, table
from parallax.corrected import comparisons_in
from parallax.environment import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compare.coding.corrections import Correction
    from compare.coding.filled import Coded


def correct(
    comparison: Annotated[
        Path, typer.Argument(help="The comparison.json to correct, or the OUT of several events.")
    ],
    sheet: Annotated[
        Path | None, typer.Argument(metavar="[S.csv]", help="A filled-in coding sheet.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option(help="Who corrects, where the sheet does not say.")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", help="Take the correction with this key back; all for every one."),
    ] = None,
) -> None:
    """Keep where a coder differs from the program as corrections, in a corrections.json beside it.

    comparison.json stays as it is: report, explain and diff lay the corrections over it and say whose they
    are. A new run keeps them as long as the details keep their ids (compare --since). Without a
    sheet, the corrections are listed.

    \b
    Examples:
      parallax correct OUT/comparison.json S.csv --coder Lee
      parallax correct OUT S.csv
      parallax correct OUT/comparison.json
      parallax correct OUT/comparison.json --undo 3f2a91c07d55
    """
    found = comparisons_in(comparison)
    if undo:
        _undo(found, undo)
    if sheet is not None:
        _apply(found, sheet, coder)
    lines = [
        (*([event] if event else []), c.key, str(c.kind), c.detail, c.place, c.coder, c.code)
        for event, path in found.items()
        for c in _kept(path)
    ]
    head = ("key", "kind", "detail", "of", "by", "code")
    show(table(lines, head if "" in found else ("event", *head)))


def _kept(comparison: Path) -> tuple[Correction, ...]:
    from compare.coding.corrections import NAME, read_corrections

    return read_corrections(comparison.with_name(NAME))


def _undo(found: Mapping[str, Path], undo: list[str]) -> None:
    """Takes corrections back, in every event; raises UsageError, and undoes nothing, where one is in none."""
    from compare.coding.corrections import NAME, write_corrections

    keys = {c.key for path in found.values() for c in _kept(path)}
    if missing := [k for k in undo if k != "all" and k not in keys]:
        raise UsageError(f"there is no correction {missing[0]!r}. Without --undo they are listed.")
    for path in found.values():
        known = _kept(path)
        left = [] if "all" in undo else [c for c in known if c.key not in undo]
        if len(left) < len(known):
            write_corrections(path.with_name(NAME), left)


def _apply(found: Mapping[str, Path], sheet: Path, coder: str | None) -> None:
    """Keeps what a sheet says otherwise beside each comparison, and names every row that cannot be used."""
    from compare.coding.filled import problems_of, read_sheet

    read = read_sheet(sheet)
    for line in problems_of(read):
        say(f"{sheet}: {line}")
    rows = [replace(r, coder=coder) if coder else r for r in read.coded]
    new = 0
    for event, path in found.items():
        own = [r for r in rows if not event or r.event == event]
        new += _correct(path, own, sheet) if own else 0
    for row in rows:
        if "" not in found and row.event not in found:
            say(f"{sheet}: row {row.row} is of an event {row.event!r}, which is not in the folder")
    held = next(iter(found.values())).with_name("corrections.json") if "" in found else None
    say(
        f"{new} corrections of {len(rows)} coded rows; "
        f"{held or 'the corrections.json beside each comparison'} holds them."
    )


def _correct(comparison: Path, rows: Sequence[Coded], sheet: Path) -> int:
    """Keeps the corrections of one event; returns how many the rows make."""
    from compare.coding.corrections import NAME, corrections_from, merged, write_corrections

    new, problems = corrections_from(rows, read_comparison(comparison), at=now())
    for problem in problems:
        say(f"{sheet}: row {problem.row} {problem.why}")
    unusable = {p.row for p in problems}
    agreed = {r.key for r in rows if r.row not in unusable} - {c.key for c in new}
    # Whoever now codes what the program said takes an earlier correction back.
    known = _kept(comparison)
    kept = [c for c in known if c.key not in agreed]
    if new or len(kept) < len(known):
        write_corrections(comparison.with_name(NAME), merged(kept, new))
    return len(new)
