"""How editorial a sentence sounds: token by token, phrase by phrase, then as a whole.

A linear model over the encoder's token vectors says how much each word in its context reads like
the words that annotators marked; the lexicon adds its phrases; a logistic regression weighs both,
apart for the outlet's own voice and for what it reports of others. `compare/data/editorial.json` holds the
weights and says how they were fitted. With an encoder that they were not fitted for, and without
any encoding, the regression over the lexicon alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.embedding.encoder import Encoded
from compare.language.loaded_words import Loaded, loaded
from compare.learned import LearnedModel, Misfit, Origin, read_data, sigmoid
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
PLAIN_FEATURES = (
    *KINDS,
    "reported",
    "own share",
    "has own",
    "length",
    "quotes",
    "asks",
    "exclaims",
    "headline",
)
_ZONES = ("own", "reported")
TOKEN_FEATURES = tuple(f"{zone} {what}" for zone in _ZONES for what in ("1", "2", "3", "sum"))
FEATURES = (*PLAIN_FEATURES, *TOKEN_FEATURES)
# A lexicon phrase is one more dimension of a token's vector, of a size like the others'.
LEXICON_SCALE = 0.5
_FLOOR, _MOST = -6.0, 3


@dataclass(frozen=True, slots=True)
class Tone:
    """A sentence's lexicon phrases, its tokens' logits (none without an encoding), its features."""

    phrases: tuple[Loaded, ...]
    tokens: Floats | None
    places: NDArray[np.int32] | None
    features: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneModel:
    """The fitted weights, read from a data file; see the module's docstring."""

    tokens: LearnedModel
    sentence: LearnedModel
    plain: LearnedModel
    entries: Mapping[str, float]
    context: LearnedModel
    thresholds: Mapping[str, float]
    misfit: Misfit | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any], origin: Origin) -> ToneModel:
        """The model that a part of the data file holds."""

        def linear(name: str, features: Sequence[str], weights: Sequence[float]) -> LearnedModel:
            return LearnedModel(
                features=tuple(features),
                weights=np.array(weights),
                intercept=raw[f"{name}_bias"],
                origin=origin,
            )

        dimensions = [str(i) for i in range(len(raw["token_weights"]))]
        return cls(
            tokens=linear("token", dimensions, raw["token_weights"]),
            sentence=linear("sentence", FEATURES, [raw["sentence"][name] for name in FEATURES]),
            plain=linear("plain", PLAIN_FEATURES, [raw["plain"][name] for name in PLAIN_FEATURES]),
            entries=raw["entries"],
            context=linear("context", CONTEXT, raw["context"]),
            thresholds=raw["thresholds"],
        )

    def fits(self, encoded: Encoded | None) -> bool:
        """Whether an encoding is of the kind that the token weights were fitted on."""
        size = len(self.tokens.weights) - 1
        return self.misfit is None and encoded is not None and encoded.tokens.shape[1] == size

    def tone(self, sentence: Sentence, encoded: Encoded | None) -> Tone:
        """What a sentence's score is made of."""
        found = tuple(loaded(sentence.text))
        plain = plain_features(sentence, found)
        if encoded is None or not self.fits(encoded):
            return Tone(found, None, None, plain)
        logits = self.tokens.log_odds(token_inputs(encoded, found))
        features = np.concatenate([plain, token_features(sentence, encoded, logits)])
        return Tone(found, logits, encoded.offsets, features)

    def logit(self, sentence: Sentence, tone: Tone) -> float:
        """How editorial a sentence is by itself."""
        if tone.tokens is None:
            return float(self.plain.log_odds(tone.features))
        own = {p.phrase for p in tone.phrases if sentence.is_own(p.start, p.end)}
        extra = sum(self.entries.get(phrase, 0.0) for phrase in own)
        return float(self.sentence.log_odds(tone.features) + extra)

    def in_article(self, logits: Sequence[float]) -> list[float]:
        """The logits of an article's sentences in order, each seen with those around it."""
        return list(self.context.log_odds(context_inputs(logits)))


# What the data file adds to an adapted encoder's name where it read each sentence by itself.
ALONE = "alone"


@lru_cache(maxsize=8)
def shipped(encoder: str | None, *, alone: bool = False) -> ToneModel:
    """The model in compare/data/editorial.json that was fitted for an encoder, by its name.

    `alone` asks for the one that was fitted on sentences encoded without their neighbours, where
    that makes a difference. For an unknown encoder the first one's with its `misfit`, which says
    so: its token weights are then not used, the lexicon alone decides.
    """
    data = read_data("compare", "data/editorial.json")
    models = data["models"]
    for name in (f"{encoder} {ALONE}", encoder) if alone else (encoder,):
        if name in models:
            return ToneModel.of(models[name], Origin.of(data, encoder))
    known, raw = next(iter(models.items()))
    origin = Origin.of(data, known)
    return replace(ToneModel.of(raw, origin), misfit=origin.misfit("loaded words", encoder))


def plain_features(sentence: Sentence, found: Sequence[Loaded]) -> Floats:
    """`PLAIN_FEATURES` of a sentence: phrases of each kind in its own voice, and its make-up."""
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
        ],
        dtype=np.float64,
    )


def token_inputs(encoded: Encoded, found: Sequence[Loaded]) -> Floats:
    """What a token is judged by, (t, d + 1): its vector and whether the lexicon has it."""
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    listed = np.zeros((len(starts), 1))
    for phrase in found:
        listed[(starts < phrase.end) & (ends > phrase.start)] = LEXICON_SCALE
    return np.hstack([encoded.tokens, listed])


def zones(sentence: Sentence, encoded: Encoded) -> NDArray[np.int8]:
    """0 for a token in the outlet's own voice, 1 in reported words, 2 quoted or no word at all."""
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
    """`TOKEN_FEATURES`: in each zone the three highest logits and the sum of all, damped."""
    where = zones(sentence, encoded)
    found: list[float] = []
    for zone in range(len(_ZONES)):
        high = np.sort(logits[where == zone])[::-1]
        top = np.concatenate([high, np.full(3, 2 * _FLOOR)])[:3]
        found += [max(float(x), _FLOOR) for x in top]
        found.append(float(np.log1p(3 * sigmoid(high).sum())))
    return np.array(found)


CONTEXT = ("its own", "mean of the others", "before", "after", "place")
# What stands for a neighbour that is not there: a plain sentence.
NO_NEIGHBOUR = -1.5


def context_inputs(logits: Sequence[float]) -> Floats:
    """`CONTEXT` of an article's sentences, (n, 5), from their own logits in order."""
    values = np.array(logits, dtype=np.float64)
    n = len(values)
    others = (values.sum() - values) / (n - 1) if n > 1 else np.full(n, NO_NEIGHBOUR)
    before = np.concatenate([[NO_NEIGHBOUR], values[:-1]])
    after = np.concatenate([values[1:], [NO_NEIGHBOUR]])
    return np.stack([values, others, before, after, np.arange(n) / max(n, 1)], axis=1)
