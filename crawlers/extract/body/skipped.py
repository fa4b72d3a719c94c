"""What stands among an article's paragraphs and was not taken as its text."""

from __future__ import annotations

from collections.abc import Iterator

from crawlers.extract.body.blocks import Block
from crawlers.extract.body.folded import common_box, may_be_text, story_box
from crawlers.extract.body.quotes import origin_of
from crawlers.extract.body.select import Body
from crawlers.extract.body.shingles import Reference

_PROSE = 100  # characters
_TERMINAL = tuple(".!?\"'”’»“…。！？")
_READ = 0.9  # of a block's shingles: then it is in the text already


def passed_over(body: Body) -> Iterator[Block]:
    """The blocks within the article's part of the page that could be text of it and are not.

    Hidden ones too, unless the text has their words: what a button shows was published.
    """
    within = common_box(body.blocks, body.kept)
    around = story_box(body.blocks, body.kept, None)
    if within is None or around is None:
        return
    kept = set(body.kept)
    read: Reference | None = None
    for k, block in enumerate(body.blocks):
        if k in kept or k in body.others.foreign or not _may_state(block):
            continue
        box = around if block.box.hidden else within
        if box not in block.box.chain() or (block.box.hidden and not may_be_text(block, box)):
            continue
        read = read or Reference(body.text)
        if read.share(block.run) < _READ:
            yield block


def _may_state(block: Block) -> bool:
    """Whether a block could be a part of the article: a table's row or cell, or a paragraph of prose."""
    if block.linked > 0.4 * len(block.text):
        return False
    if block.box.tag in {"tr", "td", "th"}:
        return not block.box.hidden
    return len(block.text) > _PROSE and block.text.endswith(_TERMINAL) and origin_of(block) is None
