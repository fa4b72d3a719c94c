"""Statements that deny each other: one says "not" of a verb that both have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language.polarity import negations
from compare.language.stems import STOP, stem
from compare.text import words
from compare.verdicts.conflicts.statement import Difference, Statement

# Statements that share this part of their content words and differ in one "not" deny each other.
DENIED_ALIKE = 0.5
MIN_DENIED = 4


def denials(a: Statement, b: Statement) -> Iterator[Difference]:
    """The "not" that one of two statements has and the other lacks."""
    if a.quoted or b.quoted:
        return
    left, right = _plain_negations(a.text), _plain_negations(b.text)
    if len(left) + len(right) != 1 or len(negations(a.text)) + len(negations(b.text)) != 1:
        return
    mine = {stem(w.key) for w in words(a.text) if w.key not in STOP}
    theirs = {stem(w.key) for w in words(b.text) if w.key not in STOP}
    shared = len(mine & theirs) / max(len(mine), len(theirs), 1)
    if shared < DENIED_ALIKE or min(len(mine), len(theirs)) < MIN_DENIED:
        return
    if not _turns_shared_word(a.text, left, mine & theirs) and not _turns_shared_word(
        b.text, right, mine & theirs
    ):
        return
    whole_a, whole_b = Span(0, len(a.text)), Span(0, len(b.text))
    yield Difference(
        ConflictKind.POLARITY, left[0] if left else whole_a, right[0] if right else whole_b
    )


_PLAIN_NEGATION = re.compile(r"not|never|\w+n[’']t|den(?:y|ies|ied)|cannot", re.IGNORECASE)


def _plain_negations(text: str) -> list[Span]:
    """Negations of a verb; "refused" and "no" are often the statement itself."""
    return [n for n in negations(text) if _PLAIN_NEGATION.fullmatch(text[n.start : n.end])]


def _turns_shared_word(text: str, found: list[Span], shared: set[str]) -> bool:
    """Whether the word that a negation stands before is one that both statements have."""
    for negation in found:
        following = [w for w in words(text) if w.start >= negation.end and w.key not in STOP][:1]
        if any(stem(w.key) in shared for w in following):
            return True
    return False
