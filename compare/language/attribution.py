"""Who is said to say what: sources, their verbs, and the words they are made answerable for.

Rules over one sentence: "X said that ...", "..., X said", "according to X", ", adding that ...",
"X quoted Y as saying". A source is the noun phrase beside the verb, as written; a chain of sources
runs from the outlet's immediate one to the first. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compare import agencies
from compare.datamodel import Span
from compare.kinds import Voice
from compare.language.complements import FINITE
from compare.language.stances import Stance, stances, to_clause_end
from compare.memory import remembered
from compare.text import quotations

SAYING = """
said says say told tells tell added adds wrote writes tweeted tweets posted announced announces stated states declared
declares remarked replied responded recalled joked quipped explained explains noted notes argued argues warned warns
suggested suggests contended contends maintained maintains asserted asserts alleged alleges testified confirmed confirms
acknowledged acknowledges conceded concedes admitted admits claimed claims insisted insists vowed vows promised promises
pledged predicted predicts estimated estimates believed believes thought thinks hopes hoped feared complained complains
denied denies reported reports revealed reveals disclosed indicated hinted signaled signalled reiterated repeated
concluded cautioned urged called describes described questioned asked asks demanded lamented boasted bragged
countered observed proclaimed read reads continued agreed agrees disputed charged accused
""".split()
# Verbs whose content follows them with or without "that"; the others need it, a quotation or a
# clause that begins with its subject ("acknowledged a rival" reports no words of anybody's).
_PLAIN = frozenset("said says say told tells added adds wrote writes".split())
_LOOKING_BACK = frozenset("called calls described describes asked asks questioned urged".split())
_CLAUSE = re.compile(
    r"\s{1,4}(?:on\s{1,4}[A-Z]\w{1,40}day\s{1,4})?(?:he|she|they|it|there|we|that|his|her|their|both|no|some|many)\b"
)
_VERB = r"(?P<verb>" + "|".join(sorted(SAYING, key=len, reverse=True)) + r")"
_NAME = r"(?:[A-Z][\w.’'&-]{0,40}(?:\s{1,4}(?:of|the|for|de|al|bin|van|von)\s{1,4}[A-Z][\w.’'&-]{0,40}|\s{1,4}[A-Z][\w.’'&-]{0,40}){0,8})"
_ROLE = r"(?:(?:an?|the|one|two|three|several|some|many|other|local|senior|top|his|her|its|their|unnamed|anonymous)\s{1,4})?(?:[\w.-]{1,40}\s{1,4}){0,3}?"
_PERSON = (
    r"(?:officials?|sources?|spokes(?:man|woman|person|people)|police|authorities|prosecutors?|investigators?|witness(?:es)?|"
    r"aides?|analysts?|experts?|critics?|lawyers?|attorneys?|diplomats?|lawmakers?|residents?|neighbou?rs?|doctors?|"
    r"(?:media|news|press)\s{1,4}reports?|documents?|reports?|media|statement|report|study|poll|survey|ministry|government|embassy|agency|military|army|"
    r"company|court|judge|committee|department|office|campaign|organi[sz]ers?|protesters?|supporters?|activists?|"
    r"president|minister|secretary|mayor|governor|senator|congressman|congresswoman|chief|director|chairman|chairwoman|leader|reporter|"
    r"journalist|newspaper|network|website|people|sheriff|commander|general|captain|father|mother|brother|sister|wife|husband|son|daughter|"
    r"man|woman|student|teacher|professor|researchers?|scientists?|economists?|democrats?|republicans?|survivors?|officers?)"
)
# "said on Twitter", "confirmed on Monday": no source begins so.
_WHEN_OR_WHERE = (
    r"(?:on|in|at|by|via|from|to|of|for|with|after|before|during|since|until|last|this|next)\s"
)
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Ii]t)"
_SOURCE = rf"(?P<source>{_PRONOUN}|(?:{_ROLE}{_PERSON}(?:\s{{1,4}}(?:for|of|at|in|from|with|close to|familiar with)\s{{1,4}}(?:the\s{{1,4}})?[\w.’'-]{{1,40}}(?:\s{{1,4}}(?:[A-Z][\w.’'-]{{0,40}}|embassy|ministry|department|office|agency|consulate|company|military|government)){{0,8}})?(?:\s{{1,4}}{_NAME})?)|(?:(?!{_WHEN_OR_WHERE})(?:[a-z]{{1,40}}\s{{1,4}}){{0,2}}{_NAME}))"
_ASIDE = r"(?:,\s[^,;:“”\"]{2,80},)?(?:\s\([^)]{1,30}\))?"
_ADVERB = r"(?:\s{1,4}(?:also|later|then|once|again|has|have|had|\w{1,40}ly|on\s{1,4}[A-Z]\w{1,40}day)){0,8}"
_BEFORE = re.compile(rf"(?<![\w’'-]){_SOURCE}{_ASIDE}{_ADVERB}\s{{1,4}}{_VERB}\b(?![-’'])")
_AFTER = re.compile(
    rf"\b(?!tell|told){_VERB}\s{{1,4}}{_SOURCE}(?=[,.;:!?]|\s{{1,4}}(?:on|in|at|during|to|after|of|who|that|this|last)\b|$)"
)
_TAIL = re.compile(
    rf"[,”\"](?<=,|[”\"])\s{{1,4}}(?P<source>(?!and\b|but\b|who\b|which\b|that\b|as\b|despite\b|amid\b|given\b|against\b|with\b|without\b|unlike\b|_)(?:(?!when\b|as\b|if\b|because\b|after\b|before\b|while\b|where\b|since\b|that\b|and\b|to\b)[^\s,;:“”\"_]{{1,40}}\s{{1,4}}){{0,6}}[^\s,;:“”\"_]{{1,40}}){_ADVERB}\s{{1,4}}{_VERB}"
    r"(?=\s{0,4}[.;]?\s{0,4}$|\s{1,4}(?:on|in|at|during|to|after|when|last|this|(?:the\s{1,4})?[A-Z]\w{1,40})\b[^“”\"]{0,400}$)"
)
_ACCORDING = re.compile(
    r"\b(?P<verb>[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of|[Aa]s\s+(?:reported|stated|noted|described|explained|put)\s+(?:by|in)|[Cc]iting|"
    r"[Ii]n\s+the\s+(?:eyes|view|opinion)\s+of)\s+"
    r"(?P<source>[^,;:.“”\"]+?(?:\.[^,;:.“”\"\s]+)*)(?=[,;:.]|\s+(?:amid|who|which|that|as|and|after|but|while)\b|$)"
)
_QUOTED_AS = re.compile(
    rf"(?<![\w’'-])(?P<source>{_NAME}){_ASIDE}{_ADVERB}\s{{1,4}}(?P<verb>quot(?:ed|es)|cit(?:ed|es))\s{{1,4}}[^,;:.“”\"]{{1,400}}?\s{{1,4}}as\s{{1,4}}saying\b"
)
_PARTICIPLE = re.compile(
    r",?\s{1,4}(?P<verb>saying|adding|arguing|noting|insisting|claiming|telling|writing|explaining|warning|suggesting|calling|stating|"
    r"alleging|asserting|contending|declaring|tweeting)\b"
)
_QUOTING = re.compile(
    rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s{{1,4}}{_SOURCE}(?:\s{{1,4}}(?P<verb>as\s{{1,4}}saying|saying))?"
)
# "X, who accuses Y of plotting": what follows "of" is X's word, not the outlet's.
_ACCUSING = re.compile(r"\b(?P<verb>accus(?:e|es|ed|ing))\s{1,4}(?:[^,;:.“”\"]{1,80}?\s{1,4})?of\b")
_ACCUSER = re.compile(
    rf"(?:(?P<antecedent>{_NAME}),?\s{{1,4}}who|(?<![\w’'-]){_SOURCE}{_ASIDE}){_ADVERB}\s{{1,4}}$"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|stands?|stood)(?:\s+\w+ly)?\s+$")
_TOLD = re.compile(rf"\btold\s+(?:the\s+)?(?P<listener>{_NAME})")
_PLATFORM = re.compile(
    r"\b(?:on|via)\s+(?P<platform>Twitter|Facebook|Instagram|Telegram|YouTube|Truth Social|X)\b"
)
_UNNAMED = re.compile(
    r"\b(?:unnamed|anonymous|someone|somebody|officials?|sources?|aides?|people|person|analysts?|experts?|critics?|witness(?:es)?|diplomats?|"
    r"residents?|lawmakers?|supporters?|activists?|observers)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:media\s+reports?|news\s+reports?|local\s+media|reports|media)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<![\w.])[A-Z][\w’'.-]+")
_PRESS = re.compile(
    rf"\b(?:{agencies.IN_TEXT}|"
    r"BBC|CNN|NBC|CBS|ABC|Fox(?:\s+News)?|MSNBC|NPR|PBS|Politico|Axios|HuffPost|BuzzFeed|Breitbart|Al\s+Jazeera|"
    r"(?:The\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*\s+(?:Times|Post|Journal|News|Herald|Tribune|Chronicle|Gazette|Guardian|Telegraph|Press|Star|"
    r"Sun|Mail|Observer|Globe|Courier|Register|Inquirer|Examiner|Dispatch|Daily|Wire|Agency))\b"
)
_SAID_BY = re.compile(r"\b(?:according\s+to|as\s+reported\s+by|citing)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reported:
    """Words that a sentence attributes to a source: `content` is their span in it.

    `relayed`: the source only hands on what somebody else said ("Sputnik cited a diplomat as saying").
    `worded`: the content is told in the source's words, not in the outlet's own.
    """

    content: Span
    source: str | None
    source_span: Span | None
    verb: str
    verb_span: Span
    voice: Voice
    relayed: bool = False
    worded: bool = True


def voice_of(source: str | None, outlets: frozenset[str] = frozenset()) -> Voice:
    """Which voice a source is, as written; `outlets` are names of outlets in lower case."""
    if not source:
        return Voice.UNNAMED
    source = source[0].lower() + source[1:] if not _PRESS.match(source) else source
    if source.lower().removeprefix("the ") in outlets or _PRESS.search(source):
        return Voice.OUTLET
    if _REPORTS.fullmatch(source.strip()) or _REPORTS.search(source):
        return Voice.REPORTS
    if _UNNAMED.search(source) and not _CAPITAL.search(source):
        return Voice.UNNAMED
    if re.search(r"\b(?:unnamed|anonymous|sources?)\b", source, re.IGNORECASE):
        return Voice.UNNAMED
    return Voice.NAMED


def reported(sentence: str, outlets: frozenset[str] = frozenset()) -> list[Reported]:
    """What a sentence attributes to sources, in order of content; quotations are read around."""
    return list(_reported(sentence, outlets))


# A sentence is asked for its sources, their chain and its voices: it is read once.
@remembered(8192)
def _reported(sentence: str, outlets: frozenset[str]) -> tuple[Reported, ...]:
    masked = masked_quotations(sentence)
    found = [
        *_before(sentence, masked, outlets),
        *_after(sentence, masked, outlets),
        *_according(sentence, masked, outlets),
        *_participles(sentence, masked),
        *_quoted_as(sentence, masked, outlets),
        *_accusations(sentence, masked, outlets),
    ]
    if not any(r.content.start == 0 and r.source for r in found):
        found += _tails(sentence, masked, outlets)
    found += _signed(sentence, outlets)
    found += _asserted(sentence, masked, outlets, found)
    return tuple(sorted(found, key=lambda r: (r.content.start, r.content.end)))


def _asserted(
    sentence: str, masked: str, outlets: frozenset[str], found: Sequence[Reported]
) -> Iterator[Reported]:
    """What is laid to somebody in other ways than plain speech: "a poll shows", "is sure that"."""
    verbs = {r.verb_span for r in found}
    # "saying" is the cited one's there, not the citing one's.
    verbs |= {Span(*cited.span()) for cited in _QUOTED_AS.finditer(masked)}
    for stance in stances(masked):
        if stance.firm and not any(
            v.start < stance.verb.end and v.end > stance.verb.start for v in verbs
        ):
            yield reported_by(stance, sentence, outlets)


def reported_by(stance: Stance, sentence: str, outlets: frozenset[str]) -> Reported:
    """A stance as what is reported of somebody."""
    span = _without_joint(sentence, stance.source) if stance.source else None
    who = sentence[span.start : span.end].rstrip(" .,") if span else None
    verb = sentence[stance.verb.start : stance.verb.end].strip()
    voice = voice_of(who, outlets)
    return Reported(stance.content, who, span, verb, stance.verb, voice, worded=stance.worded)


# A quotation that a dash signs: "... for long.” -Ana Roe, mayor of Port Alder".
_SIGNATURE = re.compile(
    r"[”\"’»]\s*(?P<verb>[-–—―]{1,2})\s*(?P<source>(?:[A-Z][\w’'.-]*\s+){0,4}[A-Z][\w’'.-]*?)(?:,\s[^.“”\"]{2,80})?\.?\s*$"
)


def _signed(sentence: str, outlets: frozenset[str]) -> Iterator[Reported]:
    found = _SIGNATURE.search(sentence)
    if found is not None:
        yield _made(found, Span(0, found.start() + 1), sentence, outlets)


def masked_quotations(sentence: str) -> str:
    """The sentence with quoted words blanked, so that nobody quoted is taken for a source."""
    characters = list(sentence)
    for span in quotations(sentence):
        characters[span.start : span.end] = "_" * (span.end - span.start)
    return "".join(characters)


def _tails(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    """The form "..., two airport workers said": any noun phrase between a comma and its verb."""
    for found in _TAIL.finditer(masked):
        yield _made(found, Span(0, found.start() + 1), sentence, outlets)


def _made(found: re.Match[str], content: Span, sentence: str, outlets: frozenset[str]) -> Reported:
    return _said_by(Span(*found.span("source")), found, content, sentence, outlets)


def _said_by(
    source: Span | None,
    found: re.Match[str],
    content: Span,
    sentence: str,
    outlets: frozenset[str],
) -> Reported:
    """The content, said by what stands at `source`; None where nobody is named."""
    span = _without_joint(sentence, source) if source else None
    who = sentence[span.start : span.end].rstrip(" .,") if span else None
    verb = Span(*found.span("verb"))
    return Reported(
        content, who, span, sentence[verb.start : verb.end], verb, voice_of(who, outlets)
    )


_JOINT = re.compile(
    r"(?:and|but|or|nor|yet|so|while|when|as|that|because|although|though|if|since|(?:the\s+)?fact)\s+(?=\S)"
)


def _without_joint(sentence: str, source: Span) -> Span:
    """The source without the word that joins its clause to the one before: "but the mayor"."""
    joint = _JOINT.match(sentence, source.start, source.end)
    return Span(joint.end(), source.end) if joint else source


def _before(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    """The forms "X said that ..." and "..., X said"."""
    for found in _BEFORE.finditer(masked):
        verb, rest = found["verb"].lower(), masked[found.end() :]
        if _SAID_BY.search(masked[: found.start("source")]) or "ccording to" in found["source"]:
            continue
        if found["source"] in _NO_SOURCE:
            continue
        lead = masked[: found.start()].rstrip()
        if lead.endswith(",") and rest.startswith(","):
            yield _made(found, Span(0, to_clause_end(masked, found.end()).end), sentence, outlets)
        elif (re.match(r"\s*(?:[.;!?]|$)", rest) or _trails(rest)) and lead.endswith(
            (",", "”", '"', "’", "''", "?", "!")
        ):
            yield _made(found, Span(0, len(lead)), sentence, outlets)
        elif re.match(r"\s*(?:that\b|[:,]?\s*[“\"‘'])", rest) or _takes_clause(verb, rest):
            yield _made(found, to_clause_end(masked, found.end()), sentence, outlets)


# "That said, ...", "Having said that": the writer's own turn.
_NO_SOURCE = frozenset({"That", "Having", "This", "With"})


def _takes_clause(verb: str, rest: str) -> bool:
    if verb in _PLAIN:
        return True
    return verb not in _LOOKING_BACK and _CLAUSE.match(rest) is not None


def _trails(rest: str) -> bool:
    """What may stand behind "X said" when its content came before: a time, a place, a listener."""
    return bool(
        re.match(r"\s+(?:on|in|at|during|to|of|after|when|last|this|(?:the\s+)?[A-Z]\w+)\b", rest)
    )


def _after(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    """The form "...," said X."""
    for found in _AFTER.finditer(masked):
        lead = masked[: found.start()].rstrip()
        if lead.endswith((",", "”", '"', "''", "?", "!")):
            yield _made(found, Span(0, len(lead)), sentence, outlets)


def _according(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    for found in _ACCORDING.finditer(masked):
        lead = masked[: found.start()].rstrip(" ,")
        comma = masked.find(",", found.end())
        if lead:
            start = max(lead.rfind(";") + 1, 0)
            # "The dam, according to Ana Roe, was safe": the verb comes behind.
            inside = masked[found.end() :].startswith(",") and not FINITE.search(lead)
            end = to_clause_end(masked, found.end()).end if inside else len(lead)
            yield _made(found, Span(start, end), sentence, outlets)
        elif comma >= 0:
            yield _made(found, Span(comma + 1, len(masked)), sentence, outlets)


def _quoted_as(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    for found in _QUOTED_AS.finditer(masked):
        lead = masked[: found.start()].rstrip()
        behind = Span(found.end(), len(masked))
        content = Span(0, len(lead)) if lead.endswith((",", "”", '"')) else behind
        yield replace(_made(found, content, sentence, outlets), relayed=True)


def _participles(sentence: str, masked: str) -> Iterator[Reported]:
    for found in _PARTICIPLE.finditer(masked):
        if masked[: found.start()].endswith(" as"):
            continue
        verb = Span(*found.span("verb"))
        content = to_clause_end(masked, found.end())
        yield Reported(content, None, None, sentence[verb.start : verb.end], verb, Voice.NAMED)


def _accusations(sentence: str, masked: str, outlets: frozenset[str]) -> Iterator[Reported]:
    """The forms "X accused Y of ..." and "Y was accused of ...", whose accuser is not named."""
    for found in _ACCUSING.finditer(masked):
        lead = masked[: found.start()]
        accuser = None if _PASSIVE.search(lead) else _ACCUSER.search(lead)
        span = None
        if accuser is not None:
            span = Span(*accuser.span("antecedent" if accuser["antecedent"] else "source"))
        content = to_clause_end(masked, found.end())
        comma = masked.find(",", content.start, content.end)
        if comma >= 0:
            content = Span(content.start, comma)
        made = _said_by(span, found, content, sentence, outlets)
        # Who accuses in passing ("..., accusing them of theft") is the sentence's subject.
        passing = span is None and found["verb"].endswith("ing")
        yield replace(made, voice=Voice.NAMED) if passing else made


def chain_of(sentence: str, outlets: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The sources a sentence names for its content, the outlet's immediate one first."""
    masked = masked_quotations(sentence)
    chain: list[str] = []
    listener = _TOLD.search(masked)
    if (
        listener
        and voice_of(sentence[listener.start("listener") : listener.end("listener")], outlets)
        is Voice.OUTLET
    ):
        chain.append(sentence[listener.start("listener") : listener.end("listener")].rstrip(" .,"))
    # Whom a source cites stands behind it, wherever the sentence names them.
    for found in sorted(reported(sentence, outlets), key=_is_cited):
        if found.source and found.source not in chain:
            chain.append(_with_platform(found.source, masked))
    for quoting in _QUOTING.finditer(masked):
        source_text = sentence[quoting.start("source") : quoting.end("source")].rstrip(" .,")
        if not any(known.startswith(source_text) for known in chain):
            chain.append(source_text)
    return tuple(dict.fromkeys(chain))


def _is_cited(found: Reported) -> bool:
    return found.verb.lower() == "citing"


def _with_platform(source: str, masked: str) -> str:
    platform = _PLATFORM.search(masked)
    posted = re.search(r"\b(?:wrote|posted|tweeted|said|writes)\b", masked)
    if platform is None or not posted or platform["platform"] in source:
        return source
    return f"{source} on {platform['platform']}"
