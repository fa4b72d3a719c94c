"""The options that `parallax crawl` and `parallax run` share, and what they amount to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from compare.errors import UsageError
from parallax.console import say
from parallax.environment import parallax_version
from parallax.events import Assignment, event_like, listed_urls, make_event, read_event

if TYPE_CHECKING:
    from crawlers.options import CrawlOptions

# What `parallax outlets` takes as well.
Registries = Annotated[
    list[Path] | None,
    typer.Option(
        "--outlets", help="Outlets of your own, beside the bundled ones. May be repeated."
    ),
]
Only = Annotated[
    bool,
    typer.Option("--only", help="Look in the outlets of --outlets alone, not the bundled ones."),
]
RayAddress = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="A Ray cluster instead: auto for this machine's, local starts one.",
    ),
]
RAY_OR_WORKERS = "give --workers or --ray, not both: a cluster says itself how many it has."
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
Title = Annotated[
    str | None, typer.Option("--title", help="What to call the event, at the head of the report.")
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="ZONE",
        help="Whose times reports show: Europe/Berlin, UTC-5 (default: the outlets' most frequent).",
    ),
]
RatingsFile = Annotated[
    Path | None,
    typer.Option(
        "--ratings",
        help="Your own CSV of outlet,rating: shown as yours, details counted by it in by_rating.csv.",
    ),
]
Model = Annotated[
    str | None, typer.Option(help="Another encoder, by name or path (default: the bundled one).")
]
Days = Annotated[
    int,
    typer.Option(min=0, help="Articles published further apart are about different events."),
]
Reference = Annotated[
    Path | None,
    typer.Option(
        "--reference", help="A text of facts, one a line: the report says who states which."
    ),
]
Ours = Annotated[
    str | None,
    typer.Option(
        "--ours",
        help="Your outlet, by name, domain or an article's address: its story comes first.",
    ),
]
StoreName = Annotated[
    str,
    typer.Option("--store", metavar="STORE", help="A folder, or postgresql://USER@HOST/DATABASE."),
]
InStore = Annotated[
    str | None,
    typer.Option("--store", help="A store: a folder, or postgresql://USER@HOST/DATABASE."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for a script.")]
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlBehaviour:
    """How the user wants a crawl to behave; each field is an option of `crawl` and `run`."""

    gdelt: Annotated[
        str, typer.Option(help="Also search GDELT's index of past news: on, off, or its address.")
    ] = "on"
    wayback: Annotated[
        str, typer.Option(help="Ask the Wayback Machine for what is gone: on, off, or its address.")
    ] = "on"
    pages: Annotated[int, typer.Option(min=1, help="Pages to read of one outlet, at most.")] = 50
    sources: Annotated[
        int, typer.Option(min=1, help="Feeds, sitemaps and sections to ask of one outlet, at most.")
    ] = 25
    source_depth: Annotated[
        int, typer.Option(min=0, help="How many sitemaps or sections may lead to one another.")
    ] = 2
    delay: Annotated[
        float | None, typer.Option(min=0, help="Seconds between two requests to a host, at least.")
    ] = None
    extract_timeout: Annotated[
        float, typer.Option(min=1, help="Seconds that reading one fetched page may take.")
    ] = 20.0
    contact: Contact = None
    allow_private: AllowPrivate = False
    from_archive: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-archive",
            metavar="FILE-OR-FOLDER...",
            help="Read these WARC files, or those in a folder, not the network.",
        ),
    ] = None
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Look at everything again; keep what changed as a version."),
    ] = False
    browser: Annotated[
        str,
        typer.Option(
            help="Also read pages that need scripts, in Chromium: on, off, or the program's path."
        ),
    ] = "off"

    def crawl_options(self) -> CrawlOptions:
        """The same as the crawlers' own options."""
        from crawlers.discovery import gdelt, wayback
        from crawlers.options import CrawlOptions

        options = CrawlOptions(
            version=parallax_version(),
            contact=self.contact or "",
            allow_private=self.allow_private,
            from_archive=tuple(self.from_archive or ()),
            refresh=self.refresh,
            pages=self.pages,
            sources=self.sources,
            source_depth=self.source_depth,
            extract_timeout=self.extract_timeout,
            gdelt=_service(self.gdelt, gdelt.ENDPOINT, "--gdelt"),
            wayback=_service(self.wayback, wayback.ENDPOINT, "--wayback"),
            browser=_chromium(self.browser),
        )
        return options if self.delay is None else replace(options, delay=self.delay)

    def as_options(self) -> list[str]:
        """The same, as options of `parallax crawl`, for a crawl in a process of its own."""
        archives = [
            part for path in self.from_archive or () for part in ("--from-archive", str(path))
        ]
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


