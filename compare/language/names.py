"""Names in texts of one event, and who is meant by them.

A name is known by its last word ("Mr. Roe", "Jane Roe" and "Roe" are one), by the initials of its
words ("FAA", "Federal Aviation Administration") and by its office, where the event's texts give an
office to one bearer only ("Governor Roe" makes "the governor" her). No list of names is used: what
is written with a capital inside a sentence somewhere in the event is a name throughout it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, in_title_case, words

_OFFICES = {
    "president": "president", "pres": "president", "vice": "", "senator": "senator", "sen": "senator",
    "representative": "representative", "rep": "representative", "congressman": "representative",
    "congresswoman": "representative", "governor": "governor", "gov": "governor", "mayor": "mayor",
    "judge": "judge", "justice": "justice", "general": "general", "gen": "general", "sheriff": "sheriff",
    "minister": "minister", "chancellor": "chancellor", "pope": "pope", "king": "king", "queen": "queen",
    "prince": "prince", "secretary": "secretary", "ambassador": "ambassador", "speaker": "speaker",
    "chairman": "chairman", "chairwoman": "chairwoman", "director": "director", "chief": "chief",
    "officer": "officer", "detective": "detective", "captain": "captain", "professor": "professor",
    "leader": "leader", "candidate": "candidate", "spokesman": "spokesman", "spokeswoman": "spokeswoman",
}  # fmt: skip
# An office that most of its mentions give to one bearer is that bearer's.
_SOLE_BEARER = 0.75
_MIN_GIVEN = 2
# Of the words of a sentence; a headline has more.
_MOST_CAPITALS = 0.6
_SHOUTED = re.compile(r"[A-Z]{2,}(?:\.?[A-Z])*")
_CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december
    """.split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """What an event's texts call whom: capitalised words, offices of one bearer, initials."""

    known: frozenset[str]
    bearers: dict[str, str]
    initials: dict[str, tuple[str, ...]]

    def in_text(self, text: str) -> frozenset[str]:
        """The keys of whom and what a text names; two texts name the same where keys meet."""
        found: set[str] = set()
        tokens = words(text)
        for i, word in enumerate(tokens):
            key = word.key
            if word.text[0].isupper() and key in self.known:
                found.add(key)
                found.update(self.initials.get(key, ()))
            office = _OFFICES.get(key)
            definite = i > 0 and tokens[i - 1].key in {"the", "this", "former"}
            if office and definite and not _bears_name(tokens, i) and office in self.bearers:
                found.add(self.bearers[office])
        return frozenset(found)


def names_of(texts: Sequence[str]) -> Names:
    """Who is named in the texts of one event."""
    split = [words(text) for text in texts]
    known = _known(split, texts)
    given: dict[str, Counter[str]] = {}
    for tokens in split:
        for i, word in enumerate(tokens):
            office = _OFFICES.get(word.key)
            if office and _bears_name(tokens, i) and (name := _last_name(tokens, i + 1, known)):
                given.setdefault(office, Counter())[name] += 1
    return Names(known, _bearers(given), _initials(split, known))


def _known(split: Iterable[list[Word]], texts: Sequence[str]) -> frozenset[str]:
    """Words written with a capital inside a sentence more often than without."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for tokens, text in zip(split, texts, strict=True):
        if _is_headline(tokens):
            continue
        for i, word in enumerate(tokens):
            if word.text[0].islower():
                lower[word.key] += 1
            elif word.text[0].isupper() and i > 0 and not _begins(text, word.start):
                upper[word.key] += 1
    return frozenset(
        key
        for key, count in upper.items()
        if count > lower[key]
        and key not in FUNCTION_WORDS
        and key not in _CALENDAR
        and len(key) > 1
    )


def _is_headline(tokens: list[Word]) -> bool:
    return len(tokens) > 3 and in_title_case([w.text for w in tokens], _MOST_CAPITALS)


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in "\"'“‘!?:"  # a full stop inside a sentence follows "Mr."


def _bears_name(tokens: list[Word], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()


def _last_name(tokens: list[Word], start: int, known: frozenset[str]) -> str | None:
    last = None
    for word in tokens[start : start + 3]:
        if not word.text[0].isupper() or word.key not in known:
            break
        last = word.key
    return last


def _bearers(given: dict[str, Counter[str]]) -> dict[str, str]:
    bearers = {}
    for office, names in given.items():
        (name, count), *_ = sorted(names.items(), key=lambda item: (-item[1], item[0]))
        if count >= _MIN_GIVEN and count >= _SOLE_BEARER * names.total():
            bearers[office] = name
    return bearers


def _initials(split: Iterable[list[Word]], known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Initials to the words they stand for, where the event's texts spell them out."""
    short = {
        w.key.replace(".", ""): w.key
        for tokens in split
        for w in tokens
        if _SHOUTED.fullmatch(w.text) and 2 <= len(w.key.replace(".", "")) <= 6
    }
    found: dict[str, tuple[str, ...]] = {}
    for tokens in split:
        run: list[Word] = []
        for word in [*tokens, Word(".", 0, 0, ".")]:
            if word.text[0].isupper() and not word.text.isupper():
                run.append(word)
            elif word.key not in {"of", "the", "for", "and"} or not run:
                letters = "".join(w.key[0] for w in run)
                if len(run) > 1 and letters in short and short[letters] in known:
                    found[short[letters]] = tuple(w.key for w in run if w.key in known)
                run = []
    return found
