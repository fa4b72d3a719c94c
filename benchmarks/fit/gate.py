"""Fits the gate's numbers and says how good they are on topics left out of the fit.

    python -m benchmarks.fit.gate [--write]

Reads the gating articles beside the checkout (ECB+: events in pairs of the same kind, which are one
topic). What is fitted sees three situations, so that none is taken for the only one: all articles
as candidates of one of them, a few candidates only, and an event that is given in words. The
figures are those of models that have seen no article of the topic they are read on.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from compare.codec import read_articles
from compare.datamodel import Article
from compare.embedding import adapter
from compare.embedding.encoder import Encoded, Encoder, SentenceEncoder
from compare.gate.decide import Model, bounded, relations
from compare.gate.likeness import VIEWS, Likeness, subject_of
from compare.gate.relations import RELATIONS
from compare.learned import LearnedModel, Origin

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks"
DATA = ROOT / "compare" / "data" / "gate.json"
COMMAND = "python -m benchmarks.fit.gate --write"
FOLDS = 5
# Sets of a few candidates, and events in words, that are drawn for the fit.
DRAWN = 60
PENALTY = 1.0
# A word is common if this many events hold it, and the share of articles is at least this.
COMMON_EVENTS, COMMON_SHARE = 8, 0.03
THRESHOLDS = np.linspace(0.1, 0.9, 81, dtype=np.float32)
# From words, an article wrongly let in is worse than one kept out, which is only not judged; the
# figures hardly differ between 0.2 and 0.55, so that more thresholds are next to the best.
THRESHOLDS_WORDS = np.linspace(0.2, 0.7, 51, dtype=np.float32)
NEXT_TO_BEST, NEXT_TO_BEST_WORDS = 0.003, 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """An article with its event and its topic: the pair of events of one kind."""

    article: Article
    event: str
    topic: str


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """Subjects compared, who is on whose event, and whether the first is an event in words."""

    likeness: Likeness
    same: Flags
    in_words: bool

    @property
    def first(self) -> Floats:
        """The views of every pair, (n, n, 10)."""
        every = np.arange(len(self.likeness))
        return self.likeness.views(every, every)


class Remembering:
    """An encoder that keeps what it encoded."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self._kept: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        new = [t for t in dict.fromkeys(texts) if t not in self._kept]
        self._kept.update(zip(new, self._encoder.encode(new), strict=True))
        return [self._kept[t] for t in texts]


