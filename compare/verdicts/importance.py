"""How central a detail is to the event: from what the coverage itself gives, never from what it should have given.

An omission weighs as much as what was omitted: how important a statement is to the story is measured from the
texts that have it (omission importance: Jaradat et al., 2024, arXiv 2401.05650). News puts first what matters
most, so where in its article an outlet states a detail tells how it rates it; outlets that rate it apart
from each other are so many votes; space, and what later versions keep, are weaker votes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2

from compare.datamodel import Article, Claim, Detail, Mention
from compare.kinds import Importance

# What each sign weighs; together one. Round numbers near the best of a grid on the labelled events (`python -m
# benchmarks.quality.importance`), where hardly anything depends on them as long as `early` weighs most.
HEADLINE, EARLY, SPREAD, SPACE, KEPT = 0.10, 0.50, 0.20, 0.15, 0.05
# A detail with this score and more is core, with less than the other background.
CORE, BACKGROUND = 0.45, 0.20
# Of so many sentences about one detail an outlet has said that it matters; more tell no more.
MUCH_SPACE = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What the coverage says of a detail's weight, each from 0 to 1, over all outlets that were read.

    `headline`: the share of outlets whose headline states it. `early`: how early, on average, an outlet
    states it, 1 in its first sentence, falling with the logarithm of the place (the discount of DCG: Jarvelin and
    Kekalainen, 2002), 0 where it does not. `spread`: independent origins by outlets. `space`: sentences given to it.
    `kept`: the share of its mentions in earlier versions that the outlet's latest version still has.
    """

    headline: float
    early: float
    spread: float
    space: float
    kept: float

    @property
    def score(self) -> float:
        """The weighed sum, from 0 to 1."""
        return (
            HEADLINE * self.headline
            + EARLY * self.early
            + SPREAD * self.spread
            + SPACE * self.space
            + KEPT * self.kept
        )


def with_importance(
    details: Iterable[Detail], claims: Iterable[Claim], articles: Sequence[Article]
) -> tuple[Detail, ...]:
    """The details with their importance and its score; the order stays. `Detail.origins` must be known."""
    position = {c.id: c.position for c in claims}
    coverage = Coverage.of(articles)
    return tuple(_rated(detail, position, coverage) for detail in details)


def _rated(detail: Detail, position: Mapping[str, int], coverage: Coverage) -> Detail:
    score = round(signs_of(detail, position, coverage).score, 4)
    return replace(detail, importance=importance_of(score), importance_score=score)


def importance_of(score: float) -> Importance:
    """The class of a score."""
    if score >= CORE:
        return Importance.CORE
    return Importance.SUPPORTING if score >= BACKGROUND else Importance.BACKGROUND


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outlets that were read, and their articles of which there are later versions, with the latest."""

    outlets: int
    latest: Mapping[str, str]

    @staticmethod
    def of(articles: Sequence[Article]) -> Coverage:
        """What `articles` cover; two of one outlet and address are versions of one."""
        versions: dict[tuple[str, str], list[Article]] = defaultdict(list)
        for article in articles:
            if article.url:
                versions[article.outlet, article.url].append(article)
        latest: dict[str, str] = {}
        for some in versions.values():
            *earlier, last = sorted(some, key=_when)
            latest |= {article.id: last.id for article in earlier}
        return Coverage(len({a.outlet for a in articles if a.text.strip()}), latest)


def _when(article: Article) -> tuple[str, str, str]:
    stamp = article.modified or article.published or ""
    return stamp, article.fetched_at or "", article.id


def signs_of(detail: Detail, position: Mapping[str, int], coverage: Coverage) -> Signs:
    """The signs of one detail; `position` is the place of each claim's sentence, the title being 0."""
    stated: dict[str, list[Mention]] = defaultdict(list)
    for mention in detail.mentions:
        stated[mention.outlet].append(mention)
    outlets = max(coverage.outlets, len(stated), 1)
    headlines = sum(any(m.field == "title" for m in some) for some in stated.values())
    early = sum(max(_discount(m, position) for m in some) for some in stated.values())
    space = sum(_space(some) for some in stated.values())
    return Signs(
        headline=headlines / outlets,
        early=early / outlets,
        spread=min(detail.origins, len(stated)) / outlets,
        space=space / outlets,
        kept=_kept(detail.mentions, coverage),
    )


def _discount(mention: Mention, position: Mapping[str, int]) -> float:
    place = max(1, position.get(mention.claim, 1))
    return 1 / log2(1 + place)


def _space(mentions: Sequence[Mention]) -> float:
    """How much of `MUCH_SPACE` an outlet's fullest article gives to it, in sentences of the text."""
    of_article: dict[str, set[int]] = defaultdict(set)
    for m in mentions:
        if m.field == "text":
            of_article[m.article].add(m.start)
    return min(max(map(len, of_article.values()), default=0), MUCH_SPACE) / MUCH_SPACE


def _kept(mentions: Sequence[Mention], coverage: Coverage) -> float:
    """Of the earlier versions that state it, the share whose latest version does too; 1 where there are none."""
    stating = {m.article for m in mentions}
    earlier = [coverage.latest[a] for a in stating if a in coverage.latest]
    return sum(last in stating for last in earlier) / len(earlier) if earlier else 1.0
