"""The options that `parallax crawl` and `parallax run` share, and what they amount to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import UsageError
from parallax.console import say
from parallax.environment import parallax_version
from parallax.events import Assignment, event_like, listed_urls, make_event, read_event

if TYPE_CHECKING:
    from crawlers.options import CrawlOptions

MAX_PAGES = 50

EventFile = Annotated[
    Path | None, typer.Argument(metavar="EVENT.toml", help="What to look for, and where.")
]
About = Annotated[str | None, typer.Option(help="The event in words, instead of a file.")]
From = Annotated[
    str | None, typer.Option("--from", help="The first day of the window, YYYY-MM-DD.")
]
To = Annotated[str | None, typer.Option("--to", help="The last day of the window.")]
Url = Annotated[
    list[str] | None, typer.Option("--url", help="A page to read in any case. May be repeated.")
]
UrlList = Annotated[
    str | None, typer.Option("--urls", help="A file of addresses, one a line; - for stdin.")
]
Like = Annotated[
    str | None, typer.Option(help="An article to start from: an address, or a file that holds one.")
]
Registries = Annotated[
    list[Path] | None,
    typer.Option("--outlets", help="A registry of your own. May be repeated."),
]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", help="Only outlets of it (US, GB, ...). Repeatable."),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only outlets of it (wire, tabloid, ...). Repeatable."),
]
Named = Annotated[
    list[str] | None,
    typer.Option("--outlet", help="Only this outlet, by name or domain. Repeatable."),
]
Contact = Annotated[
    str | None, typer.Option(help="An address or page where a site's owner can reach you.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from private and loopback addresses.")
]
FromArchive = Annotated[
    list[Path] | None,
    typer.Option("--from-archive", help="Read these WARC files, not the network. May be repeated."),
]
Delay = Annotated[
    float | None, typer.Option(min=0, help="Seconds between two requests to a host, at least.")
]
Refresh = Annotated[
    bool,
    typer.Option("--refresh", help="Look at everything again; keep what changed as a version."),
]
Pages = Annotated[int, typer.Option(min=1, help="Pages to read of one outlet, at most.")]
Gdelt = Annotated[
    str, typer.Option(help="Also search GDELT's index of past news: on, off, or its address.")
]
Wayback = Annotated[
    str, typer.Option(help="Ask the Wayback Machine for what is gone: on, off, or its address.")
]

RatingsFile = Annotated[
    Path | None,
    typer.Option(
        "--ratings",
        help="Your own CSV of outlet,rating: shown as yours, details counted by it in by_rating.csv.",
    ),
]
Browser = Annotated[
    str,
    typer.Option(
        help="Also read pages that need scripts, in Chromium: on, off, or the program's path."
    ),
]
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the user wants a crawl to behave."""

    contact: str | None = None
    allow_private: bool = False
    from_archive: tuple[Path, ...] = ()
    refresh: bool = False
    pages: int = MAX_PAGES
    gdelt: str = "off"
    wayback: str = "off"
    delay: float | None = None
    browser: str = "off"

    def crawl_options(self) -> CrawlOptions:
        """The same as the crawlers' own options."""
        from crawlers.discovery import gdelt, wayback
        from crawlers.options import CrawlOptions

        options = CrawlOptions(
            version=parallax_version(),
            contact=self.contact or "",
            allow_private=self.allow_private,
            from_archive=self.from_archive,
            refresh=self.refresh,
            pages=self.pages,
            gdelt=_service(self.gdelt, gdelt.ENDPOINT),
            wayback=_service(self.wayback, wayback.ENDPOINT),
            browser=_chromium(self.browser),
        )
        return options if self.delay is None else replace(options, delay=self.delay)

    def as_options(self) -> list[str]:
        """The same, as options of `parallax crawl`, for a crawl in a process of its own."""
        archives = [part for path in self.from_archive for part in ("--from-archive", str(path))]
        contact = ["--contact", self.contact] if self.contact else []
        private = ["--allow-private"] if self.allow_private else []
        services = ["--wayback", self.wayback, "--gdelt", "off", "--browser", self.browser]
        return [*contact, *private, *archives, *services]


def _chromium(wanted: str) -> Path | None:
    """The Chromium to render with; None for "off"."""
    if wanted == "off":
        return None
    if wanted != "on":
        return Path(wanted)
    found = next((path for name in _CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        raise UsageError(
            "--browser on finds no Chromium. Install one (Debian: apt-get install chromium), or "
            "give the path of one."
        )
    return Path(found)


def _service(wanted: str, usual: str) -> str | None:
    """The address of a service, None for "off"."""
    return {"on": usual, "off": None}.get(wanted, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options say to look for, and where."""

    event: Path | None
    about: str | None
    start: str | None
    end: str | None
    url: list[str] | None
    urls: str | None
    like: str | None
    outlets: list[Path] | None
    countries: list[str] | None
    kinds: list[str] | None
    named: list[str] | None

    def assignment(self, out: Path, manners: Manners) -> Assignment:
        """The event, and where to look; raises UsageError where the options make no sense."""
        task = self._described(out, manners)
        return replace(
            task,
            registries=tuple(self.outlets or ()) or task.registries,
            countries=tuple(self.countries or ()),
            kinds=tuple(self.kinds or ()),
            named=tuple(self.named or ()),
        )

    def _described(self, out: Path, manners: Manners) -> Assignment:
        if self.event is not None:
            if self.about or self.start or self.end or self.url or self.urls or self.like:
                raise UsageError(
                    "give an event file, or options that describe the event, not both."
                )
            return read_event(self.event)
        given = [*(self.url or ()), *(listed_urls(self.urls) if self.urls else ())]
        if self.like is None:
            return Assignment(make_event(self.about or "", self.start, self.end, given))
        found = event_like(self.like, out, options=manners.as_options())
        event = make_event(
            self.about or found.about,
            self.start or found.start,
            self.end or found.end,
            [*found.urls, *given],
            name=f"the article {self.like}",
        )
        say(f"looking for “{event.about}”, {event.start} to {event.end}")
        return Assignment(replace(event, like=found.like))
