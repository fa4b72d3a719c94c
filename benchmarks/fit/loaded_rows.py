"""The labelled sentences that the loaded-words model is fitted on, with their encodings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from benchmarks.fit.token_net import TokenData
from benchmarks.labelled import SHARED
from compare.claims import claims_of
from compare.codec import read_articles
from compare.embedding.encoder import Encoded, SentenceEncoder
from compare.embedding.passages import encode_in_place
from compare.language.loaded_words import Loaded, loaded
from compare.verdicts.editorial.tone import listed, zones
from compare.verdicts.evidence import Reading, Sentence

FOLDS = 5
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
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
    """Each row's encoding beside its neighbours, the probed layers whole."""
    articles = [list(g) for _, g in groupby(rows, key=lambda r: (r.event, r.sentence.article))]
    found = encode_in_place([[row.sentence.text for row in a] for a in articles], encoder)
    # Only the layers are read here, and a quarter of a million tokens have to fit.
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
                raise ValueError("the encodings have no probed layers")
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
