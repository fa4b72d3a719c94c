"""`parallax batch`: days of news from a store to comparisons, tables and an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import NothingFoundError, UsageError
from parallax.console import Progress, say, show, show_json, stoppable
from parallax.environment import now, parallax_version, user
from parallax.options import RAY_OR_WORKERS, AsJson, RayAddress, StoreName

if TYPE_CHECKING:
    from compare.datamodel import Article
    from parallax.fleet.days import Numbers
    from parallax.fleet.fleet import Fleet
    from parallax.fleet.work import EventUnit
    from parallax.stores.store import Store

# Seconds of one core that so many words take, which labelled articles have: twice what one took (0.13 and 0.7 to 0.84
# of the processor), as other machines are slower; `python -m benchmarks.speed.batch` prints yours.
ENCODED, COMPARED, WORDS = 0.25, 1.5, 700


def batch(
    store: StoreName,
    out: Annotated[Path, typer.Option("--out", help="The folder for comparisons and tables.")],
    start: Annotated[
        str | None, typer.Option("--from", help="The first day, YYYY-MM-DD (default: open).")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="The last day (default: open).")] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes of this machine, each with an encoder.")
    ] = 1,
    ray: RayAddress = None,
    reports: Annotated[
        bool, typer.Option("--reports", help="Also write the report of every event.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would take.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find the events in days of news, and compare every event of three outlets or more.

    Writes OUT/events/<event>/comparison.json, OUT/tables over all events, OUT/index.html with those whose
    coverage differs most first, and OUT/batch.json with how far it is. Run again on the same folder,
    it compares what is new or was lost. The same articles give the same files, whoever does the work.

    \b
    Examples:
      parallax batch --store news --from 2024-05-01 --to 2024-05-07 --out week
      parallax batch --store postgresql://ann@db/news --out may --ray auto
    """
    from parallax.stores.open import open_store

    if ray is not None and workers != 1:
        raise UsageError(RAY_OR_WORKERS)
    span = _span(start, end)
    with open_store(store, new=False) as shelf:
        articles = _articles(shelf, *span)
        if dry_run:
            _say_cost(articles, None if ray else workers, as_json=as_json)
            return
        with (
            stoppable("Run the same command again to go on."),
            Progress() as progress,
            _fleet(workers, ray) as fleet,
        ):
            numbers, lost = _whole(
                articles,
                out,
                fleet,
                lambda unit, made: shelf.keep(unit.event, unit.inputs, made, at=now(), by=user()),
                progress,
                reports=reports,
            )
    for why in lost:
        say(why)
    _tell(numbers, out, as_json=as_json)


def _tell(numbers: Numbers, out: Path, *, as_json: bool) -> None:
    """What was done, and where it is. Ends with exit code 1 where an event was lost."""
    say(
        f"{numbers.articles:,} articles, {numbers.events:,} events, {numbers.compared_events:,} of three "
        f"outlets or more: {numbers.done:,} compared, {numbers.known:,} were there, {numbers.lost:,} lost."
    )
    if as_json:
        show_json(asdict(numbers))
    else:
        show(str(out / "index.html"))
    if numbers.lost:
        raise typer.Exit(1)


def _whole(
    articles: list[Article],
    out: Path,
    fleet: Fleet,
    keep: Callable[[EventUnit, bytes], object],
    progress: Progress,
    *,
    reports: bool,
) -> tuple[Numbers, list[str]]:
    """Groups, compares and writes; returns the numbers, and a line for every event that was lost."""
    from parallax.fleet import days

    # A folder that cannot be written is said before hours of work.
    days.write_numbers(days.Numbers(articles=len(articles), events=0, compared_events=0), out)
    progress("loading the model", 0, 0)
    units, events = days.units_of(articles, parallax_version(), fleet, progress)
    numbers = days.Numbers(articles=len(articles), events=events, compared_events=len(units))

    def told(so_far: Numbers) -> None:
        days.write_numbers(so_far, out)
        progress("comparing, event", so_far.done + so_far.known + so_far.lost, len(units))

    numbers, lost = days.compared(units, out, fleet, numbers=numbers, keep=keep, told=told)
    days.write_site(units, out, numbers, reports=reports)
    return numbers, [f"event {d.unit.event} was not compared: {d.why}" for d in lost]


def _fleet(workers: int, ray: str | None) -> Fleet:
    from parallax.fleet.fleet import Here, Processes

    if ray is not None:
        from parallax.fleet.ray_cluster import RayCluster

        return RayCluster(ray)
    return Here() if workers == 1 else Processes(workers)


def _day(written: str | None, option: str) -> str | None:
    """A day of the calendar, ISO, as stored days are compared; raises UsageError."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise UsageError(f"{option} {written} is no day. Write it as YYYY-MM-DD.") from error


def _span(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """The first and the last day that were asked for; raises UsageError where one is none, or they are the wrong way round."""
    first, last = _day(start, "--from"), _day(end, "--to")
    if first and last and last < first:
        raise UsageError(f"--to {last} is before --from {first}.")
    return first, last


def _articles(shelf: Store, first: str | None, last: str | None) -> list[Article]:
    """The stored articles of these days; raises NothingFoundError where there is none."""
    found = list(shelf.articles(first, last))
    if not found:
        raise NothingFoundError(
            "the store has no article of these days. Ingest some, or ask for others."
        )
    return found


def _say_cost(articles: list[Article], workers: int | None, *, as_json: bool) -> None:
    """How much there is, and about how long it takes: on so many workers, on one core of a cluster."""
    days = {a.published[:10] for a in articles if a.published}
    words = sum(len(a.text.split()) for a in articles)
    core_hours = words / WORDS * (ENCODED + COMPARED) / 3600
    cost = {
        "articles": len(articles),
        "outlets": len({a.outlet for a in articles}),
        "days": len(days),
        "words": words,
        "workers": workers,
        "core_hours_at_most": round(core_hours, 2),
        "hours_at_most": round(core_hours / workers, 2) if workers else None,
    }
    if as_json:
        show_json(cost)
        return
    long = (
        f"{cost['hours_at_most']} hours with {workers} workers"
        if workers
        else f"{cost['core_hours_at_most']} hours of a core, which the cluster's share"
    )
    show(
        f"{cost['articles']:,} articles of {words:,} words, {cost['outlets']:,} outlets and {cost['days']:,} days: at most "
        f"{long}, less where few are of events of three outlets."
    )
