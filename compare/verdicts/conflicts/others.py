"""What tells that two acts, or two days, are of two people or two bodies though the words are alike."""

from __future__ import annotations

import re

from compare.datamodel import Span
from compare.verdicts.conflicts.contexts import names_near
from compare.verdicts.conflicts.other_counts import chambers
from compare.verdicts.conflicts.statement import Statement

_RELATED = re.compile(
    r"(?:[’']s?|\b(?:his|her|their|its|the))\s(?:[\w-]{1,20}\s){0,2}(brother|sister|wife|husband|mother|father|son|daughter|partner|boyfriend|girlfriend"
    r"|deputy|lawyer|attorney|aide|assistant|predecessor|successor|driver|bodyguard|spokes(?:man|woman|person)|uncle|aunt|cousin|nephew|niece"
    r"|grandmother|grandfather|friend|neighbou?r|roommate|accomplice)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:chief\s(?:executive|financial|operating|medical)|president|vice\spresident|director|manager|minister|secretary|chair(?:man|woman)?|chief\sof\sstaff|mayor"
    r"|governor|senator|adviser|advisor|coach|captain|sheriff|judge|prosecutor|treasurer|ambassador|commissioner|editor|principal|superintendent)\b",
    re.IGNORECASE,
)
# What one side tells of and the other does not: the shock behind the shock, the law in force.
_APART = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"aftershocks?",
        r"(?:tak(?:e|es|ing)|took)\seffect|(?:go(?:es|ing)?|went|c[ao]mes?)\sinto\s(?:effect|force)",
    )
)
# How far before what is compared its subject is looked for.
SUBJECT_BEFORE = 60


def of_others(a: Statement, x: Span, b: Statement, y: Span) -> bool:
    """Whether one is of somebody's relative or aide and the other of no such, or each of another chamber."""
    if _related(a, x) != _related(b, y):
        return True
    if not _named(a, x) & _named(b, y):
        mine, theirs = _office(a, x), _office(b, y)
        if mine and theirs and not mine & theirs:
            return True
    if any(bool(told.search(a.text)) != bool(told.search(b.text)) for told in _APART):
        return True
    mine, theirs = chambers(a.text), chambers(b.text)
    return bool(mine and theirs) and not mine & theirs


def _named(s: Statement, x: Span) -> frozenset[str]:
    return names_near(s.text, x, first=True)


def _office(s: Statement, x: Span) -> frozenset[str]:
    """The office that the subject before a place holds, where words for one say so."""
    before = re.split(r"[,;:]", s.text[max(0, x.start - SUBJECT_BEFORE) : x.start])[-1]
    return frozenset(m[0].lower() for m in _OFFICE.finditer(before))


def _related(s: Statement, x: Span) -> frozenset[str]:
    before = re.split(r"[,;:]", s.text[max(0, x.start - SUBJECT_BEFORE) : x.start])[-1]
    return frozenset(m[1].lower() for m in _RELATED.finditer(before))
