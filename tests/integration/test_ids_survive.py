"""Outlets and versions come in any order, and what was cited stays where it was."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import read_articles
from compare.config import Config
from compare.datamodel import Article, Comparison, Detail, Event
from compare.embedding.encoder import Encoder
from compare.embedding.index import FaissIndex
from compare.pipeline import compare_articles
from parallax.library import open_encoder, this_run

KEPT = 0.95
EVENTS = 10
_Statement = tuple[str, str, int, int]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return open_encoder(cache=tmp_path_factory.mktemp("encodings"))


def compared(
    articles: Sequence[Article], encoder: Encoder, earlier: Comparison | None
) -> Comparison:
    return compare_articles(
        articles,
        event=Event(),
        encoder=encoder,
        index=FaissIndex(),
        config=Config(),
        run=this_run(encoder),
        earlier=earlier,
    )


def another_version(article: Article, chance: random.Random) -> Article:
    """The same page later: a paragraph more, one fewer."""
    paragraphs = article.text.split("\n")
    del paragraphs[chance.randrange(len(paragraphs))]
    place = chance.randrange(len(paragraphs) + 1)
    paragraphs.insert(place, "The minister is to speak to reporters again on Friday afternoon.")
    return replace(article, id=f"{article.id}-later", text="\n".join(paragraphs))


def statements(detail: Detail, comparison: Comparison) -> set[_Statement]:
    """What a detail holds: whose sentence, which, and which stretch of it."""
    text = {a.id: a for a in comparison.articles}
    found = set()
    for m in detail.mentions:
        assert m.sentence
        words = text[m.article].read(m.field)[m.sentence.start : m.sentence.end]
        found.add((m.outlet, words, m.start - m.sentence.start, m.end - m.sentence.start))
    return found


def kept_of_shared(old: Comparison, new: Comparison) -> tuple[int, int]:
    """Of the details that both runs have, how many have their id, and how many there are.

    Both have it where most of what either holds of the earlier run's statements is the same.
    """
    known = set[_Statement]().union(*(statements(d, old) for d in old.details))
    after = {d.id: statements(d, new) & known for d in new.details}
    kept = shared = 0
    for detail in old.details:
        own = statements(detail, old)
        likeness = {i: len(own & theirs) / len(own | theirs) for i, theirs in after.items()}
        best = max(likeness.values())
        if best > 0.5:
            shared += 1
            kept += likeness.get(detail.id, 0.0) == best
    return kept, shared


def grown(articles: Sequence[Article], encoder: Encoder, name: str, steps: int) -> tuple[int, int]:
    """Kept and shared, over runs to which outlets and a version are added in random order."""
    chance = random.Random(name)
    order = list(articles)
    chance.shuffle(order)
    begun, later = order[: len(order) // 2], order[len(order) // 2 :]
    later.append(another_version(chance.choice(begun), chance))
    chance.shuffle(later)
    last = compared(begun, encoder, None)
    kept = shared = 0
    for step in range(steps):
        begun = [*begun, *later[step::steps]]
        now = compared(begun, encoder, last)
        ids = {d.id for d in now.details}
        assert len(ids) == len(now.details)
        assert set(now.forwarded.values()) <= ids
        assert not ids & now.forwarded.keys()
        some, of_all = kept_of_shared(last, now)
        kept, shared, last = kept + some, shared + of_all, now
    return kept, shared


@pytest.mark.model
def test_ids_survive_outlets_and_versions_of_the_sample(
    sample_articles: tuple[Article, ...], encoder: Encoder
) -> None:
    kept, shared = grown(sample_articles, encoder, "sample", steps=2)
    assert shared > 30
    assert kept >= KEPT * shared


@pytest.mark.model
@pytest.mark.shared
@pytest.mark.timeout(900)
def test_ids_survive_on_labelled_events(shared: Path, encoder: Encoder) -> None:
    events = sorted((shared / "benchmarks" / "coverage" / "events").glob("*.jsonl"))[:EVENTS]
    found = [grown(read_articles(path)[0], encoder, path.stem, steps=1) for path in events]
    kept, both = (sum(numbers) for numbers in zip(*found, strict=True))
    assert both > 300
    assert kept >= KEPT * both
