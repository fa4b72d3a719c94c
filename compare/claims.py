"""An article's claims: its title, its sentences, and the parts of them that stand for themselves.

A sentence often states several things, and a quotation is a statement of its own. Parts are claims
too: what is matched may be a part, what a reader is shown as evidence is the sentence around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from compare.datamodel import Article, Claim, ClaimKind, Field, Quoted, Span
from compare.language.embeds import unmarked
from compare.text import clauses, quotations, sentences, trimmed, words

# A quotation of fewer words is a label ("birther"), not a statement.
MIN_QUOTATION_WORDS = 4
# A part that is nearly the whole sentence says nothing that the sentence does not.
MAX_PART_SHARE = 0.85


def claims_of(article: Article) -> tuple[Claim, ...]:
    """The claims of an article in reading order, each sentence followed by its parts.

    Positions count sentences, the title being 0. An article without a title starts at 1 all the
    same, and one without text gives its title alone.
    """
    found: list[Claim] = []
    if title := trimmed(article.title, 0, len(article.title)):
        found += _with_parts(article, "title", title, ClaimKind.TITLE, position=0, quoted=[], taken=())
    quoted = quotations(article.text)
    taken = (*article.quoted, *unmarked(article.text))
    starts, ends = [q.start for q in quoted], [q.end for q in quoted]
    for position, span in enumerate(sentences(article.text), start=1):
        inside = quoted[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        found += _with_parts(
            article, "text", span, ClaimKind.SENTENCE, position=position, quoted=inside, taken=taken
        )
    return tuple(found)


def _with_parts(
    article: Article,
    where: Field,
    span: Span,
    kind: ClaimKind,
    *,
    position: int,
    quoted: list[Span],
    taken: tuple[Quoted, ...],
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
