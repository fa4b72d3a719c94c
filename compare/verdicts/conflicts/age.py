"""Ages of one person that differ: 34 years old here, 43 there.

Whose age it is must be said by the same name on both sides, or the statements be one but for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language.ages import Age
from compare.language.ages import ages as ages_in
from compare.language.relations import Relation, relate_ages
from compare.verdicts.conflicts.slots import framed_alike
from compare.verdicts.conflicts.statement import Difference, Statement

MATCH, KIN_MATCH = 0.15, 0.5
_BEHIND = re.compile(
    r"\s(son|daughter|brother|sister|father|mother|husband|wife|boyfriend|girlfriend|grandson|granddaughter|nephew|niece)\b",
    re.IGNORECASE,
)


def ages(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The ages of one person that differ."""
    if match < MATCH:
        return
    left, right = ages_in(a.text), ages_in(b.text)
    for x in left:
        for y in right:
            if relate_ages(x, y) is not Relation.HARD or _given(x, right) or _given(y, left):
                continue
            mine, theirs = Span(x.start, x.end), Span(y.start, y.end)
            named = _last(x) == _last(y) != ""
            alone = len(left) == len(right) == 1 and _last(x) == _last(y)
            kin = match >= KIN_MATCH and _of_one_kin(a, x, b, y)
            if named or kin or (alone and framed_alike(a.text, mine, b.text, theirs)):
                yield Difference(ConflictKind.NUMBER, mine, theirs)
                return


def _of_one_kin(a: Statement, x: Age, b: Statement, y: Age) -> bool:
    """Whether each statement gives the age of one son, or one mother, and both are that."""
    kin = _kin(a, x)
    return kin == _kin(b, y) != "" and all(
        sum(_kin(s, z) == kin for z in ages_in(s.text)) == 1 for s in (a, b)
    )


def _kin(s: Statement, x: Age) -> str:
    """Whose child or relative the age is of, where that word stands behind it: "her 8-month-old son"."""
    found = _BEHIND.match(s.text, x.end)
    return found[1].lower() if found else ""


def _given(x: Age, others: list[Age]) -> bool:
    return any(x.years == y.years for y in others)


def _last(x: Age) -> str:
    """The last name of whose age it is, in lower case."""
    return x.whose.split()[-1].lower() if x.whose else ""
