"""Fits the numbers that put articles into events, and says how good they are on events left out.

    python -m benchmarks.fit.grouping [--write]

Reads two sets beside the checkout: the gating articles (ECB+: events in pairs of the same kind, one
topic each, without times), and the articles of the events of three outlets and of four to six, put
together into one stream with their days. Each of five fits leaves out a fifth of the topics of the
first and of the events of the second; what is printed is B-cubed (Bagga and Baldwin 1998) of those.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.fit.gate import ROOT, SHARED, Labelled, common_words, labelled
from compare.codec import read_articles
from compare.embedding import adapter
from compare.embedding.encoder import SentenceEncoder, Vector
from compare.embedding.index import FaissIndex
from compare.gate.likeness import VIEWS, Subject, subject_of
from compare.gate.relations import RELATIONS
from compare.grouping.corpus import Corpus, Indices, assembled
from compare.grouping.group import DAYS, judged_components
from compare.grouping.linkage import average_linkage
from compare.grouping.pairs import FLOOR, PairModel, relations
from compare.learned import LearnedModel, Origin

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
DATA = ROOT / "compare" / "data" / "grouping.json"
COMMAND = "python -m benchmarks.fit.grouping --write"
FITTED_ON = "462 articles of 40 events (ECB+), 371 articles of 108 events (BASIL, AllSides)"
FOLDS = 5
PENALTY = 1.0
THRESHOLDS = np.linspace(0.1, 0.8, 36)
# Thresholds whose figure is so near the best: the middle of them is taken, since the peak is chance.
NEXT_TO_BEST = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Labelled articles with what was read of them, and whether their days are told."""

    name: str
    rows: Sequence[Labelled]
    read: Sequence[tuple[Subject, Vector]]
    dated: bool

    def corpus(self, common: dict[str, float]) -> Corpus:
        published = [r.article.published if self.dated else None for r in self.rows]
        return assembled([r.article.id for r in self.rows], published, self.read, common)

    @property
    def events(self) -> NDArray[np.str_]:
        return np.array([r.event for r in self.rows])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A stream as numbers, and which of its articles a fit may see."""

    corpus: Corpus
    views: Floats
    events: NDArray[np.str_]
    known: Flags

    @property
    def pairs(self) -> Flags:
        """Each pair of articles that the fit may see, once."""
        return np.triu(self.known[:, None] & self.known[None], 1)

    @property
    def same(self) -> Flags:
        return np.asarray(self.events[:, None] == self.events[None])


def real_events() -> list[Labelled]:
    """The articles of the labelled events of three outlets and of four to six, an event its own topic."""
    files = sorted(
        f for part in ("matching", "coverage") for f in (SHARED / part / "events").glob("*.jsonl")
    )
    rows = [Labelled(a, f.stem, f.stem) for f in files for a in read_articles(f)[0]]
    return sorted(rows, key=lambda row: row.article.id)


def streams() -> tuple[list[Stream], str]:
    """The two sets, the second with its days and without; and the encoder's name."""
    encoder = SentenceEncoder(adapter=adapter.load())
    found = []
    for name, rows in (("topics", labelled()), ("days", real_events())):
        read = []
        for row in rows:
            subject = subject_of(row.article)
            encoded = encoder.encode([subject.opening, *subject.passages])
            read.append((subject, np.stack([e.vector for e in encoded])))
        found.append(Stream(name, rows, read, dated=name == "days"))
    return [*found, replace(found[1], name="days not told", dated=False)], encoder.name


def seen(stream: Stream, common: dict[str, float], out: set[str]) -> Seen:
    """The stream as numbers; the fit may not see the topics in `out`."""
    corpus = stream.corpus(common)
    views = corpus.square(np.arange(len(corpus)))
    known = np.array([r.topic not in out for r in stream.rows])
    return Seen(corpus, views, stream.events, known)


def regression(
    names: Sequence[str], sets: Sequence[tuple[Floats, Flags]], encoder: str
) -> LearnedModel:
    """A ridge regression on standardised features, in which every set weighs the same."""
    columns = np.concatenate([features for features, _ in sets])
    truth = np.concatenate([same for _, same in sets])
    weights = np.concatenate([np.full(len(same), 1 / len(same)) for _, same in sets])
    centre, scale = columns.mean(axis=0), columns.std(axis=0) + 1e-6
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit((columns - centre) / scale, truth, sample_weight=weights * len(truth) / weights.sum())
    return LearnedModel(
        features=tuple(names),
        weights=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
        centre=centre.astype(np.float32),
        scale=scale.astype(np.float32),
        origin=Origin(fitted_on=FITTED_ON, command=COMMAND, encoder=encoder),
    )


