"""Days, ranges of days, months and years that a text names, resolved by the day it was published.

A weekday without a date may look back or ahead: both readings are kept, and two dates clash only if
no reading of one meets a reading of the other. Written for English; a kept library (dateparser)
resolves single phrases well, but finds them without reliable offsets and settles on one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from compare.language.date_patterns import found_dates
from compare.language.date_readings import Grain, read
from compare.language.day_spans import Days
from compare.memory import remembered
from compare.times import moment, own_day

# "Saturday, March 23", "Saturday (23 March)", "March 23 (Saturday)", "23 March, a Saturday": one day.
_WITH_ITS_DATE = re.compile(r",?\s(?:the\s)?|,?\s?\(", re.IGNORECASE)
_WITH_ITS_WEEKDAY = re.compile(r"\s?\(|,\s(?:a|which was a|on a)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `text[start:end]`: the days it may mean, each reading from first to last day.

    `readings` is empty where nothing resolves it (a weekday in an article without a date); then
    `weekday` (0 Monday) or `month` and `day`, and for a range `until` (month, day), still compare.
    `part` is a part of the day or "". `grain` says how finely it is given: `RANGE` is days from one to
    another, `VAGUE` a time with soft edges ("mid-March", "two weeks ago").
    """

    start: int
    end: int
    text: str
    readings: tuple[Days, ...] = ()
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    grain: Grain = Grain.DAY
    until: tuple[int, int] | None = None


def dates(text: str, published: str | None = None) -> list[Dated]:
    """The dates that a text names, in order; `published` is ISO 8601 as the article says it."""
    return list(_dates(text, published))


# A statement is compared with every other one of its details: it is read once.
@remembered(8192)
def _dates(text: str, published: str | None) -> tuple[Dated, ...]:
    when = moment(published)
    today = own_day(published) if when is not None and (when.end - when.start).days <= 1 else None
    read = (_dated(kind, found, today) for kind, found in found_dates(text))
    ordered = sorted((d for d in read if d is not None), key=lambda d: d.start)
    return tuple(_weekdays_joined(text, ordered))


def _weekdays_joined(text: str, found: list[Dated]) -> Iterator[Dated]:
    """A weekday and its date next to it are one; the date decides, as the finer of the two."""
    held: Dated | None = None
    for d in found:
        one = _one_day(text, held, d) if held is not None else None
        if one is not None:
            yield one
            held = None
            continue
        if held is not None:
            yield held
        held = d
    if held is not None:
        yield held


def _one_day(text: str, a: Dated, b: Dated) -> Dated | None:
    gap = text[a.end : b.start]
    named_first = a.day is None and a.weekday is not None and b.day is not None
    named_last = a.day is not None and b.day is None and b.weekday is not None
    if a.grain is not Grain.DAY or b.grain is not Grain.DAY:
        return None
    if named_first and _WITH_ITS_DATE.fullmatch(gap):
        return replace(b, start=a.start, text=text[a.start : b.end], part=a.part)
    if named_last and _WITH_ITS_WEEKDAY.fullmatch(gap):
        return replace(a, end=b.end, text=text[a.start : b.end], part=b.part)
    return None


def _dated(kind: str, found: re.Match[str], today: date | None) -> Dated | None:
    meant = read(kind, found, today)
    if meant is None:
        return None
    return Dated(
        found.start(), found.end(), found.group(), meant.readings, meant.weekday, meant.month, meant.day,
        meant.part, meant.grain, meant.until,
    )  # fmt: skip


def same_day(a: Dated, b: Dated) -> bool:
    """Whether some reading of one date meets a reading of the other."""
    if a.readings and b.readings:
        return any(x[0] <= y[1] and y[0] <= x[1] for x in a.readings for y in b.readings)
    if a.month is not None and b.month is not None:
        if a.day is None or b.day is None:
            return a.month == b.month
        a_last, b_last = a.until or (a.month, a.day), b.until or (b.month, b.day)
        return (a.month, a.day) <= b_last and (b.month, b.day) <= a_last
    if a.weekday is not None and b.weekday is not None:
        return a.weekday == b.weekday
    return True


def clash(a: Dated, b: Dated) -> bool:
    """Whether two dates cannot both be right; a part of the day counts where both give one.

    Two ranges of days that overlap and are not the same contradict each other, too.
    """
    if not same_day(a, b):
        return True
    if a.grain is b.grain is Grain.RANGE and a.readings and b.readings:
        return not set(a.readings) & set(b.readings)
    return bool(a.part and b.part and a.part != b.part)
