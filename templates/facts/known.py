"""What a registry says of outlets: owner, country and kind, with the month in which that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """An outlet as a registry has it; "" for what it does not say."""

    owner: str = ""
    country: str = ""
    kind: str = ""
    checked: str = ""


NOTHING = Known()
# What outlets are filtered and grouped by.
ATTRIBUTES = ("country", "owner", "kind")


def values_of(
    outlets: tuple[str, ...], known: Mapping[str, Known], attribute: str
) -> dict[str, list[int]]:
    """The numbers of the outlets by a value that they share; empty where nothing is known of any."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(outlets):
        found.setdefault(str(getattr(known.get(name, NOTHING), attribute)), []).append(number)
    return (
        {value: found[value] for value in sorted(found, key=lambda v: (not v, v))}
        if any(found)
        else {}
    )
