"""What two statements of the same detail give differently: numbers, dates, quotations, names.

Each rule compares only what could be the same thing: quantities of one unit and of like size, the days
of one happening, renderings of one quotation, names that share all but a word. What both statements
also agree on is no difference. The rules are in `compare.verdicts.conflicts`, a module for each kind of value.
"""

from __future__ import annotations

from compare.datamodel import ConflictKind
from compare.verdicts.conflicts.attribution import sources
from compare.verdicts.conflicts.date import days
from compare.verdicts.conflicts.number import numbers
from compare.verdicts.conflicts.polarity import denials
from compare.verdicts.conflicts.quotation import altered_quotations, names
from compare.verdicts.conflicts.statement import Difference, Statement
from compare.verdicts.conflicts.word import exclusive_words

__all__ = ["Difference", "Statement", "differences"]

_RULES = (numbers, days, altered_quotations, names, exclusive_words, denials, sources)


def differences(a: Statement, b: Statement) -> list[Difference]:
    """Everything that two statements of the same detail give differently, at most one of a kind."""
    found: dict[ConflictKind, Difference] = {}
    for rule in _RULES:
        for difference in rule(a, b):
            found.setdefault(difference.kind, difference)
    return list(found.values())
