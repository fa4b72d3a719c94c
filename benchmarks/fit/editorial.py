"""Fit compare/data/editorial.json on labelled events and say how well it does on events left out.

    python -m benchmarks.fit.editorial EVENTS_DIR GOLD_DIR [--alone | --plain] [--write]

EVENTS_DIR holds articles (<event>.jsonl), GOLD_DIR their labels (<event>.json), as in
`../shared/benchmarks/matching`. Everything printed is for whole events left out, in five folds;
what is written with --write is fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from compare.claims import claims_of
from compare.codec import read_articles
from compare.embedding.adapter import load
from compare.embedding.encoder import Encoded, Encoder, SentenceEncoder, is_adapted
from compare.embedding.passages import encode_in_place
from compare.language.loaded_words import Loaded, loaded
from compare.verdicts.editorial.flags import DECIDES_IN_ARTICLE, cues_of
from compare.verdicts.editorial.tone import (
    ALONE,
    FEATURES,
    PLAIN_FEATURES,
    Tone,
    context_inputs,
    plain_features,
    token_features,
    token_inputs,
    zones,
)
from compare.verdicts.evidence import Reading, Sentence

FOLDS = 5
TOKEN_C, SENTENCE_C = 0.3, 0.3
# Tokens that know their neighbours say more of their article and need a firmer hand, which the
# sentence's regression can then do without.
IN_PLACE_TOKEN_C, IN_PLACE_SENTENCE_C = 0.03, 1.0
NEGATIVES_KEPT = 0.35
MIN_ENTRY = 3
# A word of a kind that gives an editorial voice away is shown from this token logit on, and any other
# word beside it from the second on: below they read plain where they stand. A sentence that is
# flagged in its article has more to go by than its words.
CUES = {"listed cue": 0.0, "other cue": 3.5}
IN_PLACE_CUES = {"listed cue": -1.0, "other cue": 1.0}
# A sentence alone, of which nothing else is known, is flagged where the regression says that it is
# editorial more likely than not: how many editorial sentences there are where it comes from is not known.
LIKELIER_THAN_NOT = 0.0
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label and the words that annotators marked in it."""

    event: str
    sentence: Sentence
    editorial: bool
    marked: tuple[tuple[int, int], ...]
    phrases: tuple[Loaded, ...]


def rows_of(events: Path, gold: Path) -> Iterator[Row]:
    """The sentences of every labelled event, titles first, in reading order."""
    for path in sorted(gold.glob("*.json")):
        articles, _ = read_articles(events / f"{path.stem}.jsonl")
        labels = json.loads(path.read_text(encoding="utf-8"))
        claims = tuple(claim for article in articles for claim in claims_of(article))
        reading = Reading(tuple(articles), claims, (), ())
        words: dict[str, list[str]] = {}
        for entry in labels["editorial"]:
            words.setdefault(entry["id"], []).extend(entry["words"])
        for key in sorted(reading.sentences, key=lambda k: (k[0], k[1] == "text", k[2])):
            sentence = reading.sentences[key]
            ids = [s["id"] for s in labels["sentences"] if _same(s, sentence)]
            said = [word for i in ids for word in words.get(i, ())]
            editorial = any(i in words for i in ids)
            found = tuple(loaded(sentence.text))
            yield Row(path.stem, sentence, editorial, _places(sentence.text, said), found)


def _same(gold: dict[str, Any], sentence: Sentence) -> bool:
    if (gold["article"], gold["field"]) != (sentence.article, sentence.field):
        return False
    shared = min(gold["end"], sentence.end) - max(gold["start"], sentence.start)
    return bool(2 * shared >= min(gold["end"] - gold["start"], len(sentence.text)))


def _places(text: str, marked: Sequence[str]) -> tuple[tuple[int, int], ...]:
    plain = text.translate(_STRAIGHT).lower()
    found = [(plain.find(w), len(w)) for w in (m.translate(_STRAIGHT).lower() for m in marked)]
    return tuple((at, at + length) for at, length in found if at >= 0)


def token_labels(row: Row, encoded: Encoded) -> NDArray[np.bool_]:
    """Which tokens lie in the marked words."""
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    found = np.zeros(len(starts), dtype=bool)
    for a, b in row.marked:
        found |= (starts < b) & (ends > a)
    return found


@dataclass(frozen=True)
class Data:
    """Everything the fits read, aligned by row."""

    rows: list[Row]
    inputs: list[Floats]
    labels: list[NDArray[np.bool_]]
    zones: list[NDArray[np.int8]]
    encoded: list[Encoded]
    token_c: float
    sentence_c: float
    cues: dict[str, float]

    @property
    def y(self) -> NDArray[np.bool_]:
        return np.array([row.editorial for row in self.rows])

    @property
    def events(self) -> list[str]:
        return [row.event for row in self.rows]


