"""What a person is said to be: the campaign's manager here, its chairman there.

A role is read where an office stands beside a name ("former campaign chairman Jane Roe", "Jane Roe,
the group's president", "Jane Roe is the senior member of the Finance Committee"). Two roles of one
person exclude each other where the offices differ and both are of the same body, or the office is
the same and the committee is another; who is given both anywhere in either article has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.datamodel import ConflictKind, Span
from compare.memory import remembered
from compare.stop_words import COMMONEST
from compare.text import Word, words
from compare.verdicts.conflicts.statement import Difference, Statement

# Offices of which a person holds one in one body at a time. The words of a line are one office.
_OFFICES = {
    word: line.split()[0]
    for line in (
        "chairman chair chairwoman chairperson chairmen",
        "manager manger managers",
        "director",
        "president",
        "executive ceo",
        "treasurer",
        "secretary",
        "minister",
        "spokesman spokeswoman spokesperson",
        "governor",
        "mayor",
        "senator sen",
        "representative rep congressman congresswoman",
        "ambassador",
        "commissioner",
        "superintendent",
        "captain",
        "sergeant",
        "lieutenant",
        "colonel",
        "general",
        "founder cofounder",
        "owner",
        "professor",
        "principal",
        "attorney lawyer",
        "counsel",
        "adviser advisor aide",
        "strategist",
        "coach",
        "editor",
        "analyst",
        "treasurer",
        "deputy",
        "member",
        "republican",
        "democrat",
        "brother",
        "sister",
        "father",
        "mother",
        "son",
        "daughter",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "husband",
        "wife",
        "grandfather",
        "grandmother",
    )
    for word in line.split()
}
# Offices of which nobody holds two in one body; the rest are often held, or given, together.
_EXCLUSIVE = frozenset(
    "chairman manager director president executive treasurer spokesman coach editor captain sergeant lieutenant colonel counsel".split()
)
_KIN = frozenset(
    "brother sister father mother son daughter uncle aunt nephew niece cousin husband wife grandfather grandmother".split()
)
_LOWER = frozenset("vice deputy assistant associate acting interim co-chairman co-chair".split())
_JOINED = re.compile(r"\b(?:and|&)\b|/")
# A role may have this many words before its office, and a name stand this far behind it.
BEFORE, NAME_REACH = 5, 4
# So many characters before "referring to" the person may be named.
REFERRED = 200
# Words before an office that belong to it no more.
_ENDS_ROLE = COMMONEST | frozenset("former ex-president mr mrs ms dr president's".split())


@dataclass(frozen=True, slots=True)
class Role:
    """Whom a role is of (last name, and all of the name), the office, the words that say of what, and where it stands."""

    name: str
    named: tuple[str, ...]
    office: str
    of: frozenset[str]
    span: Span


def roles_differing(a: Statement, b: Statement) -> Iterator[Difference]:
    """The two roles of one person in one body that exclude each other."""
    for x in roles(a.text):
        for y in roles(b.text):
            if _of_one(x, y) and _exclude(x, y) and not _has_both(a, x, b, y):
                yield Difference(ConflictKind.ROLE, x.span, y.span)


def _of_one(x: Role, y: Role) -> bool:
    """Whether two roles are of one person: those of one's kin share a last name, or are called by the first alone."""
    if {x.office, y.office} <= _KIN:
        short, long = sorted((x.named, y.named), key=len)
        return short in (long, long[:1])
    return x.name == y.name


def _exclude(x: Role, y: Role) -> bool:
    if x.office == y.office:
        return _other_committee(x.of, y.of) or _other_portfolio(x, y)
    if {x.office, y.office} <= _KIN:
        return True
    return {x.office, y.office} <= _EXCLUSIVE and bool(x.of & y.of)


# What a committee's name has beside its own words.
_BODY = frozenset(
    "committee subcommittee house senate select standing on senior ranking top fellow".split()
)


