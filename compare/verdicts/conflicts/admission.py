"""What one source denied here and confirmed there: "denied that it had opened its gates", "confirmed that it opened two".

Who is said to have done either must have one name, and what was denied its content words with what was confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.datamodel import ConflictKind
from compare.language.attribution import Reported, reported
from compare.text import words
from compare.verdicts.conflicts.contexts import content, head_of, tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail, and how many content words of both contents be the same.
MATCH, SHARED = 0.6, 2
# A statement of more characters is no sentence, and no source is looked for in it.
LONGEST = 2000
_DENIED = frozenset({"denied", "denies", "deny", "denying"})
_CONFIRMED = frozenset(
    "confirmed confirms confirm admitted admits admit acknowledged acknowledges conceded concedes confessed".split()
)


def admissions(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The first thing that one statement says its source denied and the other that it confirmed."""
    if match < MATCH or max(len(a.text), len(b.text)) > LONGEST:
        return
    for x in reported(a.text):
        for y in reported(b.text):
            verbs = ({x.verb.lower()}, {y.verb.lower()})
            opposed = verbs[0] <= _DENIED and verbs[1] <= _CONFIRMED
            if not opposed and not (verbs[0] <= _CONFIRMED and verbs[1] <= _DENIED):
                continue
            if _who(a, x) & _who(b, y) and len(_what(a, x) & _what(b, y)) >= SHARED:
                yield Difference(ConflictKind.POLARITY, x.verb_span, y.verb_span)
                return


def _who(s: Statement, r: Reported) -> frozenset[str]:
    """The last word of the source's name; nothing where it has none."""
    if r.source_span is None:
        return frozenset()
    said = words(s.text[r.source_span.start : r.source_span.end])
    return frozenset([w.key for w in said if w.text[0].isupper() and tells(w)][-1:])


def _what(s: Statement, r: Reported) -> frozenset[str]:
    """The heads of the content words of what was denied or confirmed, the source's name left out."""
    found = content(s.text[r.content.start : r.content.end])
    return frozenset(found) - {head_of(key) for key in _who(s, r)}
