"""Is this article about the event? Words, names, dates and the opening, read together.

Two stages, both small logistic regressions from `compare/data/gate.json` (`benchmarks/fit/gate.py`
says on what they were fitted). The first compares two articles by what they share, weighed by
rarity. The second looks at the whole set of candidates: an article whose nearest neighbours are on
the event is likely on it too, and how near is near differs from event to event, so likeness is
measured against that of either side's nearest neighbours (local scaling: Zelnik-Manor and Perona,
2004). That is what tells two arrests of the same kind apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from compare.datamodel import Article, Event
from compare.embedding.encoder import Encoder
from compare.gate.likeness import VIEWS, Likeness, subject_of
from compare.gate.relations import RELATIONS, SCALE, relations_of
from compare.gate.words import near_words
from compare.kinds import Cause
from compare.learned import LearnedModel, Misfit, Origin, log_odds, read_data, sigmoid
from compare.times import outside_window

Floats = NDArray[np.float32]

# The second stage looks at this many candidates, the likest; its work grows with their square.
MOST_NEAR = 1000
# Where every article is a query and there are more than MOST_NEAR, each is decided among fewer.
MOST_NEAR_OF_MANY = 300
# Where every article is a query, pairs less likely than this get no words to their reason.
CLEARLY_OFF = 0.02
# Among more articles than this the support of neighbours is read twice; among fewer it says too little.
FEW = 60
# From these likenesses of two openings on they are said to be alike. For reading only: nothing is decided by them.
ALIKE, SOMEWHAT = 0.6, 0.3
# No pair is so sure that its log odds leave this range.
_SURE = 12.0
# A date without its time zone is this much wider than its day.
TIME_ZONES = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the article `id` is on the event, how likely that is, and why, in a sentence.

    `cause` is what takes it out: OTHER_EVENT or OUTSIDE_WINDOW; None where it is on the event.
    """

    id: str
    score: float
    cause: Cause | None
    reason: str

    @property
    def on_event(self) -> bool:
        """Whether the article is about the event."""
        return self.cause is None


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The fitted numbers: two articles, words and an article, and the second stage of each.

    The features of the first two are `VIEWS`, those of the others `RELATIONS`.
    """

    articles: LearnedModel
    words: LearnedModel
    among_articles: LearnedModel
    among_words: LearnedModel
    threshold: float
    threshold_words: float
    common: Mapping[str, float]

    def misfit(self, encoder: str) -> Misfit | None:
        """Why the gate was not fitted for an encoder; None where it was."""
        return self.articles.origin.misfit("gate", encoder)

    def of_articles(self, odds: Floats) -> Floats:
        """The probability of every pair of articles, (n, n), from first-stage log odds.

        Among many, support of neighbours is read once more, from what the first reading gives.
        """
        likely = sigmoid(bounded(self.among_articles, relations(odds)))
        if len(odds) <= FEW:
            return likely
        again = np.asarray((odds + _log_odds(likely)) / 2, dtype=np.float32)
        return sigmoid(bounded(self.among_articles, relations(again)))

    def of_words(self, odds: Floats, near: NDArray[np.bool_] | None = None) -> Floats:
        """How likely each article is on an event in words, (n - 1,); the words come first in odds.

        `near` (n - 1,) are the articles near the words (all, if not given): where there is none, nothing is
        on the event. Words leave much open. So the likeliest near article stands for the event (pseudo-relevance
        feedback), with the next one that agrees with it, and the others are compared with them.
        """
        by_words = sigmoid(bounded(self.among_words, relations(odds)[0, 1:]))
        together = self.of_articles(odds[1:, 1:]) if len(by_words) > 1 else np.ones((1, 1))
        if near is None:
            near = np.ones(len(by_words), dtype=bool)
        if not near.any():
            return np.zeros(len(by_words), dtype=np.float32)
        best = int(np.where(near, by_words, -1.0).argmax())
        support = together[best].copy()
        support[best] = 1.0
        joint = np.sqrt(by_words * support)
        joint[best] = 0.0
        second = int(joint.argmax())
        if support[second] >= self.threshold:
            support = np.maximum(support, together[second])
        return np.asarray(np.sqrt(by_words * support), dtype=np.float32)


@lru_cache(maxsize=1)
def load() -> Model:
    """The model in `compare/data/gate.json`; `benchmarks/fit/gate.py` writes it."""
    data = read_data("compare", "data/gate.json")
    origin = Origin.of(data)

    def stage(name: str, features: tuple[str, ...]) -> LearnedModel:
        return LearnedModel.of(data[name], origin=origin, features=features, dtype=np.float32)

    return Model(
        articles=stage("articles", VIEWS),
        words=stage("words", VIEWS),
        among_articles=stage("among_articles", RELATIONS),
        among_words=stage("among_words", RELATIONS),
        threshold=float(data["threshold"]),
        threshold_words=float(data["threshold_words"]),
        common=data["common"],
    )


def gate(
    query: Article | str,
    candidates: Sequence[Article],
    *,
    encoder: Encoder,
    event: Event | None = None,
    model: Model | None = None,
) -> tuple[Decision, ...]:
    """One decision a candidate, in order.

    `query` is an article about the event, or the event in words. A candidate published outside
    the event's window is not about it, whatever it says.
    """
    if not candidates:
        return ()
    model = model or load()
    in_words = isinstance(query, str)
    subjects = [subject_of(query), *(subject_of(c) for c in candidates)]
    likeness = Likeness.of(subjects, encoder, model.common)
    every = np.arange(1, len(subjects))
    stage = model.words if in_words else model.articles
    first = bounded(stage, likeness.views(np.zeros(1, int), every)[0])
    near = every[np.argsort(-first, kind="stable")[:MOST_NEAR]]
    odds = np.zeros((len(near) + 1, len(near) + 1), dtype=np.float32)
    odds[1:, 1:] = bounded(model.articles, likeness.views(near, near))
    odds[0, 1:] = odds[1:, 0] = first[near - 1]
    likely = np.zeros(len(first), dtype=np.float32)
    if in_words:
        alike = likeness.nearest_passages(np.zeros(1, int), near)[0]
        held = near_words(subjects[0], [subjects[i] for i in near], alike, model.common)
        likely[near - 1] = model.of_words(odds, held)
    else:
        likely[near - 1] = model.of_articles(odds)[0, 1:]
    threshold = model.threshold_words if in_words else model.threshold
    decided = _decisions(candidates, likeness, 0, every, likely, threshold=threshold)
    return tuple(
        _within(decision, candidate, event)
        for decision, candidate in zip(decided, candidates, strict=True)
    )


def gate_all(
    articles: Sequence[Article], *, encoder: Encoder, model: Model | None = None
) -> dict[str, tuple[Decision, ...]]:
    """For every article as the query, by its id, the decisions on all others, in order."""
    model = model or load()
    subjects = [subject_of(a) for a in articles]
    if len(subjects) < 2:
        return {a.id: () for a in articles}
    likeness = Likeness.of(subjects, encoder, model.common)
    every = np.arange(len(subjects))
    if len(subjects) <= MOST_NEAR:
        likely = model.of_articles(bounded(model.articles, likeness.views(every, every)))
    else:
        likely = np.stack([_row(likeness, int(q), model) for q in every])
    decided = {}
    for q, query in enumerate(articles):
        rest = every[every != q]
        others = [articles[i] for i in rest]
        decided[query.id] = _decisions(
            others,
            likeness,
            q,
            rest,
            likely[q, rest],
            threshold=model.threshold,
            explained=CLEARLY_OFF,
        )
    return decided


def bounded(model: LearnedModel, features: Floats) -> Floats:
    """The log odds (...,) of features (..., k), none surer than `_SURE`."""
    return np.clip(model.log_odds(features), -_SURE, _SURE)


def relations(odds: Floats) -> Floats:
    """What the neighbours of two articles say of each pair, (n, n, 6), from first-stage log odds."""
    alike = ((odds + odds.T) / 2).astype(np.float32)
    np.fill_diagonal(alike, -_SURE)
    own = np.sort(alike, axis=1)[:, ::-1][:, : min(SCALE, len(alike) - 1)].mean(axis=1)
    return relations_of(alike, sigmoid(alike), own, least=1e-5)


def _log_odds(p: Floats) -> Floats:
    return log_odds(np.clip(p, 1e-5, 1 - 1e-5).astype(np.float32))


def _row(likeness: Likeness, query: int, model: Model) -> Floats:
    """One query's probabilities where there are too many articles to relate all."""
    every = np.arange(len(likeness))
    first = bounded(model.articles, likeness.views(np.array([query]), every)[0])
    first[query] = np.inf  # it comes first, and is skipped by the caller
    near = np.argsort(-first, kind="stable")[: MOST_NEAR_OF_MANY + 1]
    out = np.zeros(len(likeness), dtype=np.float32)
    out[near] = model.of_articles(bounded(model.articles, likeness.views(near, near)))[0]
    return out


