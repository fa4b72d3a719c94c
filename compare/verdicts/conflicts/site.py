"""Where one thing happened: at home and at work here, at home and at school there; on two bridges by name.

Compared are statements that give one such place each, or two of which one is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from compare.datamodel import ConflictKind, Span
from compare.memory import remembered
from compare.stop_words import FUNCTION_WORDS
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail, and how near the slots of two places must be.
MATCH, NEAR = 0.6, 0.6
# Words of a line are one place.
_PLACES = {
    word: line.split()[0]
    for line in (
        "home",
        "work workplace office",
        "school campus classroom",
        "church chapel",
        "mosque",
        "synagogue",
        "hospital clinic",
        "hotel motel",
        "restaurant cafe diner",
        "bar pub nightclub",
        "park",
        "garage",
        "airport",
        "library",
        "courthouse courtroom",
        "prison jail",
        "kitchen",
        "bedroom",
        "basement",
        "attic",
        "bathroom",
        "hallway corridor",
        "lobby",
        "roof rooftop",
    )
    for word in line.split()
}
_AT = re.compile(
    rf"\b(?:at|in|from|outside|inside|near|to|both)\s+(?:(?:the|a|an|his|her|their|its)\s+)?(?P<one>{'|'.join(_PLACES)})\b"
    rf"(?:\s+and\s+(?:(?:at|in|from)\s+)?(?:(?:the|a|an|his|her|their|its)\s+)?(?P<two>{'|'.join(_PLACES)})\b)?",
    re.IGNORECASE,
)
_IN_PAIR = re.compile(
    rf"\b(?P<one>{'|'.join(_PLACES)})\s+and\s+(?:(?:at|in|from)\s+)?(?P<two>{'|'.join(_PLACES)})\b",
    re.IGNORECASE,
)


# A place by its name: "the Erasmus Bridge". How near the slots of two such names must be.
NAMED_NEAR = 0.15
_NAMED = re.compile(
    r"(?P<name>(?:(?-i:[A-Z])[\w’'.-]{1,30}\s){1,3})(?P<kind>bridge|hospital|street|avenue|road|square|park|airport|station|hotel|stadium|arena|prison|jail"
    r"|cathedral|church|mosque|synagogue|university|college|beach|tunnel|tower|mall|market|theat(?:re|er)|restaurant|nightclub|highway|school)\b"
    r"(?!\s(?-i:[A-Z]))",
    re.IGNORECASE,
)


def sites(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The two places at which one thing is said to have happened."""
    if match < MATCH:
        return
    yield from _by_name(a, b)
    mine, theirs = _places(a.text), _places(b.text)
    one, other = mine.keys() - theirs.keys(), theirs.keys() - mine.keys()
    if len(mine) != len(theirs) or len(one) != 1 or len(other) != 1:
        return
    x, y = mine[one.pop()], theirs[other.pop()]
    elsewhere = b.says_elsewhere(a.text[x.start : x.end]) or a.says_elsewhere(
        b.text[y.start : y.end]
    )
    if len(mine) > 1 or (not elsewhere and compared(a, x, b, y).near >= NEAR):
        yield Difference(ConflictKind.PLACE, x, y)


def _by_name(a: Statement, b: Statement) -> Iterator[Difference]:
    """The one place of a kind that each statement names, where neither article has the other's name."""
    mine, theirs = _named(a.text), _named(b.text)
    for kind in mine.keys() & theirs.keys():
        if len(mine[kind]) != 1 or len(theirs[kind]) != 1:
            continue
        (name, x), (other, y) = mine[kind][0], theirs[kind][0]
        known = any(a.says_elsewhere(w) for w in other) or any(b.says_elsewhere(w) for w in name)
        if not known and compared(a, x, b, y).near >= NAMED_NEAR:
            yield Difference(ConflictKind.PLACE, x, y)


@remembered(4096)
def _named(text: str) -> Mapping[str, list[tuple[tuple[str, ...], Span]]]:
    """The places that a text names, by their kind: the words of each name, and where it stands."""
    found: dict[str, list[tuple[tuple[str, ...], Span]]] = {}
    for m in _NAMED.finditer(text):
        name = tuple(
            w for w in m["name"].split() if w[0].isupper() and w.lower() not in FUNCTION_WORDS
        )
        if name and name == tuple(m["name"].split())[-len(name) :]:
            span = Span(m.end("name") - len(" ".join(name)) - 1, m.end())
            found.setdefault(m["kind"].lower().replace("theater", "theatre"), []).append(
                (name, span)
            )
    return found


@remembered(4096)
def _places(text: str) -> Mapping[str, Span]:
    """The places that a text names, alone or in pairs, and where each stands."""
    found: dict[str, Span] = {}
    for m in (*_AT.finditer(text), *_IN_PAIR.finditer(text)):
        for group in ("one", "two"):
            if m[group]:
                found.setdefault(_PLACES[m[group].lower()], Span(*m.span(group)))
    return found
