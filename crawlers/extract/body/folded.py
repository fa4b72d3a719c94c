"""Text that the page has and does not show at first, and text that it has twice.

What a button unfolds (hidden sections, accordions) is part of the article where it stands among the
article's paragraphs; what a page repeats for another screen is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.shingles import Reference
from crawlers.extract.body.wording import is_prose

# What pages hide besides text: pictures' captions, dialogues, forms, other stories, comments.
_NOT_TEXT = re.compile(
    r"comment|caption|gallery|lightbox|slideshow|carousel|modal|popup|dialog|share|social|newsletter|subscri|login|sign-?in|cookie|consent|author|byline|(?<![a-z])bio(?![a-z])"
    r"|relat|recommend|promo|trending|popular|(?<![a-z])nav|menu|footer|sidebar|(?<![a-z])ads?(?![a-z])|advert|sponsor|tooltip|search|transcript|print-only|template|placeholder"
)
_OUTSIDE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption", "dialog", "header"})
_WALLED = re.compile(r"pay-?wall|premium|subscriber|locked|reg-?wall|metered")  # told, not read
_COPIED = 0.9  # of a paragraph's shingles
_COPY_WORDS = 20  # of a run; fewer are repeated for other reasons
_MANY_DOUBLED = 3  # lines right behind themselves: then the page has each twice
_LEAD = 2  # of the paragraphs: a standfirst that is the first paragraph, too
_SHORTEST = 5  # words of a line of folded text
_LINES_BETWEEN = 3  # a button, a caption; then something else begins


def common_box(blocks: Sequence[Block], kept: Sequence[int], share: float = 0.8) -> Box | None:
    """The smallest box that holds nearly all of these blocks; a standfirst or a note may stand outside."""
    counts: dict[Box, int] = {}
    for k in kept:
        for box in blocks[k].box.chain():
            counts[box] = counts.get(box, 0) + 1
    boxes = blocks[kept[0]].box.chain() if kept else ()
    return next((box for box in boxes if counts[box] >= share * len(kept) and box.tag != "p"), None)


def story_box(blocks: Sequence[Block], kept: Sequence[int], heading: int | None) -> Box | None:
    """The smallest box that holds nearly all paragraphs and, short of the whole page, the heading."""
    box = common_box(blocks, kept)
    titled = set(blocks[heading].box.chain()) if heading is not None else set()
    for around in box.chain() if box is not None else ():
        if around.tag in {"html", "body"}:
            break
        if around in titled or around.tag == "article":
            return around
    return box


def unfolded(blocks: Sequence[Block], kept: Sequence[int], heading: int | None) -> list[int]:
    """The hidden blocks that are the article's own text: among its paragraphs, and not on view already."""
    within = story_box(blocks, kept, heading)
    if within is None or not any(block.box.hidden for block in blocks):
        return []
    found = [
        k
        for k in range(kept[0], _end(blocks, kept))
        if blocks[k].box.hidden
        and within in blocks[k].box.chain()
        and may_be_text(blocks[k], within)
        and not is_locked(blocks[k])
    ]
    if not found:
        return []
    shown = Reference("\n".join(b.text for b in blocks if not b.box.hidden))
    found = [k for k in found if shown.share(blocks[k].run) < _COPIED]
    folds = {_fold(blocks[k].box) for k in found if is_prose(blocks[k])}
    return [k for k in found if _fold(blocks[k].box) in folds]


def is_locked(block: Block) -> bool:
    """Whether a hidden block is behind a paywall by its boxes' names: it is told of, and not read."""
    return block.box.hidden and any(_WALLED.search(b.name) for b in block.box.chain())


def _end(blocks: Sequence[Block], kept: Sequence[int]) -> int:
    """Behind the last block that a fold of the article's may hold: few lines on view come between."""
    passed = 0
    for k in range(kept[-1] + 1, len(blocks)):
        passed += not blocks[k].box.hidden
        if passed > _LINES_BETWEEN:
            return k
    return len(blocks)


def may_be_text(block: Block, within: Box) -> bool:
    """Whether a hidden block could be text of the article around it, by its own words and its boxes' names."""
    if block.size < _SHORTEST or block.linked > 0.4 * len(block.text):
        return False
    for box in block.box.chain():
        if box is within:
            return True
        if box.tag in _OUTSIDE or (box.name and _NOT_TEXT.search(box.name)):
            return False
    return False


def _fold(box: Box) -> Box:
    """The outermost hidden box: what one button unfolds."""
    return [b for b in box.chain() if b.hidden][-1]


def copies(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """The kept blocks that repeat, word for word, what was read already.

    A run in another box, a paragraph right behind itself, the lead: pages have these for other screens
    or places. One line alone may come again by intention: a question, a refrain.
    """
    first: dict[tuple[str, ...], int] = {}
    run: list[int] = []
    ended = -2  # place of the earlier block that the run has come to
    twice = _doubled_lines(blocks, kept)
    for place, k in enumerate(kept):
        words = blocks[k].words
        earlier = first.setdefault(tuple(words), place)
        copied = earlier != place and blocks[kept[earlier]].box.parent is not blocks[k].box.parent
        if run and not (copied and earlier == ended + 1):
            yield from _if_run(blocks, run)
            run = []
        if earlier != place and (k in twice or (earlier < _LEAD and len(words) >= _COPY_WORDS)):
            yield k
        if copied:
            run.append(k)
            ended = earlier
    yield from _if_run(blocks, run)


def _doubled_lines(blocks: Sequence[Block], kept: Sequence[int]) -> set[int]:
    """The blocks that stand right behind themselves: sentences, and any lines where many do."""
    behind = [k for j, k in pairwise(kept) if blocks[j].text == blocks[k].text and blocks[k].text]
    if len(behind) >= _MANY_DOUBLED:
        return set(behind)
    return {k for k in behind if is_prose(blocks[k])}


def _if_run(blocks: Sequence[Block], run: Sequence[int]) -> Sequence[int]:
    words = sum(blocks[k].size for k in run)
    return run if len(run) > 1 and words >= _COPY_WORDS else ()
