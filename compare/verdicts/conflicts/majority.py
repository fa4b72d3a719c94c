"""Which side of a conflict is the conflicting one: that which most others exclude, else both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from compare.datamodel import Conflict, ConflictKind, Mention
from compare.kinds import Weight


def against(
    outlet: str, conflicts: Sequence[Conflict], mentions: Sequence[Mention]
) -> tuple[Conflict, ...]:
    """The hard conflicts in which an outlet stands alone, or with no more than stand against it.

    An outlet that one other contradicts, whom more outlets contradict in the same kind of value, is
    of the majority and has none.
    """
    opponents: dict[tuple[ConflictKind, str], set[str]] = defaultdict(set)
    for c in conflicts:
        one, other = mentions[c.a].outlet, mentions[c.b].outlet
        if c.weight is Weight.HARD and one != other:
            opponents[c.kind, one].add(other)
            opponents[c.kind, other].add(one)
    found = []
    for c in conflicts:
        sides = {mentions[c.a].outlet, mentions[c.b].outlet}
        if c.weight is not Weight.HARD or outlet not in sides:
            continue
        others = sides - {outlet}
        mine = len(opponents[c.kind, outlet])
        if not others or any(len(opponents[c.kind, o]) <= mine for o in others):
            found.append(c)
    return tuple(found)
