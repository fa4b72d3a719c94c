"""`parallax crawl`: what the outlets published, to articles.jsonl."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import NothingFoundError, StoppedError, UsageError
from parallax.clock import now
from parallax.console import say, show, table
from parallax.events import Assignment, make_event, read_event
from parallax.outlets import registry

if TYPE_CHECKING:
    from crawlers.run import CrawlResult

EventFile = Annotated[
    Path | None, typer.Argument(metavar="EVENT.toml", help="What to look for, and where.")
]
About = Annotated[str | None, typer.Option(help="The event in words, instead of a file.")]
From = Annotated[
    str | None, typer.Option("--from", help="The first day of the window, YYYY-MM-DD.")
]
To = Annotated[str | None, typer.Option("--to", help="The last day of the window.")]
Urls = Annotated[
    list[str] | None, typer.Option("--url", help="A page to read in any case. May be repeated.")
]
Registries = Annotated[
    list[Path] | None,
    typer.Option("--outlets", help="A registry of your own. May be repeated."),
]
Contact = Annotated[
    str | None, typer.Option(help="An address or page where a site's owner can reach you.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from private and loopback addresses.")
]


def assignment(
    event: Path | None,
    about: str | None,
    start: str | None,
    end: str | None,
    urls: list[str] | None,
    outlets: list[Path] | None,
) -> Assignment:
    """What the file or the options say; raises EventFileError where they say nothing sensible."""
    if event is None:
        return Assignment(make_event(about or "", start, end, urls or []), tuple(outlets or ()))
    if about or start or end or urls:
        raise UsageError("give an event file or --about/--from/--to/--url, not both.")
    read = read_event(event)
    return Assignment(read.event, tuple(outlets) if outlets else read.outlets)


def crawl(
    out: Annotated[Path, typer.Option("--out", help="The folder for articles.jsonl.")],
    event: EventFile = None,
    about: About = None,
    start: From = None,
    end: To = None,
    urls: Urls = None,
    outlets: Registries = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Gather what the outlets published about an event.

    Writes articles.jsonl: a row for each page, an article or a failure with its reason. Obeys
    robots.txt and Crawl-delay. Run again on the same folder, it goes on where it stopped.

    \b
    Examples:
      parallax crawl event.toml --out OUT
      parallax crawl --url https://example.org/a-report --out OUT
    """
    task = assignment(event, about, start, end, urls, outlets)
    result = gather(task, out, contact=contact, allow_private=allow_private)
    show(str(result.articles))


def gather(task: Assignment, out: Path, *, contact: str | None, allow_private: bool) -> CrawlResult:
    """Crawls, says what came of it, and raises where there is nothing to go on with."""
    from crawlers.options import CrawlOptions
    from crawlers.run import crawl as crawled

    options = CrawlOptions(contact=contact, allow_private=allow_private)
    result = crawled(
        task.event, registry(task.outlets), out=out, options=options, clock=now, progress=None
    )
    say(
        table(
            [(r.outlet, str(r.found), str(r.fetched), str(r.failed), r.why) for r in result.ledger],
            ("outlet", "found", "read", "failed", "why"),
        )
    )
    if not result.finished:
        raise StoppedError(
            f"stopped. Run the same command again to go on; {result.articles} holds what was read."
        )
    if not result.read:
        raise NothingFoundError(
            f"no article was read. {result.articles} says why for each page; a wider window, other words or --url may help."
        )
    return result
