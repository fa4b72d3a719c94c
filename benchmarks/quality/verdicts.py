"""Measure what the verdicts rest on, on labelled events: how often each figure in docs/method.md is right.

    python -m benchmarks.quality.verdicts EVENTS_DIR GOLD_DIR [--json]

Needs no model: conflicts are looked for between sentences that annotators matched, and the rule
that protects from wrong accusations is tried on every sentence and outlet. EVENTS_DIR and GOLD_DIR
are `events` and `gold` of `../shared/benchmarks/matching`. The figures for editorial sentences come from
`benchmarks/fit/editorial.py`, those with the real matching from `parallax compare` and
`score_matching.py`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from compare.codec import read_articles
from compare.datamodel import Span
from compare.language.stems import content_stems
from compare.text import clauses
from compare.verdicts.cells import most_of
from compare.verdicts.conflicts.differences import Statement, differences


@dataclass(frozen=True, slots=True)
class Event:
    """A labelled event: each sentence's text, article and time, and the labels as they are."""

    text: dict[str, str]
    article: dict[str, str]
    published: dict[str, str | None]
    order: list[str]
    labels: dict[str, Any]

    def statement(self, sentence: str) -> Statement:
        """A sentence as the rules for conflicts compare it."""
        return Statement(
            self.text[sentence], self.published[sentence], article=self.article[sentence]
        )

    def matched(self) -> set[tuple[str, str]]:
        """The sentence pairs of different outlets that state the same detail."""
        groups = [[m for m in d["mentions"] if m in self.text] for d in self.labels["details"]]
        return {
            tuple(sorted((a, b)))
            for group in groups
            for a, b in combinations(group, 2)
            if outlet(a) != outlet(b)
        }


def outlet(sentence: str) -> str:
    """The outlet that a sentence's id names."""
    return sentence.split(":", 1)[0]


def events_of(events: Path, gold: Path) -> Iterator[Event]:
    """The labelled events, in order."""
    for path in sorted(gold.glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        articles = {a.id: a for a in read_articles(events / f"{path.stem}.jsonl")[0]}
        text, around, published = {}, {}, {}
        for s in labels["sentences"]:
            article = articles[s["article"]]
            text[s["id"]] = article.read(s["field"])[s["start"] : s["end"]]
            around[s["id"]] = f"{article.title}\n\n{article.text}"
            published[s["id"]] = article.published
        yield Event(text, around, published, [s["id"] for s in labels["sentences"]], labels)


def conflicts(some: list[Event]) -> dict[str, float]:
    """Precision and recall of the conflicts found between matched sentences, and of numbers alone."""
    found = hits = numbers = number_hits = true = 0
    for event in some:
        conflicting = {tuple(sorted((c["a"], c["b"]))) for c in event.labels["conflicts"]}
        true += len(conflicting)
        for a, b in sorted(event.matched()):
            left, right = event.statement(a), event.statement(b)
            kinds = {d.kind for d in differences(left, right)}
            found += bool(kinds)
            hits += bool(kinds) and (a, b) in conflicting
            numbers += "number" in kinds
            number_hits += "number" in kinds and (a, b) in conflicting
    return {
        "conflict pairs labelled": true,
        "conflict pairs found": found,
        "conflict precision": hits / max(found, 1),
        "conflict recall": hits / max(true, 1),
        "number conflict precision": number_hits / max(numbers, 1),
    }


def protection(some: list[Event]) -> dict[str, float]:
    """What the rule "uses most of these words" withholds: of false accusations, and of true ones."""
    carried = caught = free = withheld = 0
    for event in some:
        states = event.matched()
        carrying = {(a, outlet(b)) for pair in states for a, b in (pair, pair[::-1])}
        stems = {i: content_stems(event.text[i]) for i in event.order}
        passages: dict[str, list[frozenset[str]]] = {}
        for this, following in zip(event.order, [*event.order[1:], event.order[-1]], strict=True):
            passages.setdefault(outlet(this), []).append(stems[this] | stems[following])
        for sentence in event.order:
            needed = _needed(event.text[sentence])
            for other in passages.keys() - {outlet(sentence)}:
                held = any(len(n & p) >= least for n, least in needed for p in passages[other])
                if (sentence, other) in carrying:
                    carried, caught = carried + 1, caught + held
                else:
                    free, withheld = free + 1, withheld + held
    return {
        "carried after all, accusation withheld": caught / max(carried, 1),
        "not carried, accusation withheld": withheld / max(free, 1),
    }


def _needed(text: str) -> list[tuple[frozenset[str], float]]:
    """The words of a sentence and of its clauses, and how many of them are most of them."""
    parts = [content_stems(text[c.start : c.end]) for c in clauses(text, Span(0, len(text)))]
    return most_of(content_stems(text), parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    some = list(events_of(args.events, args.gold))
    figures = conflicts(some) | protection(some)
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        print(f"{name:<44}{value:>8.3f}")


if __name__ == "__main__":
    main()
