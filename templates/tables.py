"""Long tables over many events: articles, cells, conflicts, loaded words, sources, and rates of outlets.

Pure functions over comparisons, for whoever has many of them, in files or in a store:

    tables = Tables()
    for name, comparison in named_comparisons:   # one at a time: nothing of it is kept but its rows
        tables.add(name, comparison)
    for table in tables.all():
        write(table.csv())                       # or table.parquet(), with the extra [tables]

Every table has the same columns whatever the events, and a column `event`. A row of `cells` is one outlet
and one detail; a row that a person corrected says by whom.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Literal

from compare.datamodel import Article, Comparison, Detail, Mention, Status
from compare.errors import UsageError
from compare.intervals import estimate
from compare.spreadsheet import csv_bytes
from templates.facts.summary import Summary, summary

Kind = Literal["text", "whole", "number", "yes or no"]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, and what it holds. "text" may be empty, a "number" missing."""

    kind: Kind
    holds: str


_EVENT = {"event": Column("text", "the event's name: that of the folder its comparison is in")}
_DETAIL = _EVENT | {"detail": Column("text", "the detail's id")}
_RECORD = "the archived record that the article was read from (WARC-Record-ID)"
_WORDS = {
    "article": Column("text", "the article's id"),
    "record": Column("text", f"{_RECORD}; empty where none is known"),
    "field": Column("text", "title or text"),
    "start": Column("whole", "where the sentence begins in it, in characters from 0"),
    "end": Column("whole", "where it ends; the character there is the first that is not in it"),
}
COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "events": _EVENT
    | {
        "about": Column("text", "what the event is called"),
        "first": Column("text", "when the first article was published"),
        "last": Column("text", "when the last one was"),
        "outlets": Column("whole", "outlets that were looked at"),
        "articles": Column("whole", "articles that were compared"),
        "details": Column("whole", "details that are no part of another"),
        "conflicts": Column("whole", "hard conflicts in them"),
        "shared": Column(
            "whole", "those that two outlets or more state and that are not background"
        ),
        "left_out": Column("whole", "cells of shared details that say left out"),
        "editorialized": Column("whole", "cells of shared details that say editorialized"),
        "differing": Column(
            "number",
            "the share of decided cells of shared details that are left out, editorialized or conflicting, 0 to 1",
        ),
        "started": Column("text", "when the run began"),
        "parallax": Column("text", "the version of the program"),
        "model": Column("text", "the encoder"),
    },
    "articles": _EVENT
    | {
        "article": Column("text", "the article's id, the same as in the other tables of its event"),
        "record": Column("text", f"{_RECORD}, by which it is cited; empty where none is known"),
        "sha256": Column("text", "the hash of its title and text, as `parallax verify` has it"),
        "outlet": Column("text", "whose article it is"),
        "title": Column("text", "its title"),
        "url": Column("text", "its address; empty where none is known"),
        "archived": Column("text", "the address of an archived copy; empty for most"),
        "published": Column("text", "when it was published; empty where that is not known"),
        "modified": Column("text", "when it was last changed, as the page says; empty for most"),
        "fetched": Column("text", "when it was read"),
        "language": Column("text", "the code of its language; empty where it is not known"),
        "completeness": Column("text", "how much of the page was read"),
    },
    "cells": _DETAIL
    | {
        "part_of": Column(
            "text", "the id of the larger detail that this is part of; empty for most"
        ),
        "text": Column("text", "the detail in its plainest mention"),
        "outlet": Column("text", "whose cell it is"),
        "status": Column("text", "what the outlet did with it"),
        "confidence": Column("number", "how sure that is, 0 to 1"),
        "importance": Column("text", "core, supporting or background"),
        "stated_by": Column("whole", "how many outlets state the detail"),
        "origins": Column("whole", "in how many texts of their own they do"),
        "carried": Column("yes or no", "whether all its words on it are somebody else's"),
        "corrected_by": Column("text", "the person whose verdict it is; empty for the program's"),
    },
    "conflicts": _DETAIL
    | {
        "kind": Column("text", "which value differs: number, date, name ..."),
        "weight": Column("text", "hard or soft"),
        "outlet_a": Column("text", "who gives the one value"),
        "value_a": Column("text", "the one value"),
        "outlet_b": Column("text", "who gives the other"),
        "value_b": Column("text", "the other value"),
        "sentence": Column("text", "the conflict in a sentence"),
    },
    "loaded_words": _DETAIL
    | {
        "outlet": Column("text", "whose words they are"),
        **_WORDS,
        "words": Column("text", "the loaded words"),
        "kind": Column("text", "what kind of word gives the voice away"),
        "slant": Column("text", "strong or mild: that of the sentence"),
    },
    "sources": _DETAIL
    | {
        "outlet": Column("text", "whose statement it is"),
        **_WORDS,
        "voice": Column("text", "own voice, named source, unnamed source, another outlet, reports"),
        "source": Column("text", "the source as written"),
        "verb": Column("text", "the verb as written"),
        "hedged": Column("yes or no", "whether it is said with reserve"),
    },
    "rates": {
        "outlet": Column("text", "the outlet"),
        "status": Column("text", "the status"),
        "events": Column("whole", "events in which the outlet has judged cells"),
        "cells": Column("whole", "its cells of details that are no part of another"),
        "rate": Column("number", "the share of them with the status, 0 to 1"),
        "low": Column("number", "the lower end of the 95 % interval (bootstrap over events)"),
        "high": Column("number", "the upper end; both are missing for a single event"),
    },
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns by name, its rows in the columns' order."""

    name: str
    columns: Mapping[str, Column]
    rows: Sequence[Row]

    def csv(self) -> bytes:
        """As CSV (RFC 4180), with a byte order mark; nothing in it is run by a spreadsheet."""
        return csv_bytes(self.columns, ([_in_csv(v) for v in row] for row in self.rows))

    def parquet(self) -> bytes:
        """As Parquet, typed: string, int64, double, bool. Raises UsageError without the extra [tables]."""
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise UsageError(
                "Parquet needs pyarrow. Install it: pip install 'parallax-news[tables]'."
            ) from error
        types = {
            "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes or no": pa.bool_(),
        }  # fmt: skip
        schema = pa.schema([(name, types[c.kind]) for name, c in self.columns.items()])
        values = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        arrays = [pa.array(v, type=f.type) for v, f in zip(values, schema, strict=True)]
        file = io.BytesIO()
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file)
        return file.getvalue()


