"""`parallax report`: a comparison as static pages and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.codec import read_comparison
from parallax.console import say, show


def report(
    comparison: Annotated[Path, typer.Argument(help="The comparison.json to show.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write the report to.")],
) -> None:
    """Write the report of a comparison: static HTML, and the matrix and mentions as CSV.

    It opens from the file system, with no outside asset. Prints the path of its index.

    \b
    Example:
      parallax report OUT/comparison.json --out OUT/report
    """
    from templates.render import write_report

    index = write_report(read_comparison(comparison), out)
    say(f"report written: open {index} in a browser")
    show(str(index))
