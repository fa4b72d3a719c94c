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
    if words[-1].lower() in _PRONOUNS or PERSON.search(text):
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
