"""Fits the pair scorer's numbers and says how good they are on events left out of the fit.

    python -m benchmarks.fit.pairs [--adapters DIR] [--write] [--cache FILE]

Reads the labelled events beside the checkout, makes the features of every pair of sentences of
different articles, and fits the logistic regressions in `compare/data/`: for the plain encoder,
or, with `--adapters`, for the adapted one. DIR holds a `fold<N>.npz` for each fold, fitted without
that fold's events by `benchmarks.fit.adapter`: every event is read with an adapter that has not
seen it, as a new event will be.

The figures printed are those of models that have not seen the event they are read on: folds of
whole events, and the threshold is one for all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.labelled import LabelledEvent, adapter_folds, folds, labelled_events
from compare.embedding.adapter import Interaction
from compare.embedding.adapter import load as load_adapter
from compare.embedding.cache import CachedEncoder
from compare.embedding.encoder import Encoder, SentenceEncoder
from compare.learned import LearnedModel, Origin, sigmoid
from compare.match.context_features import context
from compare.match.pair_features import Evidence, evidence_of, features
from compare.match.pairs import LEARNED, PLAIN
from compare.match.scorer import CUT

Floats = NDArray[np.float32]
DATA = Path(__file__).parents[2] / "compare" / "data"
COMMAND = "python -m benchmarks.fit.pairs --write"
# Inverse strength of the ridge penalty; between 0.1 and 1 the figures differ by less than 0.002.
PENALTY = 0.3
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """An event's pairs of units with their features and labels."""

    event: LabelledEvent
    evidence: Evidence
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    values: Mapping[str, Floats]
    truth: NDArray[np.bool_]


@dataclass(frozen=True)
class Encoders:
    """The encoder, and what was learned on top of it, that an event is read with."""

    cache: Path
    adapters: Path | None

    @cached_property
    def fold(self) -> dict[str, int]:
        if self.adapters is None:
            return {}
        return adapter_folds()

    @cached_property
    def _loaded(self) -> dict[int | None, tuple[Encoder, Interaction | None]]:
        folds: list[int | None] = [*sorted(set(self.fold.values())), None]
        return {fold: self._load(fold) for fold in folds}

    def _load(self, fold: int | None) -> tuple[Encoder, Interaction | None]:
        """The encoder of a fold; for events that the shipped adapter has not seen, the shipped one."""
        if self.adapters is None:
            return CachedEncoder(SentenceEncoder(), self.cache), None
        adapter = load_adapter(None if fold is None else self.adapters / f"fold{fold}.npz")
        return CachedEncoder(SentenceEncoder(adapter=adapter), self.cache), Interaction(adapter)

    def encoder(self, event: str) -> Encoder:
        return self._loaded[self.fold.get(event)][0]

    def interaction(self, event: str) -> Interaction | None:
        return self._loaded[self.fold.get(event)][1]


def pairs_of(event: LabelledEvent, interaction: Interaction | None) -> Pairs:
    evidence = evidence_of(event.units, interaction)
    a, b = all_pairs(event)
    return Pairs(event, evidence, a, b, features(evidence, a, b), event.truth(a, b))


def all_pairs(event: LabelledEvent) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    a, b = np.triu_indices(len(event.units), 1)
    apart = event.units.article[a] != event.units.article[b]
    return a[apart], b[apart]


def fit(some: list[Pairs]) -> LearnedModel:
    """A ridge regression; events weigh less than their number of true pairs would have them."""
    names = tuple(some[0].values)
    columns = np.concatenate([np.stack([p.values[n] for n in names], axis=1) for p in some])
    truth = np.concatenate([p.truth for p in some])
    weights = np.concatenate([np.full(len(p.truth), 1 / np.sqrt(1 + p.truth.sum())) for p in some])
    centre, scale = columns.mean(axis=0), columns.std(axis=0) + 1e-6
    standard = np.clip((columns - centre) / scale, -CUT, CUT)
    model = LogisticRegression(C=PENALTY, max_iter=500)
    model.fit(standard, truth, sample_weight=weights / weights.mean())
    return LearnedModel(
        features=names,
        weights=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
        centre=centre,
        scale=scale,
        cut=CUT,
        origin=Origin(
            fitted_on=f"{len(some)} labelled events of three outlets (BASIL) and of four to six: "
            "all pairs of sentences of different outlets",
            command=COMMAND,
        ),
    )


def left_out(some: list[Pairs]) -> list[Floats]:
    """Each event's probabilities by a model that was fitted without it."""
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(some)
    for out in folds(len(some)):
        model = fit([p for p, is_out in zip(some, out, strict=True) if not is_out])
        for i in np.flatnonzero(out):
            found[i] = sigmoid(model.log_odds_of(some[i].values))
    return found


def in_context(some: list[Pairs], first: list[Floats]) -> list[Pairs]:
    """The pairs with the features that the first scorer's probabilities give.

    The second scorer is fitted on probabilities of events that the first was fitted without, as it
    will meet them.
    """
    return [
        replace(p, values={**p.values, **context(p.event.units, p.a, p.b, q)})
        for p, q in zip(some, first, strict=True)
    ]


def report(some: list[Pairs], probabilities: list[Floats]) -> None:
    print(f"{'threshold':>10}{'cells':>8}{'pairs':>8}   events left out of the fit")
    for threshold in THRESHOLDS:
        scores = [
            p.event.score(p.a[q >= threshold], p.b[q >= threshold])
            for p, q in zip(some, probabilities, strict=True)
        ]
        cells, pairs = (fmean(s[k] for s in scores) for k in ("cells", "pairs"))
        print(f"{threshold:>10}{cells:>8.3f}{pairs:>8.3f}")


def written(model: LearnedModel, command: str, encoder: str) -> str:
    """The model as its data file says it, for the encoder of this name."""
    assert model.centre is not None
    assert model.scale is not None
    rows = {
        name: {
            "weight": round(float(w), 4),
            "centre": round(float(m), 5),
            "scale": round(float(s), 5),
        }
        for name, w, m, s in zip(
            model.features, model.weights, model.centre, model.scale, strict=True
        )
    }
    data = {
        "about": "log odds that two sentences state the same detail",
        "command": command,
        "fitted_on": model.origin.fitted_on,
        "encoder": encoder,
        "intercept": round(model.intercept, 4),
        "features": rows,
    }
    return json.dumps(data, indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write compare/data/pair_*.json")
    parser.add_argument(
        "--adapters", type=Path, help="folder of adapters fitted with folds left out"
    )
    parser.add_argument("--cache", type=Path, default=Path(".cache/encodings.sqlite"))
    args = parser.parse_args()
    encoders = Encoders(args.cache, args.adapters)
    some = [pairs_of(e, encoders.interaction(e.name)) for e in labelled_events(encoders.encoder)]
    print(
        f"{len(some)} events, {sum(len(p.truth) for p in some):,} pairs, "
        f"{sum(int(p.truth.sum()) for p in some):,} true"
    )
    first = left_out(some)
    report(some, first)
    stacked = in_context(some, first)
    report(stacked, left_out(stacked))
    if args.write:
        kind = LEARNED if args.adapters else PLAIN
        encoder = SentenceEncoder(adapter=load_adapter() if args.adapters else None).name
        for name, rows in ((f"pair_{kind}", some), (f"pair_{kind}_context", stacked)):
            command = COMMAND + (" --adapters DIR" if args.adapters else "")
            (DATA / f"{name}.json").write_text(written(fit(rows), command, encoder), "utf-8")


if __name__ == "__main__":
    main()
