"""What is compared: a statement, what stands around it, and a difference found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.memory import remembered
from compare.text import quotations, words


@dataclass(frozen=True, slots=True)
class Statement:
    """What one outlet says of a detail: the words, when they were published, and how.

    `foreign` says that the words stand in a block quotation or an embedded post: its "today" is not
    the outlet's. `article` is the whole text that the statement stands in: a value that the other
    outlet gives elsewhere is of something else. `quotes` are its quoted stretches where they are
    known (a quotation may run over several sentences), else they are looked for in `text`.
    """

    text: str
    published: str | None = None
    foreign: bool = False
    article: str = ""
    quotes: tuple[Span, ...] | None = None

    @property
    def quoted(self) -> tuple[Span, ...]:
        """The stretches of the text that are quoted."""
        return tuple(quotations(self.text)) if self.quotes is None else self.quotes

    @property
    def own_words(self) -> str:
        """The text with what is quoted in it blanked: every other character stands where it stood."""
        text = self.text
        for q in self.quoted:
            text = f"{text[: q.start]}{' ' * (q.end - q.start)}{text[q.end :]}"
        return text

    def says(self, phrase: str) -> bool:
        """Whether this statement itself has these words."""
        return f" {spoken(phrase)} " in f" {spoken(self.text)} "

    def says_elsewhere(self, phrase: str) -> bool:
        """Whether the article that this statement stands in has these words, somewhere."""
        return bool(phrase) and f" {spoken(phrase)} " in f" {spoken(self.article)} "


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values in the same slot that differ; spans are within each statement's text.

    `weight` is soft where both may be right: another hedge, bound, precision or time of count.
    """

    kind: ConflictKind
    a: Span
    b: Span
    weight: Weight = Weight.HARD


@remembered(256)
def word_counts(article: str) -> Mapping[str, int]:
    """How often an article has each of its words, in lower case."""
    return Counter(spoken(article).split())


@remembered(1024)
def spoken(text: str) -> str:
    """A text's words alone, in lower case, one space apart."""
    return re.sub(r"\s+", " ", " ".join(w.key for w in words(text)))
