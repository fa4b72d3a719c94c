"""The index of many events: a page that leads to each one's report, and what the tables hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.datamodel import Comparison
from templates.html.strings import english
from templates.press import STATIC, environment
from templates.tables import Column, Table


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the index; `href` leads to its report."""

    title: str
    href: str
    outlets: int
    articles: int
    details: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Download:
    """A table to download: its files by their ending, how many rows, and its columns."""

    name: str
    files: Mapping[str, str]
    rows: int
    columns: Mapping[str, Column]


def event_line(name: str, href: str, comparison: Comparison) -> EventLine:
    """What the index says of one event."""
    main = [d for d in comparison.details if d.part_of is None]
    title = comparison.run.settings.get("title") or comparison.event.about or name
    return EventLine(
        title=str(title),
        href=href,
        outlets=len(comparison.outlets),
        articles=len(comparison.articles),
        details=len(main),
        conflicts=sum(c.weight.value == "hard" for d in main for c in d.conflicts),
    )


def download(table: Table, files: Mapping[str, str]) -> Download:
    """What the index says of one table."""
    return Download(table.name, files, len(table.rows), table.columns)


def index_files(events: Sequence[EventLine], tables: Sequence[Download]) -> dict[str, bytes]:
    """The index and its stylesheet, by their paths in its folder."""
    page = environment().get_template("pages/events.html")
    return {
        "assets/report.css": (STATIC / "report.css").read_bytes(),
        "index.html": page.render(say=english(), events=events, tables=tables).encode(),
    }
