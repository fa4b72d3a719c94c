"""What tells that two numbers count other things, whatever is alike around them.

A part of a sum is no other count of the whole ("two women and a man", "three people"); a population
belongs to the place that it is said of; the total of a list is not one of its parts; and what a statement
tells of a place that nothing else in either article is about is an aside.
"""

from __future__ import annotations

import re

from compare.datamodel import Span
from compare.language.dates import Dated, dates
from compare.language.quantities import Quantity, quantities
from compare.language.relations import Relation, relate_dates
from compare.text import words
from compare.verdicts.conflicts.clauses import clause_of, wide_clause_of
from compare.verdicts.conflicts.contexts import names_near
from compare.verdicts.conflicts.statement import Statement, word_counts

_SOMEBODY = (
    r"(?:wom[ae]n|m[ae]n|boys?|girls?|child(?:ren)?|adults?|teenagers?|teens?|students?|teachers?|officers?|soldiers?"
    r"|civilians?|pilots?|passengers?|infants?|bab(?:y|ies)|others?|guards?|workers?|employees?|gunm[ae]n|attackers?)"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|\d{1,4})"
# Another number of people behind this one, or before it, joined by "and": parts of one sum.
_AND_MORE = re.compile(
    rf"\s(?:[\w-]{{1,20}}\s){{0,2}}{_SOMEBODY}(?:,\s{_COUNT}\s(?:[\w-]{{1,20}}\s){{0,2}}{_SOMEBODY}){{0,3}},?\s(?:and|including)\s{_COUNT}\s(?:[\w-]{{1,20}}\s){{0,2}}{_SOMEBODY}\b",
    re.IGNORECASE,
)
_AND_CREW = re.compile(r"\s(?:[\w-]{1,20}\s){1,2}and\s(?:crew|staff|others)\b")
_AND_ANOTHER = re.compile(
    r"[^.;:]{0,60}\sand\s(?:a\s(?:second|third|fourth|fifth|sixth)|another|one\smore)\b",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(
    rf"\b{_COUNT}\s(?:[\w-]{{1,20}}\s){{0,2}}{_SOMEBODY}\s(?:and|including)\s$", re.IGNORECASE
)
_INHABITED = re.compile(
    r"\b(?:home\sto|(?:city|town|village|island|country|nation|state|county|province|district|population|community)\sof)"
    r"(?:\s(?:about|around|some|nearly|almost|roughly|over|more\sthan|at\sleast|just\sover|an?|estimated|approximately)){0,2}\s$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:a|combined|grand)\s(?:combined\s)?total\sof\s[^.;:]{0,80}$", re.IGNORECASE
)
# Where a sentence's first words begin at the latest.
OPENING = 4
# A rest of fewer is given by chance.
LEAST_REST = 3
# How far before a number these are looked for.
_BEFORE = 90


def count_other_things(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether two numbers of two statements are of other things by the words that they stand in."""
    mine, theirs = _part_of_sum(a, x), _part_of_sum(b, y)
    if mine != theirs and (x.value < y.value if mine else y.value < x.value):
        return True
    if _kind_of_count(a, x) != _kind_of_count(b, y) or _of_other_days(a, x, b, y):
        return True
    here, there = clause_of(a.text, x), clause_of(b.text, y)
    if _over_longer(here, there) or _over_longer(there, here):
        return True
    if x.unit == y.unit == "days" and _anchor(a, x) != _anchor(b, y):
        return True
    if _is_rest(a, x, b, y):
        return True
    return _of_other_places(a, x, b, y) or _of_other_happenings(a, x, b, y)


def _kind_of_count(s: Statement, x: Quantity) -> tuple[bool, bool, bool, bool, frozenset[str]]:
    """Whether a number is a total, one with the crew, one "so far", one of two sides, and of which part of a match."""
    clause = clause_of(s.text, x)
    return (
        bool(_TOTAL.search(_before(s, x))),
        bool(_AND_CREW.match(s.text, x.end)),
        bool(_SO_FAR.search(clause)),
        bool(_BOTH_SIDES.search(clause)) and not x.unit,
        frozenset(m[0].lower() for m in _PART_OF_MATCH.finditer(clause)),
    )


def _of_other_places(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether each is of another chamber, another inhabited place, or said of another place."""
    mine, theirs = chambers(a.text), chambers(b.text)
    if mine and theirs and not mine & theirs:
        return True
    owner, other = inhabited(a, x), inhabited(b, y)
    if owner and other and not owner & other:
        return True
    where, elsewhere = _places(a, x), _places(b, y)
    if not where or not elsewhere or where & elsewhere:
        return False
    return (
        not where & word_counts(b.article).keys() and not elsewhere & word_counts(a.article).keys()
    )


def _of_other_happenings(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether one toll is of what its article mentions in passing, or of one side of two."""
    if not x.fate or x.fate != y.fate:
        return False
    if _where_else(a, b) or _is_aside(a, x, b) or _is_aside(b, y, a):
        return True
    return _rest_isword_counts(x, y, (a, b))


def _is_rest(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether one statement gives the rest between two numbers: 140 of 812 stores close, 672 are left."""
    rest = abs(x.value - y.value)
    if x.fate or x.unit == "days" or rest < LEAST_REST or rest in {x.value, y.value}:
        return False
    return any(z.unit == x.unit and z.value == rest for s in (a, b) for z in quantities(s.text))


def _rest_isword_counts(x: Quantity, y: Quantity, stated: tuple[Statement, Statement]) -> bool:
    """Whether an article gives the rest between two tolls by itself, as of the other side: six, four and two."""
    rest = abs(x.value - y.value)
    if rest in {x.value, y.value}:
        return False  # twice as many: the rest is no third number
    tolls = {z.value for s in stated for z in quantities(s.article) if z.fate == x.fate}
    return rest in tolls


# What is counted over a longer time than a happening has.
_EVER_SINCE = re.compile(
    r"\bsince\s(?!the\sshooting|the\sattack|then)|\b(?:this|last)\s(?:year|month|season|decade)\b|\ball\stold\b"
    r"|\bover\sthe\s(?:past|last|years)\b|\b(?:a|per|each|every)\s(?:year|month|week|day)\b(?!\s(?:after|before|ago|later|earlier|from|or))",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"\bso\sfar\b|\bto\sdate\b", re.IGNORECASE)
_BOTH_SIDES = re.compile(
    r"\b(?:on|from|for|in)\sboth\s(?:sides|countries|nations|states|camps|parties)\b|\b(?:either|each)\sside\b|\ball\stogether\b|\bin\s(?:all|total)\b",
    re.IGNORECASE,
)
_PART_OF_MATCH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|final|last|opening|the)[\s-](half|quarter|round|period|set|inning|leg|lap)\b",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"\s?(before|after|into|ago|later|earlier|until|from\snow|prior|behind|ahead)\b|[’']?\s(notice)\b"
)
_CHAMBER = re.compile(
    r"\b(?:House\sof\s(?P<of>Commons|Lords)|(?<!White\s)(?P<name>House|Senate|Commons|Lords|Assembly))\b(?!\s(?:Intelligence|Judiciary|GOP))"
)
_IN_A_PLACE = re.compile(
    r"\s(?:[\w-]{1,20}\s){0,3}(?:in|at|near|across)\s(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b)((?:[A-Z][\w’'-]{1,20}\s?){1,3})"
)


def _of_other_days(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether the one day, month or quarter of each differs: two figures of a series, or two happenings.

    Two days of a week that a toll is told on are often those of the telling.
    """
    mine, theirs = _when(a, x), _when(b, y)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    (d,), (e,) = mine, theirs
    of_telling = x.fate and d.weekday is not None and e.weekday is not None
    return not of_telling and relate_dates(d, e) is Relation.HARD


def _when(s: Statement, x: Quantity) -> list[Dated]:
    """The dates of a number's clause, or the one that its sentence opens with: "In February, ..."."""
    return dates(wide_clause_of(s.text, x), s.published) or [
        d for d in dates(s.text, s.published) if d.start <= OPENING
    ]


def _over_longer(clause: str, other: str) -> bool:
    """Whether a number is of a longer time, and the other one of a day or month of its own."""
    if _EVER_SINCE.search(clause) is None or _EVER_SINCE.search(other):
        return False
    return bool(dates(other, None))


def _anchor(s: Statement, x: Quantity) -> str:
    """What a length of time is counted from, as far as the word behind it tells."""
    found = _ANCHOR.match(s.text, x.end)
    return "".join(found.groups("")).replace("into", "after") if found else ""


def chambers(text: str) -> frozenset[str]:
    """The chambers of a parliament that a statement names."""
    return frozenset(m["of"] or m["name"] for m in _CHAMBER.finditer(text))


def _places(s: Statement, x: Quantity) -> frozenset[str]:
    """The names of where a number's clause says that it was counted."""
    found = _IN_A_PLACE.match(s.text, x.end)
    return frozenset(w.key for w in words(found[1])) if found else frozenset()


def _before(s: Statement, x: Quantity) -> str:
    return s.text[max(0, x.start - _BEFORE) : x.start]


def _part_of_sum(s: Statement, x: Quantity) -> bool:
    more = _AND_MORE.match(s.text, x.end) or (x.fate and _AND_ANOTHER.match(s.text, x.end))
    return bool(more or _MORE_BEFORE.search(_before(s, x)))


def inhabited(s: Statement, x: Quantity) -> frozenset[str]:
    """The name before the number, where it says how many live in a place."""
    before = _INHABITED.search(_before(s, x))
    if before is None:
        return frozenset()
    at = max(0, x.start - _BEFORE) + before.start()
    named: list[str] = []
    for w in reversed(words(s.text[:at])):
        if w.text[0].isupper():
            named.append(w.key)
        elif named:
            break
    return frozenset(named)


def _is_aside(s: Statement, x: Quantity, other: Statement) -> bool:
    """Whether a number stands beside a name that neither article has again, and the other has one there, too."""
    named = names_near(s.text, Span(x.start, x.end))
    once = {name for name in named if word_counts(s.article).get(name, 0) <= 1}
    return bool(once) and once == named and not once & word_counts(other.article).keys()


_WHERE = re.compile(r"\b(?:in|at|near|outside|of|hit|struck)\s(?:the\s)?([A-Z][\w-]{1,30})")


def _where_else(a: Statement, b: Statement) -> bool:
    """Whether each statement names a place that its article names nowhere else, and they differ."""
    mine, theirs = (
        {
            m[1].lower()
            for m in _WHERE.finditer(s.text)
            if word_counts(s.article).get(m[1].lower(), 0) <= 1
        }
        for s in (a, b)
    )
    return bool(mine and theirs) and not mine & theirs
