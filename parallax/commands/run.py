"""`parallax run`: crawl, compare, report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import write_comparison
from parallax.commands.compare import Comparer, Model
from parallax.commands.crawl import gather
from parallax.console import Progress, ledger_table, say, show, stoppable
from parallax.events import Assignment
from parallax.options import (
    MAX_PAGES,
    About,
    AllowPrivate,
    Browser,
    Contact,
    Countries,
    Delay,
    EventFile,
    From,
    FromArchive,
    Gdelt,
    Kinds,
    Like,
    Manners,
    Named,
    Pages,
    RatingsFile,
    Refresh,
    Registries,
    To,
    Url,
    UrlList,
    Wanted,
    Wayback,
)
from parallax.ratings import Ratings, rated, read_ratings


def run(
    out: Annotated[Path, typer.Option("--out", help="The folder for everything that comes of it.")],
    event: EventFile = None,
    about: About = None,
    start: From = None,
    end: To = None,
    url: Url = None,
    urls: UrlList = None,
    like: Like = None,
    outlets: Registries = None,
    countries: Countries = None,
    kinds: Kinds = None,
    named: Named = None,
    gdelt: Gdelt = "on",
    wayback: Wayback = "on",
    pages: Pages = MAX_PAGES,
    delay: Delay = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
    from_archive: FromArchive = None,
    refresh: Refresh = False,
    browser: Browser = "off",
    model: Model = None,
    ratings: RatingsFile = None,
) -> None:
    """Crawl an event's coverage, compare it, and write the report.

    Writes OUT/articles.jsonl, OUT/comparison.json and OUT/report; prints the report's path. Run
    again on the same folder, it goes on where it stopped.

    \b
    Examples:
      parallax run event.toml --out OUT
      parallax run --about "Russian planes land in Venezuela" \\
          --from 2019-03-23 --to 2019-03-26 --country US --out OUT
      parallax run --like https://example.org/a-report --out OUT
      parallax run event.toml --out OUT --ratings lean.csv
    """
    own = read_ratings(ratings) if ratings is not None else None
    manners = Manners(
        contact=contact,
        allow_private=allow_private,
        from_archive=tuple(from_archive or ()),
        refresh=refresh,
        pages=pages,
        delay=delay,
        gdelt=gdelt,
        wayback=wayback,
        browser=browser,
    )
    wanted = Wanted(
        event=event,
        about=about,
        start=start,
        end=end,
        url=url,
        urls=urls,
        like=like,
        outlets=outlets,
        countries=countries,
        kinds=kinds,
        named=named,
    )
    task = wanted.assignment(out, manners)
    show(str(whole(task, out, manners, model=model, ratings=own)))


def whole(
    task: Assignment,
    out: Path,
    manners: Manners,
    *,
    model: str | None = None,
    ratings: Ratings | None = None,
) -> Path:
    """Crawls, compares and reports, with the user's ratings if there are any; returns the report's index."""
    from templates.render import write_report

    crawled = gather(task, out, manners)
    with stoppable("Run the same command again to go on."), Progress() as progress:
        comparison = Comparer(model, progress).compare(
            crawled.articles, task.event, tuple(row.outlet for row in crawled.ledger)
        )
        write_comparison(comparison, out / "comparison.json")
        own = rated(comparison, ratings) if ratings is not None else None
        index = write_report(comparison, out / "report", ratings=own, progress=progress)
    on_event = Counter(article.outlet for article in comparison.articles)
    say(ledger_table(crawled.ledger, on_event))
    say(
        f"{len(comparison.articles)} articles of {len(comparison.outlets)} outlets, "
        f"{len(comparison.details)} details, {len(comparison.failures)} failures"
    )
    return index
