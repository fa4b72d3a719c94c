"""Whose text an article runs: one line a source, however many kinds of evidence there are for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compare.datamodel import Article, Carried, Span


@dataclass(frozen=True, slots=True)
class Borrowed:
    """An article's debt to one source: `percent` of its text, 0 where only a credit says so.

    `how` is the evidence, the strongest first.
    """

    article: str
    outlet: str
    source: str
    percent: int
    how: tuple[str, ...]


def borrowed(carried: Iterable[Carried], articles: Mapping[str, Article]) -> tuple[Borrowed, ...]:
    """Every article with every source that it takes text from, the largest shares first."""
    found: dict[tuple[str, str], list[Carried]] = {}
    for row in carried:
        if row.article in articles:
            found.setdefault((row.article, row.source), []).append(row)
    debts = [
        _borrowed(articles[article], source, rows) for (article, source), rows in found.items()
    ]
    return tuple(sorted(debts, key=lambda debt: -debt.percent))


def _borrowed(article: Article, source: str, rows: list[Carried]) -> Borrowed:
    # A block quotation is found word for word as well: what both cover counts once.
    together = _covered(span for row in rows for span in row.spans) / max(len(article.text), 1)
    share = min(max(together, *(row.share for row in rows)), 1)
    ways = dict.fromkeys(row.how for row in sorted(rows, key=lambda row: -row.share))
    return Borrowed(article.id, article.outlet, source, round(100 * share), tuple(ways))


def _covered(spans: Iterable[Span]) -> int:
    total, end = 0, 0
    for span in sorted(spans, key=lambda s: s.start):
        total += max(0, span.end - max(span.start, end))
        end = max(end, span.end)
    return total
