"""In which order things were published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from compare.times import Moment

_LATE = Moment(datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def by_time(when: Moment | None) -> Moment:
    """A sort key that puts unknown times last."""
    return when or _LATE


def ranks(times: Mapping[str, Moment | None]) -> dict[str, int]:
    """The places of those whose times are known among them, from the earliest on."""
    order = {when: place for place, when in enumerate(sorted(filter(None, times.values())))}
    return {name: order[when] for name, when in times.items() if when}
