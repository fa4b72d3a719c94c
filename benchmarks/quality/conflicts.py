"""Conflicts between details as they are really matched, on events that the matching has not seen.

    python -m benchmarks.quality.conflicts [--adapters DIR | --plain] [--cache FILE]

Matches the sentences of every labelled event by scorers fitted without it, builds details and
judges them as `parallax compare` does, and prints of each kind of conflict how many pairs of sentences
were found and how many are labelled, and the F1 that the benchmark's scorer pools over all events.
The rules were written with these labels in sight: expect less elsewhere. The labels were made by
large language models under a written guide and no person has checked them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.fit.pairs import Encoders, in_context, left_out, pairs_of
from benchmarks.labelled import LabelledEvent, labelled_events, scorer
from benchmarks.quality.matching import adapters_of, add_encoder_options
from compare.config import Config
from compare.datamodel import Pair
from compare.match.details import details_of
from compare.verdicts.conflicts.find import conflicts_of
from compare.verdicts.evidence import Reading

# An event's labels, its articles and claims, and the pairs of claims as matched without it.
Matched = tuple[LabelledEvent, tuple[Pair, ...]]


def matched(adapters: Path | None, cache: Path) -> list[Matched]:
    """Every labelled event with the pairs that scorers fitted on the others give it."""
    encoders = Encoders(cache, adapters)
    some = [pairs_of(e, encoders.interaction(e.name)) for e in labelled_events(encoders.encoder)]
    stacked = in_context(some, left_out(some))
    found = []
    for pairs, probabilities in zip(stacked, left_out(stacked), strict=True):
        claims = pairs.event.units.claims
        kept = probabilities >= Config().kept
        made = tuple(
            Pair(a=claims[i].id, b=claims[j].id, probability=float(q))
            for i, j, q in zip(pairs.a[kept], pairs.b[kept], probabilities[kept], strict=True)
        )
        found.append((pairs.event, made))
    return found


def judged(event: LabelledEvent, pairs: tuple[Pair, ...]) -> dict[str, Any]:
    """The part of an event's comparison that the scorer reads, with the kind of each conflict."""
    reading = Reading(event.articles, event.claims, pairs, ())
    details = []
    for detail in details_of(event.claims, pairs, Config()):
        mentions = [
            {"article": m.article, "field": m.field, "start": m.start, "end": m.end}
            for m in detail.mentions
        ]
        conflicts = [
            {"a": c.a, "b": c.b, "kind": str(c.kind)}
            for c in conflicts_of(detail.mentions, reading)
        ]
        details.append({"mentions": mentions, "conflicts": conflicts})
    return {"details": details}


def of_kind(comparison: dict[str, Any], kind: str) -> dict[str, Any]:
    """The comparison with the conflicts of one kind alone."""
    return {
        "details": [
            {**d, "conflicts": [c for c in d["conflicts"] if c["kind"] == kind]}
            for d in comparison["details"]
        ]
    }


def report(some: list[Matched]) -> None:
    """Print found and labelled conflicts of each kind, and the F1 over all."""
    found, right, sides = Counter[str](), Counter[str](), {}
    for event, pairs in some:
        comparison = judged(event, pairs)
        labels = scorer().gold_labels(event.gold)
        sides[event.name] = scorer().system_labels(comparison, event.gold), labels
        for kind in {c["kind"] for d in comparison["details"] for c in d["conflicts"]}:
            alone = scorer().system_labels(of_kind(comparison, kind), event.gold).conflicts
            found[kind] += len(alone)
            right[kind] += len(alone & labels.conflicts)
    print("kind            found   labelled")
    for kind, count in found.most_common():
        print(f"{kind:<14}{count:>7}{right[kind]:>11}")
    labelled = sum(len(labels.conflicts) for _, labels in sides.values())
    print(f"conflicts labelled {labelled}, F1 {scorer().pooled(sides, 'conflicts'):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_encoder_options(parser)
    args = parser.parse_args()
    report(matched(adapters_of(parser, args), args.cache))


if __name__ == "__main__":
    main()
