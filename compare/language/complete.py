"""Whether a stretch of a sentence can be read by itself: it has a subject and a verb and is not cut short.

Without a parser, so by its edges and its small words. English only; where it is wrong, the whole sentence
is shown in place of a part of it.
"""

from __future__ import annotations

import re

from compare.datamodel import Span
from compare.text import clauses

FEWEST_WORDS = 5

# What a clause begins with inside a sentence: somebody or something, not a link to what was before.
_SUBJECT = re.compile(
    r"[\"'“‘(]{0,40}(?:(?:he|she|it|they|we|i|you|the|a|an|his|her|their|its|our|my|this|these|those|there|some|many|most|all|both|"
    r"several|no|nobody|none|everyone|officials|police|authorities|investigators|prosecutors)\b|[A-Z]|\d)"
)
_LINK = re.compile(
    r"[\"'“‘(]{0,40}(?:and|or|but|nor|that|which|who|whom|whose|where|when|while|after|before|since|if|because|as|though|although|"
    r"unless|until|to|of|for|in|on|at|by|with|from|into|over|about|against|during|including|according|such|than|then|like)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|"
    r"said|says|told|tells|took|takes|made|makes|went|goes|gave|gives|got|gets|came|comes|became|becomes|began|begins|left|"
    r"leaves|met|meets|won|wins|lost|loses|held|holds|kept|keeps|led|leads|found|finds|fell|falls|rose|rises|ran|runs|saw|"
    r"sees|sent|sends|spoke|speaks|stood|stands|thought|thinks|wrote|writes|knew|knows|felt|feels|put|puts|set|sets|cut|cuts|"
    r"hit|hits|shot|shoots|broke|breaks|brought|brings|built|builds|bought|buys|caught|drew|drove|fought|flew|grew|heard|"
    r"hurt|laid|lay|let|paid|pays|quit|read|sold|sells|shut|sat|spent|spread|struck|swore|threw|understood|want|wants|"
    r"[a-z]{3,}ed|(?:he|she|it|that|there|who|what|here|let)[’']s|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)n[’']t|can[’']?t|won[’']t|"
    r"[a-z]+[’'](?:re|ve|ll|m|d))\b",
    re.IGNORECASE,
)
# Where a clause may end: at a mark, or before a word that begins another.
_END_MARK = re.compile(r"[.!?…,;:—–\"'”’)]\s*$")
_NEXT = re.compile(
    r"\s{0,4}(?:$|[.!?…,;:—–\"'”’)(]|--|(?:and|but|or|who|which|while|after|before|when|because|where|although|though|as)\b)"
)
# One word and a comma belong to what stands before: "Mr. Flake, R-Ariz., who", "in Manila, Philippines, and".
_TAIL = re.compile(r"[^\s,]{1,40},")
_HANGING = re.compile(r"[(\[—–-]\s*$")
# What stands between two commas behind somebody: what they do comes after it.
_INSERTED = re.compile(r",\s+(?:who|whom|which|whose|where|when|an?|the|one|now|then)\b[^,]*,\s*$")


def stands_alone(text: str, part: Span, sentence: Span) -> bool:
    """Whether `text[part]` can be read without the rest of its sentence.

    It begins where the sentence does or with somebody or something, has a verb, and ends where the
    sentence does, at a mark, or before a word that begins another clause.
    """
    if (part.start, part.end) == (sentence.start, sentence.end):
        return True
    words = text[part.start : part.end]
    if len(words.split()) < FEWEST_WORDS or _LINK.match(words) or _HANGING.search(words):
        return False
    if part.end < sentence.end and _INSERTED.search(words):
        return False
    inside = bool(_SUBJECT.match(words)) and not _TAIL.match(words)
    begins = part.start == sentence.start or inside
    rest = text[part.end : sentence.end]
    ends = bool(_END_MARK.search(words) or _NEXT.match(rest))
    return begins and ends and has_verb(words) and _paired(words)


def readable(text: str, part: Span, sentence: Span) -> Span:
    """The shortest stretch around one that stands alone: from where it or its sentence begins, by clauses."""
    ends = sorted({part.end, *(c.end for c in clauses(text, sentence) if c.end > part.end)})
    runs = [Span(start=start, end=end) for start in (part.start, sentence.start) for end in ends]
    return next((run for run in runs if stands_alone(text, run, sentence)), sentence)


def has_verb(text: str) -> bool:
    """Whether a word is one of the common verbs' forms or ends as a past tense does."""
    return _VERB.search(text) is not None


def _paired(words: str) -> bool:
    """Whether every bracket and quotation mark in it is closed in it."""
    straight = words.count('"') % 2 == 0
    return straight and all(words.count(a) == words.count(b) for a, b in ("“”", "()", "[]"))
