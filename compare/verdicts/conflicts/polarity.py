"""One statement says "not" of what the other one states: breached here, not breached there.

Speakers contradict each other all the time, so what is quoted is not compared. The word
that a "not" turns round must be in the other statement without one, both must say the same
around it, and no other "not" may stand in either: two turn each other round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from compare.datamodel import ConflictKind, Span
from compare.language.polarity import negations
from compare.memory import remembered
from compare.text import words
from compare.verdicts.conflicts.contexts import content, head_of, rare_share, tells
from compare.verdicts.conflicts.slots import compared
from compare.verdicts.conflicts.statement import Difference, Statement

# How many words behind a "not" the word that it turns round may stand.
REACH = 3
# How near what stands around the word must be, and how alike the statements; set on labelled events.
NEAR, RARE = 0.6, 0.28
MATCH = 0.1
# Words that say "not" by themselves, beside those that `polarity` knows.
_UNABLE = re.compile(
    r"\b(?:unable|fails?|failed|hardly|barely|neither|nor|un\w+ed|closed|shut|cancel(?:l)?ed|suspended|banned|barred|halted|stopped"
    r"|lacks?|lacked|lacking|missing|absent|empty|free of|little|few|opposed|opposes|against|off)\b",
    re.IGNORECASE,
)
# What is "not yet" so is so later, what never was before may be now, and what is partly so is neither.
_YET = re.compile(
    r"\b(?:never\s(?:\w+\s){0,3}before|(?:not|n[’']t)\s(?:\w+\s)?yet|yet\sto|partly|partially|percent|per\scent|half|almost|nearly)\b|%",
    re.IGNORECASE,
)
# "Not for 25 days", "not until May" say when, and so does "in 25 days", "in May".
_NOT_FOR_NOW = re.compile(
    r"(?:\bnot|n[’']t)\s[^.;]{0,60}\b(?:until|till|before|for\s(?:another|at\sleast|about|some|the\snext|a|an|\d{1,3}|\w+)\s(?:\w+\s){0,2}(?:hour|day|week|month|year)s?)\b",
    re.IGNORECASE,
)
# What is asked or expected is no statement.
_OPEN = re.compile(r"\b(?:whether|if|expected|might|may|could|would)\b|\b(?:would|could)n[’']t\b")
# "Said that she would" is what "says that she will" was.
_PROMISED = re.compile(
    r"\b(?:said|told\s[^,.;]{1,60}|announced|confirmed|promised|pledged|insisted)\s(?:that\s)?[^,.;]{1,40}?\swould(?:n[’']t)?\b"
)
# What somebody denies, others may well charge him with.
_DENIED = re.compile(
    r"(?:den(?:y|ies|ied|ying)|re(?:fus|ject|fut)\w{1,4}|declin\w{1,3})", re.IGNORECASE
)
# "There will be no school" is no denial of schools.
_OF_NOUNS = re.compile(r"(?:no|none|nobody|nothing|without)", re.IGNORECASE)


def denials(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The word that one statement states and the other one denies."""
    if match < MATCH:
        return
    a, b = (replace(s, text=s.own_words, quotes=()) for s in (a, b))
    turning = [*_words_of(a), *_words_of(b)]
    if len(turning) != 1 or _OF_NOUNS.fullmatch(turning[0]) or _DENIED.fullmatch(turning[0]):
        return
    if any(_UNABLE.search(s.text) or _OPEN.search(_PROMISED.sub(" ", s.text)) for s in (a, b)):
        return
    if any(_YET.search(s.text) or _NOT_FOR_NOW.search(s.text) for s in (a, b)):
        return
    mine, theirs = _turned(a.text), _turned(b.text)
    for head, (x, negated) in mine.items():
        if head not in theirs or negated is theirs[head][1]:
            continue
        y = theirs[head][0]
        shared = rare_share(content(a.text), content(b.text), (a.article, b.article))
        if shared >= RARE and compared(a, x, b, y).near >= NEAR:
            yield Difference(ConflictKind.POLARITY, x, y)
            return


def _words_of(s: Statement) -> list[str]:
    return [s.text[n.start : n.end] for n in negations(s.text)]


@remembered(8192)
def _turned(text: str) -> Mapping[str, tuple[Span, bool]]:
    """The heads of a text's content words, where each stands, and whether a "not" turns it round."""
    said = [w for w in words(text) if tells(w) and w.text[0].islower()]
    found: dict[str, tuple[Span, bool]] = {}
    for n in negations(text):
        close = [w for w in words(text) if w.start >= n.end][:REACH]
        w = next((w for w in close if w in said), None)
        if w is not None:
            found[head_of(w.key)] = (Span(n.start, w.end), True)
    for w in said:
        head, span = head_of(w.key), Span(w.start, w.end)
        known, negated = found.setdefault(head, (span, False))
        if negated and not known.start <= span.start < known.end:
            del found[head]  # said of one thing and denied of another
    return found
