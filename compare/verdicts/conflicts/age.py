"""Ages of one person that differ: 34 years old here, 43 there.

Whose age it is must be said by the same name on both sides, or the statements be one but for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.datamodel import ConflictKind, Span
from compare.verdicts.conflicts.slots import framed_alike
from compare.verdicts.conflicts.statement import Difference, Statement

MATCH = 0.15
_NUMBER = r"(?P<{0}>1?\d\d?)"
_AGE = re.compile(
    rf"\b{_NUMBER.format('old')}[-\s]years?[-\s]old\b"
    rf"|\bage[d]?\s+{_NUMBER.format('aged')}\b"
    rf"|(?<=,\s){_NUMBER.format('comma')}(?=,|\.$|\s+and\b|\s*\))"
)
_NAME = re.compile(r"[A-Z][\w’'-]{1,40}$")
_NEXT_NAME = re.compile(r"\s{0,4},?\s{0,4}((?:[A-Z][\w’'-]{1,40}\s?){1,4})")
# A child of months is no child of years.
_MONTHS = re.compile(r"\bmonths?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years where it stands, and the last name of whose it is; "" where none is beside."""

    years: int
    span: Span
    name: str


def ages(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The ages of one person that differ."""
    if match < MATCH:
        return
    left, right = ages_in(a.text), ages_in(b.text)
    for x in left:
        for y in right:
            if x.years == y.years or any(x.years == z.years for z in right):
                continue
            if any(y.years == z.years for z in left):
                continue
            named = x.name == y.name != ""
            alone = len(left) == len(right) == 1 and x.name == y.name
            if named or (alone and framed_alike(a.text, x.span, b.text, y.span)):
                yield Difference(ConflictKind.NUMBER, x.span, y.span)
                return


def ages_in(text: str) -> list[Age]:
    """The ages that a text gives, in order."""
    found = []
    for m in _AGE.finditer(text):
        years = int(m["old"] or m["aged"] or m["comma"])
        if _MONTHS.search(m.group()):
            continue
        name = _before(text[: m.start()]) or ("" if m["comma"] else _behind(text[m.end() :]))
        if m["comma"] and not name:
            continue
        found.append(Age(years, Span(*m.span()), name.lower()))
    return found


def _before(text: str) -> str:
    """The name that an age follows: "Jane Roe, 34", "Roe, aged 34"."""
    name = _NAME.search(text.rstrip().rstrip(",").rstrip())
    return name.group() if name and text.rstrip().endswith(",") else ""


def _behind(text: str) -> str:
    """The name that an age stands before: "the 34-year-old Jane Roe"."""
    name = _NEXT_NAME.match(text)
    return name.group(1).split()[-1].removesuffix("'s").removesuffix("’s") if name else ""
