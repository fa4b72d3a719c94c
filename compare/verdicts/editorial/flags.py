"""Which sentences editorialize in the outlet's own voice, and by which words.

A sentence is weighed by `tone`; the words that decided are marked: the lexicon's phrases and the
words that score highest in their context, never inside quotation marks, block quotations or words
laid at a source's door. A sentence in which no such word is found is not flagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from compare.datamodel import Cue, Mention
from compare.embedding.encoder import Encoded, Encoder
from compare.kinds import CueKind
from compare.language.attribution import reported
from compare.learned import sigmoid
from compare.text import Word, quotations, words
from compare.verdicts.editorial.tone import Tone, ToneModel, shipped
from compare.verdicts.evidence import Reading, Sentence, SentenceKey

# Kinds of words that give an editorial voice away wherever they stand; the others only add up.
TELLING = frozenset(
    {
        CueKind.EVALUATIVE_LABEL,
        CueKind.CONFLICT_METAPHOR,
        CueKind.DOUBT_CASTING_VERB,
        CueKind.COLLOQUIAL_COLOUR,
    }
)
# How strong (token logit) a single word must be to decide where none of a telling kind is strong. Of
# a sentence in its article those around it tell more; of a sentence alone nothing else is known.
DECIDES_ALONE = 1.5
DECIDES_IN_ARTICLE = -0.5


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether a text editorializes, how strongly (0 to 1), and the words that decided."""

    score: float
    editorialized: bool
    cues: tuple[Cue, ...]


_PLAIN = Flag(0.0, editorialized=False, cues=())


@dataclass(frozen=True)
class Editorial:
    """Flags a run's mentions; `encoded` holds the encodings of whole claims by claim id."""

    reading: Reading
    encoded: Mapping[str, Encoded]
    known: Mapping[SentenceKey, Mention]
    encoder: str | None = None

    def of(self, mention: Mention, sentence: Sentence) -> Flag:
        """The flag of a mention: its sentence's, where some of the words that decided are in it."""
        key = (sentence.article, sentence.field, sentence.start, sentence.end)
        before = self.known.get(key)
        if before is not None and not self.encoded:
            return Flag(float(before.editorialized), before.editorialized, before.cues)
        whole = self._flags.get(key, _PLAIN)
        cues = tuple(c for c in whole.cues if mention.start <= c.start and c.end <= mention.end)
        return Flag(whole.score, whole.editorialized and bool(cues), cues)

    @cached_property
    def _flags(self) -> dict[SentenceKey, Flag]:
        encodings = self._by_sentence()
        articles: dict[str, list[SentenceKey]] = {}
        for key in sorted(self.reading.sentences, key=lambda k: (k[0], k[1] == "text", k[2])):
            articles.setdefault(key[0], []).append(key)
        found: dict[SentenceKey, Flag] = {}
        for keys in articles.values():
            some = [self.reading.sentences[key] for key in keys]
            flags = flags_of(some, [encodings.get(key) for key in keys], shipped(self.encoder))
            found.update(zip(keys, flags, strict=True))
        return found

    def _by_sentence(self) -> dict[SentenceKey, Encoded]:
        found = {}
        for claim in self.reading.claims:
            if (claim.start, claim.end) == (claim.sentence.start, claim.sentence.end):
                key = (claim.article, claim.field, claim.start, claim.end)
                if claim.id in self.encoded:
                    found[key] = self.encoded[claim.id]
        return found


def flags_of(
    sentences: Sequence[Sentence], encoded: Sequence[Encoded | None], model: ToneModel
) -> list[Flag]:
    """One flag for each sentence of an article, in order, each seen with those around it."""
    tones = [model.tone(s, e) for s, e in zip(sentences, encoded, strict=True)]
    logits = [model.logit(s, t) for s, t in zip(sentences, tones, strict=True)]
    if any(tone.tokens is None for tone in tones):
        limit = model.thresholds["plain"]
    else:
        logits, limit = model.in_article(logits), model.thresholds["in article"]
    return [
        _flag(s, t, logit, model, limit=limit, least=DECIDES_IN_ARTICLE)
        for s, t, logit in zip(sentences, tones, logits, strict=True)
    ]


