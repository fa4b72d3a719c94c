"""A user's own ratings of outlets, which a report shows as theirs: Parallax has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What tables call the rating of an outlet that has none.
UNRATED = "(not rated)"


@dataclass(frozen=True, slots=True)
class Rated:
    """Ratings of a comparison's outlets: what their user calls them, and the rating of each outlet.

    An outlet that is missing is not rated.
    """

    column: str
    values: Mapping[str, str]

    def of(self, outlet: str) -> str:
        """The rating of an outlet, UNRATED where it has none."""
        return self.values.get(outlet, UNRATED)

    def order(self, rating: str) -> tuple[bool, str]:
        """A sort key for ratings: by name, what is not rated last."""
        return rating == UNRATED, rating
