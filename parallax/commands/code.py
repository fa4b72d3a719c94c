"""`parallax code`: coding sheets for people, and labelled events to measure on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import article_line, read_comparison, write_atomic
from compare.coding.sheets import ItemKind
from compare.errors import UsageError
from parallax.console import say, show
from parallax.corrections import comparisons_in, read_corrected

if TYPE_CHECKING:
    from compare.datamodel import Comparison


class Asked(StrEnum):
    """What a sheet may ask about, as the option takes it."""

    CELLS = "cells"
    CONFLICTS = "conflicts"
    LOADED = "loaded"
    ROWS = "rows"


_KINDS = {
    Asked.CELLS: ItemKind.CELL,
    Asked.CONFLICTS: ItemKind.CONFLICT,
    Asked.LOADED: ItemKind.LOADED,
    Asked.ROWS: ItemKind.ROW,
}


def code(
    comparison: Annotated[
        Path, typer.Argument(help="The comparison.json to code, or the OUT of several events.")
    ],
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", help="The CSV to write; one a coder: S-1.csv, S-2.csv."),
    ] = None,
    coders: Annotated[int, typer.Option(min=1, help="How many coders.")] = 1,
    blind: Annotated[
        bool,
        typer.Option("--blind/--show", help="Hide or show what the program says (default: hide)."),
    ] = True,
    sample: Annotated[
        int | None, typer.Option(min=1, help="So many questions, drawn at random (default: all).")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 1,
    ask: Annotated[
        list[Asked] | None, typer.Option("--ask", help="What to ask about. Repeatable.")
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", help="A folder for the event as labelled data, to check and extend."
        ),
    ] = None,
) -> None:
    """Write coding sheets: a question a row, for people to answer. docs/codebook.md has every code.

    All coders get the same questions, each in an order of their own. Corrections that were made
    before are in --gold, not in the sheets. Prints the paths written.

    \b
    Examples:
      parallax code OUT/comparison.json --sheet S.csv --coders 2 --sample 200
      parallax code OUT/comparison.json --sheet S.csv --ask conflicts --ask loaded --show
      parallax code OUT --sheet S.csv --coders 2 --sample 500
      parallax code OUT/comparison.json --gold labelled
    """
    if sheet is None and gold is None:
        raise UsageError("give --sheet S.csv, --gold FOLDER or both.")
    if sheet is not None:
        for path, data in _sheets(comparison, sheet, coders, blind, sample, seed, ask):
            write_atomic(path, data)
            show(str(path))
        say("Fill in the column code; docs/codebook.md says what may stand there.")
    if gold is not None:
        for one in comparisons_in(comparison).values():
            _labelled(one, gold)


def _sheets(
    comparison: Path,
    sheet: Path,
    coders: int,
    blind: bool,
    sample: int | None,
    seed: int,
    ask: list[Asked] | None,
) -> list[tuple[Path, bytes]]:
    from compare.coding.sheets import items_of, sampled, sheet_csv

    kinds = [_KINDS[a] for a in ask or [Asked.CELLS]]
    every = [
        (event or _called(found), item)
        for event, path in comparisons_in(comparison).items()
        for found in [read_comparison(path)]
        for item in items_of(found, kinds)
    ]
    items = sampled(every, sample, seed)
    names = [str(n) for n in range(1, coders + 1)]
    paths = [sheet] if coders == 1 else [sheet.with_stem(f"{sheet.stem}-{n}") for n in names]
    sheets = [
        (path, sheet_csv(items, coder=name, blind=blind, seed=seed))
        for path, name in zip(paths, names, strict=True)
    ]
    for path, data in sheets:
        # The very same sheet is of this call, broken off: nobody has filled it in yet.
        if path.exists() and path.read_bytes() != data:
            raise UsageError(
                f"{path} is there already, and may be filled in. Choose another --sheet."
            )
    return sheets


def _called(found: Comparison) -> str:
    return str(found.run.settings.get("title", "") or found.event.about)


def _labelled(comparison: Path, gold: Path) -> None:
    from compare.coding.gold import labels_of

    found = read_corrected(comparison)
    name = comparison.resolve().parent.name
    write_atomic(gold / "gold" / f"{name}.json", labels_of(found, name))
    rows = b"".join(map(article_line, found.articles))
    write_atomic(gold / "events" / f"{name}.jsonl", rows)
    show(str(gold / "gold" / f"{name}.json"))
