"""The loaded-words model as it judges labelled events that it was not fitted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.fit import token_net
from benchmarks.fit.loaded_rows import Data, Row
from compare.datamodel import Cue
from compare.kinds import Slant
from compare.learned import sigmoid
from compare.verdicts.editorial.flags import Flag, cues_of
from compare.verdicts.editorial.token_net import TokenNet
from compare.verdicts.editorial.tone import (
    PLAIN_FEATURES,
    VOICES,
    Tone,
    plain_features,
    token_features,
    voice_of,
)
from compare.verdicts.evidence import SentenceKey

SENTENCE_C, VOICE_C = 0.3, 0.1
MIN_ENTRY = 3
# From these logits of its best token on a phrase or word may decide, by kind; from "clear" on a word of
# no telling kind does so by itself; from "marked" on it is shown beside the strongest one. Chosen on
# events left out among seven settings: a gate that hardly costs recall, and marks that are right
# about half of the time.
CUES = {"telling cue": -8.0, "other cue": -4.0, "clear cue": -2.5, "marked cue": -1.2}
# Sentences are flagged from the lowest score on at which so many of those flagged are right, on
# labelled events left out; an editor reads the strong ones as accusations.
MILD_PRECISION, STRONG_PRECISION = 0.69, 0.80
# The same where words and style alone decide, without the encoder.
PLAIN_PRECISION = 0.68
# A sentence alone, of which nothing else is known, is flagged where the regression says that it is
# editorial with three quarters of likelihood; only its clearest words are marked. Both were
# chosen with an eye on BABE, on which no weight is fitted.
ALONE, MARKED_ALONE = 1.05, 2.2
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A probe's weights (d, k + 2) and the network that reads the first k of its readings."""

    probe: NDArray[np.float32]
    net: TokenNet


def reader_of(data: Data, rows: Iterable[int]) -> Reader:
    """The probe and the network fitted on some rows; the voices are a ridge regression over means."""
    some = list(rows)
    probe, net = token_net.fit([data.tokens[k] for k in some])
    means = np.array([_means(data, k) for k in some])
    model = LogisticRegression(C=VOICE_C, max_iter=300, solver="liblinear")
    weights = model.fit(means, data.y[some]).coef_[0]
    voices = weights.reshape(VOICES, -1).T
    return Reader(np.hstack([probe, voices]).astype(np.float32), net)


def _means(data: Data, row: int) -> NDArray[np.float32]:
    """The mean of the layers over the outlet's own tokens and over all of them, (2 n d,)."""
    one = data.tokens[row]
    hidden = one.hidden.astype(np.float32)
    none = np.zeros(hidden.shape[1], dtype=np.float32)
    mine = hidden[one.own].mean(axis=0) if one.own.any() else none
    return np.concatenate([mine, hidden.mean(axis=0) if len(hidden) else none])


Readings = tuple[list[Floats], Floats]


def readings_of(data: Data) -> Readings:
    """The logits of every row's tokens, and its voice, by a reader that has not seen its event."""
    logits: list[Floats] = [np.zeros(0)] * len(data.rows)
    voices = np.zeros(len(data.rows))
    for train, test in data.folds():
        reader = reader_of(data, train)
        for k in test:
            one = data.tokens[k]
            if len(one.hidden):
                read = (one.hidden @ reader.probe).astype(np.float64)
                logits[k] = reader.net.log_odds(np.hstack([read[:, :-VOICES], one.listed]))
                voices[k] = voice_of(data.rows[k].sentence, data.encoded[k], read[:, -VOICES:])
    return logits, voices


def features_of(data: Data, read: Readings) -> Floats:
    """`FEATURES` of every row, from the logits of its tokens and its voice."""
    all_ = zip(data.rows, data.encoded, *read, strict=True)
    return np.array(
        [
            np.concatenate(
                [plain_features(r.sentence, r.phrases), token_features(r.sentence, e, z), [v]]
            )
            for r, e, z, v in all_
        ]
    )


