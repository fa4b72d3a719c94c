"""Times of day that a text names: "10.20am", "10:20 p.m.", "1820 hours", "noon", "quarter past ten"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.language.number_words import small_number
from compare.memory import remembered

_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
# What may stand behind the digits: "10:20 p.m. ET", "10:20 in the morning", "18:20 local time".
_ZONE = re.compile(
    r"\s\(?(?P<zone>[ECMPA][SD]?T|GMT|BST|UTC|IST|CET|CEST|AEST|AEDT|SAST|EAT|WAT|(?-i:local\stime))\b\)?"
)
_PART_OF_DAY = re.compile(
    r"\s(?:in\sthe\s|at\s|on\s\w+day\s|this\s|that\s)(?P<part>morning|afternoon|evening|night)\b", re.IGNORECASE
)  # fmt: skip
_NOT_COUNTING = r"(?![.,:]\d|\s(?:people|percent|million|hundred|thousand|years?|months?|weeks?|days?|hours?|minutes?|points?|others?)\b|%|-)"
# "From 9 to 11 a.m.", "9-11am": the first is a time by what follows.
_TO_A_TIME = r"(?=\s?(?:[-–]|to|and|or|until)\s?\d{1,2}(?:[:.][0-5]\d)?\s?[ap]\.?m\b)"
_CLOCK = re.compile(
    rf"(?<![\w.:,$£€-])(?P<first_hour>[01]?\d|2[0-3])(?:[:.](?P<first_minute>[0-5]\d))?{_TO_A_TIME}|"
    r"(?<![\w.:,$£€])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d)(?!\d))?(?::[0-5]\d)?\s?(?P<half>[ap](?:\.\s?m\.?|m)\b\.?)"
    r"|(?<![\w.:,$£€-])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\w:])"
    r"|(?<![\w.:,$£€-])(?P<hours4>[01]\d|2[0-3])(?P<minutes4>[0-5]\d)(?:\s?(?:hours|hrs|h)\b|(?=\s(?:GMT|UTC|BST|local\stime)\b))"
    r"|\b(?:at|by|around|about|until|from|before|after|since|shortly\safter|just\safter)\s(?P<dotted_hour>[01]?\d|2[0-3])\.(?P<dotted_minute>[0-5]\d)(?=[,;)]|\.?$|\.\s|\s(?:on|in\sthe|yesterday|today|this|last|local|and)\b)"
    rf"|\b(?P<past_part>half|(?:a\s)?quarter|five|ten|twenty(?:-five)?|\d{{1,2}})(?:\sminutes)?\s(?P<past>past|to|after|before)\s(?P<past_hour>{_HOUR_WORD}|\d{{1,2}})\b{_NOT_COUNTING}"
    rf"|\b(?P<oclock>{_HOUR_WORD}|\d{{1,2}})\so[’']clock\b"
    r"|\b(?P<word>noon|midday|midnight)\b(?!\s(?:mass|blue|oil))",
    re.IGNORECASE,
)  # fmt: skip
_APPROXIMATELY = re.compile(
    r"\b(?:about|around|approximately|roughly|shortly|just|soon|near|nearly|almost|some\stime|a\slittle|before|after|by|past|until|since|between|from|to|and|or)\s(?:after\s|before\s|past\s)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:a\slittle|just|shortly|soon|moments|minutes|right)\s(?P<way>after|past|before)\s$",
    re.IGNORECASE,
)
# What every time of day has one of: without it nothing is looked for.
_HINT = re.compile(
    r"\d\s?[apAP]\.?\s?[mM]|\d[:.][0-5]\d|\d{4}\s?(?:h|G|U|B|l)|oon\b|mid(?:day|night)|clock|(?:half|arter|five|ten|ty|\d)\s(?:minutes\s)?(?:past|to|after|before)\s|OON|Mid(?:day|night)|CLOCK"
)
# "John 3:16": a chapter and verse.
_VERSE = re.compile(
    r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|At\b|By\b|From\b|Until\b)[A-Z][a-z]+\s$"
)
DAY = 1440
# "Ten past six" needs no "at", but "a quarter to five" teams does; minutes that clocks are told in words.
_WORDED = {"half": 30, "quarter": 15, "a quarter": 15, "twenty-five": 25}


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day at `text[start:end]`: the minutes of the day it may mean, two where no half of it is said.

    `approximate` says that words make it an edge or a rough time ("around", "before"); `zone` is as
    written, "" where there is none. `length` is how many minutes "from 9 to 11 a.m." lasts. `side` is 1
    for "just after 3 a.m.", -1 for "shortly before noon", 0 where it lies on no side.
    """

    start: int
    end: int
    text: str
    minutes: tuple[int, ...]
    zone: str = ""
    approximate: bool = False
    length: int = 0
    side: int = 0


@remembered(4096)
def clock_times(text: str) -> tuple[ClockTime, ...]:
    """The times of day that a text names, in order."""
    if not _HINT.search(text):
        return ()
    times = [t for found in _CLOCK.finditer(text) if (t := _time(text, found)) is not None]
    joined: list[ClockTime] = []
    for time in times:
        span = _joined(text, joined[-1], time) if joined else None
        if span is not None:
            joined[-1] = span
        else:
            joined.append(time)
    return tuple(joined)


_JOINT = re.compile(r"\s?(?:[-–]|to|until|(?P<and>and))\s?")
_LED = re.compile(r"\b(?P<lead>between|from)\s$", re.IGNORECASE)


