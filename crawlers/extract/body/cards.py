"""Cards of other stories: boxes of one kind side by side, each with a headline that links to its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from crawlers.extract.body.blocks import Block, Box

_LINKED = 0.8  # of a card's headline
_CARDS_OF_A_LIST = 3
_TEASER = 0.5  # of all words; what holds more is the story around cards
_CARDS = 2  # of one kind; a single one may be the story's own source


def cards_around(
    blocks: Sequence[Block], held: Mapping[Box, Sequence[int]], apart: Iterable[Box], url: str
) -> Box | None:
    """The widest of the boxes `apart` in which each of several like boxes has a headline linked to a page of this site."""
    for box in reversed(list(apart)):
        headlines = [k for k in held[box] if _is_linked_headline(blocks[k], url)]
        inner = {_child(blocks[k].box, box) for k in headlines} - {None}
        if len({(b.tag, b.kind) for b in inner if b}) == 1 and len(inner) >= _CARDS:
            return box
    return None


def words_in_cards(blocks: Sequence[Block], kept: Iterable[int], url: str) -> int:
    """The words among the kept ones that stand in the same boxes as headlines of other pages of this site, each in its own."""
    cards = {b.box.parent for b in blocks if _is_linked_headline(b, url)} - {None}
    told: Counter[Box] = Counter()
    total = 0
    for k in kept:
        total += blocks[k].size
        if (card := next((box for box in blocks[k].box.chain() if box in cards), None)) is not None:
            told[card] += blocks[k].size
    teasers = [words for words in told.values() if words < _TEASER * total]
    return sum(teasers) if len(teasers) >= _CARDS_OF_A_LIST else 0


def _child(box: Box, around: Box) -> Box | None:
    """The box that holds `box` and stands right in `around`."""
    return next((b for b in box.chain() if b.parent is around), None)


def _is_linked_headline(block: Block, url: str) -> bool:
    if not block.box.level or block.linked < _LINKED * len(block.text):
        return False
    element = block.box.element
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
    href = link.get("href") if link is not None else None
    try:
        there, here = urlsplit(urljoin(url, href or "")), urlsplit(url)
    except ValueError:
        return False
    return bool(href) and there.hostname == here.hostname and there.path != here.path
