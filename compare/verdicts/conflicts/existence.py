"""What one statement says there is and the other says there is none of: a release clause, an alarm.

Both must name it in the same words, and neither article may say otherwise elsewhere: an outlet that
gives both sides contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from compare.datamodel import ConflictKind, Span
from compare.language.attribution import reported
from compare.memory import remembered
from compare.text import Word, words
from compare.verdicts.conflicts.clauses import clause_of
from compare.verdicts.conflicts.contexts import head_of, names_near, tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail; more where a thing is named by one word.
MATCH, MATCH_OF_ONE_WORD = 0.5, 0.75
LONGEST_NAME = 3
# A statement of more characters is no sentence, and no source is looked for in it.
LONGEST = 2000
_BE = r"(?:is|was|are|were|[’']s|(?:has|have|had)\sbeen|exists?|existed)"
_HAVE = r"(?:has|have|had|holds?|held|contains?|contained|includes?|included|carries|carried|featured|features)"
_NONE = re.compile(
    rf"\b(?:there{_BE}|there\s{_BE}|{_HAVE})\s(?P<not>no|not\sany)\s(?=\w)"
    rf"|\b(?:there\s{_BE}n[’']t|(?:do|does|did)(?:\snot|n[’']t)\s(?:have|hold|contain|include))\s(?:an?|any)\s(?=\w)",
    re.IGNORECASE,
)
_SOME = re.compile(rf"\b(?:there\s{_BE}|there{_BE}|{_HAVE})\san?\s(?=\w)", re.IGNORECASE)
# "No longer", "no new deal", "no doubt", "no immediate word": something else than none.
_NO_THING = frozenset(
    """
    longer more other such new further immediate doubt way matter idea plan plans reason intention comment word sign
    evidence choice one place time need right clear known official public single good bad big great real part lot
    chance few little bit number look hand say
    """.split()
)
# What is asked, supposed or said of another time is no statement.
_OPEN = re.compile(
    r"\b(?:whether|if|unless|until|before|expected|might|may|could|would|should|yet|if\sany)\b|\?",
    re.IGNORECASE,
)


def existing(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The thing that one statement says is there and the other says is not."""
    if match < MATCH:
        return
    a, b = (replace(s, text=s.own_words, quotes=()) for s in (a, b))
    for x, y, turned in ((a, b, False), (b, a, True)):
        missing, there = _named(x.text, _NONE), _named(y.text, _SOME)
        for name, span in missing.items():
            if name not in there or (len(name) == 1 and match < MATCH_OF_ONE_WORD):
                continue
            if name in _named(x.article, _SOME) or name in _named(y.article, _NONE):
                continue
            if _open(x.text, span) or _open(y.text, there[name]):
                continue
            mine, theirs = _names(x.text, span), _names(y.text, there[name])
            if mine and theirs and not mine & theirs:
                continue  # of two persons or places
            pair = (there[name], span) if turned else (span, there[name])
            yield Difference(ConflictKind.POLARITY, *pair)
            return


def _open(text: str, span: Span) -> bool:
    return bool(_OPEN.search(clause_of(text, span)))


def _names(text: str, span: Span) -> frozenset[str]:
    """The names around a thing, but for who is said to have said so."""
    who = [r.source_span for r in reported(text) if r.source_span] if len(text) <= LONGEST else []
    said = {w.key for s in who for w in words(text[s.start : s.end])}
    return names_near(text, span) - said


@remembered(1024)
def _named(text: str, pattern: re.Pattern[str]) -> Mapping[tuple[str, ...], Span]:
    """What a text says there is, or is none of: the heads of the thing's name, and where that is said."""
    found: dict[tuple[str, ...], Span] = {}
    for said in pattern.finditer(text):
        name: list[Word] = []
        for word in words(text[said.end() : said.end() + 60])[: LONGEST_NAME + 1]:
            gap = text[said.end() + (name[-1].end if name else 0) : said.end() + word.start]
            if not tells(word) or not word.text.islower() or gap.strip():
                break
            name.append(word)
        if 0 < len(name) <= LONGEST_NAME and not {w.key for w in name} & _NO_THING:
            heads = tuple(head_of(w.key) for w in name)
            found.setdefault(heads, Span(said.start(), said.end() + name[-1].end))
    return found
