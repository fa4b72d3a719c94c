"""Dates as pages, feeds, sitemaps and services write them, as ISO 8601: one reader for all of them.

A day is found first, then what is left is read as a clock (clocks.py). Where the clock or what
belongs to it cannot be read, the day alone is returned, never a wrong hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import NamedTuple

from compare.times import moment
from crawlers.discovery.calendar_words import MONTHS, WEEKDAYS
from crawlers.discovery.clocks import clock_in

_DAY_OR_LESS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?|(\d{4})(\d{2})(\d{2})")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})Z?")
_EPOCH = re.compile(
    r"(1[0-8]\d{8})(?:\d{3}|\.\d{1,9})?"
)  # seconds since 1970, or thousandths of them
# As nearly every feed writes it; anything else about it is left to those that read free forms.
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|([+-](?:0\d|1[0-3]))([0-5]\d))"
)
_POINTED_CLOCK = re.compile(r"[\d-]{8,10}[T ]\d\d\.\d.{0,30}")
_LONGEST = 100  # characters of any real date; "(Central European Standard Time)" may stand behind
_YEARS = range(1990, 2100)  # the web's
_TWO_DIGITS_FROM = 70  # RFC 822 years of two digits: 70 to 99 are the 1900s
_MOST_DATES = 8  # that are looked at in one text

_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:[-/.]|年|년 ?)(?P<m>\d{1,2})(?:[-/.]|月|월 ?)(?P<d>\d{1,2})(?:일|日|(?!\d))"
)
_YEAR_LAST = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<mark>[-/.]) ?(?P<b>\d{1,2})(?P=mark) ?(?P<y>\d{4})(?!\d)"
)
_POINTED = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d\d)\.(?P<y>\d\d)(?![\d.])")  # 25.04.24
_DAY_MONTH = re.compile(
    r"(?<![\w.:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|[º°.])?[ /-]?(?:(?:of|de|del|d) )?(?P<m>[^\W\d_]{3,12})(?![^\W\d_])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<!\w)(?P<m>[^\W\d_]{3,12})\.?[ /-](?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\w:])", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d:.+])(?:19[789]\d|20\d\d)(?![\d:])")
_SHORT_YEAR = re.compile(r"[ -]{0,2}['’]?(?P<y>\d\d)(?![\d:./])")
_WORD = re.compile(r"[^\W\d_]+")


class _Day(NamedTuple):
    """A day that a text names, and the text before and behind it."""

    day: date
    before: str
    behind: str


def iso_date(written: str | None, *, day_first: bool = False) -> str | None:
    """The date as ISO 8601, as precise as it is written and read; None if no article can have it.

    Reads W3C dates (sitemaps, Atom, meta tags), RFC 822 (RSS), unbroken digits (GDELT, Wayback),
    what scripts print, and the free forms of feeds and pages where they mean one day only:
    03/04/2031 may be two days and gives None, unless the weekday beside it tells, or `day_first` says
    that its writer's language never begins with the month. A day alone stays a day; a clock whose half of the day or zone cannot be read gives the day alone.
    """
    text = _tidy(written or "")
    if not text or len(text) > _LONGEST:
        return None
    if day := _DAY_OR_LESS.fullmatch(text):
        return _plausible("-".join(part for part in day.groups() if part))
    if stamp := _STAMP.fullmatch(text):
        return _plausible("{}-{}-{}T{}:{}:{}+00:00".format(*stamp.groups()))
    if epoch := _EPOCH.fullmatch(text):
        return _plausible(datetime.fromtimestamp(int(epoch[1]), UTC).isoformat())
    return _plausible(_iso(text) or _rfc_822(text) or _free(text, day_first=day_first))


def day_in(line: str, *, day_first: bool = False) -> str | None:
    """The only day that a line of words names, such as "Posted on 12 March 2024 by Ann Lee"."""
    found = {found.day for found in _days(_tidy(line), day_first=day_first)}
    return _plausible(found.pop().isoformat()) if len(found) == 1 else None


def _tidy(text: str) -> str:
    """The text's beginning on one line, any script's digits as 0 to 9."""
    text = " ".join(text[: 2 * _LONGEST].split())
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _plausible(iso: str | None) -> str | None:
    found = moment(iso)
    return iso if found is not None and found.start.year in _YEARS else None


def _iso(text: str) -> str | None:
    if _POINTED_CLOCK.fullmatch(text):
        return None  # 15.21 is twenty-one past three, and no fraction of an hour
    try:
        found = datetime.fromisoformat(text)
        return (
            found.isoformat(timespec="seconds")
            if ":" in text or "T" in text
            else found.date().isoformat()
        )
    except ValueError:
        return None


def _rfc_822(text: str) -> str | None:
    found = _RFC_822.fullmatch(text)
    month = MONTHS.get(found[2].casefold()) if found else None
    if found is None or month is None:
        return None
    offset = f"{found[5]}:{found[6]}" if found[5] else "+00:00"
    try:
        written = f"{found[3]}-{month:02}-{int(found[1]):02}T{found[4]}{offset}"
        return datetime.fromisoformat(written).isoformat(timespec="seconds")
    except ValueError:
        return None


def _free(text: str, *, day_first: bool) -> str | None:
    found = list(islice(_days(text, day_first=day_first), _MOST_DATES))
    if len({each.day for each in found}) != 1:
        return None
    day, before, behind = found[0]
    clock = clock_in(before, behind, day)
    if clock is None:
        return day.isoformat()
    return datetime.combine(day, clock).isoformat(timespec="seconds")


def _days(text: str, *, day_first: bool = False) -> Iterator[_Day]:
    """The days that a text names, written with the month's number or its name."""
    weekday = next((WEEKDAYS[w] for w in _words(text) if w in WEEKDAYS), None)
    for match in _YEAR_FIRST.finditer(text):
        day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        yield from _placed(day, text, match.span())
    for match in _YEAR_LAST.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        known = match["mark"] == "." or (day_first and weekday is None)
        day = _either(int(match["y"]), first, second, weekday, day_first=known)
        yield from _placed(day, text, match.span())
    for match in _POINTED.finditer(text):
        day = _date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))
        yield from _placed(day, text, match.span())
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(text):
            if (month := MONTHS.get(match["m"].casefold())) is not None:
                yield from _named(text, match, month)


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _placed(day: date | None, text: str, span: tuple[int, int]) -> Iterator[_Day]:
    if day is not None:
        yield _Day(day, text[: span[0]], text[span[1] :])


