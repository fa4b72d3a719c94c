from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from compare.claims import claims_of
from compare.datamodel import (
    Article,
    Cell,
    Claim,
    Detail,
    Failure,
    Mention,
    Pair,
)
from compare.verdicts import judge
from compare.verdicts.judge import Judgement


@dataclass(frozen=True)
class Story:
    """Articles whose sentences that hold a word form one detail, judged."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    judgement: Judgement

    @property
    def detail(self) -> Detail:
        return self.judgement.details[0]

    def cell(self, outlet: str) -> Cell:
        return next(c for c in self.detail.cells if c.outlet == outlet)

    def mention(self, outlet: str) -> Mention:
        return next(m for m in self.detail.mentions if m.outlet == outlet)

    def words(self, mention: Mention, start: int, end: int) -> str:
        article = next(a for a in self.articles if a.id == mention.article)
        return article.read(mention.field)[start:end]


Judge = Callable[..., Story]


@pytest.fixture
def judged() -> Judge:
    """Judges the detail made of every whole sentence or title that holds `about`."""

    def run(
        articles: Sequence[Article],
        *,
        about: str,
        failures: Sequence[Failure] = (),
        outlets: Sequence[str] = (),
        pairs: Sequence[tuple[str, str, float]] = (),
    ) -> Story:
        claims = tuple(c for a in articles for c in claims_of(a))
        whole = [c for c in claims if (c.start, c.end) == (c.sentence.start, c.sentence.end)]
        mentions = tuple(
            Mention(
                claim=c.id,
                article=c.article,
                outlet=c.outlet,
                field=c.field,
                start=c.start,
                end=c.end,
                probability=0.9,
            )
            for c in whole
            if about in c.text
        )
        by_words = {c.text: c.id for c in whole}
        judgement = judge(
            [Detail(id="d1", text=mentions[0].claim, mentions=mentions)],
            claims=claims,
            pairs=[Pair(a=by_words[a], b=by_words[b], probability=p) for a, b, p in pairs],
            articles=articles,
            failures=failures,
            outlets=outlets,
        )
        return Story(tuple(articles), claims, judgement)

    return run
