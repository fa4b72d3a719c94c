"""The article's own text among a page's blocks, with what it quotes from elsewhere.

Two references are asked: trafilatura, and the article body that the page states for machines. What
decides is a logistic regression over the signs of every block (signs.py), fitted by
`benchmarks/fit_extraction.py`; its weights are in body_weights.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from lxml.html import HtmlElement

from compare.datamodel import Quoted
from compare.learned import LearnedModel, read_data, sigmoid
from crawlers.extract.body.block_features import Matrix, signs_of
from crawlers.extract.body.blocks import Block
from crawlers.extract.body.folded import copies, is_locked, unfolded
from crawlers.extract.body.pointers import is_pointer, listed_at_end
from crawlers.extract.body.quotes import mark_quotes, with_carried
from crawlers.extract.body.references import References, body_references
from crawlers.extract.body.story import NO_OTHERS, OtherStories, other_stories, title_heading
from crawlers.extract.body.tables import with_tables
from crawlers.extract.kinds import is_live_blog, is_roundup
from crawlers.extract.metadata.page_metadata import PageMetadata, Source

# A page that shows this little of the articleBody it states fills itself by scripts.
_SCRIPTED_SHARE = 0.4
_MIN_STATED = 600  # characters
_LEAST_OF_VOTED = (
    0.35  # of the characters of the extractor's blocks; on no labelled page is it less
)
_SHOWN_SHARE = 0.5  # of what the extractor found: with less on view, the hidden part is the article


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, the blocks it is made of, and all blocks that the page has.

    `kept` are indices into `blocks`; `stated` is the page's own articleBody, or "". `others` says
    which blocks belong to another story, and which may.
    """

    text: str
    quoted: tuple[Quoted, ...]
    blocks: Sequence[Block]
    kept: tuple[int, ...]
    stated: str
    provenance: Source | None
    others: OtherStories = NO_OTHERS


@cache
def fitted() -> tuple[LearnedModel, float]:
    """The shipped regression over the signs of a block, and the probability from which one is kept."""
    raw = read_data("crawlers.extract.body", "body_weights.json")
    return LearnedModel.of(raw), float(raw["keep"])


def probabilities(model: LearnedModel, names: Sequence[str], signs: Matrix) -> Matrix:
    """For every block the probability that it is part of the article."""
    if tuple(names) != model.features:
        raise ValueError(
            "body_weights.json was fitted on other signs; run benchmarks/fit/extraction.py"
        )
    return sigmoid(model.log_odds(signs))


def body_of(root: HtmlElement, metadata: PageMetadata, url: str, title: str = "") -> Body:
    """The titled article's text; empty where the page has none."""
    stated = metadata.body.value if metadata.body else ""
    references, blocks = body_references(root, metadata, title)
    if not blocks:
        return Body(stated, (), (), (), stated, Source.JSON_LD if stated else None)
    kept = with_tables(blocks, with_carried(blocks, _chosen(blocks, references)))
    heading = title_heading(blocks, title)
    others = NO_OTHERS
    if not (is_live_blog(metadata, url, title) or is_roundup(url, title)):
        others = other_stories(blocks, kept, title, url, heading=heading)
    kept = [k for k in kept if k not in others.foreign and not is_pointer(blocks[k])]
    twice = {*copies(blocks, kept), *listed_at_end(blocks, kept)}
    kept = [k for k in kept if k not in twice]
    kept = sorted({*kept, *unfolded(blocks, kept, heading)} - others.foreign)
    text, quoted = mark_quotes([blocks[k] for k in kept])
    if len(stated) > _MIN_STATED and len(text) < _SCRIPTED_SHARE * len(stated):
        return Body(stated, (), blocks, (), stated, Source.JSON_LD)
    return Body(text, quoted, blocks, tuple(kept), stated, Source.PAGE, others)


def _chosen(blocks: list[Block], references: References) -> list[int]:
    """The blocks that the regression keeps, of those that are on view.

    Where it keeps a small part only of what the extractor found, the page is of a kind that it was
    not fitted on, and the extractor's blocks are kept too.
    """
    judged = [b for b in article_blocks(blocks, references) if not is_locked(b)]
    places = {id(block): k for k, block in enumerate(blocks)}
    if not judged:
        return []
    model, least = fitted()
    names, signs = signs_of(judged, references)
    sizes = np.array([len(b.text) for b in judged])
    kept = probabilities(model, names, signs) >= least
    voted = signs[:, names.index("voted")] > 0
    if sizes[kept].sum() < _LEAST_OF_VOTED * sizes[voted].sum():
        kept |= voted
    return [places[id(judged[int(k)])] for k in np.flatnonzero(kept)]


def article_blocks(blocks: list[Block], references: References) -> list[Block]:
    """The blocks that are shown, unless most of what the extractor found is among the hidden."""
    shown = [b for b in blocks if not b.box.hidden]
    if len(shown) == len(blocks):
        return blocks
    found = references.extractor.shingles
    seen: set[str] = set()
    for block in shown:
        seen |= found.intersection(block.run)
        if len(seen) >= _SHOWN_SHARE * len(found):
            return shown
    return blocks if found else shown
