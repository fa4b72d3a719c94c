"""The words that bound a number: "at least", "past 200", "not less than", "or so", and the interval that they allow.

Source of the idea of intervals for hedged numbers: Krifka, "Approximate interpretation of number words" (2007).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Firmness(StrEnum):
    """How the words bound a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    RANGE = "range"
    VAGUE = "vague"


# How far "about", "nearly" and "up to" reach at most, and an open bound: read off how news uses them,
# not fitted. "About 3.6 billion" says more than "about 100": half a written digit's worth, then.
ABOUT_WIDTH = 0.10
OPEN_REACH = 2.0
SCALED_STEP = 10_000
# So far a round number may be from what it rounds. Read off the labelled conflicts.
ROUNDING = 0.025

_SLIGHTLY = r"(?:(?:slightly|a\slittle|a\sbit|just|well|far|much|significantly|comfortably)\s)?"
# "The toll rose past 200": only behind a word of rising, since "the past 200 years" bounds nothing.
_RISEN = r"(?:ros|ris|climb|push|pass|surg|top|soar|jump|grew|grow|swell|swoll|go|went|mov|toll|number|well|just|now|already)\w*\s"
_WORDS = {
    Firmness.AT_LEAST: r"at\sleast|at\sthe\svery\sleast|no\s(?:fewer|less)\sthan|not\s(?:fewer|less)\sthan|a\sminimum\sof|minimum|as\sfew\sas|as\slittle\sas|not\sunder|not\sbelow",
    Firmness.MORE_THAN: _SLIGHTLY
    + r"(?:more\sthan|over|above|beyond|in\sexcess\sof|exceed(?:s|ed|ing)?|north\sof|better\sthan|greater\sthan|larger\sthan|higher\sthan|upwards?\sof"
    + r"|topp(?:ed|ing)|tops|(?<=to\s)top|(?<=ld\s)top|(?<=will\s)top|(?<=may\s)top|(?<=ght\s)top|surpass(?:es|ed|ing)?)|"
    + rf"{_RISEN}past",
    Firmness.AT_MOST: r"up\sto|upto|at\smost|at\sthe\smost|no\smore\sthan|no\shigher\sthan|not\smore\sthan|as\smany\sas|as\smuch\sas|a\smaximum\sof|maximum|not\sexceeding|not\sabove|not\sover|no\slonger\sthan|a\scap\sof|capped\sat",
    Firmness.LESS_THAN: _SLIGHTLY
    + r"(?:fewer\sthan|less\sthan|lower\sthan|smaller\sthan|under|below|south\sof)",
    Firmness.NEARLY: r"nearly|almost|close\sto|(?:just\s)?(?:shy|short)\sof|approaching|nearing|virtually|as\snear\sas|not\squite|just\sunder|just\sbelow",
    Firmness.ABOUT: r"about|around|approximately|approx\.?|roughly|some|an\sestimated|estimated|circa|perhaps|maybe|in\sthe\s(?:region|neighbou?rhood)\sof|more\sor\sless|something\slike|~|c\.",
}  # fmt: skip
# In this order: "not less than" before "less than", "just under" before "under".
_ORDER = (
    Firmness.AT_LEAST, Firmness.AT_MOST, Firmness.NEARLY, Firmness.MORE_THAN, Firmness.LESS_THAN, Firmness.ABOUT,
)  # fmt: skip
_LEAD = re.compile(
    "|".join(
        rf"(?P<{name.name}>(?<!\w)(?:{_WORDS[name]}))(?:\s(?:an?|another|an\sestimated|some|about))?\s?$"
        for name in _ORDER
    ),
    re.IGNORECASE,
)
# "The sentence shouldn't be any less than 28 years": a "not" shortly before turns a bound round.
_NEGATED = re.compile(
    r"\b(?:not|never|cannot|\w+n[’']t|nor)\s(?:(?:be|been|any|have|had|get|gets|got|give|given|serve|last|lasted|cost|pay|paid|take|taken|need|see|number|numbered|exceed)\s){0,2}$",
    re.IGNORECASE,
)
_TURNED = {
    Firmness.MORE_THAN: Firmness.AT_MOST,
    Firmness.AT_LEAST: Firmness.LESS_THAN,
    Firmness.LESS_THAN: Firmness.AT_LEAST,
    Firmness.AT_MOST: Firmness.MORE_THAN,
}
_TRAIL = re.compile(
    r"\s(?:(?P<AT_LEAST>or\s(?:more|over|above|higher)|and\s(?:counting|rising|up|upwards)|plus|at\s(?:the\s(?:very\s)?)?least|minimum)"
    r"|(?P<AT_MOST>or\s(?:fewer|less|under|below)|at\s(?:the\s)?most|tops|maximum|max)"
    r"|(?P<ABOUT>or\s(?:so|thereabouts)|more\sor\sless|give\sor\stake))\b|(?P<PLUS>\+|-plus\b)(?!\w)|(?P<ODD>-odd\b)",
    re.IGNORECASE,
)
# "200 people at most", "40 homes or more": behind what is counted, at the end of the clause.
_BEHIND_NOUN = re.compile(
    r"\s[a-z]+\s(?:(?P<AT_LEAST>or\smore|at\s(?:the\svery\s)?least)|(?P<AT_MOST>or\s(?:fewer|less)|at\smost|tops)|(?P<ABOUT>or\s(?:so|thereabouts)|more\sor\sless))(?=[.,;)”\"]|$)"
)
LEAD_REACH = 44


