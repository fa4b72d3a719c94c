"""Numbers that count nothing: ordinals, years, and parts of names ("737 Max 8", "Covid-19", "the 42 bus")."""

from __future__ import annotations

import re

from compare.language.measures import MEASURE_AFTER, MONEY_SIGN
from compare.language.numerals import Numeral
from compare.text import in_title_case

# Words that a number belongs to as a name, in any case ("Flight 370", "page 4", "grade 8").
_NAME_BEFORE = re.compile(
    r"(?:\b(?:no|nos|number|section|article|chapter|title|flight|route|interstate|highway|room|grade|channel|apollo|boeing|airbus|page|phase|type|class|level|psalm|genesis|verse|amendment|proposition|prop|resolution|district|ward|precinct|apartment|suite|unit|gate|terminal|episode|season|week|day|version|model|category|tier|(?<!to )(?<!could )(?<!will )(?<!may )(?<!might )(?<!would )top|big|juror|exhibit|figure|lap|platform|fortune|s&p|ftse|nikkei|cac|dax|russell|nasdaq|stoxx|asx|covid|(?-i:Act|Rule|Bill|Form|Group of|Area|Stage|Round|Junction|Exit|Runway|Platform|Pier|Falcon|Formula|Windows|iPhone|Galaxy|Catch|Forever|Mark|Mk|Max|MAX|Studio|Camp|Tower|Block|Zone|Sector|Line|Bus|Train|Super Bowl|Count|Counts|Hole|Lane|Book|Volume|Part))\.?)\s$",
    re.IGNORECASE,
)
_NAMING_CAPITALS = re.compile(r"(?:\b(?:[A-Z]{1,3})|H\.R\.|S\.B\.|S\.)\s?-?$")
# "Covid-19", "An-124", "mid-30s", "F-16": a number joined to letters is part of their name.
_JOINED = re.compile(r"(?<!\bto)(?<!\bor)(?<!\band)(?<=[A-Za-z])-$|[A-Za-z]\d{1,4}-$|\b7[0-8]7-$")
# Aircraft are known by their numbers, with or without a maker: "over 737 Max 8 jets".
_AIRCRAFT = re.compile(r"7[0-8]7$")
_AIRCRAFT_AFTER = re.compile(r"[\s-](?:max|ng|dreamliner|jet|aircraft|plane|airliner|fleet|program|crash|pilot|\d)", re.IGNORECASE)  # fmt: skip
_NOT_AFTER = re.compile(
    r"\s?(?:o['’]clock)|(?:st|nd|rd|th)\b|['’]s\b|s\b|-?somethings?\b|[-\s]{1,2}(?:ET|EST|EDT|PST|GMT|UTC)\b|\s{1,4}percenter",
    re.IGNORECASE,
)
# "The 42 bus", "911 call", "a 9 iron": a vehicle or a call named by its number.
_LINE_BEFORE = re.compile(r"(?:\b(?:the|a|an|that|this|his|her)|[’']s)\s$", re.IGNORECASE)
_LINE_AFTER = re.compile(
    r"\s(?:bus|train|tram|trolley|freeway|expressway|motorway|highway|bus\sroute|service|line)\b(?!s)",
    re.IGNORECASE,
)
_CALL_AFTER = re.compile(
    r"[\s-](?:calls?|caller|dispatch\w*|operators?|emergency)\b", re.IGNORECASE
)
_CALLED_BEFORE = re.compile(r"\b(?:call|called|calling|dial|dial+ed|dial+ing|phoned)\s$")
_CALLS = frozenset({"911", "999", "112", "000", "111", "988"})
_STREET_AFTER = re.compile(
    r"\s(?:[NSEW]\.?\s)?(?:[A-Z][\w’'.]*\s){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Lane|Drive|Boulevard|Blvd|Court|Square|Way\b|Place|Parkway|Terrace)"
)
# A capitalised word right before a number names it, unless what follows is counted ("Syria 300 civilians").
_CAPITAL_BEFORE = re.compile(r"(?:^|[\s(“\"‘])(?P<word>[A-Z][a-zé’']+(?<![’']s)|[A-Z]{2,})\s$")
_COUNTED_AFTER = re.compile(
    r"(?:[\s-](?:more|other|new|further|additional|[a-z]+ed))?\s(?:(?!(?:that|the|an?|in|on|to|of|for|by|from|with|and|but|said|has|had|have|who|which|[a-z]+ed)\s)[a-z’'-]+\s){0,2}(?!(?:News|says|reports|has|is|was|its|his|this|as|tells|does|news|plus|airs|shows|starts|opens|runs|takes|gets|makes)\b)[A-Za-z’'-]*(?:s|people|men|women|children|dead|police|troops|personnel|aircraft|killed|injured|hurt|missing|wounded|arrested)\b"
)
_NO_NAME_WORDS = frozenset(
    """
    about after all almost also among an and around as at before between but by during every for from
    had has have if in into just killed kills last least like more most near nearly next no not of on only or
    other over past per plus police roughly says since so some than that the their there these they this
    those to under until up was we were when where which while with within monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december
    an another any both each he her his i it its least my one our she then what who you
    """.split()
)
# Headlines with a capital for each word: a capital tells nothing there.
_WORD = re.compile(r"[A-Za-z]{4,}")
TITLE_CASE = 0.6


