"""An article's claims: its title, its sentences, and the parts of them that stand for themselves.

A sentence often states several things, and a quotation is a statement of its own. Parts are claims
too: what is matched may be a part, what a reader is shown as evidence is the sentence around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from compare.datamodel import Article, Claim, Field, Quoted, Span
from compare.kinds import ClaimKind, ClaimRole
from compare.language.boilerplate import places_of, role_of
from compare.language.embeds import unmarked
from compare.text import clauses, lines, quotations, sentences, trimmed, words

# A quotation of fewer words is a label ("birther"), not a statement.
MIN_QUOTATION_WORDS = 4
# A part that is nearly the whole sentence says nothing that the sentence does not.
MAX_PART_SHARE = 0.85
# Two articles of an outlet that share more of their lines than this are versions of one.
MOST_OF_A_VERSION = 0.3


def claims_of(article: Article, repeated: frozenset[str] = frozenset()) -> tuple[Claim, ...]:
    """The claims of an article in reading order, each sentence followed by its parts.

    Positions count sentences, the title being 0. An article without a title starts at 1 all the
    same, and one without text gives its title alone. A part has the role of its sentence; a title is a
    statement. `repeated` are lines that the outlet prints under other articles too (`repeated_lines`).
    """
    found: list[Claim] = []
    if title := trimmed(article.title, 0, len(article.title)):
        found += _with_parts(
            article,
            "title",
            title,
            ClaimKind.TITLE,
            position=0,
            quoted=[],
            taken=(),
            role=_STATEMENT,
        )
    quoted = quotations(article.text)
    taken = (*article.quoted, *unmarked(article.text))
    starts, ends = [q.start for q in quoted], [q.end for q in quoted]
    whole = sentences(article.text)
    roles = _roles(article.text, whole, quoted, taken, repeated)
    for position, (span, role) in enumerate(zip(whole, roles, strict=True), start=1):
        inside = quoted[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        found += _with_parts(
            article,
            "text",
            span,
            ClaimKind.SENTENCE,
            position=position,
            quoted=inside,
            taken=taken,
            role=role,
        )
    return tuple(found)


_STATEMENT = ClaimRole.STATEMENT


def repeated_lines(articles: Sequence[Article]) -> Mapping[str, frozenset[str]]:
    """For each article, by id, the lines that its outlet prints under another story too.

    Versions of one story repeat nearly all their lines; they are no other story.
    """
    of_outlet: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for article in articles:
        held = frozenset(article.text[span.start : span.end] for span in lines(article.text))
        of_outlet[article.outlet].append((article.id, held))
    found: dict[str, frozenset[str]] = {}
    for own in of_outlet.values():
        for name, held in own:
            others = [
                held & theirs
                for other, theirs in own
                if other != name
                and len(held & theirs) <= MOST_OF_A_VERSION * min(len(held), len(theirs))
            ]
            found[name] = frozenset[str]().union(*others)
    return found


def _roles(
    text: str,
    whole: Sequence[Span],
    quoted: Sequence[Span],
    taken: Sequence[Quoted],
    repeated: frozenset[str],
) -> Iterator[ClaimRole]:
    """The role of each sentence of a text, in order."""
    held = list(lines(text))
    starts = [line.start for line in held]
    places = places_of([text[line.start : line.end] for line in held], repeated)
    for span in whole:
        at = bisect_right(starts, span.start) - 1
        line = held[at]
        place = replace(
            places[at],
            opens=span.start == line.start,
            closes=span.end == line.end,
            quoted=places[at].quoted
            or _is_inside(span, quoted)
            or _quoted_from(tuple(taken), span) is not None,
        )
        yield role_of(text[span.start : span.end], place)


def _is_inside(span: Span, quoted: Sequence[Span]) -> bool:
    """Whether a quotation holds at least half of a sentence."""
    at = bisect_right([q.start for q in quoted], span.start) - 1
    near = quoted[max(0, at) : at + 2]
    return any(
        2 * (min(q.end, span.end) - max(q.start, span.start)) >= span.end - span.start for q in near
    )


def _with_parts(
    article: Article,
    where: Field,
    span: Span,
    kind: ClaimKind,
    *,
    position: int,
    quoted: list[Span],
    taken: tuple[Quoted, ...],
    role: ClaimRole,
) -> Iterator[Claim]:
    text = article.read(where)
    taken_from = _quoted_from(taken, span)
    parts = [(span, kind)]
    parts += [(q, ClaimKind.QUOTATION) for q in _statements(text, span, quoted)]
    found = {(q.start, q.end) for q, _ in parts}
    parts += [
        (c, ClaimKind.CLAUSE)
        for c in clauses(text, span)
        if (c.start, c.end) not in found and _is_part(c, span)
    ]
    for part, part_kind in parts:
        yield Claim(
            id=f"{article.id}:{where}:{part.start}-{part.end}",
            article=article.id,
            outlet=article.outlet,
            field=where,
            start=part.start,
            end=part.end,
            text=text[part.start : part.end],
            kind=part_kind,
            sentence=span,
            position=position,
            quoted_from=taken_from,
            role=role,
        )


def _statements(text: str, sentence: Span, quoted: list[Span]) -> Iterator[Span]:
    """The quotations' stretches inside the sentence that say something."""
    for q in quoted:
        inside = trimmed(text, max(q.start, sentence.start), min(q.end, sentence.end))
        if inside is None or not _is_part(inside, sentence):
            continue
        if len(words(text[inside.start : inside.end])) >= MIN_QUOTATION_WORDS:
            yield inside


def _is_part(part: Span, whole: Span) -> bool:
    return part.end - part.start <= MAX_PART_SHARE * (whole.end - whole.start)


def _quoted_from(marked: tuple[Quoted, ...], span: Span) -> str | None:
    """Who the words are taken from, where the page marks at least half of them as taken."""
    for q in marked:
        shared = min(q.end, span.end) - max(q.start, span.start)
        if 2 * shared >= span.end - span.start:
            return q.source or ("an embedded post" if q.kind == "embed" else "a block quotation")
    return None
