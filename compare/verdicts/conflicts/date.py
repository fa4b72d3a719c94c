"""Dates of the same happening: "passed on Tuesday" here, "voted on Wednesday" there.

A date belongs to one verb of its sentence, the nearest in its own clause: whether the two verbs are
one, or words for one kind of happening, is what tells most, beside the slot. Days, weeks, months and
years are compared where no reading of one meets a reading of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from compare.datamodel import ConflictKind, Span
from compare.language import dates
from compare.language.attribution import SAYING
from compare.language.date_readings import Grain
from compare.language.dates import Dated
from compare.language.quantities import apart
from compare.language.relations import Relation, relate_dates
from compare.language.stems import stem
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import content
from compare.verdicts.conflicts.others import of_others
from compare.verdicts.conflicts.slots import Slots, compared
from compare.verdicts.conflicts.sole_number import counting
from compare.verdicts.conflicts.statement import Difference, Statement

# How many words before a date, and behind it, its verb is looked for; behind one that opens the
# sentence ("On Wednesday, the House voted") it may stand further off.
BEFORE, BEHIND, BEHIND_OPENING = 10, 5, 7
# A statement with more dates than this is a list: each is of something else.
MOST_DATES = 6
# What must agree, by eye on the labelled events, both sets: how near the slots are and how probably
# the statements match; dates of speaking only where the statements are nearly one.
MATCH, SURE_MATCH = 0.4, 0.9
NEAR = 0.45
ONE_SLOT, SAME_SLOT, MOST_ALIKE, RARE, SAME_WHOLE = 0.8, 0.7, 0.55, 0.4, 0.7
SAID_ALIKE = 3
# One happening in the same words has one date, whatever else the articles tell of either day.
ONE_HAPPENING = 0.6
# Two parts of one day, morning here and afternoon there, are hardly of two things.
PART_MATCH, PART_NEAR = 0.6, 0.3
# So many words inside quotation marks are the same: one utterance, which was made once.
ONE_UTTERANCE = 5
# Two statements of more characters than this are no sentences.
LONGEST = 2000
# Calendar days, months or years beside each other, in matching statements, are one date and a slip.
NEIGHBOURING, NEIGHBOURS_NEAR = 1, 0.2

_SAYING = frozenset(stem(word) for word in SAYING)
_SPOKEN = "say"
_AUXILIARIES = frozenset("have has had was were is are be will would".split())
_PAST = frozenset(
    """
    lost rang spoke drove swam sank hung wore slept sent brought taught thought kept felt heard stole
    took left flew held began won lost made came went gave got sent put set shot broke rose fell wrote took
    vote votes hit cut shut drew quit struck found bought sold paid ran led sat stood died began ends begins
    end begin pass passes expire expires takes opens starts leaves met
    premiere premieres debut debuts air airs arrive arrives
    """.split()
)
# Words for the same kind of happening, as far as its day goes.
_ALIKE = {
    stem(word): head
    for head, alike in {
        "vote": "voted vote votes passed pass passes approved adopted cleared",
        "publish": "published posted released leaked printed",
        "sign": "signed enacted",
        "kill": "killed died shot slain shooting killing",
        "arrest": "arrested detained",
        "end": "ended ends end ending expired expires expire concluded",
        "begin": "began begin begins started starts opened opens",
        "land": "landed landing arrived touched",
        "leave": "left leaves leaving departed",
        "file": "filed sued",
        "premiere": "premiere premieres premiered debut debuts debuted air airs aired released release",
        "tweet": "tweeted tweeting tweet posted celebrated",
        "announce": "announced unveiled",
        "buy": "bought acquired purchased",
        "meet": "met meeting",
        "visit": "visited travelled traveled flew",
    }.items()
    for word in alike.split()
}
_APART_BEFORE = re.compile(
    r"[;:—]|,\s|\b(?:and|but|that|after|before|when|while|who|which|as|since|until)\b"
)
_APART_BEHIND = re.compile(r"[;:—]|\b(?:and|but|that|who|which)\b")


def days(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The dates of one slot that cannot both be right, the nearest first; each date once.

    `match` is how probably the two statements are of one detail.
    """
    taken: set[tuple[str, int]] = set()
    for near, x, y in sorted(_pairs(a, b), key=lambda p: (-p[0].near, p[1].start, p[2].start)):
        ends = {("a", x.start), ("b", y.start)}
        if not ends & taken and _one_slot(a, b, _Pair(near, x, y), match):
            taken |= ends
            yield Difference(ConflictKind.DATE, _span(x), _span(y))


class _Pair(NamedTuple):
    near: Slots
    x: Dated
    y: Dated


