"""Places in one slot that differ in what nothing can be twice: North Dakota here, South Dakota there.

Also the state beside one legislator's name, "(R-S.D.)" or "of North Dakota".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How much of what stands around two places must be the same.
NEAR = 0.4
_POINTS = {
    "north": "n", "northern": "n", "south": "s", "southern": "s",
    "east": "e", "eastern": "e", "west": "w", "western": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
    "northeastern": "ne", "northwestern": "nw", "southeastern": "se", "southwestern": "sw",
}  # fmt: skip
_POINTED = re.compile(
    rf"(?<![\w-])(?P<point>{'|'.join(sorted(_POINTS, key=len, reverse=True))})\s+(?P<place>(?-i:(?:of\s)?[A-Z])[\w’'-]+|side|bank|coast|end|gate|entrance|wing|tower)",
    re.IGNORECASE,
)
_STATES = {
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "colo": "colorado",
    "conn": "connecticut", "del": "delaware", "fla": "florida", "ga": "georgia", "ill": "illinois",
    "ind": "indiana", "kan": "kansas", "ky": "kentucky", "la": "louisiana", "md": "maryland",
    "mass": "massachusetts", "mich": "michigan", "minn": "minnesota", "miss": "mississippi",
    "mo": "missouri", "mont": "montana", "neb": "nebraska", "nev": "nevada", "nh": "new hampshire",
    "nj": "new jersey", "nm": "new mexico", "ny": "new york", "nc": "north carolina",
    "nd": "north dakota", "okla": "oklahoma", "ore": "oregon", "pa": "pennsylvania",
    "ri": "rhode island", "sc": "south carolina", "sd": "south dakota", "tenn": "tennessee",
    "tex": "texas", "vt": "vermont", "va": "virginia", "wash": "washington", "wva": "west virginia",
    "wis": "wisconsin", "wyo": "wyoming", "al": "alabama", "ak": "alaska", "az": "arizona",
    "ar": "arkansas", "ca": "california", "co": "colorado", "ct": "connecticut", "de": "delaware",
    "fl": "florida", "hi": "hawaii", "id": "idaho", "il": "illinois", "in": "indiana", "ia": "iowa",
    "ks": "kansas", "me": "maine", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota",
    "ms": "mississippi", "mt": "montana", "ne": "nebraska", "nv": "nevada", "oh": "ohio",
    "ok": "oklahoma", "or": "oregon", "tn": "tennessee", "tx": "texas", "ut": "utah",
    "wi": "wisconsin", "wv": "west virginia", "wy": "wyoming",
}  # fmt: skip
_FULL = {
    name: name
    for name in {*_STATES.values(), "alaska", "hawaii", "idaho", "iowa", "maine", "ohio", "utah"}
}
STATES = frozenset(_FULL)
_TAGGED = re.compile(
    r"(?P<name>[A-Z][\w’'-]{1,40}),?\s\(?(?P<tag>[RDI]\s?[-–—]\s?(?P<state>[A-Z][A-Za-z. ]{0,14}?[a-z.A-Z]))(?=[),;]|\s|$)"
)
_OF_STATE = "|".join(sorted((name.title() for name in _FULL), key=len, reverse=True))
_STATED = re.compile(
    rf"\b(?P<state>{_OF_STATE})[’']s\s+(?:[A-Z][a-z]+\s)?(?P<name>[A-Z][a-z]+)\b|(?P<name2>[A-Z][a-z]+),? of (?P<state2>{_OF_STATE})\b"
)


def places(a: Statement, b: Statement) -> Iterator[Difference]:
    """The places of one slot that exclude each other."""
    yield from _pointed(a, b)
    yield from _states(a, b)


def _pointed(a: Statement, b: Statement) -> Iterator[Difference]:
    for x in _POINTED.finditer(a.text):
        for y in _POINTED.finditer(b.text):
            same = x["place"].lower() == y["place"].lower()
            mine, theirs = (set(_POINTS[m["point"].lower()]) for m in (x, y))
            if (
                not same or mine <= theirs or theirs <= mine
            ):  # "south" may be said of the south-east
                continue
            if a.says_elsewhere(y.group()) or b.says_elsewhere(x.group()):
                continue
            here, there = Span(*x.span()), Span(*y.span())
            if compared(a, here, b, there).near >= NEAR:
                yield Difference(ConflictKind.PLACE, here, there)


def _states(a: Statement, b: Statement) -> Iterator[Difference]:
    for name, state, x in _legislators(a.text):
        for other, other_state, y in _legislators(b.text):
            if name == other and state != other_state:
                yield Difference(ConflictKind.PLACE, x, y)
                return


def _legislators(text: str) -> list[tuple[str, str, Span]]:
    """Last names with the state that is given beside each, and where it stands."""
    found = []
    for m in _TAGGED.finditer(text):
        state = _state(m["state"])
        if state:
            found.append((m["name"].lower(), state, Span(m.start("tag"), m.end("tag"))))
    for m in _STATED.finditer(text):
        name, state, group = (
            (m["name"], m["state"], "state") if m["name"] else (m["name2"], m["state2"], "state2")
        )
        found.append((name.lower(), state.lower(), Span(m.start(group), m.end(group))))
    return found


def _state(written: str) -> str:
    plain = written.strip().lower()
    return _FULL.get(plain) or _STATES.get(re.sub(r"[.\s]", "", plain), "")
