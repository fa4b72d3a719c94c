"""Who is said to have spoken one and the same quotation: the mayor by name here, a priest by name there.

Only a quotation of some length that is nearly word for word the same is compared, and only persons
that each statement names beside it: an office and its holder, a body and its spokesman are one source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from compare.datamodel import ConflictKind, Span
from compare.language.attribution import Reported, reported
from compare.stop_words import FUNCTION_WORDS
from compare.text import words
from compare.verdicts.conflicts.role import roles
from compare.verdicts.conflicts.statement import Difference, Statement

# So many words, and this part of the longer quotation's, must be the same in one order.
SAID_ALIKE, SAID_PART = 6, 0.8
_LAST_NAME = re.compile(r"([A-Z][\w’'-]+?)(?:[’']s)?,?\s?(?:[JS]r\.?|I{2,3})?\W*\Z")
# "Rep. Gwen Sato of Hawaii", "Jane Roe, the mayor".
_BEHIND_NAME = re.compile(r",|\s\(|\s(?:of|for|from|in|at|with|on|as|who|and)\s|\.(?=\Z)")
# Who repeats another's words is no second speaker of them, whichever of both a sentence names.
_RELAYED = re.compile(
    r"\b(?:quot(?:e[ds]?|ing)|cit(?:e[ds]?|ing)|repeat(?:ed|s|ing)?|echo(?:ed|es|ing)?|recall(?:ed|s|ing)?|recount(?:ed|s|ing)?|read(?:s|ing)?|tweet(?:ed|ing)?"
    r"|retweet\w*|paraphras\w+|invok\w+|borrow\w+|on\s+behalf\s+of|attributed|words\s+of|statement\s+from|for\s+(?:him|her|them))\b",
    re.IGNORECASE,
)


def speakers(a: Statement, b: Statement) -> Iterator[Difference]:
    """The two persons to whom one quotation is given."""
    if _RELAYED.search(a.own_words) or _RELAYED.search(b.own_words):
        return
    for said, name, x in _spoken(a):
        for other, other_name, y in _spoken(b):
            if not _one_person(name, other_name, a, b) and _same(said, other):
                yield Difference(ConflictKind.ATTRIBUTION, x, y)
                return


# Two spellings of one name share so much, 0 to 1.
SPELLED_ALIKE = 0.5


def _one_person(name: str, other: str, a: Statement, b: Statement) -> bool:
    """Whether two names may be one person's, or of two who speak together: side by side somewhere, or spelled alike."""
    if SequenceMatcher(None, name, other, autojunk=False).ratio() >= SPELLED_ALIKE:
        return True
    if a.says(other) or b.says(name):
        return True
    x, y = re.escape(name), re.escape(other)
    beside = re.compile(
        rf"\b(?:{x}\W+(?:[\w.’'-]+\W+){{0,4}}?{y}|{y}\W+(?:[\w.’'-]+\W+){{0,4}}?{x})\b",
        re.IGNORECASE,
    )
    return any(beside.search(s.article) for s in (a, b))


def _spoken(s: Statement) -> Iterator[tuple[list[str], str, Span]]:
    """The words of each long quotation, the last name of the one person it is given to, and where he is named."""
    given = reported(s.text)
    for q in s.quoted:
        said = [w.key for w in words(s.text[q.start : q.end])]
        named = [
            _person(s, r) for r in given if r.content.start < q.end and r.content.end > q.start
        ]
        persons = {found for found in named if found is not None}
        if len(said) >= SAID_ALIKE and len(persons) == 1 and None not in named:
            name, span = persons.pop()
            yield said, name, span


def _person(s: Statement, r: Reported) -> tuple[str, Span] | None:
    """The last name of the person who is the source, and where the source stands; None for anybody else."""
    source = _BEHIND_NAME.split(r.source or "")[0]
    found = _LAST_NAME.search(source)
    if r.relayed or r.source_span is None or found is None:
        return None
    last = found[1]
    span = Span(r.source_span.start, r.source_span.start + len(source))
    surely = _TITLE.search(source) or any(role.name == last.lower() for role in roles(s.text))
    return (last.lower(), span) if surely or _named_as_person(last, s.article) else None


_TITLE = re.compile(
    r"\b(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev|Fr|Sgt|Lt|Capt|Col|Sir|Dame|Lord|Lady|Justice|Judge|Mayor|Senator|Representative|Governor|Sheriff|Congress(?:man|woman)"
    r"|Professor|Father|Sister|Captain|Sergeant|Lieutenant|Colonel|General|Officer|Detective|Constable)\.?\s(?:[A-Z][\w.’'-]*\s){0,2}[A-Z]"
)
_NO_FIRST_NAMES = FUNCTION_WORDS | frozenset(
    "new north south east west upper lower great st".split()
)


def _named_as_person(last: str, article: str) -> bool:
    """Whether an article names somebody in full and, elsewhere, by the last name alone, as it does persons."""
    before = [
        m[1] for m in re.finditer(rf"(?:\b([A-Z][\w’'.-]*)\s)?\b{re.escape(last)}\b", article)
    ]
    in_full = any(first and first.lower() not in _NO_FIRST_NAMES for first in before)
    return in_full and not all(before)


def _same(said: list[str], other: list[str]) -> bool:
    blocks = SequenceMatcher(None, said, other, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks)
    return shared >= SAID_ALIKE and shared >= SAID_PART * max(len(said), len(other))
