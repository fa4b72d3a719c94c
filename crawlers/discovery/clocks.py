"""The clock beside a date: hour, minute, half of the day, zone. What cannot be read whole is no clock."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawlers.discovery.calendar_words import FILLERS, PLACES, WEEKDAYS, ZONES

_CLOCK = re.compile(
    r"(?<![\d:.+\u2212-])(?P<h>\d{1,2})(?:(?: ?[:h] ?|\.)(?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?:[.,]\d{1,9})?(?![\d:])|(?= ?[ap]\.? ?m\b))",
    re.IGNORECASE,
)
_HALF = re.compile(r" ?(?P<half>[ap])\.? ?m\b\.?", re.IGNORECASE)
_UNIT = re.compile(r" ?(?:Uhr|uur|hrs?|hours|h)\b", re.IGNORECASE)
_OFFSET = re.compile(
    r"[ (]{0,2}(?:(?:GMT|UTC|UT)\)? ?)?(?P<sign>[+\u2212-])(?P<h>\d{1,2})(?::?(?P<m>\d\d))?(?![\d:])\)?",
    re.IGNORECASE,
)
_LOST_PLUS = re.compile(r" (?P<h>\d\d):(?P<m>\d\d)$")  # the "+" became a blank in an address
_ZONE = re.compile(r"[ (\[]{0,2}(?P<name>[A-Z][a-z]{2,12}/[A-Za-z_]{2,30}|[A-Z]{1,5})\b[)\]]?")
_COMMENT = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_REST = re.compile(r"[^\W_]+")
_LARGEST_OFFSET = 14 * 60  # minutes; Kiribati's


def clock_in(before: str, behind: str, day: date) -> time | None:
    """The clock in what stands around a day, with its zone where it has one; None where it is unclear.

    Unclear: no clock or several, a half of the day that does not go with the hour, a zone that is
    not known, or any other word or number beside it.
    """
    found = [(m, side) for side in (before, behind) for m in _CLOCK.finditer(side)]
    if len(found) == 2 and found[0][1] is behind and _LOST_PLUS.search(behind[found[0][0].end() :]):
        found = found[:1]
    if len(found) != 1:
        return None
    match, side = found[0]
    others = behind if side is before else before
    rest = side[match.end() :]
    hour = int(match["h"])
    if half := _HALF.match(rest):
        rest = rest[half.end() :]
        hour = _of_half(hour, half["half"].lower())
    if unit := _UNIT.match(rest):
        rest = rest[unit.end() :]
    zoned = _zone(rest, day)
    if zoned is None or _says_more(side[: match.start()]) or _says_more(others):
        return None
    zone, rest = zoned
    if _says_more(rest) or hour > 23 or int(match["m"] or 0) > 59:
        return None
    return time(hour, int(match["m"] or 0), min(int(match["s"] or 0), 59), tzinfo=zone)


def _of_half(hour: int, half: str) -> int:
    """The hour of the day; 99 where hour and half do not go together. "15:21 pm" says the same twice."""
    if hour == 0 or hour > 12:
        return hour if (half == "p" and hour > 12) or (half == "a" and hour == 0) else 99
    return hour % 12 + (12 if half == "p" else 0)


def _zone(rest: str, day: date) -> tuple[tzinfo | None, str] | None:
    """The zone that the text behind a clock begins with, None for none, and the text behind it.

    Nothing at all where it begins with a zone that is not known.
    """
    if (offset := _OFFSET.match(rest) or _LOST_PLUS.fullmatch(rest)) is not None:
        minutes = int(offset["h"]) * 60 + int(offset["m"] or 0)
        if minutes > _LARGEST_OFFSET:
            return None
        minus = "sign" in offset.groupdict() and offset["sign"] != "+"
        # Behind an offset stands at most its name: "(Central European Standard Time)", "[Europe/Paris]".
        return _east(-minutes if minus else minutes), _COMMENT.sub(" ", rest[offset.end() :])
    name = _ZONE.match(rest)
    if name is None or name["name"].casefold() in FILLERS or name["name"].casefold() in WEEKDAYS:
        return None, rest
    if name["name"] in ZONES:
        return _east(ZONES[name["name"]]), _COMMENT.sub(" ", rest[name.end() :])
    if (place := PLACES.get(name["name"], name["name"])) and "/" in place:
        zone = _of_place(place, day)
        return None if zone is None else (zone, rest[name.end() :])
    return None


def _east(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes))


def _of_place(name: str, day: date) -> tzinfo | None:
    """The offset of a place on a day, at noon: the few hours around a change of clocks are not told."""
    try:
        offset = datetime.combine(day, time(12), tzinfo=ZoneInfo(name)).utcoffset()
    except (ValueError, OSError, KeyError):  # no such place, or no table of places on this machine
        return None
    return None if offset is None else timezone(offset)


def _says_more(text: str) -> bool:
    """Whether there is anything but weekdays and words that every date may have around it."""
    words = [word.casefold() for word in _REST.findall(text)]
    return any(w not in FILLERS and w not in WEEKDAYS for w in words)
