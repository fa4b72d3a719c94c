"""`parallax run`: crawl, compare, report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import read_articles, read_comparison, write_comparison
from compare.datamodel import Comparison, Stage
from compare.errors import ComparisonFileError
from parallax.commands.compare import Comparer
from parallax.commands.crawl import crawl_event
from parallax.console import Progress, ledger_table, say, show, stoppable
from parallax.corrections import overlaid
from parallax.environment import command_line, now, user
from parallax.events import Assignment, settings_of
from parallax.options import (
    CrawlBehaviour,
    InStore,
    Model,
    Ours,
    RatingsFile,
    Reference,
    Timezone,
    Title,
    Wanted,
    options_of,
)
from parallax.outlet_facts import known_outlets, our_outlet
from parallax.ratings import Ratings, rated, read_ratings
from parallax.reference import read_reference


@options_of(wanted=Wanted, behaviour=CrawlBehaviour)
def run(
    out: Annotated[Path, typer.Option("--out", help="The folder for everything that comes of it.")],
    wanted: Wanted,
    behaviour: CrawlBehaviour,
    model: Model = None,
    ratings: RatingsFile = None,
    title: Title = None,
    timezone: Timezone = None,
    reference: Reference = None,
    ours: Ours = None,
    store: InStore = None,
) -> None:
    """Crawl an event's coverage, compare it, and write the report.

    Writes OUT/articles.jsonl, OUT/comparison.json and OUT/report; prints the report's path. Run
    again on the same folder, it goes on where it stopped.

    \b
    Examples:
      parallax run event.toml --out OUT
      parallax run --about "Russian planes land in Venezuela" \\
          --from 2019-03-23 --to 2019-03-26 --country US --out OUT
      parallax run --like https://example.org/a-report --title "The bridge" --out OUT
      parallax run event.toml --out OUT --ratings lean.csv
      parallax run event.toml --out OUT --timezone America/New_York
      parallax run event.toml --out OUT --store news
    """
    own = read_ratings(ratings) if ratings is not None else None
    task = wanted.assignment(out, behaviour)
    facts = read_reference(reference) if reference is not None else ()
    told = settings_of(title or task.title, timezone if timezone is not None else task.timezone)
    said = {"command": command_line(out=out)} | told
    index = run_event(
        task, out, behaviour, model=model, ratings=own, settings=said, reference=facts, ours=ours
    )
    if store is not None:
        name = kept_in(store, out)
        say(f"kept in the store as event {name}: parallax report {name} --store {store} --out DIR")
    show(str(index))


def kept_in(store: str, out: Path) -> str:
    """Puts what a run found into a store, as it is on disk; returns the event's name there.

    The same event has the same name in every run, so that its later comparisons lie beside it.
    """
    from parallax.intake.files import digest_of
    from parallax.stores.open import open_store

    articles, made = out / "articles.jsonl", out / "comparison.json"
    rows, failures = read_articles(articles)
    about = read_comparison(made).event
    name = sha256(repr((about.about, about.start, about.end, about.urls)).encode()).hexdigest()[:12]
    with open_store(store) as shelf:
        shelf.add_file(digest_of(articles), articles.name, [*rows, *failures], at=now(), by=user())
        shelf.keep(name, digest_of(made)[:20], made.read_bytes(), at=now(), by=user())
    return name


def _earlier(out: Path) -> Comparison | None:
    """The comparison that stands in a folder; None where there is none that can be read."""
    try:
        return read_comparison(out / "comparison.json")
    except ComparisonFileError:
        return None


def run_event(
    task: Assignment,
    out: Path,
    behaviour: CrawlBehaviour,
    *,
    model: str | None = None,
    ratings: Ratings | None = None,
    settings: Mapping[str, str] | None = None,
    reference: Sequence[str] = (),
    ours: str | None = None,
) -> Path:
    """Crawls, compares and reports, with the user's ratings if there are any; returns the report's index.

    `settings` are what the run is to be remembered by, beside those of the comparison. A look again
    (--refresh) keeps the ids of the last one, so that citations and corrections find their details.
    """
    from templates.render import write_report

    earlier = _earlier(out) if behaviour.refresh else None
    crawled = crawl_event(task, out, behaviour, tell=False)
    with stoppable(f"To go on: {command_line()}"), Progress() as progress:
        comparison = Comparer(model, progress).compare(
            crawled.articles,
            task.event,
            tuple(row.outlet for row in crawled.ledger),
            settings=settings,
            reference=reference,
            earlier=earlier,
        )
        write_comparison(comparison, out / "comparison.json")
        comparison = overlaid(comparison, out / "comparison.json")
        own = rated(comparison, ratings) if ratings is not None else None
        index = write_report(
            comparison,
            out / "report",
            ratings=own,
            known=known_outlets(comparison, task.registries),
            ours=our_outlet(comparison, ours),
            progress=progress,
        )
    on_event = Counter(article.outlet for article in comparison.articles)
    say(ledger_table(crawled.ledger, on_event))
    # As the report counts them: rows that are no part of another, pages that should have been read.
    details = sum(detail.part_of is None for detail in comparison.details)
    lost = sum(failure.stage is not Stage.GATE for failure in comparison.failures)
    say(
        f"{len(comparison.articles)} articles of {len(comparison.outlets)} outlets, "
        f"{details} details, {lost} pages or places that could not be read"
    )
    return index
