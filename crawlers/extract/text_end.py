"""What stands at the end of a text and right behind it: walls, on view or hidden, and lines that lead to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from compare.datamodel import Completeness
from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.cards import leads_to_others
from crawlers.extract.body.folded import story_box
from crawlers.extract.body.out_of_sight import is_put_away
from crawlers.extract.body.pointers import is_more_label
from crawlers.extract.body.select import Body
from crawlers.extract.body.wording import is_prose
from crawlers.extract.kinds import Judged
from crawlers.extract.walls import CONTINUE, WALL_NAMES, asks_in_text, asks_to_subscribe

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Words: most walls let through less, and one that stands apart from the story is there for any page.
_SAMPLE, _SAMPLE_APART = 250, 120
_LONGEST_LINE = 120  # characters
_BEHIND = 3  # lines in which a page says how the text goes on
_FADES = re.compile(r"fade-?out|truncat|locked|blurred")


def wall_lines(body: Body) -> Iterator[Block]:
    """The lines on the page that ask to subscribe or register to read on."""
    last = body.kept[-1] if body.kept else 0
    kept = set(body.kept)
    for k in range(max(0, last - 3), min(len(body.blocks), last + 15)):
        block = body.blocks[k]
        longest = 400 if k > last or k not in kept else 200
        asks = asks_in_text if k in kept else asks_to_subscribe
        if len(block.text) < longest and asks(block.text):
            yield block


def wall_of(body: Body, words: int) -> Judged | None:
    """A wall on view, or a hidden one where the text is as short as one lets through; else a hidden one is there for other readers."""
    hidden: str | None = None
    apart = True
    story = story_box(body.blocks, body.kept, None)
    for block in wall_lines(body):
        if not _is_put_away(block.box):
            return Completeness.PAYWALLED, f"after the text stands: {block.text[:120]}"
        hidden = block.text
        apart = apart and story is not None and story not in block.box.chain()
    if (element := _walling(body)) is not None:
        name = _names(element)
        if not is_put_away(element):
            return (
                Completeness.PAYWALLED,
                f"the text stands beside or in an element named {name[:60]!r}",
            )
        hidden, apart = hidden or name, False
    if hidden is None or words >= (_SAMPLE_APART if apart else _SAMPLE):
        return None
    return (
        Completeness.UNKNOWN,
        f"only {words} words, and a hidden part of the page says: {hidden[:120]}",
    )


def _is_put_away(box: Box) -> bool:
    return box.hidden or any(is_put_away(around.element) for around in box.chain())


def leading_on(body: Body, url: str) -> str | None:
    """The line at the end of the text, or right behind it, that leads to the rest of it; up to a list of other articles."""
    blocks = body.blocks
    if not body.kept:
        last = body.text[-300:]
        return last if len(last) < _LONGEST_LINE and CONTINUE.search(last) else None
    prose = next((k for k in reversed(body.kept) if is_prose(blocks[k])), body.kept[-1])
    end = body.kept[-1]
    for k in range(prose, min(len(blocks), end + 1 + _BEHIND)):
        line = blocks[k].text
        if k > end and is_more_label(line):
            return None
        if len(line) >= _LONGEST_LINE or not CONTINUE.search(line) or _is_put_away(blocks[k].box):
            continue
        if not leads_to_others(blocks, k, prose, url):
            return line
        if not blocks[k].linked:
            return None
    return None


def _walling(body: Body) -> HtmlElement | None:
    """The element that by its name fades or locks the last paragraphs or stands right after them; one on view before one that is hidden."""
    if not body.kept:
        return None
    for k in body.kept[-2:]:
        for box in islice(body.blocks[k].box.chain(), 4):
            if _FADES.search(box.name):
                return box.element
    last = body.blocks[body.kept[-1]].box.element
    walls = [e for e in last.itersiblings() if WALL_NAMES.search(_names(e))]
    return min(walls, key=is_put_away, default=None)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
