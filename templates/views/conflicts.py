"""Conflicts as a reader wants them: each differing value once, with all who give it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
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

# Kinds whose values name something: there a longer name and a shorter one are the same.
NAMING = frozenset({ConflictKind.ROLE, ConflictKind.NAME, ConflictKind.PLACE})
# A word that begins another is the same from so many letters on: chair, chairman.
STEM = 5

# So many words on either side show what a value is a value of.
BESIDE = 4
_WORD = re.compile(r"\S+")

# Values linked by conflicts of one kind: as written, and who gives them, by the value in lower case.
_Group = tuple[ConflictKind, dict[str, str], dict[str, dict[str, None]]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Values that conflict with each other: `givers` are the value and the outlets that give it.

    The value that most outlets give comes first; `sides` are the same with the names as one text.
    What two spell differently ("campaign chairman", "Trump campaign chair") is one value, as most
    outlets write it. `values` are all of them in lower case, `outlets` how many outlets take part,
    `rank` the place of the kind among the kinds. `context` is that first value between the words
    beside it.
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
    return _gathered(facts, detail, hard(detail)) if detail.conflicts else ()


def worded(facts: Facts, detail: Detail) -> tuple[Clash, ...]:
    """The soft conflicts of a detail that no hard one has: values that are only worded differently."""
    if not detail.conflicts:
        return ()
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
    """Conflicts of one kind that are linked by their values, together, between outlets of one mind."""
    groups: list[_Group] = []
    among = _between(detail, conflicts)
    for conflict in among:
        keys = _values(conflict)
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
    found = (_clash(facts, detail, among, group) for group in groups)
    # One value alone is no conflict, whatever a file says.
    return tuple(clash for clash in found if len(clash.givers) > 1)


def _between(detail: Detail, conflicts: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """The conflicts of outlets that each give one value; only of kinds without any, those of the others.

    Who gives both values, as a headline and its text may, contradicts itself before anybody else.
    """
    given: dict[tuple[ConflictKind, str], set[str]] = {}
    for c in conflicts:
        for value, outlet in _sides(detail, c):
            given.setdefault((c.kind, outlet), set()).add(value.lower())
    torn = {
        key
        for key, values in given.items()
        if any(c.kind is key[0] and _values(c) <= values for c in conflicts)
    }
    calm = {c for c in conflicts if not any((c.kind, o) in torn for _, o in _sides(detail, c))}
    kinds = {c.kind for c in calm}
    return tuple(c for c in conflicts if c in calm or c.kind not in kinds)


def _values(conflict: Conflict) -> set[str]:
    return {conflict.a_value.lower(), conflict.b_value.lower()}


def hard(detail: Detail) -> tuple[Conflict, ...]:
    """The conflicts in which both values cannot be right; the others are only worded differently."""
    return tuple(c for c in detail.conflicts if c.weight is Weight.HARD)


def _excluded(conflicts: tuple[Conflict, ...], kind: ConflictKind, value: str) -> frozenset[str]:
    """The values that conflict with one directly, in lower case."""
    sides = [_values(c) for c in conflicts if c.kind is kind]
    return frozenset[str]().union(*(each for each in sides if value in each)) - {value}


def _same(a: str, b: str) -> bool:
    """Whether all words of one value are in the other, whole or as the start of a longer one."""
    less, more = sorted((_WORD.findall(a), _WORD.findall(b)), key=len)
    return all(any(_begins(word, other) for other in more) for word in less)


def _begins(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or (len(short) >= STEM and long.startswith(short))


def _variants(
    conflicts: tuple[Conflict, ...], kind: ConflictKind, values: Iterable[str]
) -> list[list[str]]:
    """Values in groups of which all name one thing: their words include each other, and nothing says they conflict."""
    found: list[list[str]] = []
    for value in values:
        excluded = _excluded(conflicts, kind, value)
        alike = (
            g
            for g in found
            if kind in NAMING and all(v not in excluded and _same(v, value) for v in g)
        )
        if (group := next(alike, None)) is None:
            found.append([value])
        else:
            group.append(value)
    return found


def _clash(
    facts: Facts,
    detail: Detail,
    conflicts: tuple[Conflict, ...],
    group: _Group,
) -> Clash:
    kind, shown, outlets = group
    comma = facts.say("list.comma")
    by_most = sorted(shown, key=lambda value: -len(outlets[value]))
    variants = {same[0]: same for same in _variants(conflicts, kind, by_most)}
    giving = {v: tuple(dict.fromkeys(n for w in variants[v] for n in outlets[w])) for v in variants}
    first, *others = sorted(variants, key=lambda value: -len(giving[value]))
    excluded = frozenset[str]().union(*(_excluded(conflicts, kind, v) for v in variants[first]))
    kept = [first, *(value for value in others if excluded & set(variants[value]))]
    # Who gives several values is named with the one that fewest give.
    alone = {name: value for value in kept for name in giving[value]}
    one = {v: tuple(name for name in giving[v] if alone[name] == v) for v in kept}
    kept = [value for value in kept if one[value]]
    givers = tuple((shown[value], one[value]) for value in kept)
    return Clash(
        kind=facts.say(f"conflict.{kind.name}"),
        givers=givers,
        sides=tuple((value, comma.join(names)) for value, names in givers),
        values=frozenset(v for value in kept for v in variants[value]),
        outlets=len(alone),
        rank=ORDER.index(kind),
        context=_context(facts, detail, kind, kept[0], one[kept[0]]),
    )


def _context(
    facts: Facts, detail: Detail, kind: ConflictKind, value: str, outlets: Container[str]
) -> tuple[str, str, str]:
    """A value as it first stands in a conflict, between a few words of a mention of these outlets."""
    for c in detail.conflicts:
        for side, said, span in ((c.a, c.a_value, c.a_span), (c.b, c.b_value, c.b_span)):
            m = detail.mentions[side]
            if c.kind is kind and said.lower() == value and m.outlet in outlets:
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
