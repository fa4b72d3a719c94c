"""Which sentences editorialize in the outlet's own voice, how strongly, and by which words.

A sentence is weighed by `tone`; the words that decided are marked: the lexicon's phrases and the
content words that score highest in their context, never inside quotation marks, block quotations,
names, titles of works or words laid to somebody. A sentence without one telling word, or two
others, is not flagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np

from compare.datamodel import Cue, Mention
from compare.embedding.encoder import Encoded, Encoder
from compare.kinds import TELLING, CueKind, Slant
from compare.language.sources import attributed
from compare.learned import sigmoid
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, in_title_case, quotations, words
from compare.verdicts.editorial.tone import Tone, ToneModel, shipped
from compare.verdicts.evidence import Reading, Sentence, SentenceKey


@dataclass(frozen=True, slots=True)
class Flag:
    """How editorial a text is (0 to 1), whether strongly, mildly or not, and the words that decided."""

    score: float
    slant: Slant | None
    cues: tuple[Cue, ...]

    @property
    def editorialized(self) -> bool:
        """Whether it editorializes at all."""
        return self.slant is not None


_PLAIN = Flag(0.0, slant=None, cues=())


@dataclass(frozen=True)
class Editorial:
    """Flags a run's mentions; `encoded` holds the encodings of whole claims by claim id."""

    reading: Reading
    encoded: Mapping[str, Encoded]
    known: Mapping[SentenceKey, Mention]
    encoder: str | None = None

    def of(self, sentence: Sentence) -> Flag:
        """The flag of a mention: that of its sentence, which is the evidence a reader is shown."""
        key = (sentence.article, sentence.field, sentence.start, sentence.end)
        before = self.known.get(key)
        if before is not None and not self.encoded:
            return Flag(float(before.editorialized), before.slant, before.cues)
        return self._flags.get(key, _PLAIN)

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
    """One flag for each sentence, in order."""
    return [_flag(s, model.tone(s, e), model) for s, e in zip(sentences, encoded, strict=True)]


def flag_sentences(texts: Sequence[str], *, encoder: Encoder) -> list[Flag]:
    """One flag a sentence, in order, each by itself; cues are offsets into the sentence."""
    model = shipped(encoder.name)
    found = []
    for text, encoded in zip(texts, encoder.encode(texts), strict=True):
        sentence = _alone(text)
        found.append(_flag(sentence, model.tone(sentence, encoded), model, alone=True))
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
        reported=tuple(attributed(text)),
        quoted_from=None,
    )


def _flag(sentence: Sentence, tone: Tone, model: ToneModel, *, alone: bool = False) -> Flag:
    """`alone`: of a sentence about which nothing else is known, more must be known by itself."""
    logit = model.logit(sentence, tone)
    score = round(float(sigmoid(np.array(logit))), 4)
    which = "plain" if tone.tokens is None else "alone" if alone else "mild"
    if logit < model.thresholds[which] or not sentence.own:
        return Flag(score, None, ())
    least = model.thresholds["marked alone" if alone else "marked cue"]
    cues = cues_of(sentence, tone, model.thresholds, least)
    if not cues:
        return Flag(score, None, ())
    strong = logit >= model.thresholds["plain strong" if tone.tokens is None else "strong"]
    return Flag(score, Slant.STRONG if strong else Slant.MILD, cues)


def cues_of(
    sentence: Sentence, tone: Tone, thresholds: Mapping[str, float], marked: float
) -> tuple[Cue, ...]:
    """The words that decided, in order: one of a telling kind, or two others; nothing otherwise.

    A content word that is not of a telling kind tells by itself where it reads very loaded in its
    context, but not in a question, which claims nothing. Where what others are said to say reads far
    more loaded than all of the outlet's own words, the colour is theirs, and nothing is told.
    Of those that decided the ones from `marked` on are cues, else the strongest; telling kinds are
    preferred. Offsets are in the article's field.
    """
    found = [
        c
        for c in _candidates(sentence, tone)
        if c.strength >= thresholds["telling cue" if c.kind in TELLING else "other cue"]
    ]
    best = max((c.strength for c in found if not c.passing), default=-inf)
    if best < min(_SURE, _strongest_of_others(sentence, tone) - _FAR):
        return ()
    asks = sentence.text.rstrip().endswith("?")
    tells = any(c.kind in TELLING for c in found) or (
        not asks and any(c.strength >= thresholds["clear cue"] for c in found if not c.passing)
    )
    if not tells and (asks or sum(not c.passing for c in found) < _ENOUGH):
        return ()
    strongest = sorted(found, key=_weight, reverse=True)[: 1 if tells else _ENOUGH]
    shown = [c for c in found if _weight(c) >= marked] or strongest
    return tuple(
        Cue(start=sentence.start + c.start, end=sentence.start + c.end, kind=c.kind)
        for c in sorted(shown)
    )