@dataclass(frozen=True, slots=True)
class Bound:
    """How a number is bounded, and the stretch that it and the bounding words take."""

    firmness: Firmness
    start: int
    end: int


def bound_at(
    text: str, start: int, end: int, *, vague: bool = False, lasting: bool = False
) -> Bound:
    """The bounding words before or behind a number at `text[start:end]`, and the stretch grown by them.

    `vague` says that the number itself is a vague word, `lasting` that it measures time: "over two days"
    means during them, then, as often as more than them.
    """
    trail = _TRAIL.match(text, end) or _BEHIND_NOUN.match(text, end)
    if trail is not None and trail.lastgroup is not None:
        name = {"PLUS": "AT_LEAST", "ODD": "ABOUT"}.get(trail.lastgroup, trail.lastgroup)
        # What stands behind the noun is no part of the number's own stretch.
        return Bound(Firmness[name], start, trail.end() if trail.re is _TRAIL else end)
    lead = _LEAD.search(text, max(0, start - LEAD_REACH), start)
    if lead is None or lead.lastgroup is None:
        return Bound(Firmness.VAGUE if vague else Firmness.EXACT, start, end)
    firmness = Firmness[lead.lastgroup]
    if _NEGATED.search(text, max(0, lead.start() - LEAD_REACH), lead.start()):
        firmness = _TURNED.get(firmness, firmness)
    if lasting and lead.group().lower().split() == ["over"]:
        firmness = Firmness.AT_LEAST
    return Bound(firmness, lead.start(), end)


def interval(
    firmness: Firmness, low: float, high: float, room: float, step: float
) -> tuple[float, float]:
    """The interval that the words allow around a number (`low` and `high` differ if it is vague).

    `room` is how far the truth may lie from it without any such word, `step` the worth of its last digit.
    """
    beside = max(abs(high) * 1e-6, 1e-9)
    least = 0.0 if step >= SCALED_STEP else abs(high) * ROUNDING
    around = min(abs(high) * ABOUT_WIDTH, max(step / 2, least))
    match firmness:
        case Firmness.AT_LEAST:
            return low, high * OPEN_REACH
        case Firmness.MORE_THAN:
            return high + beside, high * OPEN_REACH + beside
        case Firmness.AT_MOST:
            return min(low, high - around), high
        case Firmness.LESS_THAN:
            return high / OPEN_REACH, high - beside
        case Firmness.NEARLY:
            return min(low, high - around), high - beside
        case Firmness.ABOUT:
            return low - around, high + around
        case Firmness.VAGUE:
            return low, high
        case _:
            return low - room, high + room
