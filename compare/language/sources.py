"""Every stretch of an article that somebody else than the outlet stands for, and who that is.

`sources_of` reads what `reported` finds sentence by sentence, what is promised, judged or demanded
(`stances`), and what only the sentences around can tell: a quotation whose speaker is named next
door, one that a dash signs, a post, a block quotation without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from compare.datamodel import Article, Field, Span
from compare.kinds import SourceKind, Voice
from compare.language.attribution import (
    Reported,
    chain_of,
    masked_quotations,
    reported,
    reported_by,
    voice_of,
)
from compare.language.embeds import unmarked
from compare.language.stances import stances
from compare.said import Sourced
from compare.text import lines, quotations, sentences, trimmed, words


def sources_of(article: Article, outlets: frozenset[str] = frozenset()) -> tuple[Sourced, ...]:
    """The stretches of an article that others stand for, in reading order, title first.

    `outlets` are names of outlets in lower case without "the", told from other sources.
    """
    title = trimmed(article.title, 0, len(article.title))
    found = [*_of_sentence(article, "title", title, outlets)] if title else []
    of_text = [
        said
        for span in sentences(article.text)
        for said in _of_sentence(article, "text", span, outlets)
    ]
    of_text += _taken(article, outlets)
    of_text += _quoted(article, of_text, outlets)
    return tuple(sorted({*found, *of_text}, key=_order))


def outlet_names(articles: Iterable[Article]) -> frozenset[str]:
    """The names of outlets as `sources_of` takes them."""
    return frozenset(a.outlet.lower().removeprefix("the ") for a in articles)


def _order(said: Sourced) -> tuple[bool, int, int, str]:
    return said.field == "text", said.start, -said.end, said.source or ""


def attributed(sentence: str, outlets: frozenset[str] = frozenset()) -> list[Reported]:
    """What a sentence lays to anybody: what is reported, and what is promised, judged, demanded."""
    both = [*reported(sentence, outlets), *stances_of(sentence, outlets)]
    return sorted(both, key=lambda r: (r.content.start, r.content.end))


def stances_of(sentence: str, outlets: frozenset[str] = frozenset()) -> list[Reported]:
    """What a sentence says that others promise, judge or demand, in order of the verbs."""
    masked = masked_quotations(sentence)
    return [reported_by(s, sentence, outlets) for s in stances(masked) if not s.firm]


def _of_sentence(
    article: Article, where: Field, span: Span, outlets: frozenset[str]
) -> Iterator[Sourced]:
    sentence = article.read(where)[span.start : span.end]
    found = attributed(sentence, outlets)
    chain = chain_of(sentence, outlets) if found else ()
    for r in found:
        content = trimmed(sentence, r.content.start, r.content.end)
        if content is None:
            continue
        yield Sourced(
            article=article.id,
            field=where,
            start=span.start + content.start,
            end=span.start + content.end,
            kind=kind_of(r.source, outlets),
            source=r.source,
            source_span=_moved(r.source_span, span.start),
            cue=r.verb,
            chain=chain if r.source in chain else (),
        )


def _moved(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.end + by) if span else None


def _taken(article: Article, outlets: frozenset[str]) -> Iterator[Sourced]:
    """Posts and block quotations, by the page's own marks or by the text's words."""
    for q in (*article.quoted, *unmarked(article.text)):
        yield Sourced(
            article=article.id,
            field="text",
            start=q.start,
            end=q.end,
            kind=kind_of(q.source, outlets),
            source=q.source,
            cue=q.kind,
        )


# A quotation of fewer words is a label or a word held at arm's length, unless somebody is named.
MIN_QUOTATION_WORDS = 4
# A line with nothing but who signs the quotation before it.
_SIGNATURE_LINE = re.compile(
    r"[-–—―]{1,2}\s*(?P<who>(?:[A-Z][\w’'.-]*\s+){0,4}[A-Z][\w’'.-]*)(?:,\s[^.]{2,80})?\.?\s*$"
)
_SIGNED_LINE = re.compile(
    r"[.!?’'”\"]{1,3}\s*[―–—-]{1,2}\s*(?P<who>(?:[A-Z][\w’'.-]*\s+){1,4}[A-Z][\w’'-]*)(?:,\s[^.“”\"]{2,80})?\.?\s*$"
)
_WIDEST_GAP = 2


def _quoted(
    article: Article, known: Sequence[Sourced], outlets: frozenset[str]
) -> Iterator[Sourced]:
    """Quotations that no words of their own sentence lay to anybody, with whom those around name."""
    taken = [(s.start, s.end) for s in known]
    speakers = [(s, s.source_span) for s in known if s.source_span and not _is_thing(s)]
    for line, who in _signed_lines(article.text):
        if any(a <= line.start < b for a, b in taken):
            continue
        text = article.text[who.start : who.end]
        yield _stretch(article, line, text, who, outlets)
        taken.append((line.start, line.end))
    for q in quotations(article.text):
        if any(a <= q.start and q.end <= b for a, b in taken):
            continue
        if len(words(article.text[q.start : q.end])) < MIN_QUOTATION_WORDS:
            continue
        speaker = _speaker(article.text, q, speakers)
        yield _stretch(
            article,
            q,
            speaker.source if speaker else None,
            speaker.source_span if speaker else None,
            outlets,
        )


def _stretch(
    article: Article, span: Span, source: str | None, where: Span | None, outlets: frozenset[str]
) -> Sourced:
    return Sourced(
        article=article.id,
        field="text",
        start=span.start,
        end=span.end,
        kind=kind_of(source, outlets),
        source=source,
        source_span=where,
    )


def _signed_lines(text: str) -> Iterator[tuple[Span, Span]]:
    """Lines that a name behind a dash signs, or the line before it, and the name's place."""
    some = list(lines(text))
    for i, line in enumerate(some):
        said = text[line.start : line.end]
        alone = _SIGNATURE_LINE.match(said)
        if alone is not None and i > 0 and text[some[i - 1].start] in "“\"‘'«":
            before = some[i - 1]
            yield before, Span(line.start + alone.start("who"), line.start + alone.end("who"))
        elif found := _SIGNED_LINE.search(said):
            end = trimmed(text, line.start, line.start + found.start("who"))
            if end is not None:
                yield end, Span(line.start + found.start("who"), line.start + found.end("who"))