def entries_of(rows: Sequence[Row]) -> tuple[list[str], Floats]:
    """The lexicon's phrases met in own voice often enough, and which rows hold them."""
    own = [{p.phrase for p in r.phrases if r.sentence.is_own(p.start, p.end)} for r in rows]
    counts: dict[str, int] = {}
    for phrases in own:
        for phrase in phrases:
            counts[phrase] = counts.get(phrase, 0) + 1
    names = sorted(p for p, n in counts.items() if n >= MIN_ENTRY)
    return names, np.array([[n in phrases for n in names] for phrases in own], dtype=np.float64)


def logistic(x: Floats, y: Bools) -> LogisticRegression:
    """A small regularised regression."""
    return LogisticRegression(C=SENTENCE_C, max_iter=2000, solver="liblinear").fit(x, y)


def _scores(data: Data, x: Floats) -> Floats:
    """Every row's logit by a regression that has not seen its event."""
    found = np.zeros(len(x))
    for train, test in data.folds():
        found[test] = logistic(x[train], data.y[train]).decision_function(x[test])
    return found


def tone_of(row: Row, places: NDArray[np.int32], logits: Floats) -> Tone:
    """What a row's cues are found by."""
    return Tone(row.phrases, logits, places, np.zeros(0))


def threshold(logits: Floats, y: Bools, may: Bools, precision: float) -> float:
    """The lowest score from which on so many of those flagged are right, whatever is above it."""
    order = np.argsort(-logits[may])
    right = np.cumsum(y[may][order]) / np.arange(1, may.sum() + 1)
    enough = np.flatnonzero(right >= precision)
    return float(logits[may][order][enough[-1]]) if len(enough) else float("inf")


def best_f1(logits: Floats, y: Bools) -> float:
    """The threshold at which F1 is highest."""
    tried = np.quantile(logits, np.linspace(0.5, 0.98, 97))
    scores = [2 * ((logits >= t) & y).sum() / ((logits >= t).sum() + y.sum()) for t in tried]
    return float(tried[int(np.argmax(scores))])


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Every row as models judge it that have not seen its event, and the limits chosen on that.

    `features` (n, f) and `entries` (n, names) are what the sentence's regression is fitted on,
    `scores` its log odds, `cues` the words that would decide; without those nothing is flagged.
    """

    data: Data
    logits: list[Floats]
    features: Floats
    names: list[str]
    entries: Floats
    scores: Floats
    cues: list[tuple[Cue, ...]]
    limits: dict[str, float]

    def flagged(self, slant: str) -> Bools:
        """Which rows are flagged at all ("mild") or as "strong"."""
        told = np.array([bool(cues) for cues in self.cues])
        return np.asarray(told & (self.scores >= self.limits[slant]))

    def flags(self) -> Mapping[tuple[str, SentenceKey], Flag]:
        """The flag of each sentence, by its event's name and its place."""
        mild, strong = self.flagged("mild"), self.flagged("strong")
        found = {}
        for k, row in enumerate(self.data.rows):
            s = row.sentence
            slant = Slant.STRONG if strong[k] else Slant.MILD if mild[k] else None
            score = float(sigmoid(self.scores[k : k + 1])[0])
            key = s.article, s.field, s.start, s.end
            found[row.event, key] = Flag(score, slant, self.cues[k] if slant else ())
        return found


def left_out(data: Data) -> LeftOut:
    """The model fitted fold by fold, whole events left out of each."""
    logits, voices = readings_of(data)
    features = features_of(data, (logits, voices))
    names, entries = entries_of(data.rows)
    scores = _scores(data, np.hstack([features, entries]))
    bare = _scores(data, features[:, : len(PLAIN_FEATURES)])
    both = zip(data.rows, data.encoded, logits, strict=True)
    cues = [
        cues_of(r.sentence, tone_of(r, e.offsets, z), CUES, CUES["marked cue"]) for r, e, z in both
    ]
    coverage = np.array([row.corpus == "coverage" for row in data.rows])
    may = coverage & np.array([bool(some) for some in cues])
    limits = {
        "mild": threshold(scores, data.y, may, MILD_PRECISION),
        "strong": threshold(scores, data.y, may, STRONG_PRECISION),
        "alone": ALONE,
        "marked alone": MARKED_ALONE,
        "plain": best_f1(bare, data.y),
        "plain strong": threshold(bare, data.y, coverage, PLAIN_PRECISION),
        **CUES,
    }
    return LeftOut(data, logits, features, names, entries, scores, cues, limits)
