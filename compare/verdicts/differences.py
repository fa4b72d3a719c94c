"""What two statements of the same detail give differently: numbers, dates, quotations, names.

Each rule compares only what could be the same thing: quantities of one unit and of like size, the days
of one verb, renderings of one quotation, names that share all but a word. What both statements
also agree on is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.datamodel import ConflictKind, Span
from compare.features import dates, quantities
from compare.features.dates import Dated
from compare.features.polarity import negations
from compare.features.quantities import Quantity
from compare.features.quotations import Alignment, Variant, align, quoted_words
from compare.features.stems import STOP, stem
from compare.text import Word, quotations, words


@dataclass(frozen=True, slots=True)
class Statement:
    """What one outlet says of a detail: the words, when they were published, and how.

    `foreign` says that the words stand in a block quotation or an embedded post: its "today" is not
    the outlet's.
    """

    text: str
    published: str | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values that cannot both be right; spans are within each statement's text."""

    kind: ConflictKind
    a: Span
    b: Span


def differences(a: Statement, b: Statement) -> list[Difference]:
    """Everything that two statements of the same detail give differently, at most one of a kind."""
    found: dict[ConflictKind, Difference] = {}
    for rule in (_numbers, _dates, _quotations, _names, _polarity):
        for difference in rule(a, b):
            found.setdefault(difference.kind, difference)
    return list(found.values())


def _numbers(a: Statement, b: Statement) -> Iterator[Difference]:
    left, right = quantities.quantities(a.text), quantities.quantities(b.text)
    pairs = [(x, y) for x in _alone(left, right) for y in _alone(right, left) if _conflict(x, y)]
    for x, y in sorted(pairs, key=lambda pair: _distance(*pair))[:1]:
        yield Difference(ConflictKind.NUMBER, Span(x.start, x.end), Span(y.start, y.end))


