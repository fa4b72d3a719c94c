"""Outlets and versions come in any order, and what was cited stays where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.ids import EVENTS, grown
from compare.codec import read_articles
from compare.datamodel import Article
from compare.embedding.encoder import Encoder
from parallax.environment import cache_folder
from parallax.library import open_encoder

KEPT = 0.95


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """With the cache of all tests: those of the floors encode the same articles."""
    return open_encoder(cache=cache_folder())


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
