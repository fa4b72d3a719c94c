"""Articles made after public bug reports of readers of text; each says in expected.json what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compare.codec import read_articles
from compare.config import Config
from compare.datamodel import Comparison, Conflict, Event, Run
from compare.embedding.encoder import SentenceEncoder
from compare.embedding.index import FaissIndex
from compare.pipeline import compare_articles

pytestmark = pytest.mark.model

CASES = Path(__file__).parents[4] / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/articles.jsonl"))


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def compared(name: str, encoder: SentenceEncoder) -> Comparison:
    articles, _ = read_articles(CASES / name / "articles.jsonl")
    return compare_articles(
        articles,
        event=Event(),
        encoder=encoder,
        index=FaissIndex(),
        config=Config(),
        run=Run(parallax="", model=""),
    )


@pytest.mark.parametrize("name", NAMES)
def test_articles_are_compared_as_their_case_says(name: str, encoder: SentenceEncoder) -> None:
    expected: dict[str, Any] = json.loads((CASES / name / "expected.json").read_text("utf-8"))
    comparison = compared(name, encoder)
    conflicts = [c for d in comparison.details for c in d.conflicts]
    if expected.get("no_conflict"):
        assert [c.sentence for c in conflicts] == []
    for values in expected.get("conflict_values", ()):
        assert any(is_of(c, values) for c in conflicts), [c.sentence for c in conflicts]
    claims = {c.text for c in comparison.claims}
    assert expected.get("whole_sentence", next(iter(claims))) in claims
    assert expected.get("has_sentence", next(iter(claims))) in claims
    if "speaker_of" in expected:
        article, speaker = expected["speaker_of"]
        assert speaker in {
            m.attribution.source
            for d in comparison.details
            for m in d.mentions
            if m.article == article and m.attribution
        }
    titles = [m for d in comparison.details for m in d.mentions if m.field == "title"]
    assert not [m.unsaid for m in titles if m.article == expected.get("headline_fine") and m.unsaid]


def is_of(conflict: Conflict, values: list[str]) -> bool:
    return {conflict.a_value, conflict.b_value} == set(values)
