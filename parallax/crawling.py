"""`parallax crawl`: what the outlets published, to articles.jsonl."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import NothingFoundError, StoppedError, UsageError
from parallax.clock import now, parallax_version
from parallax.console import say, show
from parallax.events import Assignment, make_event, read_event
from parallax.outlets import registry
from parallax.starting import event_like, listed_urls
from parallax.watching import Watch, ledger_table

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


UrlList = Annotated[
    str | None, typer.Option("--urls", help="A file of addresses, one a line; - for stdin.")
]
Like = Annotated[
    str | None, typer.Option(help="An article to start from: an address, or a file that holds one.")
]
FromArchive = Annotated[
    list[Path] | None,
    typer.Option("--from-archive", help="Read these WARC files, not the network. May be repeated."),
]
Refresh = Annotated[
    bool,
    typer.Option("--refresh", help="Look at everything again; keep what changed as a version."),
]
Pages = Annotated[int, typer.Option(min=1, help="Pages to read of one outlet, at most.")]
MAX_PAGES = 50


@dataclass(frozen=True, slots=True)
class Manners:
    """How the user wants a crawl to behave."""

    contact: str | None = None
    allow_private: bool = False
    from_archive: tuple[Path, ...] = ()
    refresh: bool = False
    pages: int = MAX_PAGES
    delay: float | None = None

    def as_options(self) -> list[str]:
        """The same, as options of `parallax crawl`, for a crawl in a process of its own."""
        archives = [part for path in self.from_archive for part in ("--from-archive", str(path))]
        contact = ["--contact", self.contact] if self.contact else []
        return [*contact, *["--allow-private"][: self.allow_private], *archives]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options say to look for, and where."""

    event: Path | None
    about: str | None
    start: str | None
    end: str | None
    urls: tuple[str, ...]
    like: str | None
    outlets: tuple[Path, ...]

    def assignment(self, out: Path, manners: Manners) -> Assignment:
        """The event and the registries; raises EventFileError where they make no sense."""
        if self.event is not None:
            if self.about or self.start or self.end or self.urls or self.like:
                raise UsageError(
                    "give an event file, or options that describe the event, not both."
                )
            read = read_event(self.event)
            return Assignment(read.event, self.outlets or read.outlets)
        if self.like is None:
            event = make_event(self.about or "", self.start, self.end, list(self.urls))
            return Assignment(event, self.outlets)
        found = event_like(self.like, out, options=manners.as_options())
        event = make_event(
            self.about or found.about,
            self.start or found.start,
            self.end or found.end,
            [*found.urls, *self.urls],
            name=f"the article {self.like}",
        )
        say(f"looking for “{event.about}”, {event.start} to {event.end}")
        return Assignment(replace(event, like=found.like), self.outlets)


def crawl(
    out: Annotated[Path, typer.Option("--out", help="The folder for articles.jsonl.")],
    event: EventFile = None,
    about: About = None,
    start: From = None,
    end: To = None,
    url: Urls = None,
    urls: UrlList = None,
    like: Like = None,
    outlets: Registries = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
    from_archive: FromArchive = None,
    refresh: Refresh = False,
    pages: Pages = MAX_PAGES,
) -> None:
    """Gather what the outlets published about an event.

    Writes articles.jsonl, a row for each page: an article, or a failure with its reason; beside it
    crawl.json with the ledger of outlets, and archive/ with every response. Obeys robots.txt and
    Crawl-delay. Run again on the same folder, it goes on where it stopped.

    \b
    Examples:
      parallax crawl event.toml --out OUT
      parallax crawl --url https://example.org/a-report --out OUT
      parallax crawl event.toml --from-archive OUT/archive/*.warc.gz --out AGAIN
    """
    manners = Manners(contact, allow_private, tuple(from_archive or ()), refresh, pages)
    given = (*(url or ()), *(listed_urls(urls) if urls else ()))
    wanted = Wanted(event, about, start, end, given, like, tuple(outlets or ()))
    show(str(gather(wanted.assignment(out, manners), out, manners).articles))


def gather(task: Assignment, out: Path, manners: Manners) -> CrawlResult:
    """Crawls and says what came of it.

    Raises StoppedError if it was stopped, and NothingFoundError where no article was read.
    """
    from crawlers.options import CrawlOptions
    from crawlers.run import crawl as crawled

    options = CrawlOptions(
        version=parallax_version(),
        contact=manners.contact or "",
        allow_private=manners.allow_private,
        from_archive=manners.from_archive,
        refresh=manners.refresh,
        pages=manners.pages,
    )
    if manners.delay is not None:
        options = replace(options, delay=manners.delay)
    where = registry(task.outlets) if task.event.about else ()
    with Watch() as watch:
        result = crawled(task.event, where, out=out, options=options, clock=now, progress=watch)
    say(ledger_table(result.ledger))
    if not result.finished:
        raise StoppedError(
            f"stopped; {result.articles} holds what was read. Run the same command again to go on."
        )
    if not result.read:
        raise NothingFoundError(
            f"no article was read; {result.articles} says for each page why. "
            "A wider window, other words or --url may help."
        )
    return result
