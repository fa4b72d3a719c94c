"""The registry of outlets: who they are and where their articles are announced.

`outlets.toml` beside this file is data only; a user's own file has the same form and adds outlets
or overrides keys of the ones there. docs/add-an-outlet.md describes the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

from compare.errors import RegistryError
from crawlers.registry.tables import Table, tables
from crawlers.urls import canonical_url, host_of

BUNDLED = Path(__file__).with_name("outlets.toml")


class OutletKind(StrEnum):
    """What an outlet is, as it or a public reference plainly says; never how good it is."""

    WIRE = "wire"
    BROADSHEET = "broadsheet"
    TABLOID = "tabloid"
    BROADCASTER = "broadcaster"
    PUBLIC_BROADCASTER = "public broadcaster"
    MAGAZINE = "magazine"
    DIGITAL = "digital"
    LOCAL = "local"
    PARTISAN = "partisan site"
    OTHER = "other"


class SourceKind(StrEnum):
    """How a source announces articles, and so which parser in `discovery/` reads it."""

    FEED = "feed"
    NEWS_SITEMAP = "news sitemap"
    SITEMAP = "sitemap"
    SECTION = "section"
    SEARCH = "search"
    HOME = "home page"


@dataclass(frozen=True, slots=True)
class Source:
    """A place that announces an outlet's articles.

    The address of a search holds `{words}`, and may hold `{start}` and `{end}`, days as YYYY-MM-DD.
    """

    kind: SourceKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher. `domain` and `aliases` are hosts without "www."; one may carry a port.

    `country` is ISO 3166, `language` BCP 47. `sources` is never empty: where the registry names
    none, the home page is one. `checked` is the month in which the sources were last seen in a
    published list. `scripts` says that its pages show their text only by scripts.
    """

    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    language: str = "en"
    owner: str = ""
    kind: OutletKind = OutletKind.OTHER
    sources: tuple[Source, ...] = ()
    checked: str = ""
    scripts: bool = False

    @property
    def home(self) -> str:
        """The address of the home page."""
        named = (source.url for source in self.sources if source.kind is SourceKind.HOME)
        return next(named, _home_of(self.domain))


def _home_of(domain: str) -> str:
    return f"{'http' if ':' in domain else 'https'}://{domain}/"


def load_outlets(*paths: Path) -> tuple[Outlet, ...]:
    """The outlets of these registry files in order, a later file adding to and overriding earlier.

    Without a path, the bundled registry. An entry whose domain an earlier file has changes only
    the keys that it gives; with `skip = true` it takes that outlet out. Raises RegistryError, which
    names the file and the line and says what to do.
    """
    merged: dict[str, Table] = {}
    for path in paths or (BUNDLED,):
        for entry in map(_checked, tables(path, "outlet")):
            domain = entry.values["domain"]
            earlier = merged.get(domain)
            if earlier is None:
                merged[domain] = entry
            elif earlier.path == path:
                twice = f"is already listed on line {earlier.line}; keep one of the two"
                raise entry.error("domain", f"{domain} {twice}")
            else:
                merged[domain] = replace(entry, values={**earlier.values, **entry.values})
    kept = [entry for entry in merged.values() if not entry.values.get("skip")]
    _check_hosts(kept)
    return tuple(_outlet(entry) for entry in kept)


