"""Work for a fleet that takes a moment: importable by the workers of a cluster."""

from __future__ import annotations

import time

from parallax.fleet.work import EventUnit


def reversed_slowly(unit: EventUnit) -> bytes:
    """The first article backwards, after a third of a second; IndexError where there is none."""
    time.sleep(0.3)
    return unit.articles[0][::-1]
