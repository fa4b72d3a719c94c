"""Who does what a verb says: the noun phrase before it in its clause, and whether that can speak."""

from __future__ import annotations

import re

from compare.datamodel import Span

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
PERSON = re.compile(
    r"\b(?:(?!(?:The|An?|This|That|These|Those|Its?|His|Her|Their|No|What|When|How|Another|Each|Every|New|In|On|At|But|And)\b)"
    r"(?:[A-Z]{2,}|[A-Z][\w’'.-]+)|officials?|sources?|spokes\w+|police|authorities|prosecutors?|investigators?|witness(?:es)?|aides?|"
    r"analysts?|experts?|critics?|lawyers?|attorneys?|diplomats?|lawmakers?|residents?|doctors?|campaigns?|court|judges?|committee|"
    r"administration|government|ministry|agency|company|firms?|airline|group|groups|union|council|party|voters?|americans|president|candidate|"
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


def subject_of(
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
    if inner := _BEFORE_SUBJECT.match(masked, span.start, span.end):
        span = Span(inner.end(), span.end)
    text = masked[span.start : span.end]
    words = re.findall(r"[\w’'.-]+", text)
    if is_participle(masked, span.start) or text == "Having":
        return None  # "Batting down reports" is what somebody does, and nobody
    if not words or words[-1].lower() in _DETERMINERS or re.search(r"(?:’s|'s|s’)$", words[-1]):
        return None
    if masked.startswith(("’s ", "'s "), to) and words[-1].lower() not in _PRONOUNS:
        return None  # "the country's estimated 11 million": an owner, not "has"
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
    head = _OWNED.sub("", text)
    if words[-1].lower() in _PRONOUNS or PERSON.search(head):
        return span, "person"
    return span, "evidence" if _EVIDENT.search(head) else "nobody"


# "Will the mayor say", "the fact Ana Roe says".
_BEFORE_SUBJECT = re.compile(
    r"(?:(?:Will|Would|Did|Does|Do|Can|Could|Should|Is|Are|Was|Were|Has|Have|Had)\s+(?=[A-Z]|the\s|an?\s)|(?:[Tt]he\s+)?fact\s+(?=[A-Z]|the\s|he\s|she\s|they\s))"
)

# "Ana Roe's decision threatens to": whose it is does not make it somebody who can speak.
_OWNED = re.compile(r"^.*(?:[’']s|s[’'])\s+(?=\S)")

_PARTICIPLE = re.compile(
    r"\W{0,2}(?:(?:While|When|After|Before|By|Without|Despite|In|On|Upon|Having|Not)\s{1,4})?(?P<verb>[A-Z]?[a-z]{2,20}ing)\s{1,4}"
    r"(?:up|down|off|out|away|back|over|aside|on|in|at|to|into|from|about|against|for|with|by|that|whether|how|why|the|an?|any|all|"
    r"his|her|their|its|this|these|those|it|them|him|he|she|they|no|such|some|what|who|as|of|reports?|claims?|questions?|rumou?rs)\b"
)
_NO_PARTICIPLE = re.compile(
    r"(?i:nothing|something|everything|anything|during|king|evening|morning|spring)"
)


def is_participle(masked: str, at: int) -> bool:
    """Whether a participle begins here that begins the sentence: "Batting down reports, the mayor ..."."""
    if masked[:at].strip("“\"‘'_ "):
        return False
    found = _PARTICIPLE.match(masked, at)
    return found is not None and not _NO_PARTICIPLE.fullmatch(found["verb"])


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
    if is_participle(masked, 0) and (main := main_subject(masked, 0)):
        return main
    begin = re.match(
        r"(?:(?:On|In|At|After|Before|During|Since|By|With|For|From)\s[^,]{2,60},\s)?(?:[“\"_]+[,.?!]?[”\"]?\s*)?(?P<np>(?:[\w’'.&-]+\s+){0,5}?[\w’'.&-]+?)(?=,|\s+(?:[a-z]+(?:ed|s)|was|is|has|had|were|are)\b)",
        masked,
    )
    return Span(*begin.span("np")) if begin else None


_MAIN = re.compile(
    r",\s{1,4}(?!(?:who|which|that|where|when|and|or|but|as|if|while|including|because|whose)\b)(?![a-z]{2,20}ing\b)(?P<np>(?:[\w’'.&-]{1,40}\s{1,4}){0,5}?[\w’'.&-]{1,40})"
    r"\s{1,4}(?:also\s|later\s|then\s|\w{1,20}ly\s)?(?:has|have|had|is|are|was|were|will|would|can|could|may|might|must|did|does|do|[a-z]{2,20}ed|said|says|"
    r"told|tells|wrote|writes|made|makes|came|took|gave|went|left|quit|met|kept|held|began|found|saw|won|lost|led|put|set|cut|hit|[A-Z]?[a-z]{2,20}[a-rt-z]s)\b"
)


_FRONTED = re.compile(
    r"\W{0,2}(?:Now that|Even as|As|When|While|After|Before|Although|Though|If|Since|Because|Unless|Once|Until|With|By|Without|Despite|Regardless|Asked|Pressed|Told|"
    r"Accused|Faced|Whether)\s"
)


def fronted_end(masked: str, at: int) -> int | None:
    """Where a clause that is set before the main one ends, if `at` is inside it: "When X said so, Y left"."""
    if not (_FRONTED.match(masked) or is_participle(masked, 0)):
        return None
    found = _MAIN_BEGINS.search(masked, at)
    return found.start() if found else None


# A comma and what a main clause begins with; a place or a date behind a comma goes on with one.
_MAIN_BEGINS = re.compile(
    r",\s{1,4}(?:(?:the|an?|his|her|their|its|this|these|those|he|she|they|it|there|no|some|many|most|several|both|all|one|two|"
    r"[a-z]{3,20}\s[a-z]{2,20}s|[a-z]{2,20}s)\s|(?![A-Z][a-z]{2,8}\.?\s\d)(?!(?:[A-Z][\w.’'-]*,?\s){1,3}(?:in|on|at|who|which|and)\b)[A-Z][\w.’'-]*\s[^,]{2,})"
)


def main_subject(masked: str, after: int) -> Span | None:
    """The subject of the main clause behind what is set before it: "Rejecting it, the mayor said ..."."""
    found = _MAIN.search(masked, after)
    return Span(*found.span("np")) if found else None


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
