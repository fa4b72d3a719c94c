"""Names in one slot that differ in a word: Alan Pike here, Adam Pike there.

A person's two names share the first or the last; what differs is no short form, no other spelling,
and known to the other article nowhere. Names of bodies of three words and more share all but one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice

from compare.datamodel import ConflictKind, Span
from compare.stop_words import FUNCTION_WORDS
from compare.text import words
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# More names than this in a statement are a list.
MOST_NAMES = 10
# How much of what stands around two persons' names must be the same; less where they look alike,
# as a slip does.
NEAR, NEAR_OF_SLIP, SLIP = 0.5, 0.2, 0.5
# From this on two spellings are of one name ("Mohammad", "Mohammed").
SPELLED_ALIKE = 0.72
# Names of bodies, not of people: a person's title may be given in many ways ("Majority Leader").
_BODIES = frozenset(
    "Committee Commission Department Ministry Agency Bureau Office Council Court University College Institute Association "
    "Foundation Bank Act Party Union Airport Base Airlines Company Corporation Group Center Centre Hospital School".split()
)
_BODY = re.compile(
    r"[A-Z][\w’'-]{1,40}(?:\s{1,4}(?:of|for|and|the)(?=\s{1,4}[A-Z])|\s{1,4}[A-Z][\w’'-]{1,40}){2,5}"
)
_PERSON = re.compile(
    r"(?<![\w.’'-])[A-Z][a-z]{2,}(?:\s+[A-Z]\.)?\s+(?:Mc|Mac|O’|O')?[A-Z][a-z]{2,}(?![\w-]|\s+[A-Z][a-z])"
)
_SHORT = {
    frozenset(pair.split())
    for pair in (
        "bill william",
        "bob robert",
        "dick richard",
        "jim james",
        "jack john",
        "ted edward",
        "tony anthony",
        "peggy margaret",
        "liz elizabeth",
        "beth elizabeth",
        "kate catherine",
        "kathy katherine",
        "jerry gerald",
        "harry henry",
        "hank henry",
        "chuck charles",
        "charlie charles",
        "mike michael",
        "joe joseph",
        "tom thomas",
        "steve stephen",
        "larry lawrence",
        "alex alexander",
        "sasha alexander",
        "betsy elizabeth",
        "nancy anne",
        "rick richard",
        "andy andrew",
        "drew andrew",
        "ned edward",
        "sandy alexander",
        "sally sarah",
        "mick michael",
        "gus august",
        "terry terence",
        "trish patricia",
        "pat patrick",
        "chris christopher",
        "tim timothy",
        "vlad vladimir",
    )
}
_TITLES = frozenset(
    """
    president senator sen rep representative governor gov mayor judge justice general gen sheriff minister secretary
    ambassador speaker chairman director chief officer detective captain professor former prime vice attorney deputy
    lieutenant sergeant mr mrs ms dr sir lady king queen prince princess pope saint st new san los las north south east
    west republican democratic democrat monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december
    """.split()
)


def names(a: Statement, b: Statement) -> Iterator[Difference]:
    """The names of a person or a body that differ in one word."""
    yield from _bodies(a, b)
    yield from _persons(a, b)


def _persons(a: Statement, b: Statement) -> Iterator[Difference]:
    for x in _found(a):
        for y in _found(b):
            if not _one_person(x.group(), y.group()):
                continue
            if b.says_elsewhere(x.group()) or a.says_elsewhere(y.group()):
                continue
            mine, theirs = Span(*x.span()), Span(*y.span())
            unlike = next(
                (v, w) for v, w in zip(_ends(x.group()), _ends(y.group()), strict=True) if v != w
            )
            if b.says_elsewhere(unlike[0]) or a.says_elsewhere(unlike[1]):
                continue
            v, w = unlike[0].lower(), unlike[1].lower()
            likeness = SequenceMatcher(None, v, w, autojunk=False).ratio()
            needed = NEAR_OF_SLIP if likeness >= SLIP else NEAR
            if compared(a, mine, b, theirs).near >= needed:
                yield Difference(ConflictKind.NAME, mine, theirs)


# A headline that has a capital for each word says nothing of names: so much of it has one.
HEADLINE = 0.6


def _found(s: Statement) -> list[re.Match[str]]:
    said = words(s.text)
    if sum(w.text[0].isupper() for w in said) > HEADLINE * max(len(said), 8):
        return []
    return [
        m
        for m in islice(_PERSON.finditer(s.text), MOST_NAMES)
        if not {w.lower() for w in _ends(m.group())} & (_TITLES | FUNCTION_WORDS)
        and _ends(m.group())[1] not in _BODIES
    ]


def _ends(name: str) -> tuple[str, str]:
    """The first and the last name."""
    parts = name.split()
    return parts[0], parts[-1]


def _one_person(x: str, y: str) -> bool:
    """Whether two names share one of first and last, and the other differs more than in spelling."""
    (first, last), (other_first, other_last) = _ends(x), _ends(y)
    if (first == other_first) == (last == other_last):
        return False
    v, w = (first, other_first) if last == other_last else (last, other_last)
    v, w = v.lower(), w.lower()
    if first == other_first and _misspelt(v, w):
        return True
    return not (
        v.startswith(w[:3])
        or frozenset({v, w}) in _SHORT
        or SequenceMatcher(None, v, w, autojunk=False).ratio() >= SPELLED_ALIKE
    )


# A letter more, less or another one that no two ways of writing a foreign name differ in, in a name so long.
_FIRM_LETTERS = frozenset("bdflmnprt")
MISSPELT_LENGTH = 5


def _misspelt(v: str, w: str) -> bool:
    """Whether a last name is another one with a firm consonant put in, left out or exchanged: Brandt, Brant; none doubled."""
    if min(len(v), len(w)) < MISSPELT_LENGTH or v[0] != w[0]:
        return False
    steps = [
        step
        for step in SequenceMatcher(None, v, w, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    if len(steps) != 1:
        return False
    _, i0, i1, j0, j1 = steps[0]
    letters = v[i0:i1] + w[j0:j1]
    doubled = len(letters) == 1 and letters == (v if i1 > i0 else w)[max(i0, j0) - 1]
    return max(i1 - i0, j1 - j0) == 1 and set(letters) <= _FIRM_LETTERS and not doubled


def _bodies(a: Statement, b: Statement) -> Iterator[Difference]:
    for x in islice(_BODY.finditer(a.text), MOST_NAMES):
        for y in islice(_BODY.finditer(b.text), MOST_NAMES):
            apart = _apart(x.group().split(), y.group().split())
            # A body that the other article knows, too, is another one.
            if apart and not b.says_elsewhere(apart[0]) and not a.says_elsewhere(apart[1]):
                yield Difference(ConflictKind.NAME, Span(*x.span()), Span(*y.span()))


def _apart(left: list[str], right: list[str]) -> tuple[str, str] | None:
    """The one word inside that two names of bodies do not share."""
    if len(left) != len(right) or left[-1] not in _BODIES:
        return None
    apart = [i for i, (v, w) in enumerate(zip(left, right, strict=True)) if v != w]
    if len(apart) != 1 or not 0 < apart[0] < len(left) - 1:
        return None
    mine, theirs = left[apart[0]], right[apart[0]]
    ratio = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    return (mine, theirs) if min(len(mine), len(theirs)) > 2 and ratio < SPELLED_ALIKE else None
