"""The post that the project started from, read with the eyes of its README (no text of it here)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compare.datamodel import Article, Completeness, Quoted
from compare.kinds import Voice

SEED = Path(__file__).parents[5] / "shared" / "seed" / "post.txt"
# The paragraphs of the post: the headline, a picture label, its own voice, then what it quotes.
OWN, QUOTED = (2, 3, 4, 10, 11, 12), (6, 7, 8, 9)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.exists(), reason="the seed post is not beside the checkout"),
]


@pytest.fixture
def story(judged: Callable[..., Any]) -> Any:
    paragraphs = SEED.read_text(encoding="utf-8").split("\n\n")
    text = "\n\n".join(paragraphs[2:13])
    start = text.index(paragraphs[QUOTED[0]])
    end = text.index(paragraphs[QUOTED[-1]]) + len(paragraphs[QUOTED[-1]])
    post = Article(
        id="post",
        outlet="The Post",
        title=paragraphs[0].strip(),
        text=text,
        published="2019-03-25",
        completeness=Completeness.FULL,
        quoted=(Quoted(start=start, end=end, source="Reuters"),),
    )
    return judged([post], about="troops")


def test_the_block_quotation_is_the_agencys(story: Any) -> None:
    (quoted,) = [m for m in story.detail.mentions if m.carried_from]
    assert quoted.carried_from == "Reuters"
    assert quoted.attribution.voice is Voice.OUTLET
    assert quoted.attribution.chain[0] == "Reuters"
    assert not quoted.editorialized


def test_the_headline_is_held_against_what_it_quotes(story: Any) -> None:
    said = {c.sentence for c in story.detail.conflicts}
    assert "The Post's headline says at least 100, its article says nearly 100." in said


def test_its_own_words_are_editorial(story: Any) -> None:
    own = [m for m in story.detail.mentions if m.field == "text" and not m.carried_from]
    words = {story.words(m, c.start, c.end) for m in own for c in m.cues}
    assert {"dictator", "humiliated"} <= words


def test_the_agencys_chain_is_kept(judged: Callable[..., Any], story: Any) -> None:
    again = judged(list(story.articles), about="Sputnik")
    chains = [m.attribution.chain for m in again.detail.mentions if m.attribution]
    assert any(chain[0] == "Reuters" and any("Sputnik" in c for c in chain) for chain in chains)
    named = judged(list(story.articles), about="Twitter").detail.mentions[0].attribution
    assert named.chain[0] == "Reuters"
    assert "on Twitter" in named.chain[1]
