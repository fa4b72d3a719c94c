"""A user's own ratings of outlets: read from a CSV, and details counted by them. Parallax has none."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.datamodel import Status
from compare.errors import InputError

if TYPE_CHECKING:
    from compare.datamodel import Comparison, Detail

UNRATED = "(not rated)"
_TOLD = {Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING}
_COUNTED = ("tell it", "left it out", "cannot tell")


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a user's CSV says of outlets: the name of its column, and values by name or domain."""

    column: str
    values: Mapping[str, str]

    def of(self, outlet: str, hosts: frozenset[str] = frozenset()) -> str:
        """The value of an outlet, by its name or a host that it publishes on; UNRATED if none."""
        if (value := self.values.get(outlet.casefold())) is not None:
            return value
        for host in sorted(hosts):
            labels = host.split(".")
            for start in range(len(labels) - 1):
                if (value := self.values.get(".".join(labels[start:]))) is not None:
                    return value
        return UNRATED


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


def by_rating_csv(comparison: Comparison, ratings: Ratings) -> bytes:
    """One line a detail; for every rating how many of its outlets tell it, leave it out, cannot tell.

    What was published before a detail was known counts for none of the three.
    """
    from templates.exports import inert

    rated = _rated(comparison, ratings)
    groups = sorted(set(rated.values()), key=lambda value: (value == UNRATED, value))
    sizes = Counter(rated.values())
    head = [
        inert(f"{ratings.column} {group} ({sizes[group]}): {what}")
        for group in groups
        for what in _COUNTED
    ]
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(["detail", "text", *head])
    for detail in comparison.details:
        counts = _counts(detail, rated)
        numbers = [counts[group, what] for group in groups for what in _COUNTED]
        table.writerow([detail.id, inert(detail.text), *numbers])
    return out.getvalue().encode("utf-8-sig")


def _rated(comparison: Comparison, ratings: Ratings) -> dict[str, str]:
    from crawlers.urls import host_of

    hosts: dict[str, set[str]] = {}
    for article in comparison.articles:
        hosts.setdefault(article.outlet, set()).add(host_of(article.url or ""))
    return {
        outlet: ratings.of(outlet, frozenset(hosts.get(outlet, ())))
        for outlet in comparison.outlets
    }


def _counts(detail: Detail, rated: Mapping[str, str]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for cell in detail.cells:
        told = "tell it" if cell.status in _TOLD else ""
        what = told or {
            Status.LEFT_OUT: "left it out",
            Status.CANNOT_TELL: "cannot tell",
        }.get(cell.status, "")
        if what:
            counts[rated[cell.outlet], what] += 1
    return counts
