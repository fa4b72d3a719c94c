"""Dates as feeds, sitemaps and services write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from dateutil import parser as lenient

from compare.times import moment

_DAY_OR_LESS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?|(\d{4})(\d{2})(\d{2})")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})Z?")
_LONGEST = 60  # characters of any real date
_YEARS = range(1990, 2100)  # the web's

# The names of zones that email.utils does not know and that mean one zone only (IST does not).
_ZONES = {
    "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300",
    "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300", "JST": "+0900", "Z": "+0000",
}  # fmt: skip


def iso_date(written: str | None) -> str | None:
    """The date as ISO 8601, as precise as it is written; None if no article can have it.

    Reads W3C dates (sitemaps, Atom), RFC 822 (RSS), unbroken digits (GDELT, Wayback) and, where
    they mean one day only, the free forms that feeds use besides. A day alone stays a day.
    """
    text = " ".join((written or "")[: 2 * _LONGEST].split())
    if not text or len(text) > _LONGEST:
        return None
    if day := _DAY_OR_LESS.fullmatch(text):
        return _plausible("-".join(part for part in day.groups() if part))
    if stamp := _STAMP.fullmatch(text):
        text = "{}-{}-{}T{}:{}:{}+00:00".format(*stamp.groups())
    rest, _, zone = text.rpartition(" ")
    text = f"{rest} {_ZONES[zone]}" if zone in _ZONES else text
    return _plausible(_iso(text) or _rfc822(text) or _free(text))


def _plausible(iso: str | None) -> str | None:
    found = moment(iso)
    return iso if found is not None and found.start.year in _YEARS else None


def _iso(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="seconds")
    except ValueError:
        return text if moment(text) else None


def _rfc822(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat(timespec="seconds") if ":" in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _free(text: str) -> str | None:
    """What dateutil makes of it, unless that rests on a guess: of the day, or day before month."""
    readings = [
        _lenient(text, datetime(2000, 1, 1)),  # noqa: DTZ001  fills in what the text leaves out
        _lenient(text, datetime(2001, 2, 2, 11, 11)),  # noqa: DTZ001
        _lenient(text, datetime(2000, 1, 1), dayfirst=True),  # noqa: DTZ001
    ]
    first, other, _ = readings
    if first is None or other is None or len({r.date() for r in readings if r}) != 1:
        return None
    return first.isoformat(timespec="seconds") if first == other else first.date().isoformat()


def _lenient(text: str, default: datetime, *, dayfirst: bool = False) -> datetime | None:
    try:
        found = lenient.parse(text, default=default, dayfirst=dayfirst, tzinfos=_only_offsets)
    except (ValueError, TypeError, OverflowError, AttributeError):
        return None
    return found if isinstance(found, datetime) else None


def _only_offsets(name: str | None, seconds: int | None) -> int | None:  # noqa: ARG001  dateutil's form
    return seconds