def _decisions(
    candidates: Sequence[Article],
    likeness: Likeness,
    query: int,
    at: NDArray[np.int64],
    likely: Floats,
    *,
    threshold: float,
    explained: float = 0.0,
) -> tuple[Decision, ...]:
    """A decision a candidate; `at` are the candidates' places among the subjects.

    Those less likely than `explained` get a reason without words.
    """
    openings = likeness.openings(query, at)
    told = np.flatnonzero(likely >= explained)
    shared = dict(zip(told.tolist(), likeness.shared_words(query, at[told]), strict=True))
    missing = dict(zip(told.tolist(), likeness.missing_words(query, at[told]), strict=True))
    return tuple(
        Decision(
            id=candidate.id,
            score=round(float(likely[i]), 6),
            cause=None if likely[i] >= threshold else Cause.OTHER_EVENT,
            reason=_reason(shared[i], missing[i], openings[i], on_event=likely[i] >= threshold)
            if i in shared
            else f"has next to nothing in common with it; {_alike(float(openings[i]))}",
        )
        for i, candidate in enumerate(candidates)
    )


def _reason(
    shared: Sequence[str], missing: Sequence[str], opening: float, *, on_event: bool
) -> str:
    alike = _alike(opening)
    if not shared:
        return f"shares no rare word with it; {alike}"
    only = "" if on_event else "only "
    lacks = f" and says nothing of {_listed(missing)}" if missing and not on_event else ""
    return f"shares {only}{_listed(shared)} with it{lacks}; {alike}"


def _alike(opening: float) -> str:
    """How alike the openings are, for a reader; `Decision.score` is what decides."""
    if opening >= ALIKE:
        return "the two begin alike"
    return "the two begin somewhat alike" if opening >= SOMEWHAT else "the two begin otherwise"


def _listed(words: Sequence[str]) -> str:
    quoted = [f"\u201c{word}\u201d" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _within(decision: Decision, article: Article, event: Event | None) -> Decision:
    window = (event.start, event.end) if event else (None, None)
    outside = outside_window(article.published, *window, slack=TIME_ZONES)
    return Decision(decision.id, 0.0, Cause.OUTSIDE_WINDOW, outside) if outside else decision
