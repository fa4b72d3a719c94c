"""`parallax explain`: the whole reasoning of a cell, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.errors import UsageError
from parallax.console import show
from parallax.corrected import read_corrected


def explain(
    comparison: Annotated[Path, typer.Argument(help="A comparison.json.")],
    detail: Annotated[str, typer.Argument(help="A detail's id, as the report shows it.")],
    outlet: Annotated[str | None, typer.Argument(help="One outlet only.")] = None,
) -> None:
    """Say why a detail's cells are what they are: evidence, probabilities, reasons.

    \b
    Example:
      parallax explain OUT/comparison.json d12 "The Daily Example"
    """
    from templates.explain import explain as explained

    try:
        show(explained(read_corrected(comparison), detail, outlet))
    except KeyError as error:
        raise UsageError(
            f"{error.args[0]!r} is in no detail of {comparison}. The report shows ids and outlets."
        ) from error
