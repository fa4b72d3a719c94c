"""How well sentences are matched on labelled events that the scorers have not seen.

    python -m benchmarks.quality.matching [--adapters DIR | --plain] [--cache FILE]

Prints, with whole events left out of every fit: cells and pairs at each threshold, how far the
figures would move with other events (bootstrap over events), how reliable the probabilities are,
and how many true pairs the candidates of a large event would lose. The labels were made by large
language models under a written guide and no person has checked them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit.pairs import Encoders, Floats, Pairs, in_context, left_out, pairs_of, report
from benchmarks.labelled import labelled_events
from compare.config import Config
from compare.embedding.index import FaissIndex
from compare.match import candidates as candidates_module
from compare.match.candidates import candidates
from compare.match.pair_features import evidence_of
from compare.match.rules import copies

# Adapters fitted with a quarter of the events left out each; `make crossfit` makes them.
CROSSFIT = Path(__file__).parents[2] / "build" / "crossfit"
RESAMPLES = 1000
BINS = 10


def add_encoder_options(parser: argparse.ArgumentParser) -> None:
    """What the sentences are encoded with: the adapter that has not seen an event, or none."""
    parser.add_argument("--adapters", type=Path, default=CROSSFIT, help="from make crossfit")
    parser.add_argument("--plain", action="store_true", help="the encoder without any adapter")
    parser.add_argument("--cache", type=Path, default=Path(".cache/encodings.sqlite"))


def adapters_of(parser: argparse.ArgumentParser, args: argparse.Namespace) -> Path | None:
    """The folder of the adapters that were asked for, None for the plain encoder."""
    if args.plain:
        return None
    folder: Path = args.adapters
    if not folder.is_dir():
        parser.error(f"{folder} is not there: run `make crossfit` (minutes), or give --plain")
    return folder


def scores(some: list[Pairs], probabilities: list[Floats], threshold: float) -> NDArray[np.float64]:
    """Cells and pairs of every event, (events, 2)."""
    rows = [
        p.event.score(p.a[q >= threshold], p.b[q >= threshold])
        for p, q in zip(some, probabilities, strict=True)
    ]
    return np.array([(r["cells"], r["pairs"]) for r in rows])


def spread(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 5th and 95th percentile of the means of events drawn again with replacement."""
    rng = np.random.default_rng(0)
    means = [rows[rng.integers(0, len(rows), len(rows))].mean(axis=0) for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [5, 95], axis=0)
    return low, high


def reliability(some: list[Pairs], probabilities: list[Floats]) -> None:
    """Said against true share, in bins of probability, and their mean distance."""
    said = np.concatenate(probabilities)
    true = np.concatenate([p.truth for p in some])
    error = 0.0
    print("\nprobability said    pairs   said   true")
    for low in np.arange(BINS) / BINS:
        inside = (said >= low) & (said < low + 1 / BINS + (low == (BINS - 1) / BINS))
        if inside.any():
            means = said[inside].mean(), true[inside].mean()
            error += inside.mean() * abs(means[0] - means[1])
            print(
                f"{low:>7.1f} to {low + 1 / BINS:.1f}{inside.sum():>11,}{means[0]:>7.3f}{means[1]:>7.3f}"
            )
    print(f"expected calibration error {error:.4f}")


def lost(some: list[Pairs]) -> None:
    """True pairs that are no candidates where an event is too large to look at every pair."""
    candidates_module.ALL_PAIRS_BELOW = 0
    print("\nneighbours   candidates   true pairs lost")
    for neighbours in (8, 16, Config().neighbours):
        looked_at = missed = true = 0
        for p in some:
            phrases = evidence_of(p.event.units).vocabularies["fivegram"]
            a, b = candidates(
                p.event.units, phrases, copies(p.event.units), FaissIndex(), neighbours
            )
            n = len(p.event.units)
            found = set((a * n + b).tolist())
            wanted = (p.a * n + p.b)[p.truth].tolist()
            looked_at += len(found)
            missed += sum(code not in found for code in wanted)
            true += len(wanted)
        print(f"{neighbours:>10}{looked_at:>13,}{missed:>10,} of {true:,} ({missed / true:.2%})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_encoder_options(parser)
    args = parser.parse_args()
    encoders = Encoders(args.cache, adapters_of(parser, args))
    some = [pairs_of(e, encoders.interaction(e.name)) for e in labelled_events(encoders.encoder)]
    first = left_out(some)
    stacked = in_context(some, first)
    second = left_out(stacked)
    print(f"{len(some)} events, {sum(len(p.truth) for p in some):,} pairs of sentences")
    print("\nby features of the pair alone")
    report(some, first)
    print("\nand by what the other pairs say")
    report(stacked, second)
    rows = scores(stacked, second, Config().same)
    low, high = spread(rows)
    for i, name in enumerate(("cells", "pairs")):
        print(
            f"{name} at {Config().same}: {fmean(rows[:, i]):.3f}, 90% of resamples in {low[i]:.3f}..{high[i]:.3f}"
        )
    reliability(stacked, second)
    lost(some)


if __name__ == "__main__":
    main()
