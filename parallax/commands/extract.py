"""`parallax extract`: tables, archives and saved pages to article rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import Row, article_line, write_atomic
from compare.datamodel import Article, Failure
from compare.errors import NothingFoundError
from parallax.console import Progress, say, stoppable
from parallax.options import Only, Registries


def extract(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCES...",
            help="Tables (CSV, JSON Lines), WARC files, saved pages (HTML), folders of them.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", help="The articles.jsonl to write; a folder with --split-by."),
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="KEY=COLUMN",
            help="What a column is called that holds text, title, outlet, ... Repeatable.",
        ),
    ] = None,
    split_by: Annotated[
        str | None,
        typer.Option(
            "--split-by", metavar="COLUMN", help="One file an event: the column that says which."
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).")
    ] = None,
    outlets: Registries = None,
    only: Only = False,
) -> None:
    """Turn what is on disk into article rows: one for each row of a table and each page, in order.

    A row holds its text, or names the file of its page (path, relative to the table, .gz allowed).
    Usual names of columns are known (headline, body, date, source, link, ...), and those of Zotero's
    CSV (snapshots are read) and Media Cloud's. What cannot be read becomes a failure row with its reason.

    \b
    Examples:
      parallax extract corpus.csv --column text=body --column outlet=paper --out articles.jsonl
      parallax extract corpus.csv --split-by story --out events && parallax compare events/*.jsonl --out OUT
      parallax extract pages/manifest.jsonl --out articles.jsonl
      parallax extract saved-pages/ CC-NEWS-1.warc.gz --out articles.jsonl
      parallax extract "My Library/My Library.csv" --out articles.jsonl
    """
    from crawlers.extract.pool import ExtractPool
    from crawlers.registry.outlets import registry
    from parallax.intake.files import files_in, read
    from parallax.intake.tables import columns_of

    columns, files = columns_of(column or (), split_by), files_in(sources)
    rows: list[tuple[str, Row]] = []
    try:
        with (
            stoppable(f"{out} holds the pages read so far."),
            Progress() as progress,
            ExtractPool(workers) as pool,
        ):
            for row in read(files, registry(outlets or (), only=only), pool, columns):
                rows.append(row)
                progress("reading articles", len(rows), 0)
    finally:
        written = _write(rows, out, split=split_by is not None)
    _tell([row for _, row in rows], out)
    if split_by:
        _tell_events(written, out)


def _write(rows: list[tuple[str, Row]], out: Path, *, split: bool) -> Mapping[Path, Sequence[Row]]:
    """The rows, each with its event, as one file or with `split` one an event; returns what each file holds."""
    from parallax.intake.events import by_event, split_files

    ordered = by_event(rows)
    written = split_files(ordered, out) if split else {out: [row for _, row in ordered]}
    for path, members in written.items():
        if members:
            write_atomic(path, b"".join(map(article_line, members)))
    return written


def _tell_events(written: Mapping[Path, Sequence[Row]], out: Path) -> None:
    """How many events the rows became, and how many rows have none."""
    from parallax.intake.events import FAILED

    lost = len(written.get(out / FAILED, ()))
    say(f"{len(written) - bool(lost):,} events, {lost:,} rows without one (in {FAILED}).")


def _tell(rows: Iterable[Row], out: Path) -> None:
    """How many rows became articles; raises NothingFoundError where none did."""
    told = list(rows)
    if not told:
        raise NothingFoundError("no row and no page in what was given; nothing was written.")
    read = sum(isinstance(row, Article) for row in told)
    if told and not read:
        first = next(row.reason for row in told if isinstance(row, Failure))
        raise NothingFoundError(
            f"0 of {len(told):,} pages read; {out} says why for each. The first: {first}"
        )
    say(f"{read:,} of {len(told):,} pages read; {out} written.")
