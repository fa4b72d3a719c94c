"""The index of many events: a page that leads to each one's report, and what the tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from compare.datamodel import Comparison
from templates.html.strings import english
from templates.press import STATIC, environment
from templates.tables import Column, Table


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the index; `name` is the folder of its report."""

    name: str
    title: str
    outlets: int
    articles: int
    details: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Download:
    """A table to download: the endings of its files, how many rows, and its columns."""

    name: str
    endings: tuple[str, ...]
    rows: int
    columns: Mapping[str, Column]


class IndexLinks:
    """Where everything is from the index on."""

    def style(self) -> str:
        """The stylesheet."""
        return "assets/report.css"

    def event(self, name: str) -> str:
        """The first page of an event's report."""
        return f"events/{quote(name, safe='')}/index.html"

    def table(self, name: str, ending: str) -> str:
        """A table's file."""
        return f"tables/{name}.{ending}"


def event_line(name: str, comparison: Comparison) -> EventLine:
    """What the index says of one event."""
    main = [d for d in comparison.details if d.part_of is None]
    title = comparison.run.settings.get("title") or comparison.event.about or name
    return EventLine(
        name=name,
        title=str(title),
        outlets=len(comparison.outlets),
        articles=len(comparison.articles),
        details=len(main),
        conflicts=sum(c.weight.value == "hard" for d in main for c in d.conflicts),
    )


def download(table: Table, endings: Iterable[str]) -> Download:
    """What the index says of one table."""
    return Download(table.name, tuple(endings), len(table.rows), table.columns)


def index_files(events: Sequence[EventLine], tables: Sequence[Download]) -> dict[str, bytes]:
    """The index and its stylesheet, by their paths in its folder."""
    page = environment().get_template("pages/events.html")
    to = IndexLinks()
    return {
        to.style(): (STATIC / "report.css").read_bytes(),
        "index.html": page.render(say=english(), events=events, tables=tables, to=to).encode(),
    }