def _pairs(a: Statement, b: Statement) -> Iterator[_Pair]:
    left, right = _fixed_dates(a), _fixed_dates(b)
    if max(len(left), len(right)) > MOST_DATES:
        return
    for x in _not_given(left, right):
        for y in _not_given(right, left):
            if _of_other_edition(a, x, b) or _of_other_edition(b, y, a):
                continue
            if relate_dates(x, y) is Relation.HARD and not _year_in(x, b) and not _year_in(y, a):
                yield _Pair(compared(a, _span(x), b, _span(y)), x, y)


def _one_slot(a: Statement, b: Statement, pair: _Pair, match: float) -> bool:
    near, x, y = pair
    if match < MATCH or _of_other_grain(x, y) or of_others(a, _span(x), b, _span(y)):
        return False
    if _around_midnight(a, x, b, y) or _in_series(a, b):
        return False
    if bool(_AHEAD.search(a.text)) != bool(_AHEAD.search(b.text)):
        return False
    mine, theirs = happening(a, _span(x)), happening(b, _span(y))
    given = _given_elsewhere(x, b) and _given_elsewhere(y, a)
    same = near.near >= ONE_SLOT or (near.near >= SAME_SLOT and near.whole >= MOST_ALIKE)
    if same and near.rare_near >= RARE:
        said = _SPOKEN in (mine, theirs)
        one = near.whole >= SAME_WHOLE and len(content(a.text) & content(b.text)) >= SAID_ALIKE
        return near.framed or one or not said
    if mine == theirs and mine not in {"", _SPOKEN}:
        if near.near >= NEAR and not given:
            return True
        if near.near >= ONE_HAPPENING and match >= SURE_MATCH:
            return True
    if match >= PART_MATCH and dates.same_day(x, y):
        one = bool(_at_once(a, x, mine) & _at_once(b, y, theirs)) or not mine or not theirs
        return one and near.near >= PART_NEAR
    if match >= SURE_MATCH and _one_utterance(a, b):
        return True
    neighbours = _is_calendar(x) and _is_calendar(y) and _distance(x, y) <= NEIGHBOURING
    return (
        neighbours
        and not given
        and near.near >= NEIGHBOURS_NEAR
        and (match >= SURE_MATCH or mine == theirs or not mine or not theirs)
    )


def _in_series(a: Statement, b: Statement) -> bool:
    """Whether each statement gives one number, of one unit and noun, and they differ: each is of its own day."""
    mine, theirs = counting(a), counting(b)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    (x,), (y,) = mine, theirs
    return x.unit == y.unit and x.counted == y.counted and bool(x.unit or x.counted) and apart(x, y)


_LATE = re.compile(r"\b(?:night|midnight|late|evening|overnight)\b", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:early|midnight|overnight|small hours)\b", re.IGNORECASE)
_AT_MIDNIGHT = re.compile(r"\bmidnight\b", re.IGNORECASE)
# How far around a day its part is told.
PART_NEAR_DAY = 22


def _around_midnight(a: Statement, x: Dated, b: Statement, y: Dated) -> bool:
    """Whether two days beside each other may be one hour: late on Tuesday, early on Wednesday."""
    if not x.readings or not y.readings or _distance(x, y) > 1:
        return False
    (s, first), (t, second) = sorted(((a, x), (b, y)), key=lambda p: p[1].readings[0])
    before, behind = (
        s.text[max(0, d.start - PART_NEAR_DAY) : d.end + PART_NEAR_DAY]
        for s, d in ((s, first), (t, second))
    )
    if _AT_MIDNIGHT.search(before) or _AT_MIDNIGHT.search(behind):
        return True
    return bool(_LATE.search(before) and _EARLY.search(behind))


YEAR = 366


def _of_other_grain(x: Dated, y: Dated) -> bool:
    """Whether one is a day and the other years away and no day: released on Friday, returns from 1977."""
    days = [z for z in (x, y) if z.grain is Grain.DAY]
    if len(days) != 1 or not x.readings or not y.readings:
        return False
    gaps = (max((q[0] - p[1]).days, (p[0] - q[1]).days) for p in x.readings for q in y.readings)
    return min(gaps) > YEAR


def _one_utterance(a: Statement, b: Statement) -> bool:
    """Whether two statements quote the same words, and each gives the one date that they were said on."""
    mine, theirs = _fixed_dates(a), _fixed_dates(b)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    if len(a.text) + len(b.text) > LONGEST:
        return False
    left = [w.key for q in a.quoted for w in words(a.text[q.start : q.end])]
    right = [w.key for q in b.quoted for w in words(b.text[q.start : q.end])]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.find_longest_match().size >= ONE_UTTERANCE


def _span(x: Dated) -> Span:
    return Span(x.start, x.end)


