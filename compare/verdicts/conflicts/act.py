"""One act told as two that exclude each other: he was fired here, he resigned there.

Each family has two sides, told by their phrases. Who it is told of must be the same: a name around both
phrases, or the statements must match and at most one of them name anybody there. A statement that
has phrases of both sides tells of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.datamodel import ConflictKind, Span
from compare.memory import remembered
from compare.text import words
from compare.verdicts.conflicts.contexts import names_near, tells
from compare.verdicts.conflicts.others import of_others
from compare.verdicts.conflicts.statement import Difference, Statement

# How probably two statements must be of one detail where a name is around both acts, and where
# a pronoun is around one.
NAMED_MATCH, MATCH, SURE_MATCH = 0.1, 0.4, 0.7
LONGEST = 1000
_FAMILIES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (
            (
                r"(?:was|were|been|being|got) (?:\w+ly )?(?:fired|ousted|dismissed|sacked|terminated|forced out|removed from office)"
                r"|forced (?:out|to (?:resign|quit|step down|leave|retire))|fired (?:him|her)"
                r"|(?:push|forc|driv|kick|toss|throw|boot|shov)\w{1,3} (?:[\w.’'-]+ ){0,5}?(?:out|overboard|aside)|(?:threw|drove) (?:[\w.’'-]+ ){0,4}?(?:out|overboard)"
                r"|(?:dismiss|sack|fir|oust|remov)(?:ed|es|s) (?=(?-i:[A-Z]))(?:[\w.’'-]+ ){1,4}?(?:from|as) (?:(?:his|her|the|its|their|\w+) ){0,2}?(?:cabinet|government|office|post|job|position|ministers?|chief|chair\w*|secretary|director)"
                r"|show(?:n|ed|s) (?:[\w.’'-]+ ){0,4}?the door|(?:fired|sacked|ousted) (?=(?-i:[A-Z])|(?:its|his|her|their|the) )"
            ),
            (
                r"resign(?:ed|s|ing)|(?:has|have|had) resigned|resignation|step(?:ped|s|ping) (?:down|aside)|quits?|retir(?:ed|es|ing)"
                r"|left (?:that|the|his|her) (?:\w+ )?(?:job|post|position|office|company|firm|role)"
            ),
        ),
        (
            r"undecided|uncommitted|on the fence|(?:has|have|had)(?: not|n[’']t) (?:yet )?(?:decided|made up)",
            (
                r"(?:vot(?:e|es|ed|ing)|come out|came out) (?:against|[“\"‘']?no[”\"’']?)"
                r"|[“\"‘']no[”\"’'] votes?|(?:will|would) (?:oppose|support|back|appeal|sue|testify|resign|veto|vote (?:for|against))"
            ),
        ),
        (
            r"(?:declin(?:ed|es|ing)|refus(?:ed|es|ing)) to (?:answer|comment|speak|talk|respond)|(?:did|does|would)(?: not|n[’']t) (?:answer|comment|respond)",
            r"(?<!to )(?<!not )answer(?:ed|s)(?: \w+){0,3} questions?|agreed to (?:answer|speak|talk)|commented",
        ),
        (
            r"(?<!not )(?<!never )(?<!n[’']t )(?:den(?:ied|ies|ying)|disput(?:ed|es|ing)|refut(?:ed|es|ing))",
            (
                r"(?:no|not? any|any) (?:memory|recollection) of|(?:do|does|did)(?: not|n[’']t) (?:remember|recall|refute|deny|dispute)"
                r"|(?:cannot|could not|can[’']t|couldn[’']t) (?:remember|recall)"
            ),
        ),
        (
            r"den(?:ied|ies|ying) that",
            r"declin(?:ed|es|ing) to (?:comment|say|answer|discuss)",
        ),
        (
            r"no plans? (?:to|for)",
            r"(?:not|n[’']t|declined to|refused to) rul(?:e|ed|ing) out",
        ),
        (
            r"(?:no|any) (?:visible )?(?:reaction|emotion)|(?:expressionless|impassive|stone-faced|motionless)(?:ly)?",
            r"smirk(?:ed|ing)|smil(?:ed|ing)|grinn(?:ed|ing)|wept|weeping|sobb(?:ed|ing)|broke down|burst into tears|laugh(?:ed|ing)",
        ),
        (
            r"no plans? (?:to|for)|no intention of|(?<!not )(?<!n[’']t )rul(?:ed|es|ing) out",
            r"(?:has|have|had)(?: not|n[’']t) (?:yet )?(?:decided|made up)|undecided|(?:is|are|was|were) (?:considering|weighing|open to)",
        ),
        (
            r"voluntar(?:y|ily)|of (?:its|his|her|their) own accord",
            r"(?:order|forc|compell)(?:ed|s|ing) (?:the |it |them |him |her |its )?(?:[\w-]+ ){0,2}?(?:to )?(?:shut|clos|leave|evacuat|recall|resign)\w{0,3}",
        ),
        (
            r"unanimous(?:ly)?",
            r"dissent(?:ed|s|ing|ers?)|split (?:vote|decision)|(?:two|three|four|five|six|one) (?:\w+ ){0,3}voted against",
        ),
        (
            r"(?:no one|nobody|none)(?: else)? (?:was|were|has been|had been) (?:\w+ )?(?:arrested|charged|detained)|no arrests",
            r"(?:was|were|been) (?:arrested|charged|detained)|(?:police|officers|deputies|troopers) (?:\w+ )?arrested",
        ),
        (
            r"(?:no one|nobody)(?: else)? (?:was|were|has been|had been) (?:\w+ )?(?:hurt|injured|wounded)|no injuries",
            r"(?:was|were|been) (?:hurt|injured|wounded|hospitali[sz]ed|taken (?:by ambulance )?to (?:a |the )?(?:\w+ )?hospital)",
        ),
        (
            r"(?:no one|nobody)(?: else)? (?:was|were|has been|had been) (?:\w+ )?killed|no deaths",
            r"(?:was|were|been) killed",
        ),
        (
            r"(?:will|to|would|pledged to|agreed to) (?:end|abandon|scrap|dismantle|abolish)",
            r"(?:will|to|would|pledged to|agreed to) (?:suspend|pause|freeze|temporarily halt)",
        ),
        (
            r"surviv(?:ed|es)(?!\s+by\b)|is alive|was found alive",
            r"(?:was|were|been) (?:found dead|killed)|died",
        ),
        (r"acquitted|found not guilty|cleared of", r"convicted|found guilty|pleaded guilty"),
        (
            r"accept(?:ed|s) the (?:offer|job|post|position|invitation|deal|apology)",
            r"(?:declin|reject|refus|turn)(?:ed|es|s)? (?:down )?the (?:offer|job|post|position|invitation|deal|apology)",
        ),
        (
            r"arrested|in custody|detained",
            r"(?:remains?|still|is) at large|on the run|(?:has|have) not been (?:found|caught|arrested)",
        ),
        (r"unarmed", r"(?:was|were|is) armed"),
        (
            r"surrendered|turned (?:himself|herself|themselves) in",
            r"(?:was|were) (?:captured|caught|tracked down)",
        ),
        (
            r"(?:was|were|been) (?:suspended|placed on (?:paid |administrative )?leave)",
            r"(?:was|were|been) (?:fired|dismissed|sacked|terminated)",
        ),
        (
            r"(?:was|were|is|are) (?:cancel(?:l)?ed|called off|scrapped)",
            r"(?:was|were|is|are) (?:postponed|delayed|put off)",
        ),
    )
)


def acts(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """The first act that one statement tells as one and the other as another that excludes it."""
    for first, second in _told(a.text):
        if (x := first.search(a.text)) and (y := second.search(b.text)):
            if _tells_both(a, second, x) or _tells_both(b, first, y):
                continue
            mine, theirs = Span(*x.span()), Span(*y.span())
            if _of_one(a, mine, b, theirs, match):
                yield Difference(ConflictKind.WORD, mine, theirs)
                return


@remembered(1024)
def _told(text: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The acts that a text tells, each with what excludes it. Most tell none: the other text is then not searched."""
    both = (pair for one, other in _FAMILIES for pair in ((one, other), (other, one)))
    return tuple(pair for pair in both if pair[0].search(text))