def counts_nothing(text: str, number: Numeral) -> bool:
    """A number that counts nothing: an ordinal, a year or part of a name."""
    before, after = text[max(0, number.start - 24) : number.start], text[number.end : number.end + 40]  # fmt: skip
    if number.share:
        return False
    written = text[number.start : number.end]
    if _NOT_AFTER.match(after) and not MEASURE_AFTER.match(after):
        return True
    if not number.digits:
        return _idle_word(written.lower(), after, before)
    if MONEY_SIGN.search(before):
        return False
    return (
        (not number.scaled and _names(text, before, after))
        or _is_number_of_a_thing(written, before, after)
        or (bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", written)) and not _counts_things(after))
    )


def _names(text: str, before: str, after: str) -> bool:
    """Whether what stands before a number makes it part of a name."""
    if _NAME_BEFORE.search(before) or _JOINED.search(before):
        return True
    if MEASURE_AFTER.match(after):
        return False
    if _NAMING_CAPITALS.search(before) and not _COUNTED_AFTER.match(after):
        return not _is_title_case(text)
    if re.match(r"[-–]\d", after):
        return False  # "the Senate voted 52-48"
    capital = _CAPITAL_BEFORE.search(before)
    if capital is None or capital["word"].lower() in _NO_NAME_WORDS:
        return False
    if capital["word"].endswith(("ly", "ed")):
        return False  # "Exactly 20", "Arrested 20": the first word of a sentence
    return _COUNTED_AFTER.match(after) is None and not _is_title_case(text)


def _is_title_case(text: str) -> bool:
    return in_title_case(_WORD.findall(text), TITLE_CASE)


def _is_number_of_a_thing(written: str, before: str, after: str) -> bool:
    """Whether it is as in "(21)", "737 Max", "the 42 bus", "911 call", "221 Baker Street"."""
    return bool(
        (before.endswith("(") and after.startswith(")"))
        or (_AIRCRAFT.fullmatch(written) and _AIRCRAFT_AFTER.match(after))
        or (_LINE_BEFORE.search(before) and _LINE_AFTER.match(after))
        or (written in _CALLS and (_CALL_AFTER.match(after) or _CALLED_BEFORE.search(before)))
        or _STREET_AFTER.match(after)
    )


def _counts_things(after: str) -> bool:
    """Whether a number that looks like a year is followed at once by what it would count."""
    return bool(
        re.match(
            r"\s(?:people|troops|soldiers|men|women|votes|dead|dollars|miles|percent)\b", after
        )
        or MEASURE_AFTER.match(after)
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
    if word == "scores":
        return not re.search(r"\b(?:[Kk]ill|[Ii]njur|[Ww]ound|[Aa]rrest)\w*\s$", before) and not re.match(r"\s(?:of|more|were|are|have|dead|killed|injured|wounded|hurt|arrested|people)\b", after)  # fmt: skip
    return word in {"hundred", "thousand"} and not re.match(r"\s+\w", after)
