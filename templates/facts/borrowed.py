"""Whose text an article runs: one line a source, however many kinds of evidence there are for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.datamodel import Article, Carried, Span
from templates.facts.layout import Layout

# Sentences of fewer words come alike by chance.
LONG_SENTENCE = 8
# Articles that share so much of the shorter one's long sentences, word for word, are one text.
SAME_TEXT = 0.5


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


def independent_texts(
    articles: Sequence[Article],
    sources: Mapping[str, str],
    layout: Callable[[Article], Layout],
) -> int:
    """How many texts articles go back to. `sources` says whose text an article, by its id, mostly is.

    Articles of one text count once, also where nothing tells which of them had it first.
    """
    parent = {a.id: a.id for a in articles}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    # An outlet stands for its articles, so that who runs its text is one with it.
    by_outlet = {a.outlet: a.id for a in articles}
    for article, source in sources.items():
        parent[top(article)] = top(by_outlet.get(source, f"source: {source}"))
    long = {a.id: _long_sentences(a, layout(a)) for a in articles}
    for a, b in combinations(articles, 2):
        shorter = min(len(long[a.id]), len(long[b.id]))
        if shorter and len(long[a.id] & long[b.id]) >= SAME_TEXT * shorter:
            parent[top(a.id)] = top(b.id)
    # Versions of one outlet's article go back to themselves, and count as its outlet once.
    for a in articles:
        if a.id not in sources:
            parent[top(a.id)] = top(by_outlet[a.outlet])
    return len({top(a.id) for a in articles})


def _long_sentences(article: Article, layout: Layout) -> frozenset[str]:
    found = (" ".join(article.text[s.start : s.end].lower().split()) for s in layout.spans)
    return frozenset(text for text in found if text.count(" ") >= LONG_SENTENCE)
