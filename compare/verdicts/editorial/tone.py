"""How editorial a sentence sounds: token by token, phrase by phrase, then as a whole.

A linear probe of a middle layer of the encoder (`compare.embedding.probe`) says how much each word
in its context reads like the words that annotators marked; the lexicon adds its phrases, and
`compare.language.style` how the sentence is written. A logistic regression weighs them, apart for
the outlet's own voice and for what it lays to others. `compare/data/editorial.json` holds the
weights and says how they were fitted. The article around a sentence has no say. Without a probe's
reading (another encoder, or none) the regression over words and style alone decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.embedding.encoder import Encoded
from compare.language.loaded_words import Loaded, loaded
from compare.language.style import STYLE, style
from compare.text import words
from compare.verdicts.evidence import Sentence

Floats = NDArray[np.float64]

KINDS = (
    "conflict metaphor",
    "yielding metaphor",
    "doubt-casting verb",
    "intensifier",
    "evaluative label",
    "praise",
    "mind-reading",
    "speculation",
    "unsourced judgement",
    "colloquial colour",
)
MAKE_UP = ("reported", "own share", "has own", "length", "quotes", "asks", "exclaims", "headline")
PLAIN_FEATURES = (*KINDS, *MAKE_UP, *STYLE)
_ZONES = ("own", "reported")
_READINGS = ("1", "2", "3", "mean of 5", "sum")
TOKEN_FEATURES = tuple(f"{zone} {what}" for zone in _ZONES for what in _READINGS)
FEATURES = (*PLAIN_FEATURES, *TOKEN_FEATURES)
_FLOOR, _MOST, _TOP = -6.0, 3, 5


@dataclass(frozen=True, slots=True)
class Tone:
    """A sentence's lexicon phrases, its tokens' logits (none without a probe), its features."""

    phrases: tuple[Loaded, ...]
    tokens: Floats | None
    places: NDArray[np.int32] | None
    features: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneModel:
    """The fitted weights, read from a data file; see the module's docstring."""

    token_listed: float
    token_bias: float
    sentence: Floats
    sentence_bias: float
    plain: Floats
    plain_bias: float
    entries: Mapping[str, float]
    thresholds: Mapping[str, float]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ToneModel:
        """The model that a parsed data file holds."""
        return cls(
            token_listed=raw["token_listed"],
            token_bias=raw["token_bias"],
            sentence=np.array([raw["sentence"][name] for name in FEATURES]),
            sentence_bias=raw["sentence_bias"],
            plain=np.array([raw["plain"][name] for name in PLAIN_FEATURES]),
            plain_bias=raw["plain_bias"],
            entries=raw["entries"],
            thresholds=raw["thresholds"],
        )

    def tone(self, sentence: Sentence, encoded: Encoded | None) -> Tone:
        """What a sentence's score is made of."""
        found = tuple(loaded(sentence.text))
        plain = plain_features(sentence, found)
        if encoded is None or encoded.probed is None or encoded.probed.shape[1] != 1:
            return Tone(found, None, None, plain)
        logits = encoded.probed[:, 0] + self.token_listed * listed(encoded, found) + self.token_bias
        features = np.concatenate([plain, token_features(sentence, encoded, logits)])
        return Tone(found, logits, encoded.offsets, features)

    def logit(self, sentence: Sentence, tone: Tone) -> float:
        """How editorial a sentence is."""
        if tone.tokens is None:
            return float(tone.features @ self.plain + self.plain_bias)
        own = {p.phrase for p in tone.phrases if sentence.is_own(p.start, p.end)}
        extra = sum(self.entries.get(phrase, 0.0) for phrase in own)
        return float(tone.features @ self.sentence + self.sentence_bias + extra)


@lru_cache(maxsize=1)
def shipped() -> ToneModel:
    """The model in compare/data/editorial.json."""
    path = files("compare").joinpath("data/editorial.json")
    return ToneModel.of(json.loads(path.read_text(encoding="utf-8")))


def plain_features(sentence: Sentence, found: Sequence[Loaded]) -> Floats:
    """`PLAIN_FEATURES` of a sentence: phrases of each kind in its own voice, make-up, style."""
    own = [p for p in found if sentence.is_own(p.start, p.end)]
    counts = [min(_MOST, sum(p.kind == kind for p in own)) for kind in KINDS]
    voice = sum(span.end - span.start for span in sentence.own)
    return np.array(
        [
            *counts,
            min(_MOST, len(found) - len(own)),
            voice / max(len(sentence.text), 1),
            bool(sentence.own),
            len(words(sentence.text)) / 30,
            bool(sentence.quoted),
            "?" in sentence.text,
            "!" in sentence.text,
            sentence.field == "title",
            *style(sentence.text, [sentence.text[s.start : s.end] for s in sentence.own]),
        ],
        dtype=np.float64,
    )


def listed(encoded: Encoded, found: Sequence[Loaded]) -> Floats:
    """1 for each token that stands in a phrase of the lexicon, else 0, (t,)."""
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    inside = np.zeros(len(starts))
    for phrase in found:
        inside[(starts < phrase.end) & (ends > phrase.start)] = 1.0
    return inside


def zones(sentence: Sentence, encoded: Encoded) -> NDArray[np.int8]:
    """0 for a token in the outlet's own voice, 1 in others' words, 2 quoted or no word at all."""
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    found = np.ones(len(starts), dtype=np.int8)
    for span in sentence.own:
        found[(starts < span.end) & (ends > span.start)] = 0
    for span in sentence.quoted:
        found[(starts < span.end) & (ends > span.start)] = 2
    wordless = [not sentence.text[a:b].isalnum() for a, b in encoded.offsets]
    found[np.array(wordless, dtype=bool)] = 2
    return found


def token_features(sentence: Sentence, encoded: Encoded, logits: Floats) -> Floats:
    """`TOKEN_FEATURES`: in each zone the highest logits, their mean, and the sum of all, damped."""
    where = zones(sentence, encoded)
    found: list[float] = []
    for zone in range(len(_ZONES)):
        high = np.sort(logits[where == zone])[::-1]
        top = np.maximum(np.concatenate([high, np.full(_TOP, _FLOOR)])[:_TOP], _FLOOR)
        found += [*top[:3], float(top.mean())]
        found.append(float(np.log1p(3 * (1 / (1 + np.exp(-high))).sum())))
    return np.array(found)
