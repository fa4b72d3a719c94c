"""Where two outlets, or a headline and its article, report the same detail differently.

Values are compared between mentions of the same detail only; `differences` says which values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from compare.datamodel import Conflict, Mention, Span
from compare.verdicts.conflicts.differences import Statement, differences
from compare.verdicts.evidence import Reading


def conflicts_of(mentions: tuple[Mention, ...], reading: Reading) -> tuple[Conflict, ...]:
    """The conflicts among a detail's mentions, in the order of the mentions."""
    found: list[Conflict] = []
    # A row is told by stretches; which slot a value stands in, the whole sentences tell.
    mentions = tuple(_whole_sentence(m) for m in mentions)
    stated = [bare_statement(mention, reading) for mention in mentions]
    standing = [i for i, mention in enumerate(mentions) if not _withdrawn(mention, reading)]
    for i, j in combinations(standing, 2):
        a, b = mentions[i], mentions[j]
        if _same_on_one_day(stated[i], stated[j]):
            continue
        if a.outlet != b.outlet or _headline_and_text(a, b):
            same_page = a.article == b.article
            match = 1.0 if same_page else reading.probability(a.claim, b.claim)
            found += _between((i, j), (a, b), (stated[i], stated[j]), match)
    return tuple(found)


def _withdrawn(mention: Mention, reading: Reading) -> bool:
    """Whether the page, as it was last read, lacks these words: who took them back is not held to them."""
    versions = reading.pages.get(mention.article, ())
    return len(versions) > 1 and reading.words_of(mention) not in versions[-1].read(mention.field)


def _whole_sentence(mention: Mention) -> Mention:
    if mention.sentence is None:
        return mention
    return replace(mention, start=mention.sentence.start, end=mention.sentence.end)


def _same_on_one_day(a: Statement, b: Statement) -> bool:
    """The same words give nothing differently, unless "Monday" is another day."""
    return a.text == b.text and a.published == b.published


def _headline_and_text(a: Mention, b: Mention) -> bool:
    """A headline is held to its own article, too."""
    return a.article == b.article and a.field != b.field


def _sentence(a: Mention, a_value: str, b: Mention, b_value: str) -> str:
    if a.outlet == b.outlet:
        where = {"title": "headline", "text": "article"}
        return f"{a.outlet}'s {where[a.field]} says {_shown(a_value)}, its {where[b.field]} says {_shown(b_value)}."
    return f"{a.outlet} says {_shown(a_value)}, {b.outlet} says {_shown(b_value)}."


def _between(
    places: tuple[int, int],
    mentions: tuple[Mention, Mention],
    stated: tuple[Statement, Statement],
    match: float,
) -> Iterator[Conflict]:
    (i, j), (a, b), (left, right) = places, mentions, stated
    for d in differences(left, right, match):
        a_value, b_value = left.text[d.a.start : d.a.end], right.text[d.b.start : d.b.end]
        yield Conflict(
            a=i,
            b=j,
            kind=d.kind,
            a_value=a_value,
            b_value=b_value,
            a_span=Span(a.start + d.a.start, a.start + d.a.end),
            b_span=Span(b.start + d.b.start, b.start + d.b.end),
            sentence=_sentence(a, a_value, b, b_value),
            weight=d.weight,
        )


def bare_statement(mention: Mention, reading: Reading) -> Statement:
    """What a mention says, and what stands around it, as the rules compare it."""
    claim = reading.claim.get(mention.claim)
    article = reading.article.get(mention.article)
    sentence = reading.sentence_of(mention)
    whole = sentence is not None and (sentence.start, sentence.end) == (mention.start, mention.end)
    return Statement(
        reading.words_of(mention),
        article.published if article else None,
        foreign=bool(claim and claim.quoted_from),
        article=reading.told.get(mention.article, ""),
        quotes=sentence.quoted if sentence is not None and whole else None,
    )


SHOWN = 80


def _shown(value: str) -> str:
    return value if len(value) <= SHOWN else value[:SHOWN].rsplit(" ", 1)[0] + " …"