def data_of(rows: list[Row], encoder: Encoder, *, alone: bool) -> Data:
    """The rows with their encodings, by themselves or as they are encoded for a comparison."""
    in_place = is_adapted(encoder.name) and not alone
    encoded = (
        encoded_in_place(rows, encoder)
        if in_place
        else encoder.encode([row.sentence.text for row in rows])
    )
    both = list(zip(rows, encoded, strict=True))
    return Data(
        rows,
        [token_inputs(e, r.phrases).astype(np.float32) for r, e in both],
        [token_labels(r, e) for r, e in both],
        [zones(r.sentence, e) for r, e in both],
        encoded,
        *(
            (IN_PLACE_TOKEN_C, IN_PLACE_SENTENCE_C, IN_PLACE_CUES)
            if in_place
            else (TOKEN_C, SENTENCE_C, CUES)
        ),
    )


def encoded_in_place(rows: list[Row], encoder: Encoder) -> list[Encoded]:
    """Each row's encoding beside its neighbours, as it is encoded for a comparison."""
    articles = [list(g) for _, g in groupby(rows, key=lambda r: (r.event, r.sentence.article))]
    found = encode_in_place([[row.sentence.text for row in a] for a in articles], encoder)
    return [encoded for article in found for encoded in article]


def fit_tokens(data: Data, chosen: Sequence[int]) -> LogisticRegression:
    """Which words read as marked; plain ones are thinned out, which only shifts the bias."""
    kept = [data.zones[k] < 2 for k in chosen]
    x = np.vstack([data.inputs[k][m] for k, m in zip(chosen, kept, strict=True)])
    y = np.concatenate([data.labels[k][m] for k, m in zip(chosen, kept, strict=True)])
    take = y | (np.random.default_rng(0).random(len(y)) < NEGATIVES_KEPT)
    return LogisticRegression(C=data.token_c, max_iter=100).fit(x[take], y[take])


def folds(data: Data) -> Iterator[tuple[list[int], list[int]]]:
    """Training and test rows, whole events apart."""
    splitter = GroupKFold(FOLDS)
    for train, test in splitter.split(data.rows, data.y, data.events):
        yield list(train), list(test)


def features_of(data: Data, logits: list[Floats]) -> Floats:
    """`FEATURES` of every row, from the logits of its tokens."""
    return np.array(
        [
            np.concatenate(
                [plain_features(r.sentence, r.phrases), token_features(r.sentence, e, z)]
            )
            for r, e, z in zip(data.rows, data.encoded, logits, strict=True)
        ]
    )


def entries_of(data: Data) -> tuple[list[str], Floats]:
    """The lexicon's phrases met in own voice often enough, and which rows hold them."""
    own = [{p.phrase for p in r.phrases if r.sentence.is_own(p.start, p.end)} for r in data.rows]
    counts: dict[str, int] = {}
    for phrases in own:
        for phrase in phrases:
            counts[phrase] = counts.get(phrase, 0) + 1
    names = sorted(p for p, n in counts.items() if n >= MIN_ENTRY)
    return names, np.array([[n in phrases for n in names] for phrases in own], dtype=np.float64)


def logistic(x: Floats, y: NDArray[np.bool_], c: float) -> LogisticRegression:
    """A small regularised regression."""
    return LogisticRegression(C=c, max_iter=2000, solver="liblinear").fit(x, y)


def left_out(data: Data, x: Floats) -> Floats:
    """Every row's logit by a regression that has not seen its event."""
    found = np.zeros(len(x))
    for train, test in folds(data):
        found[test] = logistic(x[train], data.y[train], data.sentence_c).decision_function(x[test])
    return found


def contexts(data: Data, logits: Floats) -> Floats:
    """`CONTEXT` of every row, article by article."""
    found = np.zeros((len(logits), 5))
    for article in dict.fromkeys(r.sentence.article for r in data.rows):
        at = [k for k, r in enumerate(data.rows) if r.sentence.article == article]
        found[at] = context_inputs(list(logits[at]))
    return found


def best_threshold(
    logits: Floats, y: NDArray[np.bool_], allowed: NDArray[np.bool_]
) -> tuple[float, float]:
    """(F1, threshold) where F1 is highest."""
    tried = np.quantile(logits, np.linspace(0.5, 0.95, 91))
    scored = [
        (2 * ((logits >= t) & allowed & y).sum() / (((logits >= t) & allowed).sum() + y.sum()), t)
        for t in tried
    ]
    return max((float(f), float(t)) for f, t in scored)


def crossed(logits: Floats, data: Data, allowed: NDArray[np.bool_]) -> float:
    """F1 with the threshold, too, chosen on the other folds."""
    chosen = np.zeros(len(logits), dtype=bool)
    for train, test in folds(data):
        _, limit = best_threshold(logits[train], data.y[train], allowed[train])
        chosen[test] = (logits[test] >= limit) & allowed[test]
    return float(2 * (chosen & data.y).sum() / (chosen.sum() + data.y.sum()))


