"""Words that exclude each other, said of the same thing: "older sister" here, "younger sister" there.

The words are data (`compare/data/exclusive.json`): groups of which a thing is only ever in one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from compare.datamodel import ConflictKind, Span
from compare.language.number_words import small_number
from compare.language.stems import stem
from compare.memory import remembered
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import tells
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# What a word is said of is the next content word, no further off than this.
NEAR = 3
# An offence is said of what somebody is guilty of, or charged with, so many words before it.
FAR = 8
# How much of what stands around must be the same; set by eye on the labelled events.
AROUND, AROUND_SURE, SURE_MATCH = 0.3, 0.1, 0.9

_Slots = Mapping[tuple[str, str], Mapping[int, Span]]


def exclusive_words(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The first word of one statement that excludes what the other says of the same thing."""
    left, right = _slots(a.text), _slots(b.text)
    for slot in left:
        mine, theirs = left[slot], right.get(slot, {})
        if len(mine) != 1 or len(theirs) != 1 or mine.keys() == theirs.keys():
            continue
        (x_group, x), (y_group, y) = *mine.items(), *theirs.items()
        if x_group in _given(b, slot) or y_group in _given(a, slot):
            continue
        if compared(a, x, b, y).near < (AROUND if match < SURE_MATCH else AROUND_SURE):
            continue
        yield Difference(ConflictKind.WORD, x, y)
        return


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    path = files("compare").joinpath("data/exclusive.json")
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each word its sets and its group in each."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, groups in _data()["sets"].items():
        for number, group in enumerate(groups):
            for word in group.split():
                found[word] = (*found.get(word, ()), (name, number))
    return found


@remembered(4096)
def _slots(text: str) -> _Slots:
    """What is said of what: (set, stem of the thing) to the groups said of it and where."""
    said = words(text)
    found: dict[tuple[str, str], dict[int, Span]] = {}
    for i, w in enumerate(said):
        for name, group in _groups().get(w.key, ()):
            thing = _thing(name, i, said)
            if thing is not None:
                span = Span(w.start, max(w.end, thing.end))
                found.setdefault((name, stem(thing.key)), {})[group] = span
    return found


def _thing(name: str, at: int, said: Sequence[Word]) -> Word | None:
    """What the word at a place is said of: the next content word, or a word that its set stands after."""
    before = _data()["said_after"].get(name)
    if before is None:
        beside = (x for x in said[at + 1 : at + 1 + NEAR] if x.key not in FUNCTION_WORDS)
        thing = next(beside, None)
        return thing if thing and tells(thing) and small_number(thing.key) is None else None
    leading = set(before.split())
    return next((x for x in reversed(said[max(0, at - FAR) : at]) if x.key in leading), None)


def _given(s: Statement, slot: tuple[str, str]) -> Mapping[int, Span]:
    """What the whole article says of that thing: if both, neither excludes the other."""
    return _slots(s.article).get(slot, {})
