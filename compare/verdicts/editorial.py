"""Which sentences editorialize in the outlet's own voice, and by which words.

A sentence's cues are the lexicon's phrases in its own voice: never inside quotation marks, block
quotations or words laid at a source's door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from compare.datamodel import Cue, Mention
from compare.encoder import Encoder
from compare.features.attribution import reported
from compare.features.loaded import loaded
from compare.text import quotations
from compare.verdicts.reading import Reading, Sentence

# What one phrase of a kind adds; a sentence editorializes from 1 on. Set by hand.
WEIGHTS = {
    "conflict metaphor": 1.0,
    "yielding metaphor": 0.6,
    "doubt-casting verb": 0.6,
    "intensifier": 0.5,
    "evaluative label": 1.0,
    "praise": 0.6,
    "mind-reading": 0.6,
    "speculation": 0.4,
    "unsourced judgement": 0.6,
    "colloquial colour": 1.0,
}


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether a text editorializes, how strongly (0 to 1), and the words that decided."""

    score: float
    editorialized: bool
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Editorial:
    """Flags a run's mentions; each sentence is weighed once, however many claims it holds."""

    reading: Reading
    vectors: Mapping[str, NDArray[np.float32]]
    _known: dict[tuple[str, str, int], Flag] = field(default_factory=dict)

    def of(self, mention: Mention, sentence: Sentence) -> Flag:
        """The flag of a mention: its sentence's, where some of the words that decided are in it."""
        key = (sentence.article, sentence.field, sentence.start)
        if key not in self._known:
            self._known[key] = flag_of(sentence)
        whole = self._known[key]
        cues = tuple(c for c in whole.cues if mention.start <= c.start and c.end <= mention.end)
        return Flag(whole.score, whole.editorialized and bool(cues), cues)


def cues_of(sentence: Sentence) -> tuple[Cue, ...]:
    """The loaded words in a sentence's own voice, offsets in the article's field."""
    return tuple(
        Cue(start=sentence.start + found.start, end=sentence.start + found.end, kind=found.kind)
        for found in loaded(sentence.text)
        if sentence.is_own(found.start, found.end)
    )


def flag_sentences(texts: Sequence[str], *, encoder: Encoder) -> list[Flag]:  # noqa: ARG001
    """One flag a sentence, in order; cues are offsets into the sentence."""
    return [flag_of(_alone(text)) for text in texts]


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


def flag_of(sentence: Sentence) -> Flag:
    """Whether a sentence's cues amount to an editorial voice."""
    cues = cues_of(sentence)
    weight = sum(WEIGHTS.get(cue.kind, 0.5) for cue in cues)
    return Flag(min(weight / 2, 1.0), weight >= 1.0, cues)