def flag_sentences(texts: Sequence[str], *, encoder: Encoder) -> list[Flag]:
    """One flag a sentence, in order, each by itself; cues are offsets into the sentence."""
    model = shipped(encoder.name, alone=True)
    found = []
    for text, encoded in zip(texts, encoder.encode(texts), strict=True):
        sentence = _alone(text)
        tone = model.tone(sentence, encoded)
        limit = model.thresholds["plain" if tone.tokens is None else "alone"]
        found.append(
            _flag(
                sentence, tone, model.logit(sentence, tone), model, limit=limit, least=DECIDES_ALONE
            )
        )
    return found


def _alone(text: str) -> Sentence:
    """A sentence without an article around it."""
    return Sentence(
        article="",
        outlet="",
        field="text",
        start=0,
        text=text,
        position=1,
        quoted=tuple(quotations(text)),
        reported=tuple(reported(text)),
        quoted_from=None,
    )


def _flag(
    sentence: Sentence, tone: Tone, logit: float, model: ToneModel, *, limit: float, least: float
) -> Flag:
    """`least` is how strong a word must be to decide alone, where none of the telling kinds does."""
    score = float(sigmoid(np.array(logit)))
    decided = logit >= limit and sentence.own
    cues = cues_of(sentence, tone, model.thresholds, least) if decided else ()
    return Flag(round(score, 4), bool(cues), cues)


def cues_of(
    sentence: Sentence, tone: Tone, thresholds: Mapping[str, float], least: float
) -> tuple[Cue, ...]:
    """The words that decided, in order: those of telling kinds and strong ones, or the strongest.

    "Could" and "very" give nobody away by themselves; they are shown where nothing stronger is.
    Offsets are in the article's field. `least` is how strong a word must be to decide alone.
    """
    found = _candidates(sentence, tone)
    telling = [
        (start, end, kind)
        for start, end, kind, strength in found
        if strength >= thresholds["listed cue" if kind in TELLING else "other cue"]
    ]
    if not telling and found:
        start, end, kind, strength = max(found, key=lambda c: c[3])
        telling = [(start, end, kind)] if strength >= least else []
    return tuple(
        Cue(start=sentence.start + start, end=sentence.start + end, kind=kind)
        for start, end, kind in sorted(telling)
    )


def _candidates(sentence: Sentence, tone: Tone) -> list[tuple[int, int, CueKind, float]]:
    """The lexicon's phrases and the other words in the outlet's own voice, with their strengths.

    Without an encoding there are only the phrases, all as strong as can be.
    """
    words_there = _word_strengths(sentence, tone)
    own = [p for p in tone.phrases if sentence.is_own(p.start, p.end)]
    if not words_there:
        return [(p.start, p.end, p.kind, inf) for p in own]
    found = []
    for p in own:
        inside = [v for w, v in words_there if w.start < p.end and w.end > p.start]
        found.append((p.start, p.end, p.kind, max(inside, default=-inf)))
    listed = [(start, end) for start, end, _, _ in found]
    for word, value in words_there:
        if not any(start < word.end and end > word.start for start, end in listed):
            found.append((word.start, word.end, CueKind.IN_CONTEXT, value))
    return found


def _word_strengths(sentence: Sentence, tone: Tone) -> list[tuple[Word, float]]:
    """The words in the outlet's own voice with the highest logit of their tokens."""
    if tone.tokens is None or tone.places is None:
        return []
    found = []
    for word in words(sentence.text):
        if sentence.is_own(word.start, word.end):
            inside = (tone.places[:, 0] < word.end) & (tone.places[:, 1] > word.start)
            if inside.any():
                found.append((word, float(tone.tokens[inside].max())))
    return found
