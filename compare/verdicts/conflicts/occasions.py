"""What tells that two numbers are of two occasions: another year, a day earlier, another storm, another poll.

What is around two such numbers may be word for word the same, since outlets set an old one beside a new one.
"""

from __future__ import annotations

import re

from compare.language.counting import singular
from compare.language.dates import dates
from compare.language.quantities import Quantity, equal, quantities
from compare.memory import remembered
from compare.verdicts.conflicts.clauses import wide_clause_of
from compare.verdicts.conflicts.statement import Statement, spoken, word_counts

# What sets a number at another time than the one that is told of.
_RELATIVE = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|several|some|\d{1,3})\s(?:hour|day|week|month|year|decade)s?\s(?:earlier|before|ago|previously|prior|later)\b"
    r"|\bat\s(?:its|the|their)\s(?:peak|height)\b|\b(?:had|was|were)\s(?:initially|originally|previously|once)\b|\bcompared\s(?:with|to)\b"
    r"|\bthe\s(?:previous|prior)\s(?:hour|day|week|month|year|quarter)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# "Ivan, which killed 25 people": a number behind such a joint is of what is named before it.
_OF_NAMED = re.compile(
    r"\b([A-Z][\w’'-]{2,30})(?:\s\([^)]{1,40}\))?,\s(?:which|who|that|when|where)\s[^,;:]{0,80}$"
)
# What an article names no oftener than so, it is not about.
RARELY = 2
# So many kinds of numbers must both statements give, all of them otherwise, to be of two occasions.
KINDS = 2


def of_other_occasions(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    """Whether two numbers of two statements are of two occasions by the words that they stand in."""
    if _other_time(a, x, b, y) or _named_apart(a, x, b) or _named_apart(b, y, a):
        return True
    return not (x.fate or y.fate) and _nothing_shared(a, b)


def _other_time(a: Statement, x: Quantity, b: Statement, y: Quantity) -> bool:
    mine, theirs = wide_clause_of(a.text, x), wide_clause_of(b.text, y)
    if bool(_RELATIVE.search(mine)) != bool(_RELATIVE.search(theirs)):
        return True
    one, other = _past_years(mine, a), _past_years(theirs, b)
    return one != other and (not one or not other)


def _past_years(clause: str, s: Statement) -> frozenset[str]:
    """The years that the dates of a clause are written with, before the one of publishing."""
    published = (s.published or "")[:4]
    years = {m[0] for d in dates(clause, s.published) for m in _YEAR.finditer(d.text)}
    return frozenset(year for year in years if not published or year < published)


def _named_apart(s: Statement, x: Quantity, other: Statement) -> bool:
    """Whether a number is of something that its article only touches, and the other statement does not name."""
    named = _OF_NAMED.search(s.text[: x.start])
    if named is None or other.says(named[1]):
        return False
    name = spoken(named[1])
    return max(word_counts(one.article).get(name, 0) for one in (s, other)) <= RARELY


def _nothing_shared(a: Statement, b: Statement) -> bool:
    """Whether two statements give several kinds of numbers, and each kind otherwise: two polls, two hauls."""
    mine, theirs = _by_kind(a.text), _by_kind(b.text)
    shared = mine.keys() & theirs.keys()
    if len(shared) < KINDS:
        return False
    return not any(equal(v, w) for kind in shared for v in mine[kind] for w in theirs[kind])


@remembered(4096)
def _by_kind(text: str) -> dict[str, tuple[Quantity, ...]]:
    """A text's numbers by what they count, the unit or else the noun; tallies of votes and tolls left out."""
    found: dict[str, tuple[Quantity, ...]] = {}
    for x in quantities(text):
        kind = "" if x.unit.startswith("tally") else x.unit or singular(x.counted)
        if kind and not x.fate:
            found[kind] = (*found.get(kind, ()), x)
    return found
