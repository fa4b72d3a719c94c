"""How English-language news writes days: patterns, and where a text's calendar numbers stand.

The order matters: what is more exactly a date comes first and takes its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.language.number_words import UNIT_WORD

WEEKDAYS = "mon tue wed thu fri sat sun".split()
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAME = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\b\.?)"
)
_ANY_MONTH = re.compile("|".join(MONTHS))


def _month(number: str = "") -> str:
    return rf"(?P<month{number}>{_MONTH_NAME})"


def _day(number: str = "") -> str:
    return rf"(?P<day{number}>[0-3]?\d)(?:st|nd|rd|th)?"


def _weekday(number: str = "") -> str:
    return rf"(?P<weekday{number}>mon|tues|wednes|thurs|fri|satur|sun)day"


_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![-–/]\d\d\b)"
_ITS_YEAR = rf"(?:,?\s{{1,2}}{_YEAR})?"
_LEAD = r"\b(?:(?P<lead>between|from)\s(?:the\s)?)?"
# "And" joins the ends of a range behind "between" alone: "March 3 and 5" are two days.
_TO = r"(?P<to>\s?[-–—]\s?|\s(?:to|through|thru|until|till|and)\s)(?:the\s)?"
# A number behind the dash that counts something, or a time of day, is no day.
_ENDS = (
    r"\b(?!,\d{3}|[.:]\d|\s?[ap]\.?m\b|%|\s(?:people|percent|per cent|million|dead|killed|votes)\b)"
)
# "March 3, 4 and 5", "3 and 5 March": several days; "March 3, 5 people" is one.
_LISTED = r"(?:st|nd|rd|th)?(?:,\s\d{1,2}(?:st|nd|rd|th)?){0,4},?\s(?:and|or|&)\s"
_LISTED_ENDS = (
    r"(?=[.,;:)”\"]|$|\s(?:in|at|on|of|and|to|by|for|as|when|with|after|before)\b)(?!,\d|[.:]\d)"
)
_PHASE = r"(?P<phase>early|mid|late|(?:the\s)?(?:beginning|start|middle|end)\sof|end-)[\s-]?(?:in\s|the\s)?"
_OF_YEAR = rf"(?:,?\s(?:of\s)?{_YEAR}|(?P<of_shift>\s(?:of\s)?(?:last|this|next)\syear))?"

# kind, what a text must have one of (in lower case) to be searched for it, the pattern. Most sentences name
# no day: looking for a hint first makes reading them four times as fast.
_MONTH_HINT, _DIGIT = "month", "digit"
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("iso", _DIGIT, r"\b(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<day>\d\d)\b"),
    ("dotted", _DIGIT, r"(?<![\d.-])(?P<day>[0-3]?\d)(?P<sep>[.-])(?P<m>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)\b"),
    ("slashed", "/", r"(?<![\d/])(?P<x>[0-3]?\d)/(?P<y>[0-3]?\d)/(?P<year>(?:(?:19|20)\d\d|\d\d))(?![\d/])"),
    ("days", _MONTH_HINT, rf"{_LEAD}{_month()}\s{{1,2}}{_day()}{_ITS_YEAR.replace('year', 'year1')}{_TO}(?:{_month('2')}\s{{1,2}})?{_day('2')}{_ENDS}{_ITS_YEAR}"),
    ("days", _MONTH_HINT, rf"{_LEAD}{_day()}(?:\s(?:of\s)?{_month()}{_ITS_YEAR.replace('year', 'year1')})?{_TO}{_day('2')}\s(?:of\s)?{_month('2')}(?!\w){_ITS_YEAR}"),
    ("listed", _MONTH_HINT, rf"\b{_month()}\s{{1,2}}{_day()}{_LISTED}{_day('2')}\b{_LISTED_ENDS}{_ITS_YEAR}"),
    ("listed", _MONTH_HINT, rf"(?<![\d.,:/-])\b{_day()}{_LISTED}{_day('2')}\s(?:of\s)?{_month()}(?!\w){_ITS_YEAR}"),
    ("month_day", _MONTH_HINT, rf"\b{_month()}\s{{1,2}}(?:the\s)?{_day()}\b(?!,\d{{3}}|[.:]\d){_ITS_YEAR}"),
    ("day_month", _MONTH_HINT, rf"(?<![\d.,:/-])\b{_day()}(?:\s{{1,2}}(?:of\s)?|-){_month()}(?!\w)(?:-(?P<year1>(?:19|20)\d\d)\b|{_ITS_YEAR})"),
    ("months", _MONTH_HINT, rf"{_LEAD}{_month()}{_TO}{_month('2')}(?!\w){_OF_YEAR}"),
    ("month", _MONTH_HINT, rf"\b{_PHASE}{_month()}(?!\w)(?!\s\d{{1,2}}\b){_OF_YEAR}"),
    ("month_year", _MONTH_HINT, rf"\b{_month()},?\s{{1,2}}(?:of\s)?{_YEAR}"),
    ("month", _MONTH_HINT, rf"\b(?:in|since|until|by|before|after|last|this|next|during|through|of|from|throughout)[\s-]{_month()}(?![\w’'-])(?!\s\d)"),
    ("holiday", "day|eve", r"\b(?P<holiday>christmas\s(?:day|eve)|boxing\sday|new\syear[’']s\s(?:day|eve)|valentine[’']s\sday)\b"),
    ("quarter", "quarter", rf"\b(?P<which>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter\b(?![\s-]finals?)(?:,?\s(?:of\s)?{_YEAR})?"),
    ("weekdays", "day", rf"{_LEAD}{_weekday()}{_TO}{_weekday('2')}\b"),
    ("weekday", "day", (
        r"\b(?:(?P<shift>last|next|this|this past|this coming|the following|the previous)\s)?"
        rf"{_weekday()}(?:[’']s)?\b(?:\s(?P<part>morning|afternoon|evening|night|noon|midday)\b)?"
    )),
    ("near", "day|night|morrow|this ", r"\b(?P<near>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow|this morning|this afternoon|this evening|last night)\b"),
    ("ago", "ago", rf"\b(?P<count>{UNIT_WORD}|an?|a\scouple\sof|a\sfew|several|\d{{1,3}})\s(?P<unit>day|week|month|year|decade)s?\sago\b"),
    ("span", "week|month|year", r"\b(?:(?P<phase>early|mid|late|earlier|later)[\s-])?(?P<shift>last|this|next)\s(?P<unit>week|weekend|month|year)\b"),
    ("decade", _DIGIT, r"\b(?:(?P<phase>early|mid|late)[\s-])?(?:the\s)?(?P<decade>1[5-9]\d0|20\d0)[’']?s\b"),
    ("years", _DIGIT, rf"{_LEAD}(?P<year1>(?:19|20)\d\d){_TO}(?P<year2>(?:19|20)\d\d)\b(?![-–.,]?\d)"),
    ("years", _DIGIT, r"\b(?P<year1>(?:19|20)\d\d)(?P<to>[-–/])(?P<year2>\d\d)\b(?![-–.,%/]?\d)"),
    ("year", _DIGIT, rf"\b{_PHASE}{_YEAR}"),
    # "The 2003 prize", "his 2012 campaign"; not "the 2003 people".
    ("year", _DIGIT, rf"\b(?<=\b(?:the|his|her|its)\s){_YEAR}(?=\s[a-z])(?!\s\w+s\b)"),
    ("year", _DIGIT, rf"\b(?:in|since|until|by|before|after|during|from|of)\s{_YEAR}(?!\s(?!was\b|has\b|is\b|his\b|its\b|this\b|as\b)\w+s\b)"),
)  # fmt: skip
PATTERNS = tuple(
    (kind, hint, re.compile(pattern, re.IGNORECASE)) for kind, hint, pattern in _WRITTEN
)
_ANY_DIGIT = re.compile(r"\d")
# Kinds whose numbers are days of the month or years, whatever they mean.
_NUMBERED = frozenset(
    {
        "iso",
        "dotted",
        "slashed",
        "days",
        "listed",
        "month_day",
        "day_month",
        "months",
        "month_year",
        "years",
    }
)


def found_dates(
    text: str, kinds: frozenset[str] | None = None
) -> Iterator[tuple[str, re.Match[str]]]:
    """What looks like a date, (kind, match), not overlapping, the most exact first; `kinds` alone, if given."""
    lowered = text.lower()
    has = {
        _MONTH_HINT: _ANY_MONTH.search(lowered) is not None,
        _DIGIT: _ANY_DIGIT.search(text) is not None,
    }
    taken = bytearray(len(text))
    for kind, hint, pattern in PATTERNS:
        if kinds is not None and kind not in kinds:
            continue
        if not has.setdefault(hint, any(word in lowered for word in hint.split("|"))):
            continue
        for found in pattern.finditer(text):
            if 1 not in taken[found.start() : found.end()] and plausible(found):
                yield kind, found
                taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())


def plausible(found: re.Match[str]) -> bool:
    """Whether what matched a pattern can be a date: "may 20" is a verb, "March 3 and 5" are no range."""
    parts = found.groupdict()
    joint = (parts.get("to") or "").strip().lower()
    if joint == "and" and (parts.get("lead") or "").lower() != "between":
        return False
    one_month = not (parts.get("month") and parts.get("month2"))
    if parts.get("day2") and one_month and int(parts["day"]) >= int(parts["day2"]):
        return False
    names = (parts.get("month"), parts.get("month2"))
    return not any(name in {"may", "march", "mar"} for name in names)


def calendar_spans(text: str) -> list[tuple[int, int]]:
    """Where the days and years of the calendar stand that a text writes in numbers."""
    if not _ANY_DIGIT.search(text):
        return []
    return [(found.start(), found.end()) for _, found in found_dates(text, _NUMBERED)]


def month_number(name: str) -> int:
    """3 for "March" or "Mar."."""
    return MONTHS.index(name[:3].lower()) + 1
