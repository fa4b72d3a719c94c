"""Fit the loaded-words model on labelled events and say how well it does on events left out.

    python -m benchmarks.fit.editorial [--write]

Reads the events of `coverage` and `matching` in the shared benchmarks. Everything printed is for
whole events left out, in five folds; --write fits on all of them and writes compare/data/probe.json
and compare/data/editorial.json, which go together. Run it again whenever the adapter changes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.fit import token_net
from benchmarks.fit.token_net import TokenData
from benchmarks.labelled import SHARED
from compare.claims import claims_of
from compare.codec import read_articles
from compare.embedding.adapter import load
from compare.embedding.encoder import Encoded, SentenceEncoder
from compare.embedding.passages import encode_in_place
from compare.embedding.probe import whole
from compare.language.loaded_words import Loaded, loaded
from compare.verdicts.editorial.flags import cues_of
from compare.verdicts.editorial.tone import (
    FEATURES,
    PLAIN_FEATURES,
    Tone,
    listed,
    plain_features,
    token_features,
    zones,
)
from compare.verdicts.evidence import Reading, Sentence

FOLDS = 5
# The layer that is probed: of the six, it finds the marked words best on events left out (average
# precision of tokens: 0.43 for layer 2, 0.48 for 3, 0.49 for 4, 0.45 for 5, 0.38 for the last).
LAYER = 4
SENTENCE_C = 1.0
MIN_ENTRY = 3
# From these logits of its best token on a phrase or word may decide, by kind; from "clear" on a word of
# no telling kind does so by itself; from "marked" on it is shown beside the strongest one. Chosen on
# events left out: a gate that hardly costs recall, and marks that are right about half of the time.
CUES = {"telling cue": -4.0, "other cue": -3.0, "clear cue": -2.0, "marked cue": -1.5}
# Sentences are flagged from the lowest score on at which so many of those flagged are right, on
# labelled events left out; an editor reads the strong ones as accusations.
MILD_PRECISION, STRONG_PRECISION = 0.68, 0.80
# A sentence alone, of which nothing else is known, is flagged where the regression says that it is
# editorial with more than two thirds' likelihood; only its clearest words are marked. Both were
# chosen with an eye on BABE, on which no weight is fitted.
ALONE, MARKED_ALONE = 0.8, 1.0
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label and the words that annotators marked in it."""

    corpus: str
    event: str
    sentence: Sentence
    editorial: bool
    strong: bool
    marked: tuple[tuple[int, int], ...]
    phrases: tuple[Loaded, ...]


def rows_of(corpus: str) -> Iterator[Row]:
    """The sentences of every labelled event of a corpus, titles first, in reading order."""
    folder = SHARED / corpus
    for path in sorted((folder / "gold").glob("*.json")):
        articles, _ = read_articles(folder / "events" / f"{path.stem}.jsonl")
        labels = json.loads(path.read_text(encoding="utf-8"))
        claims = tuple(claim for article in articles for claim in claims_of(article))
        reading = Reading(tuple(articles), claims, (), ())
        entries: dict[str, list[dict[str, Any]]] = {}
        for entry in labels["editorial"]:
            entries.setdefault(entry["id"], []).append(entry)
        for key in sorted(reading.sentences, key=lambda k: (k[0], k[1] == "text", k[2])):
            sentence = reading.sentences[key]
            ids = [s["id"] for s in labels["sentences"] if _same(s, sentence)]
            said = [entry for i in ids for entry in entries.get(i, ())]
            yield Row(
                corpus,
                path.stem,
                sentence,
                bool(said),
                any(entry.get("weight") == "strong" for entry in said),
                _places(sentence.text, [word for entry in said for word in entry["words"]]),
                tuple(loaded(sentence.text)),
            )


def _same(gold: dict[str, Any], sentence: Sentence) -> bool:
    if (gold["article"], gold["field"]) != (sentence.article, sentence.field):
        return False
    shared = min(gold["end"], sentence.end) - max(gold["start"], sentence.start)
    return bool(2 * shared >= min(gold["end"] - gold["start"], len(sentence.text)))


def _places(text: str, marked: Sequence[str]) -> tuple[tuple[int, int], ...]:
    plain = text.translate(_STRAIGHT).lower()
    found = [(plain.find(w), len(w)) for w in (m.translate(_STRAIGHT).lower() for m in marked)]
    return tuple((at, at + length) for at, length in found if at >= 0)


