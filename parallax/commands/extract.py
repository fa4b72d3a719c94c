"""`parallax extract`: pages already on disk to article rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compare.codec import article_line, write_atomic
from compare.datamodel import Article
from compare.errors import NothingFoundError
from parallax.console import Progress, say, stoppable


def extract(
    manifest: Annotated[
        Path,
        typer.Argument(
            help="Rows {id, path, url or outlet}, JSON Lines or CSV; paths relative to it, .gz allowed."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The articles.jsonl to write.")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one a core).")
    ] = None,
) -> None:
    """Turn pages on disk into article rows: one a page, in the same order.

    A page that cannot be read becomes a failure row with its reason.

    \b
    Example:
      parallax extract pages/manifest.jsonl --out articles.jsonl
    """
    from crawlers.extract.pool import extract_manifest

    rows: list[bytes] = []
    read = 0
    first = ""
    try:
        with stoppable(f"{out} holds the pages read so far."), Progress() as progress:
            for row in extract_manifest(manifest, workers=workers, progress=progress):
                rows.append(article_line(row))
                if isinstance(row, Article):
                    read += 1
                else:
                    first = first or row.reason
    finally:
        if rows:
            write_atomic(out, b"".join(rows))
    if rows and not read:
        raise NothingFoundError(
            f"0 of {len(rows):,} pages read; {out} says why for each. The first: {first}"
        )
    say(f"{read:,} of {len(rows):,} pages read; {out} written.")
