"""`parallax explain`: the whole reasoning of a cell, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.errors import UsageError
from compare.zones import time_zone, zone_of
from parallax.console import show
from parallax.corrections import read_corrected
from parallax.options import Timezone


def explain(
    comparison: Annotated[Path, typer.Argument(help="A comparison.json.")],
    detail: Annotated[
        str, typer.Argument(help="A detail's id, as the report cites it, or words of the detail.")
    ],
    outlet: Annotated[
        str | None, typer.Argument(help="One outlet only, in capitals or not.")
    ] = None,
    timezone: Timezone = None,
) -> None:
    """Say why a detail's cells are what they are: evidence, probabilities, reasons.

    \b
    Examples:
      parallax explain OUT/comparison.json d-3143e11d4c38 "The Daily Example"
      parallax explain OUT/comparison.json "two planes landed" --timezone America/New_York
    """
    from templates.explain import UnclearError
    from templates.explain import explain as explained

    chosen = time_zone(timezone) if timezone is not None else None
    found = read_corrected(comparison)
    try:
        show(explained(found, detail, outlet, chosen or zone_of(found)))
    except UnclearError as error:
        raise UsageError(f"{comparison}: {error}") from error
