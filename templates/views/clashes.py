"""Conflicts as a reader wants them: each differing value once, with all who give it."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import Conflict, ConflictKind, Detail
from templates.facts import Facts


@dataclass(frozen=True, slots=True)
class Clash:
    """Values that conflict with each other: `sides` are the value and the outlets that give it."""

    kind: str
    sides: tuple[tuple[str, str], ...]


def clashes(facts: Facts, detail: Detail) -> tuple[Clash, ...]:
    """The conflicts of a detail, those of one kind whose values are linked by them together."""
    groups: list[tuple[ConflictKind, dict[str, str], dict[str, dict[str, None]]]] = []
    for conflict in detail.conflicts:
        keys = {conflict.a_value.lower(), conflict.b_value.lower()}
        linked = [g for g in groups if g[0] is conflict.kind and keys & g[1].keys()]
        merged: tuple[ConflictKind, dict[str, str], dict[str, dict[str, None]]]
        merged = (conflict.kind, {}, {})
        for _, shown, outlets in linked:
            merged[1].update(shown)
            merged[2].update(outlets)
        groups = [g for g in groups if g not in linked]
        groups.append(merged)
        for value, outlet in _sides(detail, conflict):
            merged[1].setdefault(value.lower(), value)
            merged[2].setdefault(value.lower(), {})[outlet] = None
    comma = facts.say("list.comma")
    return tuple(
        Clash(
            facts.say(f"conflict.{kind.name}"),
            tuple((value, comma.join(outlets[key])) for key, value in shown.items()),
        )
        for kind, shown, outlets in groups
    )


def _sides(detail: Detail, conflict: Conflict) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (conflict.a_value, detail.mentions[conflict.a].outlet),
        (conflict.b_value, detail.mentions[conflict.b].outlet),
    )
