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
from compare.language.complements import FINITE, taken_by, told_before
from compare.language.cue_words import MINDS, NOUNS, NOUNS_TOO, frames, verbs
from compare.language.subjects import PERSON, fronted_end, is_participle, subject_of
from compare.text import in_title_case


@dataclass(frozen=True, slots=True)
class Stance:
    """A cue at `verb`, the words it lays to somebody, and who that is where the clause says so.

    `firm`: what is laid to them is a statement ("that ..."), not an act or an object.
    `worded`: it is told in their words; "defended the X rule" describes the rule in the writer's.
    """

    verb: Span
    content: Span
    source: Span | None
    firm: bool
    worded: bool = True


# What these take was there before anybody spoke, and a friend of it would not call it names.
_FRIENDLY = frozenset("defend endorse support favor favour back discuss welcome".split())
# What a thing shows by what it is, nobody says: "the move suggests that", "his silence shows that".
_SHOWN = frozenset("show suggest indicate signal imply prove demonstrate reveal underscore".split())


# "..., an admission that": the writer says what kind of saying it was.
_COMMENT = (
    r",\s+(?:in\s+)?(?:an?|what\s+\w+\s+an?)\s+(?:[\w’'-]+\s+){0,3}?(?:remark|claim|charge|declaration|revelation|statement|comment|"
    r"reversal|admission|reference|assertion|admonition|departure|contrast|shift|argument|suggestion|accusation|position|concession|nod|swipe|"
    r"jab|dig|rebuke|boast|jibe|threat|gesture|retreat|contradiction|about-face|turn-?around|acknowledge?ment|warning|promise)\b"
)
_CLAUSE_END = re.compile(
    rf"(?P<stop>;|,\s+(?:but|while|although|though|even\s+as|even\s+though|(?:despite|amid)(?!\s+(?:their|his|her|its|this|that|these|those)\b))\s|{_COMMENT})|[—–]|\s--?\s"
)


_WORD = re.compile(r"[A-Za-z][\w’'-]+")


def stances(masked: str) -> Iterator[Stance]:
    """The stances of a sentence, in order; what is quoted in it is blanked by underscores."""
    headline = in_title_case(_WORD.findall(masked))
    last: Span | None = None
    for found in verbs().finditer(masked):
        if found["verb"][0].isupper() and not headline and found.start() > 0:
            continue
        stance = _of_verb(found, masked, last)
        if stance is not None and masked[stance.content.start : stance.content.end].strip():
            last = stance.source or last
            yield stance
    yield from _of_nouns(masked)
    yield from _of_minds(masked)
    yield from _of_label(masked, headline=headline)
    yield from _of_passives(masked)
    yield from _of_nobody(masked)
    yield from _of_views(masked)


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
    if able != "nobody" and "t" in taken and (told := told_before(masked, source, found.end())):
        return Stance(verb, told, source, firm=True)
    what = taken_by(masked, found, lemma, taken, able)
    if what is None:
        return None
    start, firm = what
    if able == "nobody" and lemma in _SHOWN and source and not _THIRD.match(masked, source.start):
        return None
    content = to_clause_end(masked, start)
    if _RELATIVE.search(masked, 0, found.start()):
        content = _to_main_verb(masked, content)
    if not firm and (second := _SECOND_VERB.search(masked, content.start, content.end)):
        content = Span(content.start, second.start())
    return Stance(verb, content, source, firm, worded=firm or lemma not in _FRIENDLY)


_THIRD = re.compile(r"(?:[Ii]t|[Tt]his|[Tt]hat|which)\b")


# "voiced doubts about the bill but backed it": the subject goes on to do something else.
_SECOND_VERB = re.compile(
    r"\s(?:but|and|then)\s(?:also\s|later\s|then\s|likely\s|probably\s|\w{2,20}ly\s)?"
    r"(?:has|have|had|is|was|were|will|would|could|may|might|did|does|[a-z]{3,20}ed|made|took|gave|went|left|kept|held|began|won|lost|led|said)\b"
)
# "Osk, which says that it is late, has left": what comes behind the aside is the writer's again.
_RELATIVE = re.compile(r",\s+(?:who|which)\s[^,]*$")
_MAIN_VERB = re.compile(
    r",\s+(?:also\s+|then\s+|later\s+|\w+ly\s+)?(?:has|have|had|is|are|was|were|will|would|can|could|may|might|did|does|do|[a-z]{2,}ed)\b"
)


