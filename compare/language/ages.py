"""How old a text says somebody or something is: "34-year-old", "Jim Roe, 34,", "aged 34", "turned 34"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.language.number_words import UNIT_WORD, letters, spelled_value

_NUMBER = rf"(?:\d{{1,3}}|(?:{UNIT_WORD})(?:-(?:{UNIT_WORD}))?)"
_PERIOD = r"(?P<period>year|yr|month|week|day)s?"
_AGE = re.compile(
    rf"(?<![\w.,-])(?P<old>{_NUMBER})[\s-]{_PERIOD}[\s-]{{1,2}}olds?\b"
    rf"|(?<![\w.,$£€-])(?P<from_age>{_NUMBER})\s(?:and|or)\s(?:older|over|above|under|younger|up)\b"
    rf"|(?<![\w.,-])(?P<of_age>{_NUMBER})\s(?:years?)\sof\sage\b"
    rf"|\b(?:aged|(?:at\s|between\s)?the\sages?\sof|at\sage|ages?|turn(?:s|ed|ing))\s(?:between\s|from\s|under\s|over\s|about\s|around\s)?(?P<aged>{_NUMBER})(?:(?:\s?[-–]\s?|\s(?:to|and|or)\s)(?P<until>{_NUMBER}))?(?![\w-]|[.,:]\d|\s(?:percent|per cent|million|people)\b|%)"
    rf"|\b(?:he|she|who)\s(?:is|was)\s(?:now\s)?(?P<is_aged>\d\d)(?=[.;,](?!\s?\d)|\s(?:and|when|at)\b|$)"
    r"|(?<=[\w.)’']),\s(?:now\s)?(?P<after_name>\d{1,3})(?=[,;)](?!\d)|\.?$|\.\s|\sand\b|\s?[–—-]\s)",
    re.IGNORECASE,
)
# What every age has one of: without it nothing is looked for.
_HINT = re.compile(
    r"[Oo]ld|[Aa]ge|urn(?:s|ed|ing)|(?:he|who)\s(?:is|was)\s(?:now\s)?\d|,\s(?:now\s)?\d|(?:and|or)\s(?:over|under|above|young|up)|OLD|AGE"
)
OLDEST = 115
_YEARS = {"year": 1.0, "yr": 1.0, "month": 1 / 12, "week": 1 / 52.18, "day": 1 / 365.25}


@dataclass(frozen=True, slots=True)
class Age:
    """An age at `text[start:end]`, in years; `whose` is the name it stands beside, "" where it does not.

    `until` is the last of "aged 18 to 30", `years` then the first.
    """

    start: int
    end: int
    text: str
    years: float
    whose: str = ""
    until: float | None = None


def ages(text: str) -> list[Age]:
    """The ages that a text gives, in order."""
    if not _HINT.search(text):
        return []
    return [age for found in _AGE.finditer(text) if (age := _age(text, found)) is not None]


def _age(text: str, found: re.Match[str]) -> Age | None:
    group = next(
        name
        for name in ("old", "from_age", "of_age", "aged", "is_aged", "after_name")
        if found[name]
    )
    number = _value(found[group])
    if number is None:
        return None
    start, whose = found.start(), ""
    if group == "old":
        whose = _name_behind(text, found.end())
    elif group == "aged":
        whose = _name_before(text, start) or _who_turned(text, start)
    if group == "after_name":
        # A number behind a lower-case word is none; no one is 300 years old.
        named = _CAPITAL.search(text, max(0, start - 30), start)
        if not named or not 0 < number <= OLDEST:
            return None
        start, whose = found.start(group), _name_before(text, found.start(group))
    years = number * _YEARS[(found["period"] or "year").lower()]
    until = _value(found["until"]) if found["until"] else None
    return Age(start, found.end(), text[start : found.end()], years, whose, until)


def _value(written: str) -> float | None:
    return float(written) if written.isdigit() else spelled_value(letters(written))


_CAPITAL = re.compile(
    r"(?<!\w)(?:mother|father|brother|sister|son|daughter|wife|husband|man|woman|boy|girl|driver|victim|suspect|teenager|grandmother|grandfather|partner)$|(?<![\w’'-])[A-Z][\w’'.-]{0,40}$|\)$"
)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]{0,40}\s){0,3}[A-Z][\w’'.-]{0,40},\s(?:now\s)?$")


def _name_before(text: str, end: int) -> str:
    name = _NAME.search(text, max(0, end - 60), end)
    return name.group().split(",")[0] if name else ""


_WHO = re.compile(
    r"\b([A-Z][\w’'-]{1,40}),?\s(?:who\s)?(?:had\s|has\s|just\s|would\shave\s|will\s){0,3}$"
)


def _who_turned(text: str, end: int) -> str:
    """The name right before "turned 9", "who had turned 9"."""
    name = _WHO.search(text, max(0, end - 60), end)
    return name[1] if name else ""


_NEXT_NAME = re.compile(
    r"\s(?:(?:son|daughter|brother|sister|father|mother|husband|wife|grandson|granddaughter|grandfather|grandmother|nephew|niece|cousin|boyfriend|girlfriend),?\s)?"
    r"((?:[A-Z][\w’'-]{1,40}\s?){1,4})"
)


# "A 34-year-old fire fighter, Jane Roe, drowned", "the 34-year-old driver Jane Roe": a noun, and first and last name.
_NOUN_AND_NAME = re.compile(
    r"(?:\s(?!(?:from|in|of|at|with|by|and|or|on|to|near|outside|for|as|who|whose|was|were|is|said|told|a|the)\b)[a-z][\w-]{1,20}){1,3}(?P<comma>,)?\s"
    r"((?:[A-Z][\w’'-]{1,40}\s){1,2}[A-Z][\w’'-]{1,40})(?(comma)(?=[,.;)]|$))"
)


def _name_behind(text: str, start: int) -> str:
    """The name that an age stands before: "the 34-year-old Jane Roe"."""
    if told := _NOUN_AND_NAME.match(text, start):
        return told[2]
    name = _NEXT_NAME.match(text, start)
    return name.group(1).strip().removesuffix("'s").removesuffix("’s") if name else ""
