"""Cards of other stories: boxes of one kind side by side, each with a headline that links to its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.walls import asks_to_subscribe

_LINKED = 0.8  # of a card's headline
_CARDS_OF_A_LIST = 3
_TEASER = 0.5  # of all words; what holds more is the story around cards
_CARD_LINES = 3  # headline, summary and date of a card, before or behind what says to read on
_KICKERS = 2  # blocks from a label to the first headline under it
_HEADLINE_WORDS = 3
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


def leads_to_others(blocks: Sequence[Block], k: int, last: int, url: str) -> bool:
    """Whether "Keep reading" is said of other stories behind the text, which ends with block `last`: as a label over their headlines, or by a card's link."""
    block = blocks[k]
    if block.box.tag == "button" or any(
        box.element.get("role") == "button" for box in block.box.chain(2)
    ):
        return False
    near = range(max(last + 1, k - _CARD_LINES), min(len(blocks), k + 1 + _CARD_LINES))
    headlines = [j for j in near if j != k and _is_headline_elsewhere(blocks[j], url)]
    if block.linked:
        href = _href(block)
        return any(_href(blocks[j]) == href for j in headlines)
    following = [j for j in headlines if j > k]
    if not following or following[0] - k > _KICKERS:
        return False
    told = set(blocks[last].box.chain()) if last < k else set()
    own = {box for box in block.box.chain() if box not in told}
    apart = not own.isdisjoint(blocks[following[0]].box.chain())
    return apart or block.box.level > 0 or block.text.endswith(":") or block.emphasised > 0


def _is_headline_elsewhere(block: Block, url: str) -> bool:
    if block.linked < _LINKED * len(block.text) or block.size < _HEADLINE_WORDS:
        return False
    href = _href(block)
    return bool(href) and not asks_to_subscribe(block.text) and _is_page_of_site(url, href or "")


def _href(block: Block) -> str | None:
    element = block.box.element
    link = next(element.iter("a"), None)
    if link is None:
        link = next(element.iterancestors("a"), None)
    return link.get("href") if link is not None else None


def _is_linked_headline(block: Block, url: str) -> bool:
    if not block.box.level or block.linked < _LINKED * len(block.text):
        return False
    href = _href(block)
    return bool(href) and _is_page_of_site(url, href or "")


@lru_cache(maxsize=512)  # a page's headlines are asked for twice
def _is_page_of_site(url: str, href: str) -> bool:
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    return there.hostname == here.hostname and there.path != here.path
