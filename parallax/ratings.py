"""A user's own ratings of outlets, read from a CSV. Parallax has none."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.row_files import csv_columns, rows_of
from parallax.console import say

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from templates.facts.rated import Rated


_NAMED = 5  # outlets that a message lists


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a user's CSV says of outlets: the name of its column, and values by name or domain in small letters.

    `written` has these as the user writes them.
    """

    column: str
    values: Mapping[str, str]
    written: Mapping[str, str] = field(default_factory=dict)

    def of(self, outlet: str, hosts: frozenset[str] = frozenset()) -> str | None:
        """The value of an outlet, by its name or a host that it publishes on."""
        if (value := self.values.get(outlet.casefold())) is not None:
            return value
        for host in sorted(hosts):
            labels = host.split(".")
            for start in range(len(labels) - 1):
                if (value := self.values.get(".".join(labels[start:]))) is not None:
                    return value
        return None

    def unused(self, outlets: Mapping[str, AbstractSet[str]]) -> list[str]:
        """The names and domains that rate no outlet of these, given with their hosts."""
        there = {name.casefold() for name in outlets}
        for host in (host for hosts in outlets.values() for host in hosts):
            labels = host.split(".")
            there.update(".".join(labels[start:]) for start in range(len(labels) - 1))
        return [name for name in self.values if name not in there]


def read_ratings(path: Path) -> Ratings:
    """The ratings in a CSV whose columns are "outlet" (name or domain) and one of the user's own.

    Raises InputError, which names the line, for a file that is anything else.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}. Give a CSV.") from error
    columns = csv_columns(data)
    if len(columns) != 2 or columns[0].casefold() != "outlet":
        raise InputError(
            f"{path} line 1: the columns must be outlet (a name or domain) and a rating of your "
            f"own, as in outlet,lean; they are {', '.join(columns) or 'none'}."
        )
    values: dict[str, str] = {}
    written: dict[str, str] = {}
    for row in rows_of(data):
        if row.problem or len(row.values) != 2:
            raise InputError(f"{path} line {row.line}: a row is an outlet and its rating, no more.")
        name, rating = (str(row.values[column]).strip() for column in columns)
        outlet = name.casefold().removeprefix("www.")
        if values.setdefault(outlet, rating) != rating:
            raise InputError(f"{path} line {row.line}: {name} is rated twice; keep one of the two.")
        written.setdefault(outlet, name)
    return Ratings(columns[1] or "rating", values, written)


def rated(comparison: Comparison, ratings: Ratings) -> Rated:
    """The ratings of a comparison's outlets, by name or by a host that they publish on."""
    from crawlers.urls import host_of
    from templates.facts.rated import Rated

    hosts: dict[str, set[str]] = {outlet: set() for outlet in comparison.outlets}
    for article in comparison.articles:
        hosts.setdefault(article.outlet, set()).add(host_of(article.url or ""))
    found = {outlet: ratings.of(outlet, frozenset(own)) for outlet, own in hosts.items()}
    if unknown := ratings.unused(hosts):
        names = ", ".join(ratings.written.get(name, name) for name in unknown[:_NAMED]) + (
            " ..." if len(unknown) > _NAMED else ""
        )
        there = ", ".join(sorted(hosts))
        say(
            f"parallax: the ratings of {len(unknown)} of {len(ratings.values)} outlets are not used, since the "
            f"comparison has none that is called so: {names}. It has {there}."
        )
    return Rated(ratings.column, {o: value for o, value in found.items() if value is not None})
