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
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Also one HTML file with everything, to mail.")
    ] = False,
    theme: Annotated[Path | None, typer.Option(help="A CSS file to put after ours.")] = None,
) -> None:
    """Write the report of a comparison: static HTML, and the matrix and mentions as CSV.

    It opens from the file system, with no outside asset. Prints the path of its index.

    \b
    Examples:
      parallax report OUT/comparison.json --out OUT/report
      parallax report OUT/comparison.json --out OUT/report --single-file --theme ours.css
    """
    from templates.render import write_report

    index = write_report(read_comparison(comparison), out, single_file=single_file, theme=theme)
    say(f"report written: open {index} in a browser")
    show(str(index))
