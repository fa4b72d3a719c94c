"""To which of one's kin something was done: he stabbed his brother here, his sister there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.language.stems import stem
from compare.memory import remembered
from compare.verdicts.conflicts.statement import Difference, Statement

MATCH = 0.2
_KIN = (
    "brother|sister|father|mother|son|daughter|uncle|aunt|nephew|niece|cousin|husband|wife|grandfather|grandmother|"
    "girlfriend|boyfriend|fiancee|fiance|ex-wife|ex-husband|roommate|neighbor|neighbour"
)
_DONE = re.compile(rf"\b(?P<verb>[a-z]{{3,}})\s+(?:his|her|their)\s+(?P<kin>{_KIN})\b")
# Verbs of having and saying are true of all one's kin.
_ANYBODY = frozenset(
    stem(w) for w in "with and for told tell said says from about loves loved had has that".split()
)
# "Stabbed" and "stab".
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_ONE = {"neighbour": "neighbor"}


def kin_differing(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The two of a person's kin to whom one thing was done."""
    if match < MATCH:
        return
    mine, theirs = _done(a.text), _done(b.text)
    known, known_there = _done(a.article), _done(b.article)
    for verb in mine.keys() & theirs.keys():
        left, right = mine[verb], theirs[verb]
        # Who did it to both, in either article, did it to both.
        if set(left) & set(right) or set(left) & set(known_there.get(verb, ())):
            continue
        if set(right) & set(known.get(verb, ())):
            continue
        yield Difference(ConflictKind.NAME, next(iter(left.values())), next(iter(right.values())))
        return


@remembered(2048)
def _done(text: str) -> dict[str, dict[str, Span]]:
    """What was done to which kin: the verb's stem to the words for kin and where each stands."""
    found: dict[str, dict[str, Span]] = {}
    for m in _DONE.finditer(text):
        verb, kin = _DOUBLED.sub(r"\1", stem(m["verb"])), _ONE.get(m["kin"], m["kin"])
        if verb not in _ANYBODY:
            found.setdefault(verb, {}).setdefault(kin, Span(m.start(), m.end()))
    return found
