"""`parallax events`: articles of many events to events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import article_line, read_articles, write_atomic
from compare.errors import InputError, NothingFoundError
from parallax.console import Progress, say, say_misfits, stoppable
from parallax.environment import cache_folder
from parallax.options import Days, Model

if TYPE_CHECKING:
    from compare.datamodel import Article
    from compare.grouping.group import Grouped


def events(
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLES.jsonl...", help="Articles of many events.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The rows to write.")],
    split: Annotated[
        Path | None, typer.Option(help="Also write DIR/<event>.jsonl for `parallax compare`.")
    ] = None,
    outlets: Annotated[
        int, typer.Option(min=1, help="Split off only events of at least so many outlets.")
    ] = 1,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="EVENTS.jsonl", help="Rows written before: these events stay, and grow."
        ),
    ] = None,
    days: Days = 3,
    model: Model = None,
) -> None:
    """Find which articles are about the same event, and say why.

    Writes a row {id, event, names, words, hours, likely} for every article: what its event is called,
    the names and words that most of its articles hold, how many hours lie between the first and the
    last one, and the mean probability that two of them are about one event (null for one article).

    With --since, give yesterday's articles again beside today's: their events keep their names, and
    take in what is new.

    \b
    Examples:
      parallax events week.jsonl --out events.jsonl --split events --outlets 3
      parallax events monday.jsonl tuesday.jsonl --since monday-events.jsonl --out events.jsonl
    """
    rows = _distinct(articles)
    before = _before(since) if since else {}
    found = _grouped(rows, before, days=days, model=model)
    by_id = {a.id: a for a in rows}
    event_of = {name: event for event in found for name in event.articles}
    lines = [json.dumps(_row(name, event_of[name]), ensure_ascii=False) for name in by_id]
    write_atomic(out, "".join(f"{line}\n" for line in lines).encode())
    several = sum(len(event.articles) > 1 for event in found)
    say(
        f"{len(rows):,} articles, {len(found):,} events ({several:,} of several articles); {out} written."
    )
    if split is not None:
        written = _split(found, by_id, split, outlets)
        say(f"{written:,} events of {outlets} outlets or more in {split}")


def _distinct(paths: Sequence[Path]) -> list[Article]:
    """The articles of all files; one that is in several is taken once. Raises as `read_articles` does."""
    found: dict[str, Article] = {}
    unread = again = 0
    for path in paths:
        articles, failures = read_articles(path)
        unread += len(failures)
        for article in articles:
            first = found.setdefault(article.id, article)
            again += first is not article
            if first.sha256 != article.sha256:
                raise InputError(
                    f"{path}: the id {article.id!r} has another text in an earlier file. "
                    "Give every article an id of its own."
                )
    if unread or again:
        say(
            f"{unread:,} rows are failures or unusable, {again:,} articles came twice; both are left out."
        )
    if not found:
        raise NothingFoundError("no article to group: the files hold failures only.")
    return list(found.values())


def _before(path: Path) -> dict[str, str]:
    """The event of each article in rows that were written before; raises InputError."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return {str(row["id"]): str(row["event"]) for row in rows if row["event"] is not None}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: rows must be JSON objects with id and event, as `parallax events` writes them ({error})."
        ) from error


def _grouped(
    rows: Sequence[Article], before: Mapping[str, str], *, days: int, model: str | None
) -> tuple[Grouped, ...]:
    from compare.embedding.index import FaissIndex
    from compare.embedding.open import open_encoder, vectors_of_texts
    from compare.grouping.group import group_articles
    from compare.grouping.pairs import load

    with stoppable("Nothing was written; run it again."), Progress() as progress:
        progress("loading the model", 0, 0)
        encoder = vectors_of_texts(open_encoder(model), cache_folder())
        if unfit := load().misfit(encoder.name):
            say_misfits({unfit.model: unfit.fitted_for}, encoder.name)
        return group_articles(
            rows, encoder=encoder, index=FaissIndex(), since=before, days=days, progress=progress
        )


def _row(name: str, event: Grouped) -> dict[str, object]:
    return {
        "id": name,
        "event": event.event,
        "names": event.names,
        "words": event.words,
        "hours": event.hours,
        "likely": event.likely,
    }


def _split(
    events: Sequence[Grouped], articles: Mapping[str, Article], folder: Path, outlets: int
) -> int:
    """Writes the articles of each event of enough outlets; returns how many events that are."""
    written = 0
    for event in events:
        members = [articles[name] for name in event.articles]
        if len({a.outlet for a in members}) >= outlets:
            write_atomic(folder / f"{event.event}.jsonl", b"".join(map(article_line, members)))
            written += 1
    return written
