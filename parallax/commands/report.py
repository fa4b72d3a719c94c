"""`parallax report`: a comparison as static pages and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import decode_comparison, read_comparison
from compare.config import Config
from compare.datamodel import Comparison
from compare.errors import NothingFoundError
from parallax.console import Progress, say, show, stoppable
from parallax.known import known_outlets, our_outlet
from parallax.options import InStore, Ours, RatingsFile, Registries, Title
from parallax.ratings import rated, read_ratings

# Less probable pairs are not in a comparison.
LEAST = Config().kept


def report(
    comparison: Annotated[
        Path, typer.Argument(help="The comparison.json to show; with --store, an event's id.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder to write the report to.")],
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Also one HTML file with everything, to mail.")
    ] = False,
    theme: Annotated[Path | None, typer.Option(help="A CSS file to put after ours.")] = None,
    ratings: RatingsFile = None,
    title: Title = None,
    ours: Ours = None,
    outlets: Registries = None,
    store: InStore = None,
    same: Annotated[
        float | None,
        typer.Option(
            min=LEAST, max=1.0, help="Call two sentences one detail from this probability on."
        ),
    ] = None,
) -> None:
    """Write the report of a comparison: static HTML, and the matrix and mentions as CSV.

    It opens from the file system, with no outside asset. Prints the path of its index. With --same
    the details are cut anew from the probabilities that the comparison holds; nothing is encoded.

    \b
    Examples:
      parallax report OUT/comparison.json --out OUT/report
      parallax report OUT/comparison.json --out OUT/report --single-file --theme ours.css
      parallax report OUT/comparison.json --out OUT/report --ratings lean.csv
      parallax report OUT/comparison.json --out OUT/report --ours "Northgate Courier"
      parallax report OUT/comparison.json --out OUT/strict --same 0.5
      parallax report 3f2a9c01b7de --store news --out OUT/report
    """
    from templates.render import write_report

    found = read_comparison(comparison) if store is None else _kept(store, str(comparison))
    if title:
        settings = {**found.run.settings, "title": title}
        found = replace(found, run=replace(found.run, settings=settings))
    if same is not None:
        from compare.pipeline import recut

        config = Config()
        found = recut(found, replace(config, same=same, perhaps=min(config.perhaps, same)))
    own = rated(found, read_ratings(ratings)) if ratings is not None else None
    with stoppable("Nothing was written; run it again."), Progress() as progress:
        index = write_report(
            found,
            out,
            single_file=single_file,
            theme=theme,
            ratings=own,
            known=known_outlets(found, outlets or ()),
            ours=our_outlet(found, ours),
            progress=progress,
        )
    say(f"report written: open {index} in a browser")
    show(str(index))


def _kept(store: str, event: str) -> Comparison:
    """The comparison of an event that a store holds; raises NothingFoundError where it holds none."""
    from parallax.stores.open import open_store

    with open_store(store) as shelf:
        data = shelf.comparison(event)
    if data is None:
        raise NothingFoundError(
            f"{store} has no comparison of an event {event!r}. The folders of OUT/events/ of a batch are called by their ids."
        )
    return decode_comparison(data, name=event)