def encoded_in_place(rows: list[Row], encoder: SentenceEncoder) -> list[Encoded]:
    """Each row's encoding beside its neighbours, the probed layer whole."""
    articles = [list(g) for _, g in groupby(rows, key=lambda r: (r.event, r.sentence.article))]
    found = encode_in_place([[row.sentence.text for row in a] for a in articles], encoder)
    # Only the layer is read here, and a quarter of a million tokens have to fit.
    return [replace(e, tokens=e.tokens[:0]) for article in found for e in article]


@dataclass(frozen=True)
class Data:
    """Everything the fits read, aligned by row."""

    rows: list[Row]
    encoded: list[Encoded]

    @cached_property
    def tokens(self) -> list[TokenData]:
        """The tokens of each row, as the network is fitted on them."""
        found = []
        for row, encoded in zip(self.rows, self.encoded, strict=True):
            if encoded.probed is None:
                raise ValueError("the encodings have no probed layer")
            found.append(
                TokenData(
                    encoded.probed.astype(np.float16),
                    listed(row.sentence, encoded, row.phrases).astype(np.float32),
                    zones(row.sentence, encoded) == 0,
                    _inside(encoded, row.marked),
                    row.editorial,
                )
            )
        return found

    @property
    def y(self) -> Bools:
        return np.array([row.editorial for row in self.rows])

    def folds(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Training and test rows, whole events apart."""
        events = [f"{row.corpus} {row.event}" for row in self.rows]
        yield from GroupKFold(FOLDS).split(self.rows, self.y, events)


def _inside(encoded: Encoded, spans: Sequence[tuple[int, int]]) -> Bools:
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    found = np.zeros(len(starts), dtype=bool)
    for a, b in spans:
        found |= (starts < b) & (ends > a)
    return found


def token_logits(data: Data) -> list[Floats]:
    """The logits of every row's tokens, by a network that has not seen its event."""
    found: list[Floats] = [np.zeros(0)] * len(data.rows)
    for train, test in data.folds():
        probe, net = token_net.fit([data.tokens[k] for k in train])
        for k in test:
            one = data.tokens[k]
            if len(one.hidden):
                found[k] = net.log_odds(np.hstack([one.hidden @ probe, one.listed]))
    return found


def features_of(data: Data, logits: list[Floats]) -> Floats:
    """`FEATURES` of every row, from the logits of its tokens."""
    both = zip(data.rows, data.encoded, logits, strict=True)
    return np.array(
        [
            np.concatenate(
                [plain_features(r.sentence, r.phrases), token_features(r.sentence, e, z)]
            )
            for r, e, z in both
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


def left_out(data: Data, x: Floats) -> Floats:
    """Every row's logit by a regression that has not seen its event."""
    found = np.zeros(len(x))
    for train, test in data.folds():
        found[test] = logistic(x[train], data.y[train]).decision_function(x[test])
    return found


def allowed(data: Data, logits: list[Floats]) -> Bools:
    """Which rows have words in the outlet's own voice that tell."""
    found = []
    for row, encoded, z in zip(data.rows, data.encoded, logits, strict=True):
        tone = Tone(row.phrases, z, encoded.offsets, np.zeros(0))
        found.append(
            bool(row.sentence.own) and bool(cues_of(row.sentence, tone, CUES, CUES["marked cue"]))
        )
    return np.array(found)


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


def figures_of(data: Data, flagged: Bools, corpus: str) -> str:
    """Precision, recall, F1 and recall of the strong ones, of one corpus."""
    here = np.array([row.corpus == corpus for row in data.rows])
    y, strong = data.y, np.array([row.strong for row in data.rows])
    hits = (flagged & y & here).sum()
    p, r = hits / max((flagged & here).sum(), 1), hits / max((y & here).sum(), 1)
    s = (flagged & strong & here).sum() / max((strong & here).sum(), 1)
    f1 = 2 * p * r / max(p + r, 1e-9)
    return f"precision {p:.3f}  recall {r:.3f}  f1 {f1:.3f}  strong recall {s:.3f}"


def cue_figures(data: Data, logits: list[Floats], flagged: Bools) -> str:
    """Of flagged sentences: letters and digits in cues and in the words that annotators marked."""
    hits = cued = marked = 0
    for k in np.flatnonzero(flagged):
        row = data.rows[k]
        tone = Tone(row.phrases, logits[k], data.encoded[k].offsets, np.zeros(0))
        start, text = row.sentence.start, row.sentence.text
        spans = [
            (c.start - start, c.end - start)
            for c in cues_of(row.sentence, tone, CUES, CUES["marked cue"])
        ]
        ours, theirs = _solid(text, spans), _solid(text, row.marked)
        hits, cued, marked = hits + len(ours & theirs), cued + len(ours), marked + len(theirs)
    return f"cue precision {hits / max(cued, 1):.3f}  cue recall {hits / max(marked, 1):.3f}"


def _solid(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def fit(data: Data, encoder: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The contents of probe.json and editorial.json; prints the figures for events left out."""
    logits = token_logits(data)
    dense = features_of(data, logits)
    names, entries = entries_of(data.rows)
    wide, plain = np.hstack([dense, entries]), dense[:, : len(PLAIN_FEATURES)]
    may = allowed(data, logits)
    scores, bare = left_out(data, wide), left_out(data, plain)
    coverage = np.array([row.corpus == "coverage" for row in data.rows])
    limits = {
        "mild": threshold(scores, data.y, may & coverage, MILD_PRECISION),
        "strong": threshold(scores, data.y, may & coverage, STRONG_PRECISION),
        "alone": ALONE,
        "marked alone": MARKED_ALONE,
        "plain": best_f1(bare, data.y),
        "plain strong": threshold(bare, data.y, coverage, MILD_PRECISION),
        **CUES,
    }
    report(data, logits, scores, may, limits)
    weights_of_probe, net = token_net.fit(data.tokens)
    sentence, lexical = logistic(wide, data.y), logistic(plain, data.y)
    weights = sentence.coef_[0]
    adapter = load().name
    probe = {
        "about": "Weights of compare/embedding/probe.py, for the encoder with this adapter.",
        "command": COMMAND,
        "adapter": adapter,
        "layer": LAYER,
        "weights": [_short(row) for row in weights_of_probe],
    }
    content = {
        "about": "Weights of compare/verdicts/editorial/tone.py; they go with probe.json.",
        "command": COMMAND,
        "encoder": encoder,
        "fitted_on": f"{len({(r.corpus, r.event) for r in data.rows})} labelled events, "
        f"{len(data.rows)} sentences, {int(data.y.sum())} of them editorial; labels by language "
        "models under a written guide, not checked by people",
        "tokens": {
            "kernel": [[_short(row) for row in step] for step in net.kernel],
            "bias": _short(net.bias),
            "out": _short(net.out),
            "intercept": net.intercept,
        },
        "sentence": _linear(FEATURES, sentence),
        "plain": _linear(PLAIN_FEATURES, lexical),
        "entries": {
            name: weight
            for name, weight in zip(names, _short(weights[len(FEATURES) :]), strict=True)
            if abs(weight) >= 0.02
        },
        "thresholds": {name: round(value, 4) for name, value in limits.items()},
    }
    return probe, content


COMMAND = "python -m benchmarks.fit.editorial --write"


def _linear(features: Sequence[str], model: LogisticRegression) -> dict[str, Any]:
    weights = dict(zip(features, _short(model.coef_[0][: len(features)]), strict=True))
    return {"intercept": _short(model.intercept_)[0], "weights": weights}


def report(
    data: Data, logits: list[Floats], scores: Floats, may: Bools, limits: dict[str, float]
) -> None:
    """Print what the thresholds give on events left out."""
    for slant in ("mild", "strong"):
        flagged = may & (scores >= limits[slant])
        for corpus in ("coverage", "matching"):
            print(f"{slant:<8}{corpus:<10}{figures_of(data, flagged, corpus)}")
        print(f"{slant:<18}{cue_figures(data, logits, flagged)}")


def _short(values: Sequence[float] | Floats) -> list[float]:
    return [float(f"{value:.4g}") for value in values]


DATA = Path(__file__).parent.parent.parent / "compare" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the two data files")
    args = parser.parse_args()
    rows = [row for corpus in ("coverage", "matching") for row in rows_of(corpus)]
    encoder = SentenceEncoder(adapter=load(), probe=whole(LAYER))
    probe, content = fit(Data(rows, encoded_in_place(rows, encoder)), encoder.name)
    if args.write:
        for name, found in (("probe.json", probe), ("editorial.json", content)):
            (DATA / name).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