def _in_csv(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


@dataclass
class Tables:
    """Rows of as many events as are added; two events of one name are two, the second is numbered."""

    _rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    _counts: dict[str, list[Counter[Status]]] = field(default_factory=lambda: defaultdict(list))
    _names: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, comparison: Comparison) -> Summary:
        """Takes an event in, and sums it up."""
        self._names[name] += 1
        event = name if self._names[name] == 1 else f"{name} ({self._names[name]})"
        articles = {a.id: a for a in comparison.articles}
        told = summary(event, comparison)
        run = comparison.run
        self._rows["events"].append((*astuple(told), run.started or "", run.parallax, run.model))
        of_outlet: dict[str, Counter[Status]] = defaultdict(Counter)
        self._rows["articles"] += [_article(event, a) for a in comparison.articles]
        for detail in comparison.details:
            self._rows["cells"] += _cells(event, detail)
            self._rows["conflicts"] += _conflicts(event, detail)
            self._rows["loaded_words"] += _loaded(event, detail, articles)
            self._rows["sources"] += _sources(event, detail, articles)
            if detail.part_of is None:
                for cell in detail.cells:
                    of_outlet[cell.outlet][cell.status] += 1
        for outlet, counts in of_outlet.items():
            self._counts[outlet].append(counts)
        return told

    def all(self) -> Iterator[Table]:
        """Every table, in the order of `COLUMNS`; rows in the order of the events."""
        for name, columns in COLUMNS.items():
            rows = list(self._rates()) if name == "rates" else self._rows[name]
            yield Table(name, columns, rows)

    def _rates(self) -> Iterator[Row]:
        for outlet, events in sorted(self._counts.items()):
            for status in Status:
                cases = Counter((counts[status], counts.total()) for counts in events)
                found = estimate(cases, _rate)
                cells = sum(counts.total() for counts in events)
                yield outlet, status.value, len(events), cells, found.value, found.low, found.high


def _rate(cases: Mapping[tuple[int, int], int]) -> float | None:
    """The share of all cells that have a status; a case is an event: how many have it, of how many."""
    total = sum(of * times for (_, of), times in cases.items())
    return sum(have * times for (have, _), times in cases.items()) / total if total else None


def _article(event: str, a: Article) -> Row:
    return (
        event, a.id, a.record or "", a.sha256, a.outlet, a.title, a.url or "", a.archived or "",
        a.published or "", a.modified or "", a.fetched_at or "", a.language or "", a.completeness.value,
    )  # fmt: skip


def _cells(event: str, detail: Detail) -> Iterator[Row]:
    stated_by = len({m.outlet for m in detail.mentions})
    for cell in detail.cells:
        own = detail.evidence_of(cell)
        yield (
            event, detail.id, detail.part_of or "", detail.text, cell.outlet, cell.status.value,
            cell.confidence, detail.importance.value, stated_by, detail.origins,
            bool(own) and all(m.carried_from for m in own), cell.corrected_by or "",
        )  # fmt: skip


def _conflicts(event: str, detail: Detail) -> Iterator[Row]:
    for c in detail.conflicts:
        a, b = detail.mentions[c.a].outlet, detail.mentions[c.b].outlet
        yield event, detail.id, c.kind.value, c.weight.value, a, c.a_value, b, c.b_value, c.sentence


def _sentence(m: Mention, articles: Mapping[str, Article]) -> Row:
    span, article = m.sentence or m, articles.get(m.article)
    record = (article.record if article else None) or ""
    return m.article, record, m.field, span.start, span.end


def _loaded(event: str, detail: Detail, articles: Mapping[str, Article]) -> Iterable[Row]:
    for m in detail.mentions:
        text = articles[m.article].read(m.field) if m.cues and m.article in articles else ""
        where = _sentence(m, articles)
        for cue in m.cues:
            slant = m.slant.value if m.slant else ""
            words = text[cue.start : cue.end]
            yield event, detail.id, m.outlet, *where, words, cue.kind.value, slant


def _sources(event: str, detail: Detail, articles: Mapping[str, Article]) -> Iterator[Row]:
    for m in detail.mentions:
        if (who := m.attribution) is not None:
            told = (who.voice.value, who.source or "", who.verb or "", who.hedged)
            yield (event, detail.id, m.outlet, *_sentence(m, articles), *told)