def labelled() -> list[Labelled]:
    """The gating articles in the order of their ids."""
    truth = (SHARED / "gating" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    events = {row["id"]: row["event"] for row in map(json.loads, truth)}
    articles, _ = read_articles(SHARED / "gating" / "articles.jsonl")
    return [
        Labelled(a, events[a.id], re.sub(r"\D+", "", events[a.id]))
        for a in sorted(articles, key=lambda a: a.id)
    ]


def common_words(rows: Sequence[Labelled]) -> dict[str, float]:
    """The share of articles that hold a word, for words that many events hold."""
    events: dict[str, list[set[str]]] = {}
    for row in rows:
        events.setdefault(row.event, []).append(set(subject_of(row.article).terms["words"]))
    held: Counter[str] = Counter()
    share: Counter[str] = Counter()
    for articles in events.values():
        counts = Counter(word for article in articles for word in article)
        held.update(counts.keys())
        for word, count in counts.items():
            share[word] += count / len(articles) / len(events)  # type: ignore[assignment]
    return {
        word: round(float(share[word]), 3)
        for word in sorted(share)
        if held[word] >= COMMON_EVENTS and share[word] >= COMMON_SHARE
    }


def situation(
    rows: Sequence[Labelled], encoder: Encoder, common: dict[str, float], about: Labelled | None
) -> Situation:
    """The rows as subjects, after an event in words if one is given by an article of it."""
    subjects = [subject_of(r.article) for r in rows]
    events = [r.event for r in rows]
    if about is not None:
        subjects.insert(0, subject_of(in_words(about.article)))
        events.insert(0, about.event)
    named = np.array(events)
    return Situation(
        Likeness.of(subjects, encoder, common), named[:, None] == named[None], about is not None
    )


def in_words(article: Article) -> str:
    """An event as a user would give it: the first words of a title."""
    return " ".join(article.title.split()[:10])


def few(rows: Sequence[Labelled], random: np.random.Generator, most: int) -> list[Labelled]:
    """A few candidates: of one topic, so that siblings meet, and of one or two others."""
    topics = random.permutation(sorted({r.topic for r in rows}))[: int(random.integers(1, 4))]
    pool = [r for r in rows if r.topic in topics]
    size = min(len(pool), int(random.integers(3, most + 1)))
    return [pool[i] for i in random.choice(len(pool), size, replace=False)]


def situations(
    rows: Sequence[Labelled], encoder: Encoder, common: dict[str, float], seed: int
) -> list[Situation]:
    """All rows at once, then `DRAWN` small sets, then as many events in words."""
    random = np.random.default_rng(seed)
    made = [situation(rows, encoder, common, None)]
    made += [situation(few(rows, random, 15), encoder, common, None) for _ in range(DRAWN)]
    for _ in range(DRAWN):
        drawn = few(rows, random, 60)
        made.append(situation(drawn[1:], encoder, common, drawn[0]))
    return made


def regression(
    names: Sequence[str], features: list[Floats], same: list[Flags], weight: list[float]
) -> LearnedModel:
    """A ridge regression in which each list entry has the given weight, whatever its size."""
    columns, truth = np.concatenate(features), np.concatenate(same)
    each = [np.full(len(s), w / max(len(s), 1)) for s, w in zip(same, weight, strict=True)]
    weights = np.concatenate(each)
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit(columns, truth, sample_weight=weights * len(weights) / weights.sum())
    return LearnedModel(
        features=tuple(names),
        weights=model.coef_[0].astype(np.float32),
        intercept=float(model.intercept_[0]),
        origin=Origin(fitted_on="462 articles of 40 events (ECB+)", command=COMMAND),
    )


def fit(rows: Sequence[Labelled], encoder: Encoder, seed: int = 0) -> Model:
    """All numbers of the gate."""
    common = common_words(rows)
    made = situations(rows, encoder, common, seed)
    whole, small, worded = made[0], made[: DRAWN + 1], made[DRAWN + 1 :]
    weight = [float(DRAWN)] + [1.0] * DRAWN
    articles = regression(
        VIEWS, [s.first[pairs(s)] for s in small], [s.same[pairs(s)] for s in small], weight
    )
    words = regression(
        VIEWS, [s.first[0, 1:] for s in worded], [s.same[0, 1:] for s in worded], [1.0] * DRAWN
    )
    company = [relations(bounded(articles, s.first)) for s in small]
    among_articles = regression(
        RELATIONS,
        [c[pairs(s)] for c, s in zip(company, small, strict=True)],
        [s.same[pairs(s)] for s in small],
        weight,
    )
    of_words = [relations(odds_of(s, articles, words))[0, 1:] for s in worded]
    among_words = regression(RELATIONS, of_words, [s.same[0, 1:] for s in worded], [1.0] * DRAWN)
    model = Model(articles, words, among_articles, among_words, 0.5, 0.5, common)
    likely = model.of_articles(bounded(articles, whole.first))
    threshold = best([f1s(likely >= t, whole.same) for t in THRESHOLDS], THRESHOLDS)
    model = replace(model, threshold=threshold)
    # Words vary more than articles do: as many situations again, that nothing was fitted to.
    worded += situations(rows, encoder, common, seed + 1)[DRAWN + 1 :]
    told = [(model.of_words(odds_of(s, articles, words)), s.same[0, 1:]) for s in worded]
    figures = [[f1(p >= t, same) for p, same in told] for t in THRESHOLDS_WORDS]
    return replace(model, threshold_words=best(figures, THRESHOLDS_WORDS, NEXT_TO_BEST_WORDS))


def pairs(s: Situation) -> Flags:
    """Each pair of the situation's articles once."""
    return np.triu(np.ones(s.same.shape, dtype=bool), 1)


def odds_of(s: Situation, articles: LearnedModel, words: LearnedModel) -> Floats:
    """First-stage log odds of every pair."""
    views = s.first
    odds = bounded(articles, views)
    if s.in_words:
        odds[0] = odds[:, 0] = bounded(words, views[0])
    return odds


def best(figures: list[list[float]], thresholds: Floats, near: float = NEXT_TO_BEST) -> float:
    """The middle of the thresholds whose mean figure is next to the best: the peak itself is chance."""
    means = np.array([fmean(row) for row in figures])
    return round(float(np.median(thresholds[means >= means.max() - near])), 3)


def f1(said: Flags, true: Flags) -> float:
    """F1 of one query's decisions; right to say nothing where nothing is on the event."""
    size = int(said.sum()) + int(true.sum())
    return 2 * int((said & true).sum()) / size if size else 1.0


def f1s(said: Flags, same: Flags, queries: Flags | None = None) -> list[float]:
    """F1 of every query, each row of the decisions, that has another article of its event."""
    off = ~np.eye(len(same), dtype=bool)
    return [
        f1(said[q] & off[q], same[q] & off[q])
        for q in range(len(same))
        if (queries is None or queries[q]) and (same[q] & off[q]).any()
    ]


def left_out(rows: Sequence[Labelled], encoder: Encoder) -> dict[str, float]:
    """Figures on topics that the model has not seen: among all, among few, and from words."""
    topics = np.random.default_rng(0).permutation(sorted({r.topic for r in rows}))
    found: dict[str, list[float]] = {"all": [], "few": [], "words": []}
    for fold in range(FOLDS):
        out = set(topics[fold::FOLDS])
        model = fit([r for r in rows if r.topic not in out], encoder)
        unseen = [r for r in rows if r.topic in out]
        queries = np.array([r.topic in out for r in rows])
        common = dict(model.common)
        s = situation(rows, encoder, common, None)
        likely = model.of_articles(bounded(model.articles, s.first))
        found["all"] += f1s(likely >= model.threshold, s.same, queries)
        for s in situations(unseen, encoder, common, seed=1)[1:]:
            odds = odds_of(s, model.articles, model.words)
            if s.in_words:
                told = model.of_words(odds) >= model.threshold_words
                found["words"].append(f1(told, s.same[0, 1:]))
            else:
                likely = model.of_articles(odds)
                found["few"] += f1s(likely >= model.threshold, s.same)
        print(f"fold {fold}: " + shown(found), flush=True)
    return {name: fmean(values) for name, values in found.items()}


def shown(found: dict[str, list[float]]) -> str:
    return ", ".join(f"{name} {fmean(values):.3f}" for name, values in found.items())


def write(model: Model, encoder: str, figures: dict[str, float]) -> None:
    """The data file, with what it was fitted on and how good it is on what it has not seen."""

    def row(r: LearnedModel) -> dict[str, object]:
        weights = {n: round(float(w), 4) for n, w in zip(r.features, r.weights, strict=True)}
        return {"intercept": round(r.intercept, 4), "weights": weights}

    data = {
        "about": "log odds that an article is about an event",
        "fitted_on": model.articles.origin.fitted_on,
        "command": COMMAND,
        "encoder": encoder,
        "f1_on_topics_left_out": {name: round(value, 3) for name, value in figures.items()},
        "threshold": model.threshold,
        "threshold_words": model.threshold_words,
        "articles": row(model.articles),
        "words": row(model.words),
        "among_articles": row(model.among_articles),
        "among_words": row(model.among_words),
        "common": model.common,
    }
    DATA.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write compare/data/gate.json")
    args = parser.parse_args()
    encoder = Remembering(SentenceEncoder(adapter=adapter.load()))
    rows = labelled()
    figures = left_out(rows, encoder)
    for name, value in figures.items():
        print(f"F1 on topics left out, {name:<6} {value:.3f}")
    if args.write:
        write(fit(rows, encoder), encoder.name, figures)


if __name__ == "__main__":
    main()
