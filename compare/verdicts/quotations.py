"""The same quotation as each outlet renders it: word for word, shortened, spliced, altered, paraphrased.

Renderings are held against the fullest one. Who is said to have said it, and by which verb, is what the
outlet itself says there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from compare.datamodel import Mention, Quotation, Rendering, Span
from compare.kinds import Variant
from compare.language.renderings import MIN_WORDS, PARAPHRASE, align, quoted_words
from compare.language.stems import content_stems
from compare.verdicts.evidence import Reading

# A mention without quotation marks paraphrases a quotation if it has this part of its content words.
RETOLD, MIN_RETOLD = 0.5, 4
# A sentence has few quotations, and a detail few different ones; what has more is no prose, and the first
# of each are looked at, so that no article costs more than it is worth.
MOST_A_MENTION, MOST_DIFFERENT = 6, 60


def quotations_of(mentions: Sequence[Mention], reading: Reading) -> tuple[Quotation, ...]:
    """The quotations that several outlets of a detail render, those with most renderings first."""
    groups: list[list[tuple[int, Span, Variant]]] = []
    fullest: list[str] = []
    keys: list[Counter[str]] = []
    for i, span in sorted(_quoted(mentions, reading), key=lambda each: each[1].start - each[1].end):
        words = _words(mentions[i], span, reading)
        own = _keys(words)
        variants = (
            (k, align(full, words).variant)
            for k, full in enumerate(fullest)
            if _may_be_one(keys[k], own)
        )
        joined = next((each for each in variants if each[1] is not Variant.OTHER), None)
        if joined is None:
            if len(groups) < MOST_DIFFERENT:
                groups.append([(i, span, Variant.FULLEST)])
                fullest.append(words)
                keys.append(own)
        else:
            groups[joined[0]].append((i, span, joined[1]))
    for group, words in zip(groups, fullest, strict=True):
        known = {mentions[i].outlet for i, _, _ in group}
        group.extend(_retold(words, known, mentions, reading))
    found = [_quotation(group, mentions) for group in groups]
    shared = [q for q in found if len({mentions[r.mention].outlet for r in q.renderings}) > 1]
    return tuple(sorted(shared, key=lambda q: -len(q.renderings)))


def _quoted(mentions: Sequence[Mention], reading: Reading) -> Iterator[tuple[int, Span]]:
    """Each mention's quoted stretches of three words or more, in its article's field."""
    for i, mention in enumerate(mentions):
        sentence = reading.sentence_of(mention)
        if sentence:
            spans = (
                Span(
                    max(mention.start, sentence.start + q.start),
                    min(mention.end, sentence.start + q.end),
                )
                for q in sentence.quoted
            )
            told = (s for s in spans if _is_telling(mention, s, reading))
            yield from ((i, span) for span in islice(told, MOST_A_MENTION))


def _is_telling(mention: Mention, span: Span, reading: Reading) -> bool:
    return span.start < span.end and len(quoted_words(_words(mention, span, reading))) >= MIN_WORDS


def _keys(quoted: str) -> Counter[str]:
    return Counter(word.key for word in quoted_words(quoted))


def _may_be_one(a: Counter[str], b: Counter[str]) -> bool:
    """Whether two quotations share as many words as one must, in whatever order."""
    return (a & b).total() >= PARAPHRASE * min(a.total(), b.total())


def _words(mention: Mention, span: Span, reading: Reading) -> str:
    return reading.article[mention.article].read(mention.field)[span.start : span.end]


def _retold(
    quoted: str, known: set[str], mentions: Sequence[Mention], reading: Reading
) -> Iterator[tuple[int, Span, Variant]]:
    """The mentions of other outlets that give the quotation's content in their own words."""
    needed = content_stems(quoted)
    if len(needed) < MIN_RETOLD:
        return
    for i, mention in enumerate(mentions):
        sentence = reading.sentence_of(mention)
        if mention.outlet in known or sentence is None or sentence.quoted:
            continue
        if len(needed & content_stems(reading.words_of(mention))) >= RETOLD * len(needed):
            yield i, Span(mention.start, mention.end), Variant.PARAPHRASED


def _quotation(
    group: Sequence[tuple[int, Span, Variant]], mentions: Sequence[Mention]
) -> Quotation:
    """The group with one rendering a mention, the fullest first."""
    by_mention = [next(same) for _, same in groupby(sorted(group[1:], key=_place), key=_place)]
    kept = [group[0], *(each for each in by_mention if each[0] != group[0][0])]
    return Quotation(
        renderings=tuple(_rendering(i, span, variant, mentions[i]) for i, span, variant in kept)
    )


def _place(each: tuple[int, Span, Variant]) -> int:
    return each[0]


def _rendering(i: int, span: Span, variant: Variant, mention: Mention) -> Rendering:
    who = mention.attribution
    return Rendering(
        mention=i,
        start=span.start,
        end=span.end,
        variant=variant,
        speaker=who.source if who else None,
        verb=who.verb if who else None,
    )