def _either(
    year: int, first: int, second: int, weekday: int | None, *, day_first: bool
) -> date | None:
    """The day of 12/03/2024: none where both orders are days, unless points, the language or the weekday tell."""
    british, american = _date(year, second, first), _date(year, first, second)
    if (day_first and british is not None) or british == american:
        return british
    if british is None or american is None:
        return british or american
    fits = [d for d in (british, american) if d.weekday() == weekday]
    return fits[0] if len(fits) == 1 else None


def _named(text: str, match: re.Match[str], month: int) -> Iterator[_Day]:
    """The day of a day and month by name, with the year beside it or, failing that, elsewhere in the text."""
    start, end = match.span()
    years = [y for y in _YEAR.finditer(text) if y.end() <= start or y.start() >= end]
    if years:
        near = min(
            years, key=lambda y: abs(y.start() - end) if y.start() >= end else start - y.end()
        )
        year, place = int(near[0]), near.span()
    elif short := _SHORT_YEAR.match(text, end):
        number = int(short["y"])
        year, place = number + (1900 if number >= _TWO_DIGITS_FROM else 2000), short.span()
    else:
        return
    day = _date(year, month, int(match["d"]))
    if day is None:
        return
    if place[0] >= end:
        yield _Day(day, text[:start], f"{text[end : place[0]]} {text[place[1] :]}")
    else:
        yield _Day(day, f"{text[: place[0]]} {text[place[1] : start]}", text[end:])
