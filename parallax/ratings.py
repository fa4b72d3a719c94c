"""A user's own ratings of outlets, read from a CSV. Parallax has none."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from parallax.console import say

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from templates.facts.rated import Rated


_NAMED = 5  # outlets that a message lists


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a user's CSV says of outlets: the name of its column, and values by name or domain."""

    column: str
    values: Mapping[str, str]

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
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}. Give a CSV in UTF-8.") from error
    if not rows or len(rows[0]) != 2 or rows[0][0].strip().casefold() != "outlet":
        raise InputError(
            f"{path} line 1: the columns must be outlet (a name or domain) and a rating of your "
            "own, as in outlet,lean."
        )
    values: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise InputError(f"{path} line {number}: a row is an outlet and its rating, no more.")
        outlet = row[0].strip().casefold().removeprefix("www.")
        if values.setdefault(outlet, row[1].strip()) != row[1].strip():
            raise InputError(f"{path} line {number}: {row[0]} is rated twice; keep one of the two.")
    return Ratings(rows[0][1].strip() or "rating", values)


def rated(comparison: Comparison, ratings: Ratings) -> Rated:
    """The ratings of a comparison's outlets, by name or by a host that they publish on."""
    from crawlers.urls import host_of
    from templates.facts.rated import Rated

    hosts: dict[str, set[str]] = {outlet: set() for outlet in comparison.outlets}
    for article in comparison.articles:
        hosts.setdefault(article.outlet, set()).add(host_of(article.url or ""))
    found = {outlet: ratings.of(outlet, frozenset(own)) for outlet, own in hosts.items()}
    if unknown := ratings.unused(hosts):
        names = ", ".join(unknown[:_NAMED]) + (" ..." if len(unknown) > _NAMED else "")
        there = ", ".join(sorted(hosts))
        say(
            f"parallax: the ratings of {len(unknown)} of {len(ratings.values)} outlets are not used, since the "
            f"comparison has none that is called so: {names}. It has {there}."
        )
    return Rated(ratings.column, {o: value for o, value in found.items() if value is not None})