# So far (token logits) others' words may stand above the outlet's own, unless those are sure by themselves.
# Chosen on labelled events left out as a rule that costs 0.002 of F1.
_FAR, _SURE = 3.0, -1.0


def _strongest_of_others(sentence: Sentence, tone: Tone) -> float:
    """The highest logit of a token laid to others in the outlet's wording; -inf where there is none."""
    if tone.tokens is None or tone.places is None:
        return -inf
    known = (*sentence.own, *sentence.quoted)
    laid = [
        float(logit)
        for logit, (start, end) in zip(tone.tokens, tone.places, strict=True)
        if not any(start < span.end and end > span.start for span in known)
    ]
    return max(laid, default=-inf)


# So many words of kinds that do not tell by themselves.
_ENOUGH = 2


class _Candidate(NamedTuple):
    start: int
    end: int
    kind: CueKind
    strength: float
    passing: bool = False


# Words of time and degree: they may colour a sentence, and say nothing by themselves.
_PASSING = frozenset(
    """
    still already again always never ever even just only soon later now then suddenly finally eventually long once often
    almost nearly barely hardly merely simply largely mostly clearly really actually entire whole first last latest next
    recent recently today yesterday meanwhile
    """.split()
)
# By how much (token logit) a word of a telling kind is preferred, where few words can be shown.
_TELLS_MORE = 0.7


def _weight(c: _Candidate) -> float:
    return c.strength + _TELLS_MORE * (c.kind in TELLING)


def _candidates(sentence: Sentence, tone: Tone) -> list[_Candidate]:
    """The lexicon's phrases and the other words in the outlet's own voice, with their strengths.

    Without an encoding there are only the phrases, all as strong as can be.
    """
    named = {word.key for word in words(sentence.outlet)}
    own = [
        p
        for p in tone.phrases
        if sentence.is_own(p.start, p.end) and sentence.text[p.start : p.end].lower() not in named
    ]
    found = [_Candidate(p.start, p.end, p.kind, tone.strength(p.start, p.end)) for p in own]
    listed = [(c.start, c.end) for c in found]
    # A plain verb that lays words to somebody ("accuses") is the reporter's tool, not a colour.
    verbs = [r.verb_span for r in (*sentence.reported, *sentence.stances)]
    for word, value in _word_strengths(sentence, tone):
        taken = any(start < word.end and end > word.start for start, end in listed)
        if not taken and not any(v.start <= word.start < v.end for v in verbs):
            passing = word.key in _PASSING
            found.append(_Candidate(word.start, word.end, CueKind.IN_CONTEXT, value, passing))
    return found


def _word_strengths(sentence: Sentence, tone: Tone) -> list[tuple[Word, float]]:
    """The words in the outlet's own voice with the highest logit of their tokens."""
    if tone.tokens is None:
        return []
    found = []
    headline = in_title_case([w.text for w in words(sentence.text)])
    named = {word.key for word in words(sentence.outlet)}
    for word in words(sentence.text):
        if word.key in FUNCTION_WORDS or word.key in named or not word.text[0].isalpha():
            continue
        adverb = word.start == 0 and sentence.text.startswith("ly,", word.end - 2)
        if not headline and word.text[0].isupper() and not adverb:
            continue  # a name, or the first word, which may be one
        if sentence.is_own(word.start, word.end):
            found.append((word, tone.strength(word.start, word.end)))
    return found
