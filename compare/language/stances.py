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


@dataclass(frozen=True, slots=True)
class Stance:
    """A cue at `verb`, the words it lays to somebody, and who that is where the clause says so.

    `firm`: what is laid to them is a statement ("that ..."), not an act or an object.
    """

    verb: Span
    content: Span
    source: Span | None
    firm: bool


# Between a subject and its verb: auxiliaries, adverbs, negations, a time, "has often".
_BETWEEN = re.compile(
    r"(?:\s{1,4}(?:also|has|have|had|is|are|was|were|be|been|being|will|would|can|could|may|might|must|should|do|does|did|"
    r"not|never|ever|again|still|even|later|then|once|just|often|since|already|now|long|instead|soon|twice|both|all|"
    r"(?:appear(?:s|ed)?|seem(?:s|ed)?|tr(?:y|ies|ied|ying)|sought|went\s{1,4}on|goes\s{1,4}on|began|begins|continue[sd]?|wants?|wanted|rushed|came\s{1,4}out|"
    r"going|quick|eager|likely|able|unable|chose|used|had|has|have|took\s{1,4}to\s{1,4}\w{1,40}|set\s{1,4}out)\s{1,4}to|"
    r"\w{1,40}ly|(?:on|last|this)\s{1,4}[A-Z]?\w{1,40}day|\w{1,40}n[’']t|on\s{1,4}\w{1,40}day\s{1,4}(?:night|morning))|[’'](?:s|d|ve|re|ll)(?=\s)){0,8}\s{0,4}$"
)
_BOUNDARY = re.compile(
    r"[,;:—–()\[\]…“”\"]|\s-{1,2}\s|(?<![\w’'-])(?:that|who|which|because|while|when|as|if|but|although|though|after|before|"
    r"since|where|whether|than|so|until|and|or|whom|whose|what|how|why|amid|despite|with|for|by|of)\s",
    re.IGNORECASE,
)
# "of", "for" and "with" begin no clause after a noun: "a spokesman for the ministry said".
_SOFT = frozenset("of for with by".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her their its our my your no any every each of in on for to with by from at and or "
    "more new such as into over under about against without another what which mr mrs ms dr".split()
)
_HELPERS = frozenset(
    "to do does did will would can could may might must should not don’t don't didn’t didn't doesn’t doesn't".split()
)
_NO_SUBJECT = frozenset(
    "nobody none nothing did does do not would could will can may might must should to".split()
)
_BE = frozenset("is are was were be been being".split())
_PLURAL = frozenset("they we i you many some others most both few all who that".split())
_PRONOUNS = frozenset(
    "he she they we i it you who someone everyone many some others most both few critics".split()
)
_PERSON = re.compile(
    r"\b(?:(?!(?:The|An?|This|That|These|Those|Its?|His|Her|Their|No|What|When|How|Another|Each|Every|New|In|On|At|But|And)\b)"
    r"(?:[A-Z]{2,}|[A-Z][\w’'.-]+)|officials?|sources?|spokes\w+|police|authorities|prosecutors?|investigators?|witness(?:es)?|aides?|"
    r"analysts?|experts?|critics?|lawyers?|attorneys?|diplomats?|lawmakers?|residents?|doctors?|campaigns?|court|judges?|committee|"
    r"administration|government|ministry|agency|company|group|groups|union|council|party|voters?|americans|president|candidate|"
    r"senators?|nominee|governor|mayor|leaders?|people|economists?|researchers?|scientists?|supporters?|opponents?|advocates?|activists?|"
    r"protesters?|man|woman|men|women|mother|father|wife|husband|son|daughter|brother|sister|student|students|teacher|professor|"
    r"reporter|journalist|newspaper|republicans?|democrats?|conservatives?|liberals?|strategists?|pollsters?|author|chairman|"
    r"director|secretary|minister|chief|bank|fund|billionaire|businessman|mogul|officers?|team|organi[sz]ation|state|city|board|"
    r"regulators|members?|others|many|some|most|several|half|percent|both|allies|rivals?|friends?|family|neighbou?rs?|owner|customer|princes?|princess|king|queen|pope|bishops?|coach|singer|actor|farmers?|nurses?|drivers?|engineers?|workers?|"
    r"tenants?|parents?|pilots?|survivors?|editor|columnist|captain|passengers?|shopkeepers?|villagers?|envoys?|ambassador)\b"
)
_EVIDENT = re.compile(
    r"\b(?:poll|survey|study|report|research|analysis|data|figures?|records?|documents?|video|footage|emails?|e-mails?|letter|memo|review|"
    r"statistics|audit|findings?|tests?|evidence|transcripts?|slide|chart|article|book|paper|investigation|results|filing|complaint|"
    r"ad|statement|lawsuit|testimony|indictment|release|polls|studies|surveys|reports|numbers|court papers|census)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"(?P<stop>;|,\s+(?:but|while|although|though)\s)|[—–]|\s--?\s")
_SUBJECT_NEXT = (
    r"(?:he|she|they|it|there|we|i|you|the|a|an|his|her|their|its|this|these|those|no|some|many|both|all|most|more|people|"
    r"[A-Z][\w.’'-]*|\$?\d[\d,.]*|another|such|any|every|each|our|my|your|other|women|men)\b"
)
_FINITE = re.compile(
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
    lemma, taken = frames()[form]
    subject = _subject(masked, found, last, base=form in NOUNS_TOO)
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
    r"(?:\s{1,4}(?:on|in|at|during|last|this|earlier|later|to|after|when|of|before|as|while|\w{1,40} day|yesterday|today|recently|reporters)\b[^,;.?!]{0,400})?"
    r"\s{0,4}(?:[,;.?!”\"]|$)"
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
    return _FINITE.search(rest[begin.end() : begin.end() + 90]) is not None


def _subject(
    masked: str, found: re.Match[str], last: Span | None, *, base: bool = False
) -> tuple[Span | None, str] | None:
    """Who does what the verb says, and whether they can speak; None where it is no verb.

    "person", "evidence", "own voice" for who writes or reads this, or "nobody" for what is none.
    `base`: the verb's form is also a noun's.
    """
    verb = found.start()
    lead = _BETWEEN.search(masked, 0, verb)
    to = lead.start() if lead else verb
    between = masked[to:verb].split()
    form = found["verb"].lower()
    passing = form.endswith("ing") and not between
    if not form.endswith("ing") and _BE & {word.lower() for word in between}:
        return None
    span = _first(masked) if passing else _before(masked, to, last)
    if span is None:
        return None
    text = masked[span.start : span.end]
    words = re.findall(r"[\w’'.-]+", text)
    if not words or words[-1].lower() in _DETERMINERS or re.search(r"(?:’s|'s|s’)$", words[-1]):
        return None
    if not passing and not _agrees(
        words[-1] if words[-1][0].isupper() else words[-1].lower(), form, between, base=base
    ):
        return None
    if {w.lower() for w in words} & _NO_SUBJECT or (
        len(words) > 1 and words[0].lower() in {"he", "she", "it", "they"}
    ):
        return None
    if words[-1].lower() in {"i", "we", "you", "me"}:
        return span, "own voice"
    if words[-1].lower() in _PRONOUNS or _PERSON.search(text):
        return span, "person"
    return span, "evidence" if _EVIDENT.search(text) else "nobody"


def _agrees(subject: str, verb: str, between: list[str], *, base: bool) -> bool:
    """Whether subject and verb agree in number as far as their endings tell."""
    helped = bool(between) and between[-1].lower() in _HELPERS
    if verb.endswith("s") and not helped and _MANY.search(subject):
        return False
    if base and not helped:
        return subject.lower() in _PLURAL or subject.endswith("s")
    return helped or not (verb.endswith("s") and subject.lower() in _PLURAL - {"you"})


# A plural: the noun before "reports" in "new emissions reports" is no subject of "reports".
_MANY = re.compile(r"[a-z]{2}(?<![sui])s$")


def _first(masked: str) -> Span | None:
    """The noun phrase that the sentence begins with, for a participle's subject."""
    begin = re.match(
        r"(?:(?:On|In|At|After|Before|During|Since|By|With|For|From)\s[^,]{2,60},\s)?(?:[“\"_]+[,.?!]?[”\"]?\s*)?(?P<np>(?:[\w’'.&-]+\s+){0,5}?[\w’'.&-]+?)(?=,|\s+(?:[a-z]+(?:ed|s)|was|is|has|had|were|are)\b)",
        masked,
    )
    return Span(*begin.span("np")) if begin else None


def _before(masked: str, to: int, last: Span | None) -> Span | None:
    """The noun phrase that ends at `to`, back to where its clause begins."""
    if not masked[:to].strip():
        return None
    cut, joint = 0, ""
    for found in _BOUNDARY.finditer(masked[:to] + " "):
        if found.group().strip().lower() not in _SOFT:
            cut, joint = min(found.end(), to), found.group().strip().lower()
    phrase = masked[cut:to].strip()
    if phrase:
        start = cut + len(masked[cut:to]) - len(masked[cut:to].lstrip())
        return Span(start, to - (len(masked[cut:to]) - len(masked[cut:to].rstrip())))
    if joint in {"who", "which", ","}:
        return _antecedent(masked, cut, joint)
    if joint in {"and", "or", "but"}:
        return last
    return None


_WHO = re.compile(
    r"(?P<np>(?:[\w’'.&-]{1,40}\s{1,4}){0,7}[\w’'.&-]{1,40}),?\s{1,4}(?:who|which)\s{0,4}$"
)
_ASIDE = re.compile(
    r"(?P<np>(?:[\w’'.&-]{1,40}\s{1,4}){0,7}[\w’'.&-]{1,40}),\s{1,4}[^,]{2,90},\s{0,4}$"
)


def _antecedent(masked: str, cut: int, joint: str) -> Span | None:
    pattern = _WHO if joint != "," else _ASIDE
    found = pattern.search(masked[:cut])
    if found is None:
        return None
    start, end = found.span("np")
    inner = [
        b.end()
        for b in _BOUNDARY.finditer(masked, start, end)
        if b.group().strip().lower() not in _SOFT
    ]
    start = inner[-1] if inner else start
    return Span(start, end) if masked[start:end].strip() else None


_OWNER = re.compile(
    r"(?!The\b|An?\b|This\b|That\b|No\b)(?P<who>(?:the\s{1,4})?(?:[A-Z][\w.-]{0,40}\s{1,4}){0,3}[A-Z][\w.-]{0,40}|his|her|their|its)(?:’s|'s|’|')?\s{1,4}(?:\w{1,40}\s{1,4}){0,2}$"
)


def _of_nouns(masked: str) -> Iterator[Stance]:
    for found in NOUNS.finditer(masked):
        owner = _OWNER.search(masked[: found.start()])
        content = to_clause_end(masked, found.start("joint"))
        noun = Span(found.start(), found.start("joint"))
        yield Stance(noun, content, Span(*owner.span("who")) if owner else None, firm=True)


def _of_minds(masked: str) -> Iterator[Stance]:
    for found in MINDS.finditer(masked):
        subject = _subject(masked, found, None)
        if subject is None or subject[1] != "person":
            continue
        content = to_clause_end(masked, found.end("verb"))
        yield Stance(Span(*found.span("verb")), content, subject[0], firm=True)


# "Poll: Roe leads", "Ana Roe on bridges: They are safe"; a single name only in a headline.
_LABEL = re.compile(
    r"(?P<who>(?:[A-Z][\w’'.-]{0,40}\s{1,4}){0,3}(?:Polls?|Surveys?|Study|Studies|Reports?|Sources?|Officials?|Police|Prosecutors?|Experts?|"
    r"Analysts?|Mayor|Sheriff|Court|Judge|Lawyers?|Attorney|Witness(?:es)?|[A-Z][a-z]{1,40} [A-Z][a-z]{1,40}))(?:\s{1,4}on\s{1,4}[^:]{3,40})?:\s{1,4}(?=[“‘'_A-Z])"
)
_HEADLINE_LABEL = re.compile(
    r"(?P<who>[A-Z][\w’'.-]{2,40}):\s{1,4}(?=[“‘'_A-Z]\S{0,60}\s{1,4}\S{1,60}\s{1,4}\S)"
)
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
        if _PERSON.search(masked, who.start, who.end):
            yield Stance(Span(*found.span("verb")), Span(0, found.start()), who, firm=False)


# "is expected to", "are thought to": somebody's view, and nobody says whose.
_BELIEVED = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:not\s+)?(?:also\s+|widely\s+|\w+ly\s+)?"
    r"(?P<verb>expected|believed|thought|said|reported|alleged|estimated|projected|rumou?red|understood)\s+to\b"
)


def _of_nobody(masked: str) -> Iterator[Stance]:
    for found in _BELIEVED.finditer(masked):
        yield Stance(Span(*found.span("verb")), Span(found.end(), len(masked)), None, firm=False)
