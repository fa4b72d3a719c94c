"""`parallax report`: a comparison as static pages and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from compare.codec import read_comparison
from compare.config import Config
from compare.datamodel import Comparison
from compare.errors import UsageError
from parallax.console import Progress, say, show, stoppable
from parallax.corrections import (
    comparisons_in,
    kept_comparison,
    laid_over,
    overlaid,
    read_corrected,
)
from parallax.events import settings_of
from parallax.options import InStore, Ours, RatingsFile, Registries, Timezone, Title
from parallax.outlet_facts import known_outlets, our_outlet
from parallax.ratings import rated, read_ratings

# Less probable pairs are not in a comparison.
LEAST = Config().kept


def report(
    comparison: Annotated[
        Path,
        typer.Argument(
            help="The comparison.json to show; with --all, a folder of them; with --store, an event's id."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to write the report to.")
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="All events of a folder: a report each, an index, long tables over them."
        ),
    ] = False,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Also one HTML file with everything, to mail.")
    ] = False,
    theme: Annotated[Path | None, typer.Option(help="A CSS file to put after ours.")] = None,
    address: Annotated[
        str,
        typer.Option(
            help="Where the report will stand on the web: link previews show its picture."
        ),
    ] = "",
    ratings: RatingsFile = None,
    title: Title = None,
    timezone: Timezone = None,
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
    Corrections in a corrections.json beside the comparison are laid over it. With --all, FOLDER/report
    is written unless --out says otherwise; tables are CSV, and Parquet where pyarrow is installed.

    \b
    Examples:
      parallax report OUT/comparison.json --out OUT/report
      parallax report OUT/comparison.json --out OUT/report --single-file --theme ours.css
      parallax report OUT/comparison.json --out OUT/report --ratings lean.csv
      parallax report OUT/comparison.json --out OUT/report --ours "Northgate Courier"
      parallax report OUT/comparison.json --out OUT/report --address https://news.example/report/
      parallax report OUT/comparison.json --out OUT/report --timezone America/New_York
      parallax report OUT/comparison.json --out OUT/strict --same 0.5
      parallax report --all OUT
      parallax report 3f2a9c01b7de --store news --out OUT/report
    """
    from templates.render import write_report

    settings = settings_of(title, timezone)
    if every:
        if single_file or address or title or same is not None or ratings is not None or store:
            raise UsageError(
                "--all takes --out, --theme and --timezone alone. Report one event for the others."
            )
        _report_all(comparison, out or comparison / "report", theme, settings)
        return
    if out is None:
        raise UsageError("give --out FOLDER, the folder to write the report to.")
    found = _read(comparison, store, settings, same)
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
            address=address,
            progress=progress,
        )
    say(f"report written: open {index} in a browser")
    show(str(index))


def _read(
    comparison: Path, store: str | None, settings: Mapping[str, str], same: float | None
) -> Comparison:
    """The comparison to be reported: of a file or of a store, with settings, cut anew where `same` is given, as people corrected it."""
    found = read_comparison(comparison) if store is None else _kept(store, str(comparison))
    found = _with(found, settings)
    if same is not None:
        from compare.pipeline import recut

        config = Config()
        found = recut(found, replace(config, same=same, perhaps=min(config.perhaps, same)))
    return overlaid(found, comparison) if store is None else found


def _with(comparison: Comparison, settings: Mapping[str, str]) -> Comparison:
    """A comparison whose report is to be made with these settings, which its data/comparison.json keeps."""
    run = replace(comparison.run, settings={**comparison.run.settings, **settings})
    return replace(comparison, run=run) if settings else comparison


def _report_all(folder: Path, out: Path, theme: Path | None, settings: Mapping[str, str]) -> None:
    """A report of each comparison in a folder's folders, an index of them, and tables over all.

    One comparison at a time is in memory. The index is written last: where it stands, all it leads to does.
    """
    from templates.events_index import write_index
    from templates.render import write_report
    from templates.tables import Tables

    found = comparisons_in(folder)
    tables, told, reports = Tables(), [], {}
    with stoppable("Run the same command again."), Progress() as progress:
        for done, (name, path) in enumerate(found.items()):
            progress(f"reporting {name}, event", done + 1, len(found))
            comparison = _with(read_corrected(path), settings)
            write_report(comparison, out / "events" / name, theme=theme)
            told.append(tables.add(name, comparison))
            reports[name] = f"events/{quote(name, safe='')}/index.html"
        progress("writing the tables", 0, 0)
        index = write_index(out, told, tables, reports)
    say(f"{len(found)} events reported: open {index} in a browser")
    show(str(index))


def _kept(store: str, event: str) -> Comparison:
    """The comparison of an event that a store holds, as people corrected it there.

    Raises NothingFoundError where it holds none.
    """
    from parallax.stores.coding import standing
    from parallax.stores.open import open_store

    with open_store(store, new=False) as shelf:
        return laid_over(kept_comparison(shelf, event), standing(shelf.notes(event)))