def outlet_of(url: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """The outlet whose domain or alias is the host of `url` or a parent of it; the longest wins."""
    owners = {host: outlet for outlet in outlets for host in (outlet.domain, *outlet.aliases)}
    netloc = host_of(url)
    for host in (netloc, netloc.partition(":")[0]):
        labels = host.split(".")
        for start in range(len(labels)):
            if (owner := owners.get(".".join(labels[start:]))) is not None:
                return owner
    return None


def registry(files: Iterable[Path], *, only: bool = False) -> tuple[Outlet, ...]:
    """The bundled outlets with those of these files beside them; with `only`, those of the files alone.

    A file overrides what an earlier one, or the bundled registry, says of the same domain. Raises
    RegistryError.
    """
    own = tuple(files)
    return load_outlets(*own) if only or not own else load_outlets(BUNDLED, *own)


def chosen(
    outlets: Iterable[Outlet],
    *,
    countries: Iterable[str] = (),
    kinds: Iterable[str] = (),
    named: Iterable[str] = (),
) -> tuple[Outlet, ...]:
    """The outlets of any of these countries and of any of these kinds, in order; by name or domain.

    What is left empty leaves nothing out. Raises RegistryError for a name, kind or country that no
    outlet has, and where none has them all.
    """
    known = tuple(outlets)
    values: dict[str, tuple[set[str], Callable[[Outlet], set[str]]]] = {
        "country": ({code.upper() for code in countries}, lambda it: {it.country}),
        "kind": ({kind.lower() for kind in kinds}, lambda it: {str(it.kind)}),
        "name": ({name.lower() for name in named}, lambda it: {it.name.lower(), it.domain}),
    }
    kept = known
    for what, (wanted, of) in values.items():
        had = {value for outlet in known for value in of(outlet)}
        if unknown := sorted(wanted - had):
            near = get_close_matches(unknown[0], sorted(had), n=1)
            hint = f"Did you mean {near[0]}?" if near else "`parallax outlets` lists them."
            raise RegistryError(f"No outlet has the {what} {unknown[0]}. {hint}")
        kept = tuple(outlet for outlet in kept if not wanted or wanted & of(outlet))
    if not kept:
        raise RegistryError("No outlet is of all that was asked for. Ask for less at once.")
    return kept


def unlisted_outlet(url: str) -> Outlet:
    """An outlet for a page that no listed one owns, named after its host, without sources."""
    host = host_of(url).removeprefix("www.")
    return Outlet(name=host, domain=host, language="")


_SOURCE_KEYS = {
    "news_sitemaps": SourceKind.NEWS_SITEMAP,
    "feeds": SourceKind.FEED,
    "sitemaps": SourceKind.SITEMAP,
    "sections": SourceKind.SECTION,
    "searches": SourceKind.SEARCH,
    "home": SourceKind.HOME,
}


def _outlet(entry: Table) -> Outlet:
    values = entry.values
    sources = tuple(
        Source(kind, url) for key, kind in _SOURCE_KEYS.items() for url in values.get(key, ())
    )
    return Outlet(
        name=values.get("name", values["domain"]),
        domain=values["domain"],
        aliases=values.get("aliases", ()),
        country=values.get("country", ""),
        language=values.get("language", "en"),
        owner=values.get("owner", ""),
        kind=values.get("kind", OutletKind.OTHER),
        sources=sources or (Source(SourceKind.HOME, _home_of(values["domain"])),),
        checked=values.get("checked", ""),
        scripts=values.get("scripts", False),
    )


def _check_hosts(entries: list[Table]) -> None:
    owners = {entry.values["domain"]: entry for entry in entries}
    for entry in entries:
        for alias in entry.values.get("aliases", ()):
            other = owners.setdefault(alias, entry)
            if other is not entry or alias == entry.values["domain"]:
                place = f"{other.path}, line {other.line}"
                raise entry.error(
                    "aliases",
                    f"alias {alias} already belongs to {other.values['domain']} ({place}); drop one",
                )


def _checked(entry: Table) -> Table:
    values: dict[str, Any] = {}
    for key, value in entry.values.items():
        if key not in _CHECKS:
            near = get_close_matches(key, _CHECKS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use one of: {', '.join(_CHECKS)}"
            raise entry.error(key, f"unknown key {key}; {hint}")
        try:
            values[key] = _CHECKS[key](value)
        except (ValueError, TypeError) as error:
            raise entry.error(key, f"{key} {error}") from error
    if "domain" not in values:
        raise entry.error(None, 'this outlet has no domain; add one, as in domain = "example.org"')
    return replace(entry, values=values)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text between quotation marks, not {value!r}")
    return value.strip()


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"must be true or false, not {value!r}")
    return value


def _shaped(pattern: str, advice: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not re.fullmatch(pattern, text := _text(value)):
            raise ValueError(f"must be {advice}, not {text!r}")
        return text

    return check


def _host(value: object) -> str:
    host = _text(value).lower().removeprefix("www.")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9-]+)*(:\d{1,5})?", host):
        raise ValueError(f"must be a bare host such as example.org, not {value!r}")
    return host


def _url(value: object) -> str:
    url = _text(value)
    if canonical_url(url) is None:
        raise ValueError(f"must be a whole address that begins with https://, not {value!r}")
    return url


def _search(value: object) -> str:
    url = _url(value)
    unknown = set(re.findall(r"\{(.*?)\}", url)) - {"words", "start", "end"}
    if "{words}" not in url or unknown:
        raise ValueError(f"must hold {{words}}, and at most {{start}} and {{end}}, not {url!r}")
    return url


def _kind(value: object) -> OutletKind:
    try:
        return OutletKind(_text(value))
    except ValueError as error:
        raise ValueError(f"must be one of {', '.join(OutletKind)}, not {value!r}") from error


def _each(check: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    def all_of(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise TypeError(f"must be a list in [ ], not {value!r}")
        return tuple(dict.fromkeys(check(item) for item in value))

    return all_of


_CHECKS: Mapping[str, Callable[[object], Any]] = {
    "name": _text,
    "domain": _host,
    "aliases": _each(_host),
    "country": _shaped(r"[A-Z]{2}", "an ISO 3166 code of two capitals such as GB"),
    "language": _shaped(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a BCP 47 code such as en or en-GB"),
    "owner": _text,
    "kind": _kind,
    "home": lambda value: (_url(value),),
    "news_sitemaps": _each(_url),
    "feeds": _each(_url),
    "sitemaps": _each(_url),
    "sections": _each(_url),
    "searches": _each(_search),
    "checked": _shaped(r"20\d\d-(0[1-9]|1[0-2])", "a month such as 2026-11"),
    "scripts": _flag,
    "skip": _flag,
}