def _to_main_verb(masked: str, content: Span) -> Span:
    found = _MAIN_VERB.search(masked, content.start, content.end)
    return Span(content.start, found.start()) if found else content


def to_clause_end(masked: str, start: int) -> Span:
    """From here to the end of the clause, a fronted one's too; two dashes set off an aside inside it."""
    found = list(_CLAUSE_END.finditer(masked, start))
    dashes = [f for f in found if not f["stop"]]
    ends = [f.start() for f in found if f["stop"]]
    if (main := fronted_end(masked, start)) is not None:
        ends.append(main)
    if len(dashes) % 2:
        ends.append(dashes[-1].start())
    return Span(start, min(ends, default=len(masked)))


_OWNER = re.compile(
    r"(?!The\b|An?\b|This\b|That\b|No\b)(?P<who>(?:the\s{1,4})?(?:[A-Z][\w.-]{0,40}\s{1,4}){0,3}[A-Z][\w.-]{0,40}|his|her|their|its)(?:’s|'s|’|')?\s{1,4}(?:\w{1,40}\s{1,4}){0,2}$"
)


def _of_nouns(masked: str) -> Iterator[Stance]:
    for found in NOUNS.finditer(masked):
        owner = _OWNER.search(masked[: found.start()])
        if owner is not None and is_participle(masked, owner.start("who")):
            owner = None
        content = _subject_clause(masked, to_clause_end(masked, found.start("joint")), found, owner)
        noun = Span(found.start(), found.start("joint"))
        yield Stance(noun, content, Span(*owner.span("who")) if owner else None, firm=True)


_BE_OR_COME = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|came|comes?|may|might|could)\b"
)


def _subject_clause(
    masked: str, content: Span, noun: re.Match[str], owner: re.Match[str] | None
) -> Span:
    """What is claimed, where the claim is its sentence's subject: "The claim that he lied is old"."""
    before = masked[: owner.start("who") if owner else noun.start()]
    if before.strip(' _“"').lower() not in {"", "the", "an", "a", "but the", "any", "no"}:
        return content
    own = FINITE.search(masked, content.start + len("that "), content.end)
    main = _BE_OR_COME.search(masked, own.end(), content.end) if own else None
    return Span(content.start, main.start()) if main else content


def _of_minds(masked: str) -> Iterator[Stance]:
    for found in MINDS.finditer(masked):
        subject = subject_of(masked, found, None)
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
        if PERSON.search(masked, who.start, who.end):
            yield Stance(
                Span(*found.span("verb")), Span(0, found.start()), who, firm=False, worded=False
            )


# "is expected to", "are thought to": somebody's view, and nobody says whose.
_BELIEVED = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:not\s+)?(?:also\s+|widely\s+|\w+ly\s+)?"
    r"(?P<verb>expected|believed|thought|said|reported|alleged|estimated|projected|rumou?red|understood)\s+to\b"
)


def _of_nobody(masked: str) -> Iterator[Stance]:
    for found in _BELIEVED.finditer(masked):
        content = Span(found.end(), len(masked))
        yield Stance(Span(*found.span("verb")), content, None, firm=False, worded=False)


# "To critics, the plan is ...", "In her view, ...", "As Ana Roe put it, ...".
_VIEW = re.compile(
    r"\W{0,2}(?:[Aa]s\s(?P<who>(?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w’'.-]*|he|she|they)\s(?P<verb>puts?|tells?|told|sees|saw|described|framed)\s"
    r"(?:it|things)|(?P<to>[Tt]o|[Ff]or)\s(?P<camp>(?:many\s|some\s|most\s|his\s|her\s|its\s|their\s)?(?:critics|supporters|opponents|defenders|"
    r"backers|detractors|skeptics|sceptics|allies|rivals|conservatives|liberals|Democrats|Republicans|activists|campaigners))|"
    r"(?P<view>[Ii]n\s(?P<owner>(?:his|her|their|(?:[A-Z][\w’'.-]*\s){0,3}[A-Z][\w.-]*[’']s?))\s(?:view|opinion|eyes|words|telling|account))),\s"
)


def _of_views(masked: str) -> Iterator[Stance]:
    found = _VIEW.match(masked)
    if found is None:
        return
    cue, who = (
        ("verb", "who") if found["who"] else ("to", "camp") if found["to"] else ("view", "owner")
    )
    content = to_clause_end(masked, found.end())
    yield Stance(Span(*found.span(cue)), content, Span(*found.span(who)), firm=True)
