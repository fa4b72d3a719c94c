"""Words that exclude each other, said of the same thing: "older sister" here, "younger sister" there.

The words are data (`compare/data/exclusive.json`): groups of which a thing is only ever in one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from compare.datamodel import ConflictKind, Span
from compare.features.stems import STOP, stem
from compare.features.wording import FUNCTION_WORDS
from compare.text import words
from compare.verdicts.clashing.statements import Difference, Statement

# What a word is said of is the next content word, no further off than this.
NEAR = 3
_EMPTY = STOP | FUNCTION_WORDS

_Slots = Mapping[tuple[str, str], Mapping[int, Span]]


def exclusive_words(a: Statement, b: Statement) -> Iterator[Difference]:
    """The first word of one statement that excludes what the other says of the same thing."""
    left, right = _slots(a.text), _slots(b.text)
    for slot in left:
        mine, theirs = left[slot], right.get(slot, {})
        if len(mine) != 1 or len(theirs) != 1 or mine.keys() == theirs.keys():
            continue
        (x_group, x), (y_group, y) = *mine.items(), *theirs.items()
        if x_group in _given(b, slot) or y_group in _given(a, slot):
            continue
        yield Difference(ConflictKind.WORD, x, y)
        return


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """For each word its sets and its group in each."""
    path = files("compare").joinpath("data/exclusive.json")
    sets: Mapping[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["sets"]
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, groups in sets.items():
        for number, group in enumerate(groups):
            for word in group.split():
                found[word] = (*found.get(word, ()), (name, number))
    return found


@lru_cache(maxsize=4096)
def _slots(text: str) -> _Slots:
    """What is said of what: (set, stem of the thing) to the groups said of it and where."""
    said = words(text)
    found: dict[tuple[str, str], dict[int, Span]] = {}
    for i, w in enumerate(said):
        for name, group in _groups().get(w.key, ()):
            thing = next((x for x in said[i + 1 : i + 1 + NEAR] if x.key not in _EMPTY), None)
            if thing is not None:
                found.setdefault((name, stem(thing.key)), {})[group] = Span(w.start, thing.end)
    return found


def _given(s: Statement, slot: tuple[str, str]) -> Mapping[int, Span]:
    """What the whole article says of that thing: if both, neither excludes the other."""
    return _slots(s.article).get(slot, {})
