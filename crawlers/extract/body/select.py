"""The article's own text among a page's blocks, with what it quotes from elsewhere.

Two witnesses are heard: trafilatura, and the article body that the page states for machines. What
decides is a logistic regression over the signs of every block (signs.py), fitted by
`benchmarks/fit/extraction.py`; its weights are in body_weights.json.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from lxml import etree
from lxml.html import HtmlElement

from compare.datamodel import Quoted
from compare.learned import LearnedModel, read_data, sigmoid
from crawlers.extract.body.block_features import Matrix, signs_of
from crawlers.extract.body.blocks import Block, blocks_of
from crawlers.extract.body.quotes import mark_quotes, with_carried
from crawlers.extract.body.references import Reference, Witnesses, shingles, words_of
from crawlers.extract.metadata.structured import PageData, plain, strings

_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/h\d|/li)[^<>]{0,100}>")
# Next.js and React stream a page's content in hidden containers that a script puts in place.
_STREAMED = re.compile(r"^[SB]:[0-9a-f]+$")
_WEAK_SHARE = (
    0.4  # of the page's prose: below it the fast extractor has probably missed the article
)
_MIN_WORDS = 40
# A page that shows this little of the articleBody it states fills itself by scripts.
_SCRIPTED_SHARE = 0.4
_MIN_STATED = 600  # characters
_SHOWN_SHARE = 0.5  # of what the extractor found: with less on view, the hidden part is the article


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, the blocks it is made of, and all blocks that the page has.

    `kept` are indices into `blocks`; `stated` is the page's own articleBody, or "".
    """

    text: str
    quoted: tuple[Quoted, ...]
    blocks: Sequence[Block]
    kept: tuple[int, ...]
    stated: str
    provenance: str


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


def body_of(root: HtmlElement, data: PageData, url: str) -> Body:
    """The article's text; empty where the page has none."""
    stated = stated_body(data)
    witnesses, blocks = body_witnesses(root, data, url, stated)
    blocks = article_blocks(blocks, witnesses)
    if not blocks:
        return Body(stated, (), (), (), stated, "json-ld" if stated else "")
    model, least = fitted()
    names, signs = signs_of(blocks, witnesses)
    kept = [int(k) for k in np.flatnonzero(probabilities(model, names, signs) >= least)]
    kept = with_carried(blocks, kept)
    text, quoted = mark_quotes([blocks[k] for k in kept])
    if len(stated) > _MIN_STATED and len(text) < _SCRIPTED_SHARE * len(stated):
        return Body(stated, (), blocks, (), stated, "json-ld")
    return Body(text, quoted, blocks, tuple(kept), stated, "page")


def body_witnesses(
    root: HtmlElement, data: PageData, url: str, stated: str
) -> tuple[Witnesses, list[Block]]:
    """What knows the article besides its markup, and all blocks of the page; `stated` is its articleBody."""
    _reveal(root)
    blocks = blocks_of(root)
    return _witnesses(root, blocks, data, url, stated), blocks


def _reveal(root: HtmlElement) -> None:
    """Undo the hiding that a script would undo, so that no extractor passes the content over."""
    for element in root.iter("div"):
        if element.get("hidden") is not None and _STREAMED.match(element.get("id") or ""):
            del element.attrib["hidden"]


def stated_body(data: PageData) -> str:
    """The longest articleBody that the page states for machines, as plain paragraphs."""
    bodies = strings(data.article.get("articleBody")) or [
        text for node in data.nodes for text in strings(node.get("articleBody"))
    ]
    longest = max(bodies, key=len, default="")
    lines = (plain(line) for line in _BREAKS.sub("\n", longest).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _witnesses(
    root: HtmlElement, blocks: Sequence[Block], data: PageData, url: str, stated: str
) -> Witnesses:
    """What else knows the article: trafilatura's reading of it and the page's own statements."""
    description = [
        *(
            d
            for name in ("description", "og:description", "twitter:description")
            for d in data.meta.get(name, ())
        ),
        *strings(data.article.get("description")),
    ]
    titles = [
        *(t for name in ("og:title", "twitter:title") for t in data.meta.get(name, ())),
        *strings(data.article.get("headline")),
        *(h.text_content() for _, h in zip(range(3), root.iter("h1"), strict=False)),
    ]
    return Witnesses(
        extractor=_extracted(root, blocks, url),
        stated=Reference(stated),
        description=Reference("\n".join(map(plain, description))),
        titles=Reference("\n".join(map(plain, titles))),
    )


def _extracted(root: HtmlElement, blocks: Sequence[Block], url: str) -> Reference:
    """What trafilatura reads: in its fast mode, or in full where that finds little of the prose."""
    found = Reference(_trafilatura(root, url, fast=True))
    prose = sum(
        len(b.text.split()) for b in blocks if len(b.text) > 120 and b.linked < 0.4 * len(b.text)
    )
    if found.size >= max(_MIN_WORDS, _WEAK_SHARE * prose):
        return found
    fuller = Reference(_trafilatura(root, url, fast=False))
    return fuller if fuller.size > found.size else found


def _trafilatura(root: HtmlElement, url: str, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    # It says on its logger what it thinks of a page; here that is the caller's to say.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            root,
            url=url,
            fast=fast,
            favor_recall=fast,
            include_comments=False,
            include_tables=True,  # scores and prices are text too where the article has them
        )
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


def article_blocks(blocks: list[Block], witnesses: Witnesses) -> list[Block]:
    """The blocks that are shown, unless most of what the extractor found is among the hidden."""
    extractor = witnesses.extractor
    shown = [b for b in blocks if not b.box.hidden]
    if len(shown) == len(blocks):
        return blocks
    seen = {s for b in shown for s in shingles(words_of(b.text))}
    return (
        shown
        if len(seen & extractor.shingles) >= _SHOWN_SHARE * len(extractor.shingles)
        else blocks
    )
