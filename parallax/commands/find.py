"""`parallax find`: sentences in a store."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from compare.errors import NothingFoundError
from parallax.console import show, show_json
from parallax.options import AsJson, StoreName


def find(
    words: Annotated[str, typer.Argument(help="Words, in any form and order.")],
    store: StoreName,
    limit: Annotated[int, typer.Option(min=1, help="Sentences to show, at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Find the sentences of a store's articles that hold all of the words, newest articles first.

    \b
    Example:
      parallax find "bridge collapsed" --store news
    """
    from parallax.stores.open import open_store

    with open_store(store, new=False) as shelf:
        found = shelf.find(words, limit)
    if not found:
        raise NothingFoundError(f"no sentence of the store holds all of: {words}. Use fewer words.")
    if as_json:
        show_json([asdict(row) for row in found])
        return
    for row in found:
        show(f"{row.published or 'no time'}  {row.outlet}: {row.text}\n    {row.url or row.id}")
