"""Whether a statement is made or denied: negations and verbs that deny."""

from __future__ import annotations

import re

from compare.datamodel import Span

_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|\w+n[’']t|"
    r"den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)?|refut(?:e|es|ed)|"
    r"rul(?:e|ed|es|ing)\s+out|ha(?:s|ve|d)\s+yet\s+to)\b",
    re.IGNORECASE,
)
# "Not only", "no longer than" and the like do not turn a statement round.
_IDLE = re.compile(
    r"\b(?:not\s+only|not\s+just|no\s+(?:fewer|less|more)\s+than|no\s+longer\s+than|no\.\s*\d|not\s+to\s+mention|"
    r"not\s+(?:fewer|less|more|exceeding|under|below|over|above|quite)(?:\s+than)?\b(?=\s+(?:\S*\d|half|an?\s)|\s+(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b)|"
    r"if\s+not\s+(?:hundreds|thousands|dozens|more|all|most)|no\s+(?:doubt|wonder|matter)|nothing\s+(?:short|less))\b",
    re.IGNORECASE,
)


def negations(text: str) -> list[Span]:
    """The words that turn a statement round, in order."""
    idle = [Span(found.start(), found.end()) for found in _IDLE.finditer(text)]
    return [
        Span(found.start(), found.end())
        for found in _NEGATION.finditer(text)
        if not any(span.start <= found.start() < span.end for span in idle)
    ]