def _joined(text: str, first: ClockTime, last: ClockTime) -> ClockTime | None:
    """Two times that are the ends of one span, "from 9 to 11 a.m.", where they are."""
    joint = _JOINT.fullmatch(text, first.end, last.start)
    led = _LED.search(text, max(0, first.start - 8), first.start)
    if joint is None or (joint["and"] and not (led and led["lead"].lower() == "between")):
        return None
    ends = [(m, (n - m) % DAY) for m in first.minutes for n in last.minutes]
    start, length = min(ends, key=lambda end: end[1])
    return ClockTime(
        first.start, last.end, text[first.start : last.end], (start,), last.zone or first.zone, length=length
    )  # fmt: skip


def _time(text: str, found: re.Match[str]) -> ClockTime | None:
    end = found.end()
    part = _PART_OF_DAY.match(text, end)
    end = part.end() if part else end
    zone = _ZONE.match(text, end)
    end = zone.end() if zone else end
    minutes = _minutes(found, part["part"].lower() if part else "")
    if not minutes:
        return None
    before = text[max(0, found.start() - 24) : found.start()]
    if found["hour24"] and _VERSE.search(before):
        return None
    approximate = bool(_APPROXIMATELY.search(before) or _APPROXIMATELY.match(_led_by(found)))
    beside = _BESIDE.search(before)
    side = 0 if beside is None else 1 if beside["way"].lower() in {"after", "past"} else -1
    start = found.start()
    return ClockTime(
        start, end, text[start:end], minutes, _plain_zone(zone), approximate, side=side
    )


def _led_by(found: re.Match[str]) -> str:
    """The word that a time written with a dot and no half of the day stands behind."""
    return found.group()[: found.start("dotted_hour") - found.start()] if found["dotted_hour"] else ""  # fmt: skip


def _plain_zone(found: re.Match[str] | None) -> str:
    """Standard and summer time are one to a reader, "local time" is none."""
    zone = found["zone"] if found else ""
    if zone.startswith("local"):
        return ""
    return re.sub(r"^([ECMPA])[SD]T$", r"\1T", zone)


HOURS = 12


def _minutes(found: re.Match[str], part: str) -> tuple[int, ...]:
    if found["word"]:
        return (0, DAY) if found["word"].lower() == "midnight" else (DAY // 2,)
    if found["half"]:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if not 0 < hour <= HOURS:
            return (hour * 60 + minute,) if found["minute"] else ()
        return _halves(hour, minute, "morning" if found["half"][0] in "aA" else "evening")
    if found["hour24"]:
        minutes = _halves(int(found["hour24"]), int(found["minute24"]), part)
        return minutes[:1] if found["hour24"][0] == "0" else minutes
    if found["first_hour"]:
        return _halves(int(found["first_hour"]), int(found["first_minute"] or 0), part)
    if found["hours4"]:
        return (int(found["hours4"]) * 60 + int(found["minutes4"]),)
    if found["dotted_hour"]:
        return _halves(int(found["dotted_hour"]), int(found["dotted_minute"]), part)
    if found["oclock"]:
        hour = int(small_number(found["oclock"]) or 0)
        return _halves(hour, 0, part) if 0 < hour <= HOURS else ()
    return _worded(found, part)


def _worded(found: re.Match[str], part: str) -> tuple[int, ...]:
    """The time that is "quarter past ten", "20 minutes to nine"; "five to ten" is a range more often than a time."""
    before, way = found["past_part"].lower(), found["past"].lower()
    hour = int(small_number(found["past_hour"]) or 0)
    minute = _WORDED.get(before) or int(small_number(before) or 0)
    if not 0 < hour <= HOURS or not 0 < minute < 60:
        return ()
    if before not in _WORDED and way != "past" and "minutes" not in found.group():
        return ()
    if before == "half" and way != "past":
        return ()
    whole = hour * 60 + (minute if way in {"past", "after"} else -minute)
    return _halves(whole // 60, whole % 60, part)


def _halves(hour: int, minute: int, part: str) -> tuple[int, ...]:
    """The minutes of the day that a time may mean, by the part of the day that is said."""
    if hour > HOURS or (hour == 0 and not part):
        return (hour * 60 + minute,)
    early = hour % HOURS * 60 + minute
    late = early + DAY // 2
    if not part:
        return early, late
    return (early,) if part == "morning" else (late,)


# So far from an exact time "around 3 a.m." may be; so much is a time like 2:00 or 2:30 rounded.
ROUGHLY, ROUNDED = 30, 5


def minutes_apart(a: ClockTime, b: ClockTime) -> int:
    """How many minutes two times are apart in the readings that are nearest, around midnight too; 0 if one is within."""
    return min((abs(gap) for gap in _gaps(a, b)), default=0)


def _gaps(a: ClockTime, b: ClockTime) -> list[int]:
    """By how many minutes the second time lies behind the first, in each reading: below 0 before it."""
    return [
        y + turn - x - a.length if y + turn > x + a.length else min(0, y + turn + b.length - x)
        for x in a.minutes
        for y in b.minutes
        for turn in (-DAY, 0, DAY)
    ]


def clash(a: ClockTime, b: ClockTime) -> bool:
    """Whether two times of one happening cannot both be right; times of two zones are not compared.

    "Just after 3 a.m." and 2:42 exclude each other, though they are near.
    """
    if a.zone != b.zone:
        return False
    gap = min(_gaps(a, b), key=abs)
    if a.approximate and b.approximate:
        return abs(gap) > ROUGHLY
    if a.side and not b.approximate and gap * a.side < 0:
        return abs(gap) > ROUNDED
    if b.side and not a.approximate and gap * b.side > 0:
        return abs(gap) > ROUNDED
    return abs(gap) > (ROUGHLY if a.approximate or b.approximate else ROUNDED)
