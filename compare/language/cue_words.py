"""The words that lay what follows them to somebody: verbs by what they take, nouns, adjectives.

Each verb stands with the frames it may take: `t` "that ..." or a clause, `i` "to ...", `p` a person
and "to ..." ("urged them to"), `w` "whether ...", `o` an object ("rejected the claim"), `c` "call X
a Y". Compiled by the developers from grammars of reporting verbs; English only.
"""

from __future__ import annotations

import re
from functools import lru_cache

from compare.language.loaded_words import inflections

_BY_FRAMES = {
    # speaking
    "t": """
        say add note explain announce state declare remark reply respond recall joke quip argue contend
        maintain assert allege testify confirm acknowledge admit concede claim insist report reveal
        disclose indicate hint signal reiterate repeat conclude caution lament boast brag counter observe
        proclaim complain stress emphasize emphasise underscore write tweet post point.out make.it.clear
        make.clear rule find protest muse marvel speculate deny suggest affirm reaffirm attest clarify
        inform remind notify reassure assure convince tell retort crow vent rant gripe grumble rejoice
        opine posit surmise argue.back certify swear guarantee attest predict project forecast estimate
        calculate recommend propose warn mention document show demonstrate record prove imply charge wish
    """,
    # thinking and feeling
    "tw": """
        believe think suspect doubt fear worry feel know realize realise assume imagine figure guess
        reckon understand learn discover hear see remember forget anticipate trust presume sense
        consider determine wonder ask question inquire enquire debate decide agree
    """,
    # committing oneself
    "ti": """
        vow promise pledge threaten hope expect plan agree decide claim offer swear wish intend profess
        fear demand propose
    """,
    "i": """
        refuse decline prefer want aim vow commit volunteer
    """,
    # directing others
    "p": """
        urge ask tell order instruct encourage advise implore beg warn remind invite
        beseech exhort command call.on call.upon expect want
    """,
    # judging
    "o": """
        criticize criticise blast slam denounce condemn praise laud applaud commend hail reject dismiss
        rebut refute dispute deny defend blame oppose endorse describe cite decry deride mock ridicule
        lambast lambaste assail rebuke bemoan lament deplore tout call.for advocate demand discuss
        question doubt outline detail recount predict forecast propose announce claim warn.of complain.of
        complain.about accuse.of speak.of speak.about talk.about boast.of boast.about rail.against
        welcome express voice confirm allege acknowledge protest fear favor favour recommend suggest
        stress emphasize emphasise highlight underscore reiterate support liken portray characterize
        characterise brand quote reveal disclose estimate project confirm rip pooh-pooh urge expect
        point.to refer.to object.to show document detail find uncover
    """,
    "c": """
        call deem dub brand label consider declare describe
    """,
}  # fmt: skip
# Verbs that speak only where who does them can speak: a video shows, a mayor does not show.
EVIDENCE = frozenset(
    """
    show demonstrate find document record prove imply suggest indicate reveal detail conclude say state note report
    estimate project predict argue claim allege warn recommend explain describe confirm tell uncover
    """.split()
)
# What evidence does to a thing, and people do not say by doing it: they find their keys.
EVIDENCE_ONLY = frozenset("show find document uncover".split())
# Verbs whose clause needs no "that" and may begin with any word.
CLAUSAL = frozenset(
    "say believe think know suspect hope fear argue claim insist note allege contend complain feel guess warn admit".split()
)
# Forms that are nouns as well: a verb only behind a plural, a pronoun or an auxiliary.
NOUNS_TOO = frozenset(
    """
    state support report claim plan figure question record document estimate project forecast offer demand fear hope
    dispute favor favour blast post point rule note voice detail brand praise attack doubt guess promise pledge vow wish
    threat ridicule challenge praise protest signal comment address order answer process sense trust oppose quote label tout rip
    """.split()
)
_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "think": "thinks thought thinking", "know": "knows knew known knowing",
    "feel": "feels felt feeling", "swear": "swears swore sworn swearing",
    "see": "sees saw", "hear": "hears heard hearing", "find": "finds found finding",
    "understand": "understands understood understanding", "learn": "learns learned learnt learning",
    "show": "shows showed shown showing", "make": "makes made making",
    "forget": "forgets forgot forgotten", "seek": "seeks sought seeking",
    "beg": "begs begged begging", "beseech": "beseeches besought", "speak": "speaks spoke spoken speaking",
    "forecast": "forecasts forecasting forecasted", "admit": "admits admitted admitting",
    "rebut": "rebuts rebutted rebutting", "commit": "commits committed committing",
    "plan": "plans planned planning", "brag": "brags bragged bragging", "dub": "dubs dubbed dubbing",
    "quip": "quips quipped", "slam": "slams slammed slamming", "deem": "deems deemed deeming",
    "signal": "signals signaled signalled signaling signalling", "refer": "refers referred referring",
    "prefer": "prefers preferred preferring", "label": "labels labeled labelled labeling labelling",
    "offer": "offers offered offering", "answer": "answers answered", "order": "orders ordered ordering",
    "wonder": "wonders wondered wondering", "remember": "remembers remembered remembering",
    "consider": "considers considered considering", "counter": "counters countered countering",
    "figure": "figures figured", "back": "backs backed backing", "mention": "mentions mentioned mentioning",
    "question": "questions questioned questioning", "volunteer": "volunteers volunteered volunteering",
    "caution": "cautions cautioned cautioning", "reason": "reasons reasoned",
    "discover": "discovers discovered", "credit": "credits credited crediting",
    "prove": "proves proved proven proving", "report": "reports reported reporting",
    "retort": "retorts retorted", "support": "supports supported supporting",
    "vent": "vents vented venting", "rant": "rants ranted", "post": "posts posted posting",
}  # fmt: skip
# Nouns that hold a statement of somebody's: "the claim that ...", "her promise to ...".
NOUNS = re.compile(
    r"\b(?:claims?|allegations?|statements?|warnings?|beliefs?|fears?|hopes?|views?|arguments?|assertions?|accusations?|"
    r"suggestions?|contentions?|admissions?|assurances?|predictions?|concerns?|complaints?|rumou?rs?|insistence|acknowledge?ments?|"
    r"opinions?|testimony|remarks?|comments?|conviction|suspicions?|speculation|promises?|pledges?|vows?|impression|worr(?:y|ies)|"
    r"doubts?|findings?|reports?|confirmation|demands?|conclusions?|notion)\s+(?P<joint>that)\b"
)
# States of mind that take a statement: "is convinced that ...", "was surprised to ...".
MINDS = re.compile(
    r"\b(?:am|is|are|was|were|be|been|remains?|seems?|feels?|felt|’m|'m|’re|'re|’s|'s)\s+(?:\w+ly\s+|very\s+|not\s+|so\s+|also\s+|still\s+)?"
    r"(?P<verb>convinced|confident|worried|afraid|sure|certain|concerned|hopeful|optimistic|adamant|aware|proud|glad|happy|sorry|"
    r"disappointed|skeptical|sceptical|doubtful|surprised|fearful|grateful|unsure|clear)\s+(?:that|about|of|whether|he|she|they|it|(?<!sure\s)(?<!certain\s)to)\b"
)


