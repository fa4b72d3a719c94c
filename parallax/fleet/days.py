"""Days of news from a store to comparisons: which events there are, which are new, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import msgspec

from compare.codec import article_line, decode_comparison, write_atomic
from compare.datamodel import Article
from compare.errors import ComparisonFileError
from parallax.corrected import overlaid
from parallax.fleet.fleet import Done, Fleet, Unit
from parallax.fleet.work import compare_unit, encoder_of_worker

# An event of fewer outlets shows no difference in coverage.
FEWEST_OUTLETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How far a batch is: what there is, what was there before, what is done, and what was lost."""

    articles: int
    events: int
    compared_events: int
    known: int = 0
    done: int = 0
    lost: int = 0


def units_of(
    articles: Sequence[Article], version: str, progress: Callable[[str, int, int], None]
) -> tuple[list[Unit], int]:
    """The events of three outlets or more as units of work, by id, and how many events there are in all."""
    from compare.embedding.index import FaissIndex
    from compare.grouping.group import group_articles

    found = group_articles(
        articles, encoder=encoder_of_worker(), index=FaissIndex(), progress=progress
    )
    by_id = {a.id: a for a in articles}
    units = []
    for event in found:
        members = [by_id[name] for name in event.articles]
        if len({a.outlet for a in members}) >= FEWEST_OUTLETS:
            lines = tuple(article_line(a) for a in members)
            whole = sha256(f"{version} {encoder_of_worker().name}\n".encode() + b"".join(lines))
            units.append(Unit(event.event, whole.hexdigest()[:20], lines))
    return units, len(found)


def compared(
    units: Sequence[Unit],
    out: Path,
    fleet: Fleet,
    *,
    numbers: Numbers,
    keep: Callable[[Unit, bytes], object],
    told: Callable[[Numbers], None],
) -> tuple[Numbers, list[Done]]:
    """Compares the events that were not compared before, and writes each as it is done.

    OUT/events/<event>/comparison.json is written whole or not at all, so that a batch that broke off
    goes on with what is missing. Returns the numbers, and the units that were lost.
    """
    new = [unit for unit in units if not _is_there(unit, out)]
    numbers = replace(numbers, known=len(units) - len(new))
    lost = []
    told(numbers)
    for done in fleet.run(compare_unit, new):
        if done.result is None:
            lost.append(done)
            numbers = replace(numbers, lost=numbers.lost + 1)
        else:
            keep(done.unit, done.result)
            write_atomic(path_of(done.unit, out), done.result)
            numbers = replace(numbers, done=numbers.done + 1)
        told(numbers)
    return numbers, sorted(lost, key=lambda d: d.unit.event)


def path_of(unit: Unit, out: Path) -> Path:
    """Where an event's comparison is."""
    return out / "events" / unit.event / "comparison.json"


def write_site(units: Sequence[Unit], out: Path, numbers: Numbers, *, reports: bool) -> Path:
    """Tables over the events that were compared, an index of them, their reports if asked for, and batch.json.

    People's corrections beside a comparison are laid over it.
    """
    from templates.events_index import write_index
    from templates.render import write_report
    from templates.tables import Tables

    tables, told, links = Tables(), [], {}
    for unit in units:
        path = path_of(unit, out)
        if not path.exists():
            continue
        comparison = overlaid(decode_comparison(path.read_bytes(), name=str(path)), path)
        told.append(tables.add(unit.event, comparison))
        if reports:
            write_report(comparison, path.parent / "report")
            links[unit.event] = f"events/{quote(unit.event, safe='')}/report/index.html"
    write_numbers(numbers, out)
    return write_index(out, told, tables, links)


def write_numbers(numbers: Numbers, out: Path) -> None:
    """OUT/batch.json: how far it is, for a dashboard."""
    write_atomic(out / "batch.json", msgspec.json.encode(asdict(numbers)) + b"\n")


def _is_there(unit: Unit, out: Path) -> bool:
    path = path_of(unit, out)
    try:
        known = decode_comparison(path.read_bytes(), name=str(path)) if path.exists() else None
    except ComparisonFileError:
        return False
    return known is not None and known.run.settings.get("inputs") == unit.inputs