_Speaker = tuple[Sourced, Span]


def _speaker(text: str, q: Span, speakers: Sequence[_Speaker]) -> Sourced | None:
    """Who is named nearest to a quotation: in its own paragraph first, else just before it."""
    begin = text.rfind("\n", 0, q.start) + 1
    end = text.find("\n", q.end)
    end = len(text) if end < 0 else end
    here = [(_distance(at, q), s.start, s) for s, at in speakers if begin <= at.start < end]
    if here:
        return min(here, key=lambda found: found[:2])[2]
    before = [(at.start, s) for s, at in speakers if at.end <= begin]
    if not before:
        return None
    _, last = max(before, key=lambda found: found[0])
    return last if text.count("\n\n", last.end, q.start) <= _WIDEST_GAP else None


def _distance(at: Span, q: Span) -> int:
    return max(at.start - q.end, q.start - at.end)


_EXPERT = re.compile(
    r"\b(?:experts?|analysts?|economists?|professors?|researchers?|scientists?|scholars?|historians?|stud(?:y|ies)|research|survey|polls?|"
    r"pollsters?|institute|university|think tank|center for|centre for|strategists?|political scientists?|forecasters?|academics?)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:officials?|police|authorities|prosecutors?|spokes(?:man|woman|person|people)|ministry|minister|government|embassy|agency|military|army|"
    r"department|court|judges?|committee|office|president|secretary|mayor|governor|senators?|congress(?:man|woman)?|white house|pentagon|kremlin|"
    r"state department|justice department|treasury|navy|air force|fbi|cia|administration|sheriff|commander|general|council|commission|"
    r"parliament|senate|house|lawmakers?|regulators?|investigators?|bank|fund|company|campaign)\b",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\b(?:unnamed|anonymous|unidentified|sources?|someone|somebody|(?:people|person|officials?)\s+(?:familiar|close|with knowledge|briefed)|insiders?)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:polls?|surveys?|stud(?:y|ies)|reports?|data|documents?|video|records?|it|which|that|this)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof)\.?\s+[A-Z]|\b[A-Z][a-z]+(?:\s+[A-Z]\.)?\s+[A-Z][\w’'-]+)|^[A-Z][\w’'-]+$"
)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|you)", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"\b(?:White House|State Department|Justice Department|Supreme Court|Security Council|United Nations|Police|Ministry|Department|Court|Embassy|"
    r"Congress|Senate|Pentagon|Kremlin|Treasury|Agency|Commission|Committee|Office|Bureau|Army|Navy|Council|Bank|FBI|CIA|Party|Administration)\b"
)


def _is_thing(s: Sourced) -> bool:
    return s.source is None or _THING.fullmatch(s.source) is not None


def kind_of(source: str | None, outlets: frozenset[str] = frozenset()) -> SourceKind:
    """What kind of source it is, as written; nobody named is `UNNAMED`."""
    if source is None:
        return SourceKind.UNNAMED
    if voice_of(source, outlets) in (Voice.OUTLET, Voice.REPORTS):
        return SourceKind.OTHER_MEDIA
    if _ANONYMOUS.search(source):
        return SourceKind.UNNAMED
    if _PERSONAL.search(source) and not _INSTITUTION.search(source):
        return SourceKind.NAMED
    if _PRONOUN.fullmatch(source):
        return SourceKind.NAMED
    if _EXPERT.search(source):
        return SourceKind.EXPERT
    if _OFFICIAL.search(source) or _INSTITUTION.search(source):
        return SourceKind.OFFICIAL
    return SourceKind.NAMED if re.search(r"\b[A-Z]", source) else SourceKind.UNNAMED


def row_of(said: Sourced) -> dict[str, object]:
    """A stretch as the row of JSON that `parallax sources` writes."""
    return {
        "article": said.article,
        "field": said.field,
        "start": said.start,
        "end": said.end,
        "source": said.source,
        "source_start": said.source_span.start if said.source_span else None,
        "source_end": said.source_span.end if said.source_span else None,
        "kind": said.kind.value,
        "cue": said.cue,
        "chain": list(said.chain),
    }