def fit(sets: Sequence[Seen], encoder: str) -> PairModel:
    """All numbers, from the pairs that the fit may see."""
    first = regression(VIEWS, [(s.views[s.pairs], s.same[s.pairs]) for s in sets], encoder)
    model = PairModel(first, first, 0.5)
    second = []
    for s in sets:
        odds = model.odds(s.views)
        linked = s.pairs & (odds > FLOOR)
        features = np.concatenate([relations(odds), s.views], axis=-1)
        second.append((features[linked], s.same[linked]))
    model = replace(model, second=regression((*RELATIONS, *VIEWS), second, encoder))
    judged = [judged_of(s.corpus, model) for s in sets]
    figures = np.array(
        [
            fmean(
                f1(*b_cubed(cut(j, threshold), s.events, s.known))
                for s, j in zip(sets, judged, strict=True)
            )
            for threshold in THRESHOLDS
        ]
    )
    near = THRESHOLDS[figures >= figures.max() - NEXT_TO_BEST]
    return replace(model, threshold=round(float(np.median(near)), 3))


def judged_of(corpus: Corpus, model: PairModel) -> list[tuple[Indices, Floats]]:
    """The components of a corpus and the probabilities of their pairs, as `parallax events` finds them."""
    found = judged_components(
        corpus, [None] * len(corpus), index=FaissIndex(), days=DAYS, model=model
    )
    return list(found)


def cut(judged: Sequence[tuple[Indices, Floats]], threshold: float) -> Indices:
    """The number of each article's event."""
    label = np.zeros(sum(len(members) for members, _ in judged), dtype=np.int64)
    for members, likely in judged:
        label[members] = members[average_linkage(likely, threshold, [None] * len(members))]
    return label


def b_cubed(
    label: Indices, events: NDArray[np.str_], asked: Flags
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Precision and recall of each article that is asked for."""
    together = label[:, None] == label[None]
    same = events[:, None] == events[None]
    both = (together & same).sum(axis=1)
    return (both / together.sum(axis=1))[asked], (both / same.sum(axis=1))[asked]


def f1(precision: NDArray[np.float64], recall: NDArray[np.float64]) -> float:
    p, r = float(precision.mean()), float(recall.mean())
    return 2 * p * r / (p + r)


def left_out(sets: Sequence[Stream], encoder: str) -> dict[str, dict[str, float]]:
    """B-cubed of the topics, and of the events, that no number was fitted on."""
    random = np.random.default_rng(0)
    topics = [random.permutation(sorted({r.topic for r in s.rows})) for s in sets[:2]]
    found: dict[str, list[tuple[NDArray[np.float64], NDArray[np.float64]]]] = {
        s.name: [] for s in sets
    }
    for fold in range(FOLDS):
        out = {str(t) for named in topics for t in named[fold::FOLDS]}
        common = common_words([r for r in sets[0].rows if r.topic not in out])
        known = [seen(s, common, out) for s in sets]
        model = fit(known[:2], encoder)
        for s, k in zip(sets, known, strict=True):
            found[s.name].append(
                b_cubed(cut(judged_of(k.corpus, model), model.threshold), k.events, ~k.known)
            )
        print(
            f"fold {fold}: threshold {model.threshold}",
            {k: round(f1(*v[-1]), 4) for k, v in found.items()},
            flush=True,
        )
    return {name: summed(values) for name, values in found.items()}


def summed(values: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> dict[str, float]:
    precision = np.concatenate([p for p, _ in values])
    recall = np.concatenate([r for _, r in values])
    return {
        "precision": round(float(precision.mean()), 4),
        "recall": round(float(recall.mean()), 4),
        "f1": round(f1(precision, recall), 4),
    }


def write(model: PairModel, encoder: str, figures: dict[str, dict[str, float]]) -> None:
    """The data file, with what it was fitted on and how good it is on what it has not seen."""

    def row(fitted: LearnedModel) -> dict[str, object]:
        assert fitted.centre is not None
        assert fitted.scale is not None
        columns = zip(fitted.features, fitted.weights, fitted.centre, fitted.scale, strict=True)
        features = {
            name: {
                "weight": round(float(w), 4),
                "centre": round(float(c), 5),
                "scale": round(float(s), 5),
            }
            for name, w, c, s in columns
        }
        return {"intercept": round(fitted.intercept, 4), "features": features}

    data = {
        "about": "log odds that two articles are about one event",
        "fitted_on": FITTED_ON,
        "command": COMMAND,
        "encoder": encoder,
        "b_cubed_of_events_left_out": figures,
        "threshold": model.threshold,
        "first": row(model.first),
        "second": row(model.second),
    }
    DATA.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write compare/data/grouping.json")
    args = parser.parse_args()
    sets, encoder = streams()
    figures = left_out(sets, encoder)
    for name, row in figures.items():
        print(f"B-cubed of what was left out, {name:<14}", row)
    if args.write:
        common = common_words(sets[0].rows)
        write(fit([seen(s, common, set()) for s in sets[:2]], encoder), encoder, figures)


if __name__ == "__main__":
    main()
