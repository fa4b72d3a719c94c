"""Many events at a glance: a page and a table, those first whose coverage differs most."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import quote

from compare.datamodel import Comparison, Detail, Status
from compare.kinds import Importance
from templates.exports import inert
from templates.facts.index import Facts
from templates.html.strings import english
from templates.press import STATIC, environment

_DIFFERENT = frozenset({Status.LEFT_OUT, Status.EDITORIALIZED, Status.CONFLICTING})
_DECIDED = _DIFFERENT | {Status.INCLUDED}
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

# The columns of events.csv, with what they hold.
EVENT_COLUMNS = {
    "event": "the event's id, and the name of its folder",
    "headline": "what the event is called: its most central headline",
    "first": "when the first article was published",
    "last": "when the last one was",
    "outlets": "how many outlets reported",
    "articles": "how many articles were compared",
    "shared": "details that two outlets or more state and that are not background",
    "conflicts": "details in which two outlets contradict each other",
    "left_out": "cells of shared details that say left out",
    "editorialized": "cells of shared details that say editorialized",
    "differing": "the share of decided cells of shared details that are left out, editorialized or conflicting, 0 to 1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event among many; the fields are `EVENT_COLUMNS`."""

    event: str
    headline: str
    first: str
    last: str
    outlets: int
    articles: int
    shared: int
    conflicts: int
    left_out: int
    editorialized: int
    differing: float


def event_line(event: str, comparison: Comparison) -> EventLine:
    """What a comparison amounts to, in a line."""
    shared = [d for d in comparison.details if _is_shared(d)]
    cells = [cell.status for d in shared for cell in d.cells]
    decided = sum(status in _DECIDED for status in cells)
    times = sorted(a.published for a in comparison.articles if a.published)
    return EventLine(
        event=event,
        headline=Facts(comparison, english()).about,
        first=times[0] if times else "",
        last=times[-1] if times else "",
        outlets=len(comparison.outlets),
        articles=len(comparison.articles),
        shared=len(shared),
        conflicts=sum(bool(d.conflicts) for d in shared),
        left_out=cells.count(Status.LEFT_OUT),
        editorialized=cells.count(Status.EDITORIALIZED),
        differing=round(sum(s in _DIFFERENT for s in cells) / decided, 4) if decided else 0.0,
    )


def _is_shared(detail: Detail) -> bool:
    outlets = {m.outlet for m in detail.mentions}
    return (
        len(outlets) > 1
        and detail.part_of is None
        and detail.importance is not Importance.BACKGROUND
    )


def in_order(lines: Sequence[EventLine]) -> list[EventLine]:
    """The events whose coverage differs most first."""
    return sorted(lines, key=lambda line: (-line.differing, line.event))


def events_csv(lines: Sequence[EventLine]) -> bytes:
    """One line an event: RFC 4180, UTF-8 with a byte order mark."""
    file = io.StringIO(newline="")
    file.write(_MARK)
    writer = csv.writer(file)
    writer.writerow(EVENT_COLUMNS)
    for line in lines:
        row = asdict(line)
        writer.writerow(
            inert(v) if isinstance(v := row[name], str) else v for name in EVENT_COLUMNS
        )
    return file.getvalue().encode()


def days_page(lines: Sequence[EventLine], *, reports: bool) -> str:
    """The page of all events; with links to their reports, where there are some."""
    page = environment().get_template("pages/days.html")
    hrefs = {line.event: f"events/{quote(line.event)}/report/index.html" for line in lines}
    return page.render(
        hrefs={**hrefs, "table": "events.csv"},
        lines=lines,
        reports=reports,
        say=english(),
        style=(STATIC / "report.css").read_text("utf-8"),
    )
