"""Cards of other stories: boxes of one kind side by side, each with a headline that links to its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from crawlers.extract.body.blocks import Block, Box

_LINKED = 0.8  # of a card's headline
_CARDS_OF_A_LIST = 3
_TEASER = 0.5  # of all words; what holds more is the story around cards
_CARDS = 2  # of one kind; a single one may be the story's own source


class Cards:
    """Which boxes of a page hold cards; takes time in proportion to the page."""

    def __init__(self, blocks: Sequence[Block], url: str) -> None:
        self._below: dict[Box, set[Box]] = {}  # the boxes right in each that hold linked headlines
        for block in blocks:
            if _is_linked_headline(block, url):
                self._add(block.box)

    def _add(self, box: Box) -> None:
        while (around := box.parent) is not None:
            beside = self._below.setdefault(around, set())
            if box in beside:
                return
            beside.add(box)
            box = around

    def around(self, apart: Iterable[Box]) -> Box | None:
        """The widest of the boxes `apart` in which each of several like boxes has a headline linked to a page of this site."""
        return next((box for box in reversed(list(apart)) if self._are_in(box)), None)

    def _are_in(self, box: Box) -> bool:
        inner = self._below.get(box, ())
        return len(inner) >= _CARDS and len({(b.tag, b.kind) for b in inner}) == 1


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


def _is_linked_headline(block: Block, url: str) -> bool:
    if not block.box.level or block.linked < _LINKED * len(block.text):
        return False
    element = block.box.element
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
    href = link.get("href") if link is not None else None
    return bool(href) and _is_page_of_site(url, href)


@lru_cache(maxsize=512)  # a page's headlines are asked for twice
def _is_page_of_site(url: str, href: str) -> bool:
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    return there.hostname == here.hostname and there.path != here.path
