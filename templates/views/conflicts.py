"""Conflicts as a reader wants them: each differing value once, with all who give it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from compare.datamodel import Conflict, ConflictKind, Detail
from compare.kinds import Weight
from templates.facts.details import DetailFact
from templates.facts.index import Facts

# What a reader checks first comes first: a number before the wording of a quotation.
ORDER = (
    ConflictKind.NUMBER,
    ConflictKind.POLARITY,
    ConflictKind.NAME,
    ConflictKind.ROLE,
    ConflictKind.DATE,
    ConflictKind.PLACE,
    ConflictKind.WORD,
    ConflictKind.QUOTATION,
    ConflictKind.ATTRIBUTION,
)

# So many words on either side show what a value is a value of.
BESIDE = 4
_WORD = re.compile(r"\S+")

# Values linked by conflicts of one kind: as written, and who gives them, by the value in lower case.
_Group = tuple[ConflictKind, dict[str, str], dict[str, dict[str, None]]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Values that conflict with each other: `givers` are the value and the outlets that give it.

    The value that most outlets give comes first; `sides` are the same with the names as one text.
    `values` are the values in lower case, `outlets` how many outlets take part, `rank` the place
    of the kind among the kinds. `context` is that first value between the words beside it.
    """

    kind: str
    givers: tuple[tuple[str, tuple[str, ...]], ...]
    sides: tuple[tuple[str, str], ...]
    values: frozenset[str]
    outlets: int
    rank: int
    context: tuple[str, str, str]


def clashes(facts: Facts, detail: Detail) -> tuple[Clash, ...]:
    """The hard conflicts of a detail, those of one kind whose values are linked by them together.

    Of linked values those are shown that exclude the one that most outlets give.
    """
    return _gathered(facts, detail, hard(detail))


def worded(facts: Facts, detail: Detail) -> tuple[Clash, ...]:
    """The soft conflicts of a detail that no hard one has: values that are only worded differently."""
    known = {(c.kind, v.lower()) for c in hard(detail) for v in (c.a_value, c.b_value)}
    soft = tuple(
        c
        for c in detail.conflicts
        if c.weight is Weight.SOFT
        and not {(c.kind, c.a_value.lower()), (c.kind, c.b_value.lower())} <= known
        and c.a_value.lower() != c.b_value.lower()
    )
    return _gathered(facts, detail, soft)


def _gathered(facts: Facts, detail: Detail, conflicts: tuple[Conflict, ...]) -> tuple[Clash, ...]:
    """Conflicts of one kind that are linked by their values, together."""
    groups: list[_Group] = []
    for conflict in conflicts:
        keys = {conflict.a_value.lower(), conflict.b_value.lower()}
        linked = [g for g in groups if g[0] is conflict.kind and keys & g[1].keys()]
        merged: _Group = (conflict.kind, {}, {})
        for _, shown, outlets in linked:
            merged[1].update(shown)
            merged[2].update(outlets)
        groups = [g for g in groups if g not in linked]
        groups.append(merged)
        for value, outlet in _sides(detail, conflict):
            merged[1].setdefault(value.lower(), value)
            merged[2].setdefault(value.lower(), {})[outlet] = None
    # One value alone is no conflict, whatever a file says.
    return tuple(_clash(facts, detail, conflicts, g) for g in groups if len(g[1]) > 1)


def hard(detail: Detail) -> tuple[Conflict, ...]:
    """The conflicts in which both values cannot be right; the others are only worded differently."""
    return tuple(c for c in detail.conflicts if c.weight is Weight.HARD)


def _excluding(conflicts: tuple[Conflict, ...], kind: ConflictKind, value: str) -> frozenset[str]:
    """A value and those that conflict with it directly, in lower case."""
    found = {value}
    for c in conflicts:
        sides = {c.a_value.lower(), c.b_value.lower()}
        if c.kind is kind and value in sides:
            found |= sides
    return frozenset(found)


def _clash(
    facts: Facts,
    detail: Detail,
    conflicts: tuple[Conflict, ...],
    group: _Group,
) -> Clash:
    kind, shown, outlets = group
    comma = facts.say("list.comma")
    most_first = sorted(shown, key=lambda value: -len(outlets[value]))
    excluding = _excluding(conflicts, kind, most_first[0])
    most_first = [value for value in most_first if value in excluding]
    outlets = {value: outlets[value] for value in most_first}
    givers = tuple((shown[value], tuple(outlets[value])) for value in most_first)
    return Clash(
        kind=facts.say(f"conflict.{kind.name}"),
        givers=givers,
        sides=tuple((value, comma.join(names)) for value, names in givers),
        values=frozenset(most_first),
        outlets=len({name for names in outlets.values() for name in names}),
        rank=ORDER.index(kind),
        context=_context(facts, detail, kind, most_first[0]),
    )


def _context(facts: Facts, detail: Detail, kind: ConflictKind, value: str) -> tuple[str, str, str]:
    """A value as it first stands in a conflict, between a few words of its mention."""
    for c in detail.conflicts:
        for side, said, span in ((c.a, c.a_value, c.a_span), (c.b, c.b_value, c.b_span)):
            if c.kind is kind and said.lower() == value:
                m = detail.mentions[side]
                text = facts.articles[m.article].read(m.field)
                before = [*_WORD.finditer(text, m.start, span.start)][-BESIDE:]
                after = [*islice(_WORD.finditer(text, span.end, m.end), BESIDE)]
                start = before[0].start() if before else span.start
                end = after[-1].end() if after else span.end
                return text[start : span.start], text[span.start : span.end], text[span.end : end]
    return "", value, ""


def _sides(detail: Detail, conflict: Conflict) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (conflict.a_value, detail.mentions[conflict.a].outlet),
        (conflict.b_value, detail.mentions[conflict.b].outlet),
    )


def distinct(facts: Facts, details: Iterable[DetailFact]) -> tuple[tuple[DetailFact, Clash], ...]:
    """Every conflict once, under the detail in which most outlets take part in it; the most central first.

    Sentences that state several details bring their differing values into each of them.
    """
    found = [(fact, clash) for fact in details for clash in clashes(facts, fact.detail)]
    found.sort(key=lambda pair: (pair[1].rank, -pair[1].outlets, pair[0].order))
    kept: list[tuple[DetailFact, Clash]] = []
    for fact, clash in found:
        if not any(c.rank == clash.rank and clash.values <= c.values for _, c in kept):
            kept.append((fact, clash))
    kept.sort(key=lambda pair: -pair[0].detail.importance_score)
    return tuple(kept)
