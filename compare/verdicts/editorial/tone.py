"""How editorial a sentence sounds: token by token, phrase by phrase, then as a whole.

A small network over a probe of a middle layer of the encoder (`compare.embedding.probe`) and over the
lexicon's phrases says how much each word in its context reads like the words that annotators marked; two
more readings of the probe say how editorial the words sound together;
`compare.language.style` says how the sentence is written. A logistic regression weighs them, apart for
the outlet's own voice and for what it lays to others. `compare/data/editorial.json` holds the
weights and says how they were fitted. The article around a sentence has no say. Without a probe's
reading (another encoder, or none) the regression over words and style alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.embedding.encoder import Encoded
from compare.language.loaded_words import Loaded, loaded
from compare.language.style import STYLE, style
from compare.learned import LearnedModel, Misfit, Origin, read_data, sigmoid
from compare.text import words
from compare.verdicts.editorial.token_net import TokenNet
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
FEATURES = (*PLAIN_FEATURES, *TOKEN_FEATURES, "voice")
# The last readings of the probe: how editorial the outlet's own words are as a whole, and all words.
VOICES = 2
_FLOOR, _MOST, _TOP = -6.0, 3, 5


@dataclass(frozen=True, slots=True)
class Tone:
    """A sentence's lexicon phrases, its tokens' logits (none without a probe), its features."""

    phrases: tuple[Loaded, ...]
    tokens: Floats | None
    places: NDArray[np.int32] | None
    features: Floats

    def strength(self, start: int, end: int) -> float:
        """The highest logit of the tokens of a stretch; without a probe's readings all are alike, +inf."""
        if self.tokens is None or self.places is None:
            return inf
        inside = (self.places[:, 0] < end) & (self.places[:, 1] > start)
        return float(self.tokens[inside].max()) if inside.any() else -inf


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneModel:
    """The fitted weights, read from a data file; see the module's docstring.

    `misfit` says why the probe's readings are not used where the encoder is another one.
    """

    tokens: TokenNet
    sentence: LearnedModel
    plain: LearnedModel
    entries: Mapping[str, float]
    thresholds: Mapping[str, float]
    misfit: Misfit | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any], encoder: str | None) -> ToneModel:
        """The model that the parsed data file holds, for an encoder of this name."""
        origin = Origin.of(raw)

        def linear(name: str, features: Sequence[str]) -> LearnedModel:
            return LearnedModel.of(raw[name], origin=origin, features=features)

        return cls(
            tokens=TokenNet.of(raw["tokens"]),
            sentence=linear("sentence", FEATURES),
            plain=linear("plain", PLAIN_FEATURES),
            entries=raw["entries"],
            thresholds=raw["thresholds"],
            misfit=origin.misfit("loaded words", encoder),
        )

    def tone(self, sentence: Sentence, encoded: Encoded | None) -> Tone:
        """What a sentence's score is made of."""
        found = tuple(loaded(sentence.text))
        plain = plain_features(sentence, found)
        if self.misfit or encoded is None or encoded.probed is None or not len(encoded.offsets):
            return Tone(found, None, None, plain)
        probed = encoded.probed.astype(np.float64)
        readings, voices = probed[:, :-VOICES], probed[:, -VOICES:]
        logits = self.tokens.log_odds(token_inputs(sentence, encoded, readings, found))
        voice = voice_of(sentence, encoded, voices)
        features = np.concatenate([plain, token_features(sentence, encoded, logits), [voice]])
        return Tone(found, logits, encoded.offsets, features)

    def logit(self, sentence: Sentence, tone: Tone) -> float:
        """How editorial a sentence is."""
        if tone.tokens is None:
            return float(self.plain.log_odds(tone.features))
        own = {p.phrase for p in tone.phrases if sentence.is_own(p.start, p.end)}
        extra = sum(self.entries.get(phrase, 0.0) for phrase in own)
        return float(self.sentence.log_odds(tone.features) + extra)


@lru_cache(maxsize=8)
def shipped(encoder: str | None) -> ToneModel:
    """The model in compare/data/editorial.json, for an encoder of this name.

    For another encoder than the one it was fitted for it has a `misfit`, and words and style alone
    decide.
    """
    return ToneModel.of(read_data("compare", "data/editorial.json"), encoder)


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


def token_inputs(
    sentence: Sentence, encoded: Encoded, probed: NDArray[Any], found: Sequence[Loaded]
) -> Floats:
    """What a token is judged by, (t, k + 12): a probe's readings, and `listed`."""
    return np.hstack([probed.astype(np.float64), listed(sentence, encoded, found)])


def listed(sentence: Sentence, encoded: Encoded, found: Sequence[Loaded]) -> Floats:
    """The kinds of the lexicon's phrases over each token, and whose words it is of, (t, 12)."""
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    inside = np.zeros((len(starts), len(KINDS) + len(_ZONES)))
    for phrase in found:
        inside[(starts < phrase.end) & (ends > phrase.start), KINDS.index(phrase.kind)] = 1.0
    where = zones(sentence, encoded)
    for zone in range(len(_ZONES)):
        inside[:, len(KINDS) + zone] = where == zone
    return inside


def voice_of(sentence: Sentence, encoded: Encoded, voices: Floats) -> float:
    """The mean of the first of `voices` (t, 2) over the outlet's own words and of the second over all."""
    mine = zones(sentence, encoded) == 0
    own = float(voices[mine, 0].mean()) if mine.any() else 0.0
    return own + float(voices[:, 1].mean())


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
        found.append(float(np.log1p(3 * sigmoid(high).sum())))
    return np.array(found)
