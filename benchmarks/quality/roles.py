"""How well sentences that state nothing are told from statements, by the labels of the shared events.

    python -m benchmarks.quality.roles

Prints, for each set of labelled events: precision and recall of what is no statement against the labels'
boilerplate (headings and questions, which the labels do not list, count as errors here), the share of
sentences of labelled details that are dropped (half of one and more), and the share of boilerplate among what is left. The
rules were written with every second event in sight; `--unseen` reads only the others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

from benchmarks.labelled import SHARED, scorer
from compare.claims import claims_of
from compare.codec import read_articles
from compare.kinds import ClaimKind, ClaimRole

_KEPT = {ClaimRole.STATEMENT, ClaimRole.OPINION}


def counted(name: str, *, unseen: bool) -> Counter[str]:
    """Sentences of a set of events: all, boilerplate, in a detail, dropped, and what these share."""
    found: Counter[str] = Counter()
    paths = sorted((SHARED / name / "events").glob("*.jsonl"))
    for path in paths[1::2] if unseen else paths:
        gold = json.loads((SHARED / name / "gold" / f"{path.stem}.json").read_text("utf-8"))
        boilerplate = set(gold["boilerplate"])
        stated = {m for detail in gold["details"] for m in detail["mentions"]}
        length = {s["id"]: s["end"] - s["start"] for s in gold["sentences"]}
        for claim in (c for a in read_articles(path)[0] for c in claims_of(a)):
            if claim.kind is not ClaimKind.SENTENCE:
                continue
            where = {"article": claim.article, "field": claim.field}
            span = {"start": claim.start, "end": claim.end}
            labels = scorer().covered(where | span, gold["sentences"])
            dropped = claim.role not in _KEPT
            idle = bool(labels) and labels <= boilerplate
            states = any(2 * len(claim.text) > length[s] for s in labels & stated)
            found += Counter(
                all=1,
                boilerplate=int(idle),
                stated=int(states),
                dropped=int(dropped),
                right=int(dropped and idle),
                wrong=int(dropped and states),
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unseen", action="store_true", help="Only the events out of sight.")
    unseen = parser.parse_args().unseen
    for name in ("coverage", "matching"):
        n = counted(name, unseen=unseen)
        print(
            f"{name:9} precision {n['right'] / n['dropped']:.3f}  recall {n['right'] / n['boilerplate']:.3f}  "
            f"statements dropped {n['wrong'] / n['stated']:.4f}  "
            f"boilerplate left {(n['boilerplate'] - n['right']) / (n['all'] - n['dropped']):.4f}"
        )


if __name__ == "__main__":
    main()
