"""`parallax correct`: people's corrections, kept beside a comparison and laid over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_comparison
from compare.errors import UsageError
from parallax.console import say, show, table
from parallax.environment import now

if TYPE_CHECKING:
    from compare.coding.corrections import Correction


def correct(
    comparison: Annotated[Path, typer.Argument(help="The comparison.json to correct.")],
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
      parallax correct OUT/comparison.json
      parallax correct OUT/comparison.json --undo 3f2a91c07d55
    """
    from compare.coding.corrections import (
        NAME,
        corrections_from,
        merged,
        read_corrections,
        write_corrections,
    )
    from compare.coding.sheets import problems_of, read_sheet

    path = comparison.with_name(NAME)
    found = read_comparison(comparison)
    known = read_corrections(path)
    if undo:
        write_corrections(path, _without(known, undo))
    if sheet is not None:
        read = read_sheet(sheet)
        for line in problems_of(read):
            say(f"{sheet}: {line}")
        rows = [replace(r, coder=coder) if coder else r for r in read.coded]
        new, problems = corrections_from(rows, found, at=now())
        for problem in problems:
            say(f"{sheet}: row {problem.row} {problem.why}")
        agreed = (
            {r.key for r in rows}
            - {c.key for c in new}
            - {r.key for r in rows for p in problems if p.row == r.row}
        )
        # Whoever now codes what the program said takes an earlier correction back.
        kept = [c for c in read_corrections(path) if c.key not in agreed]
        write_corrections(path, merged(kept, new))
        say(f"{len(new)} corrections of {len(rows)} coded rows; {path} holds them.")
    lines = [
        (c.key, str(c.kind), c.detail, c.place, c.coder, c.code) for c in read_corrections(path)
    ]
    show(table(lines, ("key", "kind", "detail", "of", "by", "code")))


def _without(known: tuple[Correction, ...], undo: list[str]) -> list[Correction]:
    keys = {c.key for c in known}
    if missing := [k for k in undo if k != "all" and k not in keys]:
        raise UsageError(f"there is no correction {missing[0]!r}. Without --undo they are listed.")
    return [] if "all" in undo else [c for c in known if c.key not in undo]
