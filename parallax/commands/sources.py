"""`parallax sources`: who else than the outlet stands for which words of an article?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import read_articles, write_atomic
from parallax.console import say


def sources(
    articles: Annotated[Path, typer.Argument(help="Rows of articles, as `compare` takes them.")],
    out: Annotated[Path, typer.Option("--out", help="The rows to write.")],
) -> None:
    """List every stretch that an article lays to somebody: who said, promised or showed it.

    Writes rows {article, field, start, end, source, source_start, source_end, kind, cue, chain}; the
    kind is named, official, expert, unnamed or other media.

    \b
    Example:
      parallax sources articles.jsonl --out sources.jsonl
    """
    from compare.language.sources import outlet_names, row_of, sources_of

    read, failures = read_articles(articles)
    outlets = outlet_names(read)
    found = [said for article in read for said in sources_of(article, outlets)]
    lines = [json.dumps(row_of(said), ensure_ascii=False) for said in found]
    write_atomic(out, "".join(f"{line}\n" for line in lines).encode())
    kinds = Counter(said.kind.value for said in found)
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    lost = f"; {len(failures):,} rows are failures and were skipped" if failures else ""
    say(
        f"{len(found):,} stretches of {len(read):,} articles"
        + (f" ({told})" if told else "")
        + f"{lost}; {out} written."
    )
