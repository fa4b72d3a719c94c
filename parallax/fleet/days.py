"""Days of news from a store to comparisons: which events there are, which are new, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
import numpy as np

from compare.codec import article_line, decode_comparison, write_atomic
from compare.datamodel import Article
from compare.errors import ComparisonFileError
from compare.progress import Progress
from parallax.corrections import overlaid
from parallax.fleet.fleet import Done, Fleet, Here
from parallax.fleet.work import (
    ArticlesUnit,
    EventUnit,
    compare_unit,
    encode_articles,
    encoder_of_worker,
)

if TYPE_CHECKING:
    from compare.embedding.encoder import Vector

Lost = Done[EventUnit, bytes]
# Articles that are encoded as one unit of work.
AT_ONCE = 256

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
    articles: Sequence[Article], version: str, fleet: Fleet, progress: Progress
) -> tuple[list[EventUnit], int]:
    """The events of three outlets or more as units of work, by id, and how many events there are in all."""
    from compare.embedding.index import FaissIndex
    from compare.gate.decide import load as load_gate
    from compare.grouping.corpus import corpus_of_encoded
    from compare.grouping.group import group_corpus

    ordered = sorted(articles, key=lambda a: a.id)
    passages = _encoded(ordered, fleet, progress)
    corpus = corpus_of_encoded(ordered, passages, load_gate().common)
    found = group_corpus(corpus, index=FaissIndex())
    by_id = {a.id: a for a in articles}
    units = []
    for event in found:
        members = [by_id[name] for name in event.articles]
        if len({a.outlet for a in members}) >= FEWEST_OUTLETS:
            lines = tuple(article_line(a) for a in members)
            whole = sha256(f"{version} {encoder_of_worker().name}\n".encode() + b"".join(lines))
            units.append(EventUnit(event.event, whole.hexdigest()[:20], lines))
    return units, len(found)


def _encoded(articles: Sequence[Article], fleet: Fleet, progress: Progress) -> list[Vector]:
    """The vectors of each article's passages. What a fleet loses in the end is encoded here."""
    # The same articles are encoded together whoever does it: what is beside a text may change its
    # last digit.
    starts = range(0, len(articles), AT_ONCE)
    units = (
        ArticlesUnit(at, tuple(map(article_line, articles[at : at + AT_ONCE]))) for at in starts
    )
    found: dict[int, list[Vector]] = {}
    # A worker loads an encoder for it, as this process does anyway.
    workers = fleet if len(starts) > 1 else Here()
    progress("encoding articles", 0, len(articles))
    for done in workers.run(encode_articles, units):
        vectors = done.result if done.result is not None else encode_articles(done.unit)
        # Half of the bytes, and nothing is lost: an encoder rounds.
        found[done.unit.first] = [v.astype(np.float16) for v in vectors]
        progress("encoding articles", sum(map(len, found.values())), len(articles))
    return [vector for at in starts for vector in found[at]]


def compared(
    units: Sequence[EventUnit],
    out: Path,
    fleet: Fleet,
    *,
    numbers: Numbers,
    keep: Callable[[EventUnit, bytes], object],
    told: Callable[[Numbers], None],
) -> tuple[Numbers, list[Lost]]:
    """Compares the events that were not compared before, and writes each as it is done.

    OUT/events/<event>/comparison.json is written whole or not at all, so that a batch that broke off
    goes on with what is missing. What is there is kept as well: the store may be another one than before.
    Returns the numbers, and the units that were lost.
    """
    new = []
    for unit in units:
        if (known := _there(unit, out)) is None:
            new.append(unit)
        else:
            keep(unit, known)
    numbers = replace(numbers, known=len(units) - len(new))
    lost: list[Lost] = []
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


def path_of(unit: EventUnit, out: Path) -> Path:
    """Where an event's comparison is."""
    return out / "events" / unit.event / "comparison.json"


def write_site(units: Sequence[EventUnit], out: Path, numbers: Numbers, *, reports: bool) -> Path:
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


def _there(unit: EventUnit, out: Path) -> bytes | None:
    """The comparison of just these articles, where it was written before."""
    path = path_of(unit, out)
    if not path.exists():
        return None
    made = path.read_bytes()
    try:
        known = decode_comparison(made, name=str(path))
    except ComparisonFileError:
        return None
    return made if known.run.settings.get("inputs") == unit.inputs else None
