"""Numbers that count nothing: parts of dates, times and ages, ordinals, names ("Boeing 737")."""

from __future__ import annotations

import re

from compare.language.measures import MONEY_BEFORE
from compare.language.numerals import Numeral

_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_NAME_BEFORE = re.compile(
    rf"(?:\b(?:{_MONTHS})\.?|\b(?:no|nos|number|section|article|chapter|title|flight|route|interstate|highway|room|grade|channel|apollo|boeing|airbus|page|phase|type|class|level|act|psalm|genesis|verse|amendment|proposition|prop|rule|resolution|bill|form|district|ward|precinct|apartment|suite|unit|gate|terminal|episode|season|week|day|version|model|category|tier|top|big|group of|area|fortune)\.?)\s$",
    re.IGNORECASE,
)
_NAMING_CAPITALS = re.compile(
    r"(?:\b(?:SB|HB|HR|MI|F|B|AK|AR|IL|G|CH|UH|SU|TU|AN|MH|I)|H\.R\.|S\.B\.)\s?-?$"
)
_NOT_AFTER = re.compile(
    r"\s*(?:a\.?m\b|p\.?m\b|o['’]clock)|(?:st|nd|rd|th)\b|['’]s\b|s\b|[-\s]+(?:ET|EST|EDT|PST|GMT|UTC)\b|\s+percenter",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"(?:[-\s]+years?[-\s]+olds?|[-\s]+months?[-\s]+olds?|[-\s]+years?\s+of\s+age)\b", re.IGNORECASE
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age of|turn(?:s|ed|ing))\s$", re.IGNORECASE)
_NAME_COMMA = re.compile(r"(?:[A-Z][\w’'.-]*|\)),\s(?:now\s)?$")


def counts_nothing(text: str, number: Numeral) -> bool:
    """A number that counts nothing: part of a date, a time, an age, an ordinal or a name."""
    before, after = (
        text[max(0, number.start - 24) : number.start],
        text[number.end : number.end + 24],
    )
    if _NOT_AFTER.match(after) or _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return True
    if not number.digits:
        return _idle_word(text[number.start : number.end].lower(), after, before)
    money = bool(MONEY_BEFORE.search(before))
    if (
        not money
        and not number.scaled
        and (_NAME_BEFORE.search(before) or _NAMING_CAPITALS.search(before))
    ):
        return True
    if _NAME_COMMA.search(before) and number.low < 115 and re.match(r"[,.;)]|\s+and\b|$", after):
        return True
    written = text[number.start : number.end]
    return (
        not money
        and bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", written))
        and not _counts_things(after)
    )


def _counts_things(after: str) -> bool:
    """Whether a number that looks like a year is followed at once by what it would count."""
    return bool(
        re.match(
            r"\s+(?:people|troops|soldiers|men|women|votes|dead|dollars|miles|percent)\b|%", after
        )
    )


def _idle_word(word: str, after: str, before: str) -> bool:
    """Words that are numbers elsewhere: "one of them", "no one", "a second", "that one"."""
    if word in {"one", "zero"}:
        countable = re.match(
            r"[\s-]+(?:person|man|woman|child|day|hour|minute|week|month|year|percent|vote|dead|killed|death|point|mile|dollar)s?\b",
            after,
        )
        return not countable or bool(
            re.search(r"\b(?:no|any|every|the|that|this|some)\s$", before.lower())
        )
    return word in {"scores", "hundred", "thousand"} and not re.match(r"\s+\w", after)