def _other_committee(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether the same office is of one committee here and of another one there."""
    if "committee" not in left & right:
        return False
    mine, theirs = left - _BODY, right - _BODY
    return bool(mine and theirs) and not mine & theirs


# What a minister, or a secretary of a cabinet, is of; the words of a line are one.
_PORTFOLIOS = {
    word: line.split()[0]
    for line in (
        "justice",
        "interior home",
        "foreign",
        "defense defence",
        "finance treasury",
        "health",
        "education",
        "transport transportation",
        "environment",
        "agriculture",
        "trade",
        "commerce",
        "energy",
        "labor labour",
        "culture",
        "housing",
        "state",
        "information",
        "security",
        "immigration",
        "prime",
    )
    for word in line.split()
}


def _other_portfolio(x: Role, y: Role) -> bool:
    """Whether the same minister has one portfolio here and another one there."""
    if x.office not in {"minister", "secretary"}:
        return False
    mine, theirs = ({_PORTFOLIOS[w] for w in r.of if w in _PORTFOLIOS} for r in (x, y))
    return bool(mine and theirs) and not mine & theirs


def _has_both(a: Statement, x: Role, b: Statement, y: Role) -> bool:
    """Whether an article gives its own person the other's role too."""
    return _given(b.article, x) or _given(a.article, y)


def _given(article: str, role: Role) -> bool:
    return any(
        _of_one(r, role)
        and r.office == role.office
        and not _other_portfolio(r, role)
        and ("committee" in r.of) >= ("committee" in role.of)
        and not _other_committee(r.of, role.of)
        for r in roles(article)
    )


@remembered(2048)
def roles(text: str) -> tuple[Role, ...]:
    """The roles that a text gives to persons by name."""
    said = words(text)
    found = []
    for i, w in enumerate(said):
        office = _OFFICES.get(w.key)
        if office is None:
            continue
        first = _first(text, said, i)
        if any(v.key in _LOWER for v in said[first:i]):
            continue
        named = _named(text, said, first, i)
        name = named[-1] if named else ""
        if name and not _joined(text, said, first, i):
            of = {v.key for v in said[first:i]} | _of(text, said, i)
            if first and said[first - 1].text.endswith(("'s", "’s")):
                of |= {said[first - 1].key}
            span = Span(said[first].start, w.end)
            of -= {name} | _ENDS_ROLE
            found.append(Role(name, tuple(named), office, frozenset(of), span))
    return tuple(found)


def _first(text: str, said: Sequence[Word], at: int) -> int:
    """Where the words before an office that belong to it begin."""
    first = at
    while first > 0 and at - first < BEFORE:
        before = said[first - 1]
        owner = before.text.endswith(("'s", "’s"))
        # "Investigate Trump campaign chairman": what begins small does not run on into a name.
        verb = before.text[0].islower() and first < at and said[first].text[0].isupper()
        if (
            text[before.end : said[first].start].strip()
            or before.key in _ENDS_ROLE
            or owner
            or verb
        ):
            break
        first -= 1
    return first


def _joined(text: str, said: Sequence[Word], first: int, at: int) -> bool:
    """Whether another office stands beside: "chairman and chief executive" is both."""
    around = [*said[max(0, first - 3) : at], *said[at + 1 : at + 5]]
    start, end = said[max(0, first - 3)].start, said[min(at + 4, len(said) - 1)].end
    return any(v.key in _OFFICES for v in around) and bool(_JOINED.search(text[start:end]))


# With these the name of a body ends.
_BODY_NOUNS = frozenset(
    "committee subcommittee department council board commission company university bank".split()
)


def _of(text: str, said: Sequence[Word], at: int) -> frozenset[str]:
    """The capitalised words of "of the ... Committee" behind an office."""
    if at + 1 >= len(said) or said[at + 1].key not in {"of", "for", "on", "at"}:
        return frozenset()
    found = []
    for v in said[at + 2 : at + 11]:
        if v.key == "the" or v.text[0].isupper() or v.key in {"and", "of"}:
            found.append(v.key)
        elif not found or v.text[0].islower():
            continue
        if v.key in _BODY_NOUNS or text[v.end : v.end + 1] in {",", ".", ";", "(", ")"}:
            break
    return frozenset(key for key in found if key not in COMMONEST)


def _named(text: str, said: Sequence[Word], first: int, at: int) -> list[str]:
    """The names of whom a role is of, the last one last: behind the office, or before it with a comma or "is"."""
    behind = said[at + 1 : at + 1 + NAME_REACH]
    if behind and behind[0].text[0].isupper():
        gap = text[said[at].end : behind[0].start].strip()
        if not gap or (gap == "," and said[at].key in _KIN):
            return _names(text, behind)
    before = _before(text, said, first)
    if before and not (said[at].key in _KIN and _is_owned(said, first)):
        return [*_first_names(text, said, first, before), before]
    referred = _referred_to(text, said, first)
    return [referred] if referred else []


def _is_owned(said: Sequence[Word], first: int) -> bool:
    """Whether a role is somebody's: the name before "Mr. Doe's father" is no father's."""
    return first > 0 and said[first - 1].text.endswith(("'s", "’s", "s’", "s'"))


def _first_names(text: str, said: Sequence[Word], first: int, last: str) -> list[str]:
    """The capitalised words before the name that stands before a role."""
    at = next((i for i in range(first - 1, -1, -1) if said[i].key == last), 0)
    found: list[str] = []
    while at > 0 and said[at - 1].text[0].isupper() and len(found) < NAME_REACH:
        if text[said[at - 1].end : said[at].start].strip(" ."):
            break
        at -= 1
        found.insert(0, said[at].key)
    return found


_REFERRING = re.compile(r"\breferring to (?:[A-Z][\w-]+(?:[’']s|s[’'])\s)?(?:the\s)?(?:former\s)?$")
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+\s(?:[A-Z]\.\s)?([A-Z][a-z]+)\b")


def _referred_to(text: str, said: Sequence[Word], first: int) -> str:
    """The one person whom a statement names in full before "referring to the former manager"."""
    before = text[max(0, said[first].start - REFERRED) : said[first].start]
    if not _REFERRING.search(before):
        return ""
    named = {m.group(1).lower() for m in _FULL_NAME.finditer(before)}
    return named.pop() if len(named) == 1 else ""


_LINKS = frozenset("the a an is was as former his her its then".split())


def _before(text: str, said: Sequence[Word], first: int) -> str:
    """The name that a role stands behind: "Jane Roe, Mr. Doe's former ...", "Jane Roe is the ..."."""
    at, linked, owned = first - 1, False, False
    while at > 0 and said[at].key in _LINKS:
        at, linked = at - 1, linked or said[at].key in {"is", "was", "as"}
    if at > 0 and said[at].text.endswith(("'s", "’s", "s’", "s'")):
        owned = True
        at -= 1
        while at > 0 and (said[at].text[0].isupper() or said[at].key in _LINKS):
            if "," in text[said[at].end : said[at + 1].start]:
                break
            at -= 1
    if at < 0:
        return ""
    before, gap = said[at], text[said[at].end : said[at + 1].start]
    is_named = before.text[0].isupper() and before.text[-1].islower()
    close = gap.strip() == "," or (not gap.strip() and linked and not owned)
    return before.key if is_named and close else ""


def _names(text: str, behind: Sequence[Word]) -> list[str]:
    found = [behind[0]]
    for v in behind[1:]:
        if not v.text[0].isupper() or text[found[-1].end : v.start].strip(" ."):
            break
        found.append(v)
        if text[v.end - 2 : v.end] in {"'s", "’s"}:
            break
    return [v.key for v in found]
