"""Conflicts between details as they are really matched, on events that the matching has not seen.

    python -m benchmarks.quality.conflicts [--adapters DIR | --plain] [--cache FILE]
    python -m benchmarks.quality.conflicts --coverage FOLDER [--write]

Matches the sentences of every labelled event by scorers fitted without it, builds details and
judges them as `parallax compare` does, and prints of each kind of conflict how many pairs of sentences
were found and how many are labelled, and the F1 that the benchmark's scorer pools over all events.
With --coverage it reads the comparisons of the events of four to six outlets (FOLDER/<event>/comparison.json, made by a
matching that has not seen them) and prints of each kind how many hard conflicts are reported, right, only soft, and found of
those labelled, as `score_coverage.py` counts; --write puts them into compare/data/conflicts.json.
The rules were written with these labels in sight: expect less elsewhere. The labels were made by
large language models under a written guide and no person has checked them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.fit.pairs import Encoders, in_context, left_out, pairs_of
from benchmarks.labelled import SHARED, LabelledEvent, labelled_events, scorer
from benchmarks.quality.matching import adapters_of, add_encoder_options
from compare.config import Config
from compare.datamodel import Pair
from compare.match.details import details_of
from compare.verdicts.conflicts.find import conflicts_of
from compare.verdicts.conflicts.opposed import with_opposed
from compare.verdicts.evidence import Reading

SHIPPED = Path(__file__).parents[2] / "compare" / "data" / "conflicts.json"
# A kind that is right less often is told as "worded differently", never as a conflict.
LEAST_PRECISION = 0.5
COMMAND = "python -m benchmarks.quality.conflicts --coverage COMPARISONS"

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
    for detail in with_opposed(details_of(event.claims, pairs, Config()), reading):
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


def coverage_figures(folder: Path) -> dict[str, dict[str, Any]]:
    """Of each kind, and of "all": reported, soft, precision and recall on the events of four to six outlets."""
    score = coverage_scorer()
    root = SHARED / "coverage"
    pairs = [
        (score.read(gold, root / "events"), score.comparison_of(gold.stem, folder))
        for gold in sorted((root / "gold").glob("*.json"))
    ]
    kinds = sorted({c["kind"] for _, x in pairs for d in x["details"] for c in d["conflicts"]})
    figures = {}
    for kind in (*kinds, "all"):
        some = [score.Event(g, x if kind == "all" else of_kind(x, kind)) for g, x in pairs]
        f = score.conflicts_of(some)
        if f["reported"]:
            figures[kind] = {
                "reported": f["reported"],
                "soft": round(f["soft"] * f["reported"]),
                "precision": f["precision"],
                "recall": f["recall"],
            }
    return figures


def print_figures(figures: dict[str, dict[str, Any]]) -> None:
    """Print precision and recall of each kind."""
    print("kind         reported  soft  precision  recall")
    for kind, f in figures.items():
        print(
            f"{kind:<12}{f['reported']:>9}{f['soft']:>6}{f['precision'] or 0:>11.2f}{f['recall']:>8.3f}"
        )


def write_figures(figures: dict[str, dict[str, Any]]) -> None:
    """What the verdicts and the method page read: which kinds are right how often."""
    total = figures.pop("all")
    for f in figures.values():
        f["shown"] = f["precision"] is None or f["precision"] >= LEAST_PRECISION
    data = {
        "what": "How many hard conflicts of each kind are reported, how many of them are labelled soft (left aside in precision), "
        "how many of the others are right, and how many of all that are labelled hard each kind finds.",
        "fitted_on": "nothing: measured on 40 labelled events of four to six outlets that the matching had not seen",
        "command": COMMAND,
        "all": total,
        "kinds": figures,
    }
    SHIPPED.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def coverage_scorer() -> ModuleType:
    """`score_coverage.py` of the shared benchmarks."""
    scorer()  # which it imports by name
    spec = importlib.util.spec_from_file_location("score_coverage", SHARED / "score_coverage.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score_coverage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_encoder_options(parser)
    parser.add_argument("--coverage", type=Path, help="comparisons of the events of many outlets")
    parser.add_argument(
        "--write", action="store_true", help="put them where the program reads them"
    )
    args = parser.parse_args()
    if args.coverage:
        figures = coverage_figures(args.coverage)
        print_figures(figures)
        if args.write:
            write_figures(figures)
        return
    report(matched(adapters_of(parser, args), args.cache))


if __name__ == "__main__":
    main()
