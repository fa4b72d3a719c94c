"""Renderings of the same words: a quotation with words exchanged, the name of a body with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from compare.datamodel import ConflictKind, Span
from compare.language.renderings import quoted_words
from compare.language.stems import STOP, stem
from compare.language.wording import FUNCTION_WORDS
from compare.text import Word
from compare.verdicts.conflicts.statement import Difference, Statement

# Exchanged words are a change in a quotation, and no other quotation, if so many of the words around
# them are the same, and if they are few, and of one or two with a meaning of their own.
HELD_BEFORE, HELD_BEHIND, HELD = 2, 2, 4
HELD_AT_END = 3
MOST_EXCHANGED = 3
MOST_CONTENT = 2
# Exchanged words must look this different to be no variant spelling.
SPELLED_ALIKE = 0.55
# Words before an exchanged one that say where it stands, when it is looked for elsewhere.
LEAD = 2
_EMPTY = STOP | FUNCTION_WORDS | {"because"}
_NOT = frozenset({"not", "never", "cannot"})


def altered_quotations(a: Statement, b: Statement) -> Iterator[Difference]:
    """The same quotation with other words in it: the first exchange."""
    for p in a.quoted:
        for q in b.quoted:
            left, right = a.text[p.start : p.end], b.text[q.start : q.end]
            mine, theirs = quoted_words(left), quoted_words(right)
            for x, y in _exchanges(mine, theirs):
                if _given_elsewhere(mine, x, b) or _given_elsewhere(theirs, y, a):
                    continue
                yield Difference(
                    ConflictKind.QUOTATION, _placed(mine, x, p.start), _placed(theirs, y, q.start)
                )


def _placed(said: list[Word], part: slice, offset: int) -> Span:
    return Span(offset + said[part.start].start, offset + said[part.stop - 1].end)


def _exchanges(mine: list[Word], theirs: list[Word]) -> Iterator[tuple[slice, slice]]:
    """The words of two renderings that stand in each other's place and mean something else."""
    matcher = SequenceMatcher(None, [w.key for w in mine], [w.key for w in theirs], autojunk=False)
    steps = [("", 0, 0, 0, 0), *matcher.get_opcodes(), ("", 0, 0, 0, 0)]
    for before, (kind, i0, i1, j0, j1), behind in zip(steps, steps[1:], steps[2:], strict=False):
        if kind != "replace" or max(i1 - i0, j1 - j0) > MOST_EXCHANGED:
            continue
        held, follows = before[2] - before[1], behind[2] - behind[1]
        last = i1 == len(mine) and j1 == len(theirs)
        inside = held >= HELD_BEFORE and follows >= HELD_BEHIND and held + follows >= HELD
        if (inside or (last and held >= HELD_AT_END)) and _means_otherwise(
            mine[i0:i1], theirs[j0:j1]
        ):
            yield slice(i0, i1), slice(j0, j1)


def _given_elsewhere(said: list[Word], part: slice, other: Statement) -> bool:
    """Whether the other article has this rendering too: then a speaker said both."""
    phrase = said[max(0, part.start - LEAD) : part.stop]
    return other.says_elsewhere(" ".join(w.text for w in phrase))


def _means_otherwise(a: list[Word], b: list[Word]) -> bool:
    if _letters(a) == _letters(b):
        return False
    if _turned(a) != _turned(b):
        return True
    mine, theirs = ([w.key for w in side if w.key not in _EMPTY] for side in (a, b))
    if max(len(mine), len(theirs)) > MOST_CONTENT:
        return False
    if not mine or not theirs or stem(mine[0]) == stem(theirs[0]):
        return False
    if mine[0].startswith(theirs[0][:3]) or theirs[0].startswith(mine[0][:3]):
        return False
    if a[0].text[0].isupper() and b[0].text[0].isupper():
        return False
    return _far("".join(mine), "".join(theirs))


def _letters(said: list[Word]) -> str:
    return "".join(w.key for w in said).replace("-", "")


def _turned(said: list[Word]) -> bool:
    """Whether a "not" is among the words."""
    return any(w.key in _NOT or w.key.endswith("n't") for w in said)


# Names of bodies, not of people: a person's title may be given in many ways ("Majority Leader").
_BODIES = frozenset(
    "Committee Commission Department Ministry Agency Bureau Office Council Court University College Institute Association "
    "Foundation Bank Act Party Union Airport Base Airlines Company Corporation Group Center Centre Hospital School".split()
)
_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s+(?:of|for|and|the)(?=\s+[A-Z])|\s+[A-Z][\w’'-]+){2,}")


def names(a: Statement, b: Statement) -> Iterator[Difference]:
    """Names of three words or more that share all but one: "Foreign Relations / Affairs Committee"."""
    for x in _NAME.finditer(a.text):
        for y in _NAME.finditer(b.text):
            apart = _apart(x.group().split(), y.group().split())
            # A body that the other article knows, too, is another one.
            if apart and not b.says_elsewhere(apart[0]) and not a.says_elsewhere(apart[1]):
                yield Difference(
                    ConflictKind.NAME, Span(x.start(), x.end()), Span(y.start(), y.end())
                )


def _apart(left: list[str], right: list[str]) -> tuple[str, str] | None:
    """The one word inside that two names of bodies do not share."""
    if len(left) != len(right) or left[-1] not in _BODIES:
        return None
    apart = [i for i, (v, w) in enumerate(zip(left, right, strict=True)) if v != w]
    if len(apart) != 1 or not 0 < apart[0] < len(left) - 1:
        return None
    mine, theirs = left[apart[0]], right[apart[0]]
    return (mine, theirs) if min(len(mine), len(theirs)) > 2 and _far(mine, theirs) else None


def _far(v: str, w: str) -> bool:
    return SequenceMatcher(None, v, w, autojunk=False).ratio() < SPELLED_ALIKE