def _not_given(these: Sequence[Dated], those: Sequence[Dated]) -> list[Dated]:
    return [x for x in these if not any(_agree(x, y) for y in those)]


def _year_in(x: Dated, s: Statement) -> bool:
    """Whether a date is a bare year that the other statement has, too, though it is no date there: "2004 and 2005 Awards"."""
    year = _YEAR_ALONE.fullmatch(x.text)
    return year is not None and year[1] in s.text


def _of_other_edition(s: Statement, x: Dated, other: Statement) -> bool:
    """Whether a year is part of a name that the other statement has not: "the 2013 Academy Awards"."""
    named = re.match(r"\s([A-Z][\w’'-]{0,30})", s.text[x.end : x.end + 32])
    if named is None or _YEAR_ALONE.fullmatch(x.text) is None:
        return False
    return not other.says(named[1])


_YEAR_ALONE = re.compile(r"(?:(?:in|since|during|of|by|from|the)\s)?((?:19|20)\d\d)")


def _given_elsewhere(x: Dated, other: Statement) -> bool:
    """Whether the other article names this very day too, in so many readings."""
    known = dates.dates(other.article, other.published)
    return any(x.readings and x.readings == y.readings for y in known)


_CALENDAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:19|20)\d\d\b", re.IGNORECASE
)


def _is_calendar(x: Dated) -> bool:
    """Whether a date is given by month or year, not as a day of the week."""
    return bool(_CALENDAR.search(x.text))


def _distance(x: Dated, y: Dated) -> int:
    """How many days lie between the nearest readings, less one of the same length."""
    gaps = [
        max((q[0] - p[1]).days, (p[0] - q[1]).days, 0)
        for p in x.readings
        for q in y.readings
        if abs((p[1] - p[0]).days - (q[1] - q[0]).days) <= 1
    ]
    return min(gaps, default=NEIGHBOURING + 1)


def _fixed_dates(s: Statement) -> list[Dated]:
    """The dates of a statement that its publication can resolve: quoted speakers have their own."""
    found = dates.dates(s.text, None if s.foreign else s.published)
    return [
        d
        for d in found
        if not any(q.start <= d.start < q.end for q in s.quoted)
        and not _AS_OF.search(s.text[: d.start])
        and (d.readings or d.weekday is not None)
    ]


# What is counted "as of Tuesday", or "since Monday", happened on no day.
_AS_OF = re.compile(r"\b(?:as\s+of|since)(?:\s+(?:early|late))?\s+$", re.IGNORECASE)


def _agree(x: Dated, y: Dated) -> bool:
    return dates.same_day(x, y) and relate_dates(x, y) is not Relation.HARD


def happening(s: Statement, x: Span) -> str:
    """The verb that a date or a time at `x` belongs to, by its kind of happening; "" where none is found."""
    said = words(s.text)
    at = next((i for i, w in enumerate(said) if w.start >= x.start), len(said))
    behind = at + len(words(s.text[x.start : x.end]))
    for w in reversed(said[max(0, at - BEFORE) : at]):
        if _APART_BEFORE.search(s.text[w.end : x.start]):
            break
        if _is_verb(w):
            return _kind(w)
    if at > 1 and behind < len(said) and said[behind].key in _AUXILIARIES:
        return ""  # "a fire on Friday night has destroyed": the date is the noun's
    for w in said[behind : behind + (BEHIND_OPENING if at <= 1 else BEHIND)]:
        if _APART_BEHIND.search(s.text[x.end : w.start]):
            break
        if _is_verb(w):
            return _kind(w)
    return ""


# What is announced for the afternoon may be confirmed in the morning.
_AHEAD = re.compile(r"\b(?:will|planned|plans to|(?:is|are) (?:expected|due|set) to)\b")
_WHEN = re.compile(r"\s(?:when|as)\s")


def _at_once(s: Statement, x: Dated, happening: str) -> frozenset[str]:
    """What happened at a date: the verb that it belongs to, and that of a "when" behind it."""
    if not _WHEN.match(s.text, x.end):
        return frozenset({happening})
    behind = [w for w in words(s.text) if w.start >= x.end][:BEHIND]
    verb = next((w for w in behind if _is_verb(w)), None)
    return frozenset({happening, _kind(verb)} if verb is not None else {happening})


def _is_verb(w: Word) -> bool:
    """A word that by its form may be the verb a date belongs to; a shared subject proves nothing."""
    formed = w.key.endswith(("ed", "ing")) or w.key in _PAST
    return w.text[0].islower() and (formed or stem(w.key) in _SAYING)


def _kind(w: Word) -> str:
    key = stem(w.key)
    return _SPOKEN if key in _SAYING else _ALIKE.get(key, key)
