"""What two statements of the same detail give differently: numbers, dates, quotations, names.

Each rule compares only what could be the same thing: quantities of one unit and of like size, the days
of one happening, renderings of one quotation, names that share all but a word. What both statements
also agree on is no difference. The rules are in `compare.verdicts.clashing`, a module for each kind of value.
"""

from __future__ import annotations

from compare.datamodel import ConflictKind
from compare.verdicts.clashing.days import days
from compare.verdicts.clashing.denials import denials
from compare.verdicts.clashing.exclusive import exclusive_words
from compare.verdicts.clashing.numbers import numbers
from compare.verdicts.clashing.renderings import altered_quotations, names
from compare.verdicts.clashing.sources import sources
from compare.verdicts.clashing.statements import Difference, Statement

__all__ = ["Difference", "Statement", "differences"]

_RULES = (numbers, days, altered_quotations, names, exclusive_words, denials, sources)


def differences(a: Statement, b: Statement) -> list[Difference]:
    """Everything that two statements of the same detail give differently, at most one of a kind."""
    found: dict[ConflictKind, Difference] = {}
    for rule in _RULES:
        for difference in rule(a, b):
            found.setdefault(difference.kind, difference)
    return list(found.values())
