"""Texts that know something of an article besides its markup, and how much of a block is in them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement

from crawlers.extract.body.blocks import Block, blocks_of
from crawlers.extract.body.consent import consent_boxes
from crawlers.extract.body.shingles import Reference
from crawlers.extract.body.story import title_heading
from crawlers.extract.body.wording import is_prose
from crawlers.extract.metadata.page_metadata import PageMetadata, values
from crawlers.extract.metadata.plain_text import plain

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

# Next.js and React stream a page's content in hidden containers that a script puts in place.
_STREAMED = re.compile(r"^[SB]:[0-9a-f]+$")
_WEAK_SHARE = (
    0.4  # of the page's prose: below it the fast extractor has probably missed the article
)
_MIN_WORDS = 40
_MOST_TAGS = 20_000  # elements; the extractor's many passes over a larger tree take too long
_BEYOND = etree.XPath(f"name(descendant::*[{_MOST_TAGS}])")  # counts no further
# What the extractor throws away unread: half of a page's elements, which it would copy and search first.
_UNREAD_BY_IT = ("nav", "aside", "footer")
_NO_P_KEPT = (
    "aside button dialog fieldset figure footer label menu nav noindex noscript object".split()
)
_RIVAL_SHARE = 0.5  # of what the extractor found: a shorter column is a standfirst or a teaser
_COLUMN_WORDS = 80  # of prose around the title: that is the page's main column
_MISSED_SHARE = (
    0.2  # of the main column's prose: an extractor that found less has read something else
)


@dataclass(frozen=True, slots=True)
class References:
    """Texts that know something of the article: an extractor's, and the page's own statements."""

    extractor: Reference
    stated: Reference
    description: Reference
    titles: Reference


def body_references(
    root: HtmlElement, metadata: PageMetadata, title: str
) -> tuple[References, list[Block]]:
    """What knows the article besides its markup, and all blocks of the page.

    Consent dialogues are taken out of the tree first, so that nothing reads them.
    """
    _reveal(root)
    blocks = blocks_of(root)
    heading = title_heading(blocks, title)
    dialogues = consent_boxes(blocks, heading)
    for box in dialogues:
        box.element.drop_tree()
    if dialogues:
        blocks = [b for b in blocks if not any(box in b.box.chain() for box in dialogues)]
        heading = title_heading(blocks, title)
    heard = _heard(_extracted(root, blocks), blocks, heading)
    return _references(root, metadata, heard), blocks


def _reveal(root: HtmlElement) -> None:
    """Undo the hiding that a script would undo, so that no extractor passes the content over."""
    for element in root.iter("div"):
        if element.get("hidden") is not None and _STREAMED.match(element.get("id") or ""):
            del element.attrib["hidden"]


def _references(root: HtmlElement, metadata: PageMetadata, heard: Reference) -> References:
    """What else knows the article: trafilatura's reading of it and the page's own statements."""
    headings = (plain(h.text_content()) for h in islice(root.iter("h1"), 3))
    return References(
        extractor=heard,
        stated=Reference(metadata.body.value if metadata.body else ""),
        description=Reference("\n".join(values(metadata.descriptions))),
        titles=Reference("\n".join([*metadata.all_headlines, *headings])),
    )


def _extracted(root: HtmlElement, blocks: Sequence[Block]) -> Reference:
    """What trafilatura reads: in its fast mode, or in full where that finds little of the prose."""
    if _BEYOND(root):
        return Reference("")
    with _lean(root) as lean:
        found = Reference(_trafilatura(lean, fast=True))
    prose = sum(b.size for b in blocks if len(b.text) > 120 and b.linked < 0.4 * len(b.text))
    if found.size >= max(_MIN_WORDS, _WEAK_SHARE * prose):
        return found
    fuller = Reference(_trafilatura(root, fast=False))
    return fuller if fuller.size > found.size else found


@contextmanager
def _lean(root: HtmlElement) -> Iterator[HtmlElement]:
    """The page without what the extractor leaves unread in any case; all of it where that holds all its paragraphs.

    It is the page itself, put together again in the end; a copy where text stands right behind what is taken out.
    """
    unread = list(root.iterdescendants(*_UNREAD_BY_IT)) if _has_kept_p(root) else []
    if any(element.tail and element.tail.strip(" \t\r\n") for element in unread):
        lean = copy(root)
        etree.strip_elements(lean, *_UNREAD_BY_IT, with_tail=False)
        yield lean
        return
    held: list[tuple[HtmlElement, HtmlElement]] = []
    try:
        for element in unread:
            stand_in = element.makeelement(element.tag)
            stand_in.tail = element.tail
            element.getparent().replace(element, stand_in)
            held.append((element, stand_in))
        yield root
    finally:
        for element, stand_in in reversed(held):
            stand_in.getparent().replace(stand_in, element)


def _has_kept_p(root: HtmlElement) -> bool:
    """Whether a paragraph stands where the extractor reads; where none does, it reads what it else throws away."""
    return any(next(p.iterancestors(*_NO_P_KEPT), None) is None for p in root.iter("p"))


def _heard(found: Reference, blocks: Sequence[Block], heading: int | None) -> Reference:
    """What the extractor found, unless that is none of the column under the title: then the column."""
    if heading is None:
        return found
    prose = [b for b in blocks[heading:] if is_prose(b)]
    for box in blocks[heading].box.chain():
        column = [b for b in prose if box in b.box.chain()]
        words = [b.size for b in column]
        if sum(words) < _COLUMN_WORDS:
            continue
        shares = [found.share(b.run) for b in column]
        heard = sum(n for n, share in zip(words, shares, strict=True) if share > _MISSED_SHARE)
        if heard < _MISSED_SHARE * sum(words) and sum(words) > _RIVAL_SHARE * found.size:
            return Reference("\n".join(b.text for b in column))
        return found
    return found


@cache
def _options(*, fast: bool) -> Extractor:
    """How the extractor reads; made once, since it asks its settings file for each of its bounds."""
    from trafilatura.settings import Extractor

    # Scores and prices are text too where the article has them.
    return Extractor(output_format="python", fast=fast, recall=fast, comments=False, tables=True)


def _trafilatura(root: HtmlElement, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    # It says on its logger what it thinks of a page; here that is the caller's to say.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(root, options=_options(fast=fast))
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        etree.LxmlError,
    ):
        return ""
    return str(getattr(document, "text", None) or "")
