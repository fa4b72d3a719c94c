"""The index of many events: a page with those first whose coverage differs most, and tables over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from compare.codec import write_atomic
from templates.facts.summary import Summary, by_difference
from templates.html.strings import english
from templates.press import environment, stylesheet
from templates.tables import Column, Table, Tables


@dataclass(frozen=True, slots=True)
class Download:
    """A table to download: the endings of its files, how many rows, and its columns."""

    name: str
    endings: tuple[str, ...]
    rows: int
    columns: Mapping[str, Column]


class IndexLinks:
    """Where everything is from the index on; `reports` are the first pages of the events' reports, by event."""

    def __init__(self, reports: Mapping[str, str]) -> None:
        """Keep where the reports are."""
        self.reports = reports

    def style(self) -> str:
        """The stylesheet."""
        return "assets/report.css"

    def table(self, name: str, ending: str) -> str:
        """A table's file."""
        return f"tables/{name}.{ending}"

    def report(self, event: str) -> str:
        """The first page of an event's report."""
        return self.reports[event]


def write_index(
    out: Path, events: Iterable[Summary], tables: Tables, reports: Mapping[str, str]
) -> Path:
    """Writes OUT/tables, the stylesheet and, last, OUT/index.html; returns where that is.

    `reports` are relative links to the events' reports; an event without one is named without a link.
    """
    files = [_written(table, out) for table in tables.all()]
    to = IndexLinks(reports)
    page = environment().get_template("pages/events.html")
    write_atomic(out / to.style(), stylesheet("report.css").encode())
    index = out / "index.html"
    told: Sequence[Summary] = by_difference(list(events))
    write_atomic(index, page.render(say=english(), events=told, tables=files, to=to).encode())
    return index


def _written(table: Table, out: Path) -> Download:
    made = {"csv": table.csv()}
    if find_spec("pyarrow") is not None:
        made["parquet"] = table.parquet()
    for ending, data in made.items():
        write_atomic(out / "tables" / f"{table.name}.{ending}", data)
    return Download(table.name, tuple(made), len(table.rows), table.columns)
