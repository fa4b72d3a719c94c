"""`parallax ingest`: files of many days into a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallax.console import Progress, say, show_json, stoppable
from parallax.environment import now, user
from parallax.options import AsJson, Only, Registries, StoreName


def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="WARC files, crawl folders, articles.jsonl, CSV, saved pages, folders of them.",
        ),
    ],
    store: StoreName,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read pages (default: one a core).")
    ] = None,
    outlets: Registries = None,
    only: Only = False,
    as_json: AsJson = False,
) -> None:
    """Take articles into a store: each file once, by the hash of its bytes.

    Every page is an article, a failure with its reason, or a counted duplicate of one that the store
    has. Broken off, it goes on with the files that are not in yet. Other people may ingest and read
    meanwhile.

    \b
    Examples:
      parallax ingest CC-NEWS-20240501*.warc.gz --store news
      parallax ingest crawl-of-monday rows.csv --store postgresql://ann@db/news
    """
    from crawlers.extract.pool import ExtractPool
    from crawlers.registry.outlets import registry
    from parallax.intake.files import digest_of, files_in, rows_of
    from parallax.stores.open import open_store

    wanted = files_in(files)
    known = registry(outlets or (), only=only) if outlets else registry(())
    added = 0
    with (
        open_store(store) as shelf,
        stoppable("Run the same command again to go on."),
        Progress() as progress,
        ExtractPool(workers) as pool,
    ):
        for number, source in enumerate(wanted, start=1):
            name = source.path.name
            progress(f"reading {name}, file", number, len(wanted))
            digest = digest_of(source.path)
            if not shelf.has_file(digest):
                rows = rows_of(source, known, pool)
                added += shelf.add_file(digest, name, rows, at=now(), by=user())
        counts = shelf.counts()
    if as_json:
        show_json({"added": added, "store": counts.as_row()})
    say(
        f"{added:,} of {len(wanted):,} files are new. The store has {counts.articles:,} articles "
        f"({counts.versions:,} of them further versions of a page), {counts.duplicates:,} duplicates, "
        f"{counts.failures:,} failures."
    )
