"""`parallax gate`: which articles are about the event?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_articles, write_atomic
from compare.errors import UsageError
from parallax.console import Progress, say, say_misfits, show, stoppable
from parallax.environment import cache_folder

if TYPE_CHECKING:
    from compare.datamodel import Article
    from compare.gate.decide import Decision


def gate(
    articles: Annotated[Path, typer.Argument(help="An articles.jsonl.")],
    like: Annotated[str | None, typer.Option(help="The id of the article to start from.")] = None,
    about: Annotated[str | None, typer.Option(help="The event in words.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Ask it for every article as the one to start from.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write here, not to stdout.")] = None,
    model: Annotated[str | None, typer.Option(help="Another encoder, by name or path.")] = None,
) -> None:
    """Decide for each article whether it is about the same event, and say why.

    Writes rows {query, id, score, on_event, reason}.

    \b
    Examples:
      parallax gate articles.jsonl --like 3f2a9c
      parallax gate articles.jsonl --about "Russian planes land in Venezuela"
    """
    if (like is not None) + (about is not None) + every != 1:
        raise UsageError("give exactly one of --like ID, --about WORDS and --all.")
    rows, _ = read_articles(articles)
    lines = [json.dumps(row, ensure_ascii=False) for row in _decide(rows, like, about, model)]
    if out is None:
        show("\n".join(lines))
    else:
        write_atomic(out, "".join(f"{line}\n" for line in lines).encode())
        say(f"{len(lines):,} decisions written to {out}")


def _decide(
    rows: tuple[Article, ...], like: str | None, about: str | None, model: str | None
) -> list[dict[str, object]]:
    from compare.embedding.open import open_encoder
    from compare.gate.decide import gate as decide
    from compare.gate.decide import gate_all, load

    with stoppable("Nothing was written; run it again."), Progress() as progress:
        progress("loading the model", 0, 0)
        encoder = open_encoder(model, cache_folder())
        if unfit := load().misfit(encoder.name):
            say_misfits({unfit.model: unfit.fitted_for}, encoder.name)
        if about is None and like is None:
            return [
                _row(query, decision)
                for query, decisions in gate_all(rows, encoder=encoder).items()
                for decision in decisions
            ]
        query = about if about is not None else _named(rows, like)
        candidates = [row for row in rows if row.id != like]
        return [
            _row(like or about, decision)
            for decision in decide(query, candidates, encoder=encoder, event=None)
        ]


def _row(query: str | None, decision: Decision) -> dict[str, object]:
    return {
        "query": query,
        "id": decision.id,
        "score": decision.score,
        "on_event": decision.on_event,
        "reason": decision.reason,
    }


def _named(rows: tuple[Article, ...], name: str | None) -> Article:
    for row in rows:
        if row.id == name:
            return row
    raise UsageError(f"no article has the id {name!r}; the first is {rows[0].id!r}.")
