"""What stands among an article's paragraphs and was not taken as its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.quotes import origin_of
from crawlers.extract.body.select import Body

_NEARLY_ALL = 0.8  # of the paragraphs; a standfirst or a last note may stand outside the rest
_PROSE = 100  # characters
_TERMINAL = tuple(".!?\"'”’»“…。！？")


def passed_over(body: Body) -> Iterator[Block]:
    """The blocks within the article's part of the page that could be text of it and are not."""
    within = _common_box(body)
    kept = set(body.kept)
    for k, block in enumerate(body.blocks):
        if (
            k not in kept
            and within is not None
            and _may_state(block)
            and within in block.box.chain()
        ):
            yield block


def _common_box(body: Body) -> Box | None:
    """The smallest box that holds nearly all paragraphs of the article."""
    counts: Counter[Box] = Counter()
    for k in body.kept:
        counts.update(body.blocks[k].box.chain())
    enough = 0.8 * len(body.kept)
    boxes = body.blocks[body.kept[0]].box.chain() if body.kept else ()
    return next((box for box in boxes if counts[box] >= enough and box.tag != "p"), None)


def _may_state(block: Block) -> bool:
    """Whether a block could be a part of the article: a table's row or cell, or a paragraph of prose."""
    if block.linked > 0.4 * len(block.text) or block.box.hidden:
        return False
    if block.box.tag in {"tr", "td", "th"}:
        return True
    return len(block.text) > 100 and block.text.endswith(_TERMINAL) and origin_of(block) is None