@lru_cache(maxsize=1)
def frames() -> dict[str, tuple[str, str]]:
    """Every form of a cue verb in lower case, to its lemma and all the frames it may take."""
    found: dict[str, tuple[str, str]] = {}
    for taken, verbs in _BY_FRAMES.items():
        for verb in verbs.split():
            head, *rest = verb.split(".")
            forms = [head, *_IRREGULAR[head].split()] if head in _IRREGULAR else inflections(head)
            for form in forms:
                key = " ".join([form, *rest])
                before = found.get(key, ("", ""))[1]
                found[key] = (head, "".join(sorted({*before, *taken})))
    return found


@lru_cache(maxsize=1)
def verbs() -> re.Pattern[str]:
    """Any form of a cue verb, the longest first."""
    some = sorted(frames(), key=lambda form: (-len(form), form))
    return re.compile(
        r"(?<![\w’'-])(?P<verb>" + "|".join(map(re.escape, some)) + r")(?![\w-])", re.IGNORECASE
    )


# Verbs whose clause needs "that" to be told from a thing: "saw the post", "decided the case".
NEEDS_THAT = frozenset(
    "see hear find assume tell learn discover remember forget determine consider decide signal sense trust guarantee record prove document "
    "question doubt inform remind notify recall recount understand support plan offer order convince ask inquire debate want".split()
)
