"""Where a person is from: born in Billings here, in Bozeman there; a farmer from Ohio here, from Indiana there.

Only the same thing is compared, and only of one person by name: two places of birth, or two states or
two countries that somebody is from. A town may lie in a county, a suburb in a city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.datamodel import ConflictKind, Span
from compare.memory import remembered
from compare.stop_words import FUNCTION_WORDS
from compare.verdicts.conflicts.place import STATES
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail.
MATCH = 0.3
_COUNTRIES = frozenset(
    """
    afghanistan albania algeria argentina armenia australia austria bangladesh belarus belgium bolivia bosnia brazil
    bulgaria cambodia cameroon canada chile china colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea
    estonia ethiopia finland france germany ghana greece guatemala haiti honduras hungary iceland india indonesia iran
    iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait latvia lebanon liberia libya lithuania
    malaysia mali mexico moldova morocco myanmar nepal netherlands nicaragua niger nigeria norway pakistan panama
    paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia singapore slovakia
    slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia turkey uganda ukraine uruguay
    uzbekistan venezuela vietnam wales yemen zambia zimbabwe
    """.split()
)
_PLACE = r"(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"
_BORN = re.compile(
    rf"\b(?:born in|native of|originally from|grew up in|raised in)\s(?:the\s)?{_PLACE}"
)
_FROM = re.compile(rf"\b(?:an?|the)\s(?:[\w’'-]+\s){{1,4}}(?:from|of)\s{_PLACE}")
_RAISED = re.compile(r"grew up|raised")
_NAMED = re.compile(r"\b[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-Z][\w’'-]+)+|\b[A-Z][\w’'-]{2,}")


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where somebody was born, raised or is from, and where the place stands."""

    how: str
    place: str
    span: Span


def origins(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The places that one person cannot both be from."""
    if match < MATCH or not _names(a.text) & _names(b.text):
        return
    mine, theirs = _origins(a.text), _origins(b.text)
    for x in mine:
        for y in theirs:
            if x.how != y.how or x.place == y.place or x.place in y.place or y.place in x.place:
                continue
            if a.says_elsewhere(y.place) or b.says_elsewhere(x.place):
                continue
            yield Difference(ConflictKind.PLACE, x.span, y.span)
            return


@remembered(2048)
def _origins(text: str) -> tuple[_Origin, ...]:
    found = [
        _Origin(
            "raised" if _RAISED.match(m[0]) else "born", m["place"].lower(), Span(*m.span("place"))
        )
        for m in _BORN.finditer(text)
    ]
    for m in _FROM.finditer(text):
        place = m["place"].lower()
        level = "state" if place in STATES else "country" if place in _COUNTRIES else ""
        if level and not _BORN.match(text, m.start()):
            found.append(_Origin(level, place, Span(*m.span("place"))))
    return (
        tuple(found)
        if len({(o.how, o.place) for o in found}) == len({o.how for o in found})
        else ()
    )


@remembered(2048)
def _names(text: str) -> frozenset[str]:
    """The last words of the names in a text, places that somebody is from left out."""
    places = {o.span.start for o in _origins(text)}
    return frozenset(
        m[0].split()[-1].lower()
        for m in _NAMED.finditer(text)
        if m.start() not in places and m[0].lower() not in FUNCTION_WORDS
    )