def _alone(these: Sequence[Quantity], those: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that the other side does not give in the very same way."""
    return [
        x
        for x in these
        if not any(
            quantities.equal(x, y) and x.unit == y.unit and not _words_clash(x, y) for y in those
        )
    ]


def _words_clash(x: Quantity, y: Quantity) -> bool:
    return quantities.clash(x, y) or quantities.bounded_differently(x, y)


def _conflict(x: Quantity, y: Quantity) -> bool:
    if not _like(x, y):
        return False
    if quantities.equal(x, y):
        return _words_clash(x, y)
    if x.unit == "%" and abs(x.value - y.value) > POINTS:
        return False
    apart = x.high < y.low or y.high < x.low
    return apart and quantities.near(x, y)


# From this size on, numbers so alike are hardly of two things, whatever nouns follow them.
TELLING = 10
# Shares further apart than this many points are of different things.
POINTS = 3


def _like(x: Quantity, y: Quantity) -> bool:
    """Whether two quantities may be of the same thing, by unit, fate and noun."""
    if x.unit != y.unit or (x.fate and y.fate and x.fate != y.fate):
        return False
    if x.unit or (x.counted and x.counted == y.counted):
        return True
    large = min(abs(x.value), abs(y.value)) >= TELLING
    return large and (
        not x.counted or not y.counted or quantities.equal(x, y) or _distance(x, y) < 0.1
    )


def _distance(x: Quantity, y: Quantity) -> float:
    return abs(x.value - y.value) / max(abs(x.value), abs(y.value), 1e-9)


# A date belongs to the verb this many words before or behind it.
REACH = 8


def _dates(a: Statement, b: Statement) -> Iterator[Difference]:
    """Days of the same verb: "landed on Saturday" here, "landed late Sunday" there."""
    left, right = _fixed_dates(a), _fixed_dates(b)
    for x in left:
        if any(dates.same_day(x, y) and not _parts_clash(x, y) for y in right):
            continue
        for y in right:
            if any(dates.same_day(y, z) and not _parts_clash(y, z) for z in left):
                continue
            if _day(x) and _day(y) and dates.clash(x, y) and _near_words(a, x) & _near_words(b, y):
                yield Difference(ConflictKind.DATE, Span(x.start, x.end), Span(y.start, y.end))
                return


def _fixed_dates(s: Statement) -> list[Dated]:
    """The dates of a statement that its publication can resolve: quoted speakers have their own."""
    quoted = quotations(s.text)
    found = dates.dates(s.text, None if s.foreign else s.published)
    inside = [any(q.start <= d.start < q.end for q in quoted) for d in found]
    return [
        d
        for d, spoken in zip(found, inside, strict=True)
        if not spoken and (d.readings or d.weekday is not None)
    ]


def _parts_clash(x: Dated, y: Dated) -> bool:
    return bool(x.part and y.part and x.part != y.part)


def _day(x: Dated) -> bool:
    """Whether a date is as fine as a day: "last week" and "in March" clash with too little."""
    return x.weekday is not None or any((last - first).days < 1 for first, last in x.readings)


def _near_words(s: Statement, x: Dated) -> set[str]:
    """The stems of the verbs around a date, in its own part of the sentence only."""
    spoken = words(s.text)
    at = next((i for i, w in enumerate(spoken) if w.start >= x.start), len(spoken))
    size = len(words(x.text))
    around = [*spoken[max(0, at - REACH) : at], *spoken[at + size : at + size + 2]]
    return {stem(w.key) for w in around if _is_verb(w) and not _cut_between(s.text, w, x)}


_PAST = frozenset(
    """
    took left flew held met began won lost made came went gave got sent put set shot broke rose fell spoke wrote told took
    vote votes hit cut shut drew quit struck found bought sold paid ran led read sat stood
    """.split()
)


def _is_verb(w: Word) -> bool:
    """A word that by its form may be the verb a date belongs to; a shared subject proves nothing."""
    return w.text[0].islower() and (w.key.endswith(("ed", "ing")) or w.key in _PAST)


def _cut_between(text: str, w: Word, x: Dated) -> bool:
    between = text[w.end : x.start] if w.end <= x.start else text[x.end : w.start]
    return bool(re.search(r"[,;:—]|\band\b|\bbut\b|\bthat\b", between))


# A quotation must be matched this far before a change in it is a conflict and no paraphrase, and
# exchanged words must look this different to be no variant spelling.
QUOTED_ALIKE = 0.65
MIN_QUOTED = 5
SPELLED_ALIKE = 0.5


def _quotations(a: Statement, b: Statement) -> Iterator[Difference]:
    """The same quotation with other words in it."""
    for p in quotations(a.text):
        for q in quotations(b.text):
            left, right = a.text[p.start : p.end], b.text[q.start : q.end]
            changed = _changed(left, right, align(left, right))
            if changed is not None:
                x, y = changed
                yield Difference(
                    ConflictKind.QUOTATION,
                    Span(p.start + x.start, p.start + x.end),
                    Span(q.start + y.start, q.start + y.end),
                )


def _changed(left: str, right: str, alignment: Alignment) -> tuple[Span, Span] | None:
    """The first words of a quotation that were exchanged for others, if it is the same quotation."""
    shorter = min(len(quoted_words(left)), len(quoted_words(right)))
    if alignment.variant is not Variant.ALTERED or alignment.overlap < QUOTED_ALIKE:
        return None
    if shorter < MIN_QUOTED:
        return None
    for change in alignment.changes:
        if _means_otherwise(change.a_words, change.b_words):
            return change.a, change.b
    return None


def _means_otherwise(a: str, b: str) -> bool:
    mine = [w.key for w in words(a) if w.key not in STOP]
    theirs = [w.key for w in words(b) if w.key not in STOP]
    if not mine or not theirs or stem(mine[0]) == stem(theirs[0]):
        return False
    if mine[0].startswith(theirs[0][:3]) or theirs[0].startswith(mine[0][:3]):
        return False
    if a[0].isupper() and b[0].isupper():
        return False
    return (
        SequenceMatcher(None, "".join(mine), "".join(theirs), autojunk=False).ratio()
        < SPELLED_ALIKE
    )


# Names of bodies, not of people: a person's title may be given in many ways ("Majority Leader").
_BODIES = frozenset(
    "Committee Commission Department Ministry Agency Bureau Office Council Court University College Institute Association "
    "Foundation Bank Act Party Union Airport Base Airlines Company Corporation Group Center Centre Hospital School".split()
)
_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s+(?:of|for|and|the)(?=\s+[A-Z])|\s+[A-Z][\w’'-]+){2,}")


def _names(a: Statement, b: Statement) -> Iterator[Difference]:
    """Names of three words or more that share all but one: "Foreign Relations / Affairs Committee"."""
    for x in _NAME.finditer(a.text):
        for y in _NAME.finditer(b.text):
            left, right = x.group().split(), y.group().split()
            if len(left) != len(right) or left[-1] not in _BODIES:
                continue
            apart = [i for i, (v, w) in enumerate(zip(left, right, strict=True)) if v != w]
            if (
                len(apart) == 1
                and 0 < apart[0] < len(left) - 1
                and _far(left[apart[0]], right[apart[0]])
            ):
                yield Difference(
                    ConflictKind.NAME, Span(x.start(), x.end()), Span(y.start(), y.end())
                )


def _far(v: str, w: str) -> bool:
    return (
        len(v) > 2
        and len(w) > 2
        and SequenceMatcher(None, v, w, autojunk=False).ratio() < SPELLED_ALIKE
    )


# Statements that share this part of their content words and differ in one "not" deny each other.
DENIED_ALIKE = 0.5
MIN_DENIED = 4


def _polarity(a: Statement, b: Statement) -> Iterator[Difference]:
    if quotations(a.text) or quotations(b.text):
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
