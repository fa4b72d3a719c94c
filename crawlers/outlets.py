"""The registry of outlets: who they are and where their articles are announced.

`outlets.toml` beside this file is data only; a user's own file has the same form and adds outlets
or overrides keys of the ones there. docs/add-an-outlet.md describes the form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from compare.errors import RegistryError

BUNDLED = Path(__file__).with_name("outlets.toml")


class OutletKind(StrEnum):
    """What an outlet is, as it or a public reference plainly says; never how good it is."""

    WIRE = "wire"
    BROADSHEET = "broadsheet"
    TABLOID = "tabloid"
    BROADCASTER = "broadcaster"
    PUBLIC_BROADCASTER = "public broadcaster"
    STATE_MEDIA = "state media"
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
    published list.
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

    @property
    def home(self) -> str:
        """The address of the home page."""
        named = (source.url for source in self.sources if source.kind is SourceKind.HOME)
        return next(named, _home_of(self.domain))


def _home_of(domain: str) -> str:
    return f"{'http' if ':' in domain else 'https'}://{domain}/"