def _tells_both(s: Statement, other: re.Pattern[str], act: re.Match[str]) -> bool:
    return any(not act.start() <= m.start() < act.end() for m in other.finditer(s.text))


_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|last|other|another)\b", re.IGNORECASE)


def _of_one(a: Statement, x: Span, b: Statement, y: Span, match: float) -> bool:
    left, right = ({m[0].lower() for m in _ORDINAL.finditer(s.text)} for s in (a, b))
    if of_others(a, x, b, y) or (left and right and not left & right):
        return False
    if not (_is_of(a, x, b, y) and _is_of(b, y, a, x)):
        return False
    mine, theirs = names_near(a.text, x, first=True), names_near(b.text, y, first=True)
    if mine & theirs:
        return match >= NAMED_MATCH
    if match >= SURE_MATCH and _names(a) & _names(b):
        return True
    return match >= MATCH and not (mine and theirs)


def _is_of(s: Statement, act: Span, other: Statement, place: Span) -> bool:
    """Whether the other statement, where it names anybody near its act, names whom the act itself names."""
    said = words(s.text[act.start : act.end])
    named = {w.key for w in said if w.text[0].isupper() and tells(w) and act.start + w.start}
    near = names_near(other.text, place, first=True)
    return not named or not near or bool(named & _names(other))


def _names(s: Statement) -> frozenset[str]:
    """The names anywhere in a statement."""
    if len(s.text) >= LONGEST:
        return frozenset()
    return frozenset(w.key for w in words(s.text) if w.text[0].isupper() and tells(w))
