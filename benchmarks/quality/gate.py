"""How well the gate tells events apart: `python -m benchmarks.quality.gate [--left-out]`.

Asks for every article of the gating set as the query, as `parallax gate --all` does, and scores the
decisions with the scorer beside the set. The shipped numbers were fitted on these articles;
`--left-out` fits them again without each topic and reads that topic (minutes).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from time import perf_counter
from types import ModuleType
from typing import Any

from benchmarks.fit.gate import SHARED, Remembering, labelled, left_out
from compare.embedding import adapter
from compare.embedding.encoder import SentenceEncoder
from compare.gate.decide import Decision, gate_all


def scorer() -> ModuleType:
    """`score_gating.py` of the shared benchmarks: the figures are its figures."""
    spec = importlib.util.spec_from_file_location("score_gating", SHARED / "score_gating.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score_gating.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def figures(decided: dict[str, tuple[Decision, ...]], events: dict[str, str]) -> dict[str, Any]:
    """F1, precision, recall and mean average precision of the decisions."""
    judgements = {
        query: scorer().Judgements(
            {d.id for d in decisions if d.on_event}, {d.id: d.score for d in decisions}
        )
        for query, decisions in decided.items()
    }
    report: dict[str, Any] = scorer().score(events, judgements)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--left-out", action="store_true", help="also fit without each topic")
    args = parser.parse_args()
    rows = labelled()
    encoder = Remembering(SentenceEncoder(adapter=adapter.load()))
    encoder.encode([row.article.title for row in rows[:1]])
    begun = perf_counter()
    decided = gate_all([row.article for row in rows], encoder=encoder)
    taken = perf_counter() - begun
    for name, value in figures(decided, {r.article.id: r.event for r in rows}).items():
        print(f"{name:<22}{value:>8.3f}" if isinstance(value, float) else f"{name:<22}{value:>8}")
    print(f"{'seconds':<22}{taken:>8.1f}")
    if args.left_out:
        for name, value in left_out(rows, encoder).items():
            print(f"F1 on topics left out, {name:<6} {value:.3f}")


if __name__ == "__main__":
    main()
