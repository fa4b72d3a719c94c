"""Fit the loaded-words model on labelled events and say how well it does on events left out.

    python -m benchmarks.fit.editorial [--write]

Reads the events of `coverage` and `matching` in the shared benchmarks. Everything printed is for
whole events left out, in five folds; --write fits on all of them and writes compare/data/probe.npz
and compare/data/editorial.json, which go together. Run it again whenever the adapter changes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks.fit.loaded_rows import Data, encoded_in_place, rows_of
from benchmarks.fit.tone_left_out import LeftOut, left_out, logistic, reader_of
from compare.embedding import probe
from compare.embedding.adapter import load
from compare.embedding.encoder import SentenceEncoder
from compare.verdicts.editorial.tone import FEATURES, PLAIN_FEATURES

# The layers that are probed, of six. Average precision of sentences on the events of `coverage` left out:
# 0.677 for the fourth alone, 0.679 with the last, 0.684 for the third to the fifth, 0.688 for these.
LAYERS = (2, 4, 5, 6)
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def labelled_data() -> tuple[Data, str]:
    """The labelled sentences of both benchmarks, encoded in place, and the encoder's name."""
    rows = [row for corpus in ("coverage", "matching") for row in rows_of(corpus)]
    encoder = SentenceEncoder(adapter=load(), probe=probe.whole(LAYERS))
    return Data(rows, encoded_in_place(rows, encoder)), encoder.name


def figures_of(data: Data, flagged: Bools, corpus: str) -> str:
    """Precision, recall, F1 and recall of the strong ones, of one corpus."""
    here = np.array([row.corpus == corpus for row in data.rows])
    y, strong = data.y, np.array([row.strong for row in data.rows])
    hits = (flagged & y & here).sum()
    p, r = hits / max((flagged & here).sum(), 1), hits / max((y & here).sum(), 1)
    s = (flagged & strong & here).sum() / max((strong & here).sum(), 1)
    f1 = 2 * p * r / max(p + r, 1e-9)
    return f"precision {p:.3f}  recall {r:.3f}  f1 {f1:.3f}  strong recall {s:.3f}"


def cue_figures(judged: LeftOut, flagged: Bools) -> str:
    """Of flagged sentences: letters and digits in cues and in the words that annotators marked."""
    hits = cued = marked = 0
    for k in np.flatnonzero(flagged):
        row = judged.data.rows[k]
        start, text = row.sentence.start, row.sentence.text
        spans = [(c.start - start, c.end - start) for c in judged.cues[k]]
        ours, theirs = _solid(text, spans), _solid(text, row.marked)
        hits, cued, marked = hits + len(ours & theirs), cued + len(ours), marked + len(theirs)
    return f"cue precision {hits / max(cued, 1):.3f}  cue recall {hits / max(marked, 1):.3f}"


def _solid(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def fit(data: Data, encoder: str) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """The probe's weights and the content of editorial.json; prints the figures for events left out."""
    judged = left_out(data)
    report(judged)
    reader = reader_of(data, range(len(data.rows)))
    wide = np.hstack([judged.features, judged.entries])
    sentence = logistic(wide, data.y)
    lexical = logistic(judged.features[:, : len(PLAIN_FEATURES)], data.y)
    weights = sentence.coef_[0]
    content = {
        "about": "Weights of compare/verdicts/editorial/tone.py; they go with probe.npz.",
        "command": COMMAND,
        "encoder": encoder,
        "fitted_on": f"{len({(r.corpus, r.event) for r in data.rows})} labelled events, "
        f"{len(data.rows)} sentences, {int(data.y.sum())} of them editorial; labels by language "
        "models under a written guide, not checked by people",
        "tokens": {
            "kernel": [[_short(row) for row in step] for step in reader.net.kernel],
            "bias": _short(reader.net.bias),
            "out": _short(reader.net.out),
            "intercept": reader.net.intercept,
        },
        "sentence": _linear(FEATURES, sentence),
        "plain": _linear(PLAIN_FEATURES, lexical),
        "entries": {
            name: weight
            for name, weight in zip(judged.names, _short(weights[len(FEATURES) :]), strict=True)
            if abs(weight) >= 0.02
        },
        "thresholds": {name: round(value, 4) for name, value in judged.limits.items()},
    }
    return reader.probe, content


COMMAND = "python -m benchmarks.fit.editorial --write"
PROBE = {
    "about": "Of the weights in probe.npz (compare/embedding/probe.py), for the encoder with this adapter.",
    "command": COMMAND,
}


def _linear(features: Sequence[str], model: LogisticRegression) -> dict[str, Any]:
    weights = dict(zip(features, _short(model.coef_[0][: len(features)]), strict=True))
    return {"intercept": _short(model.intercept_)[0], "weights": weights}


def report(judged: LeftOut) -> None:
    """Print what the limits give on events left out, and how well the scores order the sentences."""
    for corpus in ("coverage", "matching"):
        here = np.array([row.corpus == corpus for row in judged.data.rows])
        ordered = average_precision_score(judged.data.y[here], judged.scores[here])
        print(f"{'order':<8}{corpus:<10}average precision {ordered:.3f}")
    for slant in ("mild", "strong"):
        flagged = judged.flagged(slant)
        for corpus in ("coverage", "matching"):
            print(f"{slant:<8}{corpus:<10}{figures_of(judged.data, flagged, corpus)}")
        print(f"{slant:<18}{cue_figures(judged, flagged)}")


def _short(values: Sequence[float] | Floats) -> list[float]:
    return [float(f"{value:.4g}") for value in values]


DATA = Path(__file__).parent.parent.parent / "compare" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the data files")
    args = parser.parse_args()
    weights, content = fit(*labelled_data())
    if args.write:
        np.savez_compressed(DATA / "probe.npz", weights=weights.astype(np.float16))
        _write("probe", PROBE | {"adapter": load().name, "layers": LAYERS})
        _write("editorial", content)


def _write(name: str, content: dict[str, Any]) -> None:
    text = json.dumps(content, indent=1) + "\n"
    (DATA / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
