"""Clock times in one slot that differ: the doors opened at 10.20am here, at 11.20am there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail, and how near the slots of the times must be.
MATCH, NEAR = 0.4, 0.3
# Times nearer than this many minutes are one time, rounded; where one is hedged ("about 3 a.m.", "just
# before noon"), nearer than that.
ROUNDED, HEDGED = 6, 45
_TIME = re.compile(
    r"(?<![\w.:$£€])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)(?!\w)"
    r"|(?<![\w.:])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|shortly|just|soon|before|after|by|past|until|since|between|from|to)\s+$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:a little|just|shortly|soon)\s+(?:after|before|past)\s+$", re.IGNORECASE)
_WORDS = {"noon": 720, "midday": 720, "midnight": 0}
DAY = 1440


def clock_times(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The times of day of one slot that differ, where each statement gives one alone."""
    left, right = list(_TIME.finditer(a.text)), list(_TIME.finditer(b.text))
    if match < MATCH or len(left) != 1 or len(right) != 1:
        return
    (x,), (y,) = left, right
    apart = _apart(x, y)
    bounded = _BOUND.search(a.text[: x.start()]) or _BOUND.search(b.text[: y.start()])
    hedged = _HEDGE.search(a.text[: x.start()]) or _HEDGE.search(b.text[: y.start()])
    if apart <= (ROUNDED if bounded or not hedged else HEDGED):
        return
    mine, theirs = Span(*x.span()), Span(*y.span())
    if compared(a, mine, b, theirs).near >= NEAR:
        yield Difference(ConflictKind.DATE, mine, theirs)


def _minutes(found: re.Match[str]) -> tuple[int, bool]:
    """A time in minutes of the day, and whether it may as well be twelve hours later."""
    if found["word"]:
        return _WORDS[found["word"].lower()], False
    if found["hour24"]:
        return int(found["hour24"]) * 60 + int(found["minute24"]), True
    hour = int(found["hour"]) % 12 + (12 if found["half"][0].lower() == "p" else 0)
    return hour * 60 + int(found["minute"] or 0), False


def _apart(x: re.Match[str], y: re.Match[str]) -> int:
    """How many minutes lie between two times, the nearest way."""
    (one, one_open), (other, other_open) = _minutes(x), _minutes(y)
    gap = abs(one - other)
    around = DAY // 2 if one_open or other_open else DAY
    return min(gap % around, around - gap % around)
