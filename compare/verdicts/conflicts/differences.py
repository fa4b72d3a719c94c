"""What two statements of the same detail give differently: numbers, dates, names, roles, quotations.

Only what stands in the same slot is compared: each rule asks that what is around two values agrees,
and that neither statement nor article has both. What has no counterpart is a detail more or less, no
difference. The rules are in `compare.verdicts.conflicts`, a module for each kind of value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from compare.datamodel import ConflictKind
from compare.kinds import Weight
from compare.verdicts.conflicts.act import acts
from compare.verdicts.conflicts.age import ages
from compare.verdicts.conflicts.attribution import sources
from compare.verdicts.conflicts.clock import clock_times
from compare.verdicts.conflicts.date import days
from compare.verdicts.conflicts.existence import existing
from compare.verdicts.conflicts.kin import kin_differing
from compare.verdicts.conflicts.label import labels
from compare.verdicts.conflicts.name import names
from compare.verdicts.conflicts.near_number import near_numbers
from compare.verdicts.conflicts.number import numbers
from compare.verdicts.conflicts.origin import origins
from compare.verdicts.conflicts.place import places
from compare.verdicts.conflicts.polarity import denials
from compare.verdicts.conflicts.quotation import altered_quotations
from compare.verdicts.conflicts.reliable import reliable
from compare.verdicts.conflicts.rendering import other_renderings
from compare.verdicts.conflicts.role import roles_differing
from compare.verdicts.conflicts.site import sites
from compare.verdicts.conflicts.speakers import speakers
from compare.verdicts.conflicts.statement import Difference, Statement
from compare.verdicts.conflicts.word import exclusive_words

__all__ = ["Difference", "Statement", "differences"]

# More differences of one kind than this are two other statements, or a reader's work.
MOST_OF_A_KIND = 3
# Below this probability of being of one detail only what is told of persons and tolls is compared.
LIKELY = 0.3


def differences(a: Statement, b: Statement, match: float = 1.0) -> list[Difference]:
    """Everything that two statements give differently in one slot, the hard before the soft.

    `match` is how probably they are of one detail: the less, the more must agree around two values.
    """
    if a.text == b.text and a.published == b.published:
        return []
    found = reliable(_found(a, b, match))
    if match >= LIKELY and not any(d.kind is ConflictKind.NUMBER for d in found):
        found += near_numbers(a, b)
    found.sort(key=lambda d: d.weight is Weight.SOFT)
    of_kind = Counter[ConflictKind]()
    kept = []
    for difference in found:
        of_kind[difference.kind] += 1
        if of_kind[difference.kind] <= MOST_OF_A_KIND:
            kept.append(difference)
    return kept


def _found(a: Statement, b: Statement, match: float) -> Iterator[Difference]:
    yield from numbers(a, b, match)
    yield from days(a, b, match)
    altered = list(altered_quotations(a, b, match))
    yield from altered or labels(a, b, match)
    if not any(d.weight is Weight.HARD for d in altered):
        yield from other_renderings(a, b, match)
    yield from roles_differing(a, b)
    yield from acts(a, b, match)
    yield from denials(a, b, match)
    yield from existing(a, b, match)
    yield from clock_times(a, b, match)
    yield from ages(a, b, match)
    yield from kin_differing(a, b, match)
    yield from sites(a, b, match)
    yield from origins(a, b, match)
    if match < LIKELY:
        return
    for rule in (names, places, sources, speakers):
        yield from rule(a, b)
    yield from exclusive_words(a, b, match)
