"""What a verb of saying or thinking takes: a statement, an act or an object, and where it begins."""

from __future__ import annotations

import re

from compare.datamodel import Span
from compare.language.cue_words import CLAUSAL, EVIDENCE, EVIDENCE_ONLY, NEEDS_THAT

_SUBJECT_NEXT = (
    r"(?:he|she|they|it|there|we|i|you|the|a|an|his|her|their|its|this|these|those|no|some|many|both|all|most|more|people|"
    r"[A-Z][\w.’'-]*|\$?\d[\d,.]*|another|such|any|every|each|our|my|your|other|women|men)\b"
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|\w{2,}ed|\w{3,}s|went|came|took|made|"
    r"got|lost|won|left|saw|knew|gave|need|needs|want)\b|n[’']t\b|[’'](?:s|d|re|ve|ll|m)\b"
)
_THAT = re.compile(
    r"\s{0,4}(?:,\s{1,4}as\s[^,]{3,50})?,?\s{1,4}(?:(?:[A-Z]?\w{1,40},?\s{1,4}){0,7}?)that\b"
)
_TO = re.compile(r"\s{1,4}(?:not\s{1,4})?to\s{1,4}(?:\w{1,40}ly\s{1,4})?[a-z]\w{0,40}\b")
_PERSON_TO = re.compile(
    r"(?<!\s)\s{1,4}+(?P<who>[^\s,;:.][^,;:.]{0,89}?)\s{1,4}(?:not\s{1,4})?to\s{1,4}[a-z]\w{0,40}\b"
)
_WHETHER = re.compile(
    r"\s{1,4}(?:\w{1,40}\s{1,4}){0,1}?(?:whether|how|why|what|who|where|if|when)\b"
)
_OBJECT = re.compile(
    r"(?:\s{1,4}(?:on\s{1,4})?[A-Z][a-z]{1,40}day(?:\s{1,4}(?:morning|night|evening|afternoon))?(?=\s{1,4}[a-z“\"_]))?\s{1,4}[\w“\"‘'_$]"
)
_NO_OBJECT = re.compile(
    r"(?!\s{1,4}on\s{1,4}[A-Z][a-z]{1,40}day\s{1,4}(?:the|a|an|his|her|their|its)\b)\s{1,4}(?:in|on|at|by|as|of|with|and|or|but|to|from|for|after|before|during|because|since|that|when|while)\b"
)
_QUOTE = re.compile(r"\s{0,4}(?:[:,]\s{0,4})?[“\"‘'_]")
_TRAILS = re.compile(
    r"(?:\s{1,4}(?:on|in|at|during|last|this|earlier|later|to|after|when|of|before|as|while|\w{1,40} day|yesterday|today|recently|reporters)\b[^,;.?!]{0,400})?"
    r"\s{0,4}(?:[,;.?!”\"]|$)"
)


def told_before(masked: str, source: Span | None, end: int) -> Span | None:
    """What stands before "..., X said" and around "..., X said, ..."; None where X said it after."""
    lead = masked[: source.start].rstrip() if source else ""
    if not lead.endswith((",", "_", "?", "!", '"', "”", "’", "''", "—")):
        return None
    tail = _TRAILS.match(masked, end)
    if tail is None:
        return None
    goes_on = tail.group().endswith(",") and "_" not in lead[-1:]
    if len(lead.split()) < (2 if goes_on else 3) and "_" not in lead:
        return None
    return Span(0, len(masked) if goes_on else len(lead))


def taken_by(
    masked: str, found: re.Match[str], lemma: str, taken: str, able: str
) -> tuple[int, bool] | None:
    """Where what the verb takes begins, and whether it is a statement; None where it takes nothing."""
    rest, end = masked[found.end() :], found.end()
    if able == "evidence" and lemma not in EVIDENCE:
        return None
    if "t" in taken and (
        _THAT.match(rest) or _QUOTE.match(rest) or (lemma not in NEEDS_THAT and _is_clause(rest))
    ):
        return end, True
    if able == "nobody":
        return None
    if lemma == "say" and _OBJECT.match(rest) and not _SAYS_NOTHING.match(rest):
        return end, True
    if lemma in CLAUSAL and _CERTAINLY_FINITE.match(rest):
        return end, True
    if ("w" in taken or "t" in taken) and _WHETHER.match(rest):
        return end, True
    objects = _OBJECT.match(rest) and not _NO_OBJECT.match(rest)
    if able == "evidence":
        return (end, False) if "o" in taken and objects else None
    if lemma in EVIDENCE_ONLY and not _IT.search(masked[: found.start()]):
        return None
    if "i" in taken and _TO.match(rest):
        return end, False
    if "p" in taken and (_PERSON_TO.match(rest) or _QUOTE.match(rest)):
        return end, False
    if ("o" in taken or "c" in taken) and objects:
        return end, False
    return None


_IT = re.compile(r"\b(?:[Ii]t|[Tt]his|which)\s+(?:also\s+|then\s+)?$")
_CERTAINLY_FINITE = re.compile(
    r"\s{1,4}(?!(?:in|on|at|by|as|of|with|to|from|for|and|or|but)\b)[^,;:.]{2,70}?\s(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did)\b"
)
_SAYS_NOTHING = re.compile(
    r"\s{1,4}(?:so|in|on|at|to|of|nothing|something|anything|little|much|more|as|yes|no|goodbye|hello|what|it|and|but|or|during|after|before|when|this|his|her|their)\b"
)


def _is_clause(rest: str) -> bool:
    """Whether a clause begins here: its subject, and a verb soon after it."""
    begin = re.match(r"\s+" + _SUBJECT_NEXT, rest)
    if begin is None:
        return False
    return FINITE.search(rest[begin.end() : begin.end() + 90]) is not None