def fit(data: Data) -> tuple[dict[str, Any], dict[str, float]]:
    """The data file's content, and the figures for events left out."""
    logits: list[Floats] = [np.zeros(0)] * len(data.rows)
    for train, test in folds(data):
        model = fit_tokens(data, train)
        for k in test:
            logits[k] = model.decision_function(data.inputs[k])
    dense = features_of(data, logits)
    names, entries = entries_of(data)
    plain = dense[:, : len(PLAIN_FEATURES)]
    wide = np.hstack([dense, entries])
    allowed = np.array([bool(r.sentence.own) for r in data.rows])
    alone, bare = left_out(data, wide), left_out(data, plain)
    context = contexts(data, alone)
    within = left_out(data, context)
    figures = {
        "words of the lexicon alone": crossed(bare, data, allowed),
        "each sentence alone": crossed(alone, data, allowed),
        "in its article": crossed(within, data, allowed),
    }
    thresholds = {
        "plain": best_threshold(bare, data.y, allowed)[1],
        "alone": LIKELIER_THAN_NOT,
        "in article": best_threshold(within, data.y, allowed)[1],
    }
    thresholds |= data.cues
    flagged = (within >= thresholds["in article"]) & allowed
    figures |= cue_figures(data, logits, flagged, thresholds)
    tokens = fit_tokens(data, range(len(data.rows)))
    sentence, lexical, around = (
        logistic(wide, data.y, data.sentence_c),
        logistic(plain, data.y, data.sentence_c),
        logistic(context, data.y, data.sentence_c),
    )
    weights = sentence.coef_[0]
    content = {
        "token_weights": _short(tokens.coef_[0]),
        "token_bias": _short(tokens.intercept_)[0],
        "sentence": dict(zip(FEATURES, _short(weights[: len(FEATURES)]), strict=True)),
        "sentence_bias": _short(sentence.intercept_)[0],
        "plain": dict(zip(PLAIN_FEATURES, _short(lexical.coef_[0]), strict=True)),
        "plain_bias": _short(lexical.intercept_)[0],
        "entries": {
            n: w
            for n, w in zip(names, _short(weights[len(FEATURES) :]), strict=True)
            if abs(w) >= 0.02
        },
        "context": _short(around.coef_[0]),
        "context_bias": _short(around.intercept_)[0],
        "thresholds": {name: round(value, 4) for name, value in thresholds.items()},
    }
    return content, figures


def cue_figures(
    data: Data, logits: list[Floats], flagged: NDArray[np.bool_], thresholds: dict[str, float]
) -> dict[str, float]:
    """Of flagged sentences: letters and digits that are in cues and in words that annotators marked."""
    hits = cued = marked = named = right = 0
    for k in np.flatnonzero(flagged):
        row = data.rows[k]
        tone = Tone(row.phrases, logits[k], data.encoded[k].offsets, np.zeros(0))
        cues = cues_of(row.sentence, tone, thresholds, DECIDES_IN_ARTICLE)
        start, text = row.sentence.start, row.sentence.text
        ours = _solid(text, [(c.start - start, c.end - start) for c in cues])
        theirs = _solid(text, row.marked)
        hits, cued, marked = hits + len(ours & theirs), cued + len(ours), marked + len(theirs)
        right += row.editorial
        named += row.editorial and bool(ours & theirs)
    return {
        "cue precision": hits / cued,
        "cue recall": hits / marked,
        "flags with a marked word": named / right,
    }


def _solid(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def _short(values: Floats) -> list[float]:
    return [float(f"{value:.4g}") for value in values]


TARGET = Path(__file__).parents[2] / "compare" / "data" / "editorial.json"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--alone", action="store_true", help="each sentence without its neighbours")
    which.add_argument("--plain", action="store_true", help="for the encoder without its adapter")
    args = parser.parse_args()
    encoder = SentenceEncoder(adapter=None if args.plain else load())
    data = data_of(list(rows_of(args.events, args.gold)), encoder, alone=args.alone)
    name = f"{encoder.name} {ALONE}" if args.alone else encoder.name
    write(*fit(data), data, name, keep=args.write)


def write(
    content: dict[str, Any], figures: dict[str, float], data: Data, encoder: str, *, keep: bool
) -> None:
    """Print the figures and, if asked to, write the data file."""
    for name, value in figures.items():
        print(f"{name:<32}{value:.3f}")
    about = {
        "about": "Weights of compare/verdicts/editorial/tone.py.",
        "command": "python -m benchmarks.fit.editorial EVENTS GOLD --write (and again with --alone and with --plain)",
        "fitted_on": f"{len(set(data.events))} labelled three-outlet events, {len(data.rows)} sentences, "
        f"{int(data.y.sum())} of them editorial; labels by language models under a written guide, "
        "not checked by people",
    }
    content["on_events_left_out"] = {name: round(value, 3) for name, value in figures.items()}
    if keep:
        known = (
            json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {"models": {}}
        )
        both = about | {"models": known["models"] | {encoder: content}}
        TARGET.write_text(json.dumps(both, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