def _service(wanted: str, usual: str, option: str) -> str | None:
    """The address of a service, None for "off"; raises UsageError for what is neither."""
    known = {"on": usual, "off": None}
    if wanted not in known and not wanted.startswith(("http://", "https://")):
        raise UsageError(
            f"{option} {wanted}: write on, off, or an address that begins with https://."
        )
    return known.get(wanted, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to look for, and where; each field is an option of `crawl` and `run`."""

    event: Annotated[
        Path | None, typer.Argument(metavar="EVENT.toml", help="What to look for, and where.")
    ] = None
    about: Annotated[str | None, typer.Option(help="The event in words, instead of a file.")] = None
    start: Annotated[
        str | None, typer.Option("--from", help="The first day of the window, YYYY-MM-DD.")
    ] = None
    end: Annotated[str | None, typer.Option("--to", help="The last day of the window.")] = None
    url: Annotated[
        list[str] | None,
        typer.Option("--url", help="A page to read in any case. May be repeated."),
    ] = None
    urls: Annotated[
        str | None,
        typer.Option(
            "--urls",
            help="A file of addresses, one a line, or a table with a column of them; - for stdin.",
        ),
    ] = None
    like: Annotated[
        str | None,
        typer.Option(help="An article to start from: an address, or a file that holds one."),
    ] = None
    outlets: Registries = None
    only: Only = False
    countries: Countries = None
    kinds: Kinds = None
    named: Named = None

    def assignment(self, out: Path, behaviour: CrawlBehaviour) -> Assignment:
        """The event, and where to look; raises UsageError where the options make no sense."""
        task = self._described(out, behaviour)
        if self.only and not (self.outlets or task.registries):
            raise UsageError("--only needs the outlets that it means: give --outlets FILE as well.")
        return replace(
            task,
            registries=tuple(self.outlets or ()) or task.registries,
            only=self.only or task.only,
            countries=tuple(self.countries or ()),
            kinds=tuple(self.kinds or ()),
            named=tuple(self.named or ()),
        )

    def _described(self, out: Path, behaviour: CrawlBehaviour) -> Assignment:
        if self.event is not None:
            if self.about or self.start or self.end or self.url or self.urls or self.like:
                raise UsageError(
                    "give an event file, or options that describe the event, not both."
                )
            return read_event(self.event)
        given = [*(self.url or ()), *(listed_urls(self.urls) if self.urls else ())]
        if self.like is None:
            return Assignment(make_event(self.about or "", self.start, self.end, given))
        found = event_like(self.like, out, options=behaviour.as_options())
        event = make_event(
            self.about or found.about,
            self.start or found.start,
            self.end or found.end,
            [*found.urls, *given],
            name=f"the article {self.like}",
        )
        say(f"looking for “{event.about}”, {event.start} to {event.end}")
        return Assignment(replace(event, like=found.like))


def options_of(**groups: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declares a command's options by dataclasses: the fields of each become options of the command.

    `@options_of(wanted=Wanted)` over `def crawl(out, *, wanted)` makes a command that takes `out` and
    an option for each field of `Wanted`, as their annotations say, and calls `crawl` with the object.
    """

    def declared(command: Callable[..., None]) -> Callable[..., None]:
        own = get_type_hints(command, include_extras=True)
        plain = [
            p.replace(annotation=own[name], kind=Parameter.KEYWORD_ONLY)
            for name, p in signature(command).parameters.items()
            if name not in groups
        ]
        of_group = {name: _parameters(group) for name, group in groups.items()}

        @wraps(command)
        def called(**given: Any) -> None:
            made = {
                name: group(**{p.name: given.pop(p.name) for p in of_group[name]})
                for name, group in groups.items()
            }
            command(**given, **made)

        required = [p for p in plain if p.default is Parameter.empty]
        others = [p for p in plain if p.default is not Parameter.empty]
        shared = [p for name in groups for p in of_group[name]]
        everything = [*required, *shared, *others]
        called.__signature__ = Signature(everything)  # type: ignore[attr-defined]
        called.__annotations__ = {p.name: p.annotation for p in everything}
        return called

    return declared


def _parameters(group: type[Any]) -> list[Parameter]:
    """The fields of a dataclass as parameters, with the options that they carry."""
    hints = get_type_hints(group, include_extras=True)
    return [
        Parameter(f.name, Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in fields(group)
    ]
