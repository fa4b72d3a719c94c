"""Who asserts, thinks, promises or judges what: cue verbs with their subjects and what they take.

`compare.language.attribution` reads plain speech ("X said"). Here are the other ways of laying words to somebody:
"vowed to", "rejected", "a poll shows", "is convinced that", "the claim that". A subject is looked for
to the left of the verb up to where its clause begins; what a verb takes decides whether it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.datamodel import Span
from compare.language.cue_words import (
    CLAUSAL,
    EVIDENCE,
    EVIDENCE_ONLY,
    MINDS,
    NEEDS_THAT,
    NOUNS,
    NOUNS_TOO,
    frames,
    verbs,
)
from compare.language.subjects import PERSON, subject_of


@dataclass(frozen=True, slots=True)
class Stance:
    """A cue at `verb`, the words it lays to somebody, and who that is where the clause says so.

    `firm`: what is laid to them is a statement ("that ..."), not an act or an object.
    """

    verb: Span
    content: Span
    source: Span | None
    firm: bool


_CLAUSE_END = re.compile(r"(?P<stop>;|,\s+(?:but|while|although|though)\s)|[—–]|\s--?\s")
_SUBJECT_NEXT = (
    r"(?:he|she|they|it|there|we|i|you|the|a|an|his|her|their|its|this|these|those|no|some|many|both|all|most|more|people|"
    r"[A-Z][\w.’'-]*|\$?\d[\d,.]*|another|such|any|every|each|our|my|your|other|women|men)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|\w{2,}ed|\w{3,}s|went|came|took|made|"
    r"got|lost|won|left|saw|knew|gave|need|needs|want)\b|n[’']t\b|[’'](?:s|d|re|ve|ll|m)\b"
)
_THAT = re.compile(r"\s*(?:,\s+as\s[^,]{3,50})?,?\s+(?:(?:[A-Z]?\w+,?\s+){0,7}?)that\b")
_TO = re.compile(r"\s+(?:not\s+)?to\s+(?:\w+ly\s+)?[a-z]\w*\b")
_PERSON_TO = re.compile(r"\s+(?P<who>[^,;:.]{1,90}?)\s+(?:not\s+)?to\s+[a-z]\w*\b")
_WHETHER = re.compile(r"\s+(?:\w+\s+){0,1}?(?:whether|how|why|what|who|where|if|when)\b")
_OBJECT = re.compile(
    r"(?:\s+(?:on\s+)?[A-Z][a-z]+day(?:\s+(?:morning|night|evening|afternoon))?(?=\s+[a-z“\"_]))?\s+[\w“\"‘'_$]"
)
_NO_OBJECT = re.compile(
    r"(?!\s+on\s+[A-Z][a-z]+day\s+(?:the|a|an|his|her|their|its)\b)\s+(?:in|on|at|by|as|of|with|and|or|but|to|from|for|after|before|during|because|since|that|when|while)\b"
)
_QUOTE = re.compile(r"\s*(?:[:,]\s*)?[“\"‘'_]")


def stances(masked: str) -> Iterator[Stance]:
    """The stances of a sentence, in order; what is quoted in it is blanked by underscores."""
    headline = _is_headline(masked)
    last: Span | None = None
    for found in verbs().finditer(masked):
        if found["verb"][0].isupper() and not headline and found.start() > 0:
            continue
        stance = _of_verb(found, masked, last)
        if stance is not None:
            last = stance.source or last
            yield stance
    yield from _of_nouns(masked)
    yield from _of_minds(masked)
    yield from _of_label(masked, headline=headline)
    yield from _of_passives(masked)
    yield from _of_nobody(masked)


def _is_headline(masked: str) -> bool:
    words = re.findall(r"[A-Za-z][\w’'-]+", masked)
    return bool(2 * sum(w[0].isupper() for w in words) > len(words))


def _of_verb(found: re.Match[str], masked: str, last: Span | None) -> Stance | None:
    form = found["verb"].lower()
    if form == "citing":
        return None  # whom a reporter cites; `attribution` reads that
    lemma, taken = frames()[form]
    subject = subject_of(masked, found, last, base=form in NOUNS_TOO)
    if subject is None:
        return None
    source, able = subject
    if able == "own voice":
        return None
    verb = Span(*found.span("verb"))
    if able != "nobody" and "t" in taken and (told := _told_before(masked, source, found.end())):
        return Stance(verb, told, source, firm=True)
    what = _taken(masked, found, lemma, taken, able)
    if what is None:
        return None
    start, firm = what
    return Stance(verb, to_clause_end(masked, start), source, firm)


def to_clause_end(masked: str, start: int) -> Span:
    """From here to the end of the clause; two dashes set off an aside inside it."""
    found = list(_CLAUSE_END.finditer(masked, start))
    dashes = [f for f in found if not f["stop"]]
    ends = [f.start() for f in found if f["stop"]]
    if len(dashes) % 2:
        ends.append(dashes[-1].start())
    return Span(start, min(ends, default=len(masked)))


_TRAILS = re.compile(
    r"(?:\s+(?:on|in|at|during|last|this|earlier|later|to|after|when|of|before|as|while|\w+ day|yesterday|today|recently|reporters)\b[^,;.?!]*)?"
    r"\s*(?:[,;.?!”\"]|$)"
)


def _told_before(masked: str, source: Span | None, end: int) -> Span | None:
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


def _taken(
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
    r"\s+(?!(?:in|on|at|by|as|of|with|to|from|for|and|or|but)\b)[^,;:.]{2,70}?\s(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did)\b"
)
_SAYS_NOTHING = re.compile(
    r"\s+(?:so|in|on|at|to|of|nothing|something|anything|little|much|more|as|yes|no|goodbye|hello|what|it|and|but|or|during|after|before|when|this|his|her|their)\b"
)


def _is_clause(rest: str) -> bool:
    """Whether a clause begins here: its subject, and a verb soon after it."""
    begin = re.match(r"\s+" + _SUBJECT_NEXT, rest)
    if begin is None:
        return False
    return _FINITE.search(rest[begin.end() : begin.end() + 90]) is not None


_OWNER = re.compile(
    r"(?!The\b|An?\b|This\b|That\b|No\b)(?P<who>(?:the\s+)?(?:[A-Z][\w.-]*\s+){0,3}[A-Z][\w.-]*|his|her|their|its)(?:’s|'s|’|')?\s+(?:\w+\s+){0,2}$"
)


def _of_nouns(masked: str) -> Iterator[Stance]:
    for found in NOUNS.finditer(masked):
        owner = _OWNER.search(masked[: found.start()])
        content = to_clause_end(masked, found.start("joint"))
        noun = Span(found.start(), found.start("joint"))
        yield Stance(noun, content, Span(*owner.span("who")) if owner else None, firm=True)


def _of_minds(masked: str) -> Iterator[Stance]:
    for found in MINDS.finditer(masked):
        subject = subject_of(masked, found, None)
        if subject is None or subject[1] != "person":
            continue
        content = to_clause_end(masked, found.end("verb"))
        yield Stance(Span(*found.span("verb")), content, subject[0], firm=True)


# "Poll: Roe leads", "Ana Roe on bridges: They are safe"; a single name only in a headline.
_LABEL = re.compile(
    r"(?P<who>(?:[A-Z][\w’'.-]*\s+){0,3}(?:Polls?|Surveys?|Study|Studies|Reports?|Sources?|Officials?|Police|Prosecutors?|Experts?|"
    r"Analysts?|Mayor|Sheriff|Court|Judge|Lawyers?|Attorney|Witness(?:es)?|[A-Z][a-z]+ [A-Z][a-z]+))(?:\s+on\s+[^:]{3,40})?:\s+(?=[“‘'_A-Z])"
)
_HEADLINE_LABEL = re.compile(r"(?P<who>[A-Z][\w’'.-]{2,}):\s+(?=[“‘'_A-Z]\S*\s+\S+\s+\S)")
_NO_SPEAKER = frozenset(
    """
    exclusive update updated updates watch video opinion analysis breaking live review photos editorial commentary column fact listen
    explainer timeline transcript recap brief podcast coronavirus election politics world sports latest the correction clarification
    related read more photo note factbox special
    """.split()
)


def _of_label(masked: str, *, headline: bool) -> Iterator[Stance]:
    found = _LABEL.match(masked) or (_HEADLINE_LABEL.match(masked) if headline else None)
    if found is None or {w.lower() for w in found["who"].split()} & _NO_SPEAKER:
        return
    who = Span(*found.span("who"))
    yield Stance(Span(who.end, who.end + 1), Span(found.end(), len(masked)), who, firm=True)


# "was rejected by the council": the council's judgement on what stands before.
_BY = re.compile(
    r"(?<=[\w,])\s+(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?(?P<verb>rejected|criticized|criticised|denounced|condemned|praised|supported|opposed|"
    r"endorsed|dismissed|described|disputed|denied|mocked|ridiculed|questioned|told|reported|confirmed|recommended|proposed|demanded)"
    r"\s+(?:\w+ly\s+)?by\s+(?P<who>[^,;:.]+?)(?=[,;:.]|\s+(?:in|on|at|after|as|for|during|when|who|that|over)\b|$)"
)


def _of_passives(masked: str) -> Iterator[Stance]:
    for found in _BY.finditer(masked):
        who = Span(*found.span("who"))
        if PERSON.search(masked, who.start, who.end):
            yield Stance(Span(*found.span("verb")), Span(0, found.start()), who, firm=False)


# "is expected to", "are thought to": somebody's view, and nobody says whose.
_BELIEVED = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:not\s+)?(?:also\s+|widely\s+|\w+ly\s+)?"
    r"(?P<verb>expected|believed|thought|said|reported|alleged|estimated|projected|rumou?red|understood)\s+to\b"
)


def _of_nobody(masked: str) -> Iterator[Stance]:
    for found in _BELIEVED.finditer(masked):
        yield Stance(Span(*found.span("verb")), Span(found.end(), len(masked)), None, firm=False)
