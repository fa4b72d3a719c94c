"""Text that an article carries from elsewhere: block quotations and embedded posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from compare.datamodel import Quoted
from crawlers.extract.body.blocks import Block, tidy

Kind = Literal["blockquote", "embed"]

# The markup of platforms' own embed codes, and the platform that each names.
_EMBEDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"twitter-(tweet|video)|tweet-?embed|embed(ded)?-?tweet"), "Twitter"),
    (re.compile(r"instagram-media"), "Instagram"),
    (re.compile(r"\bfb-(post|video)\b"), "Facebook"),
    (re.compile(r"tiktok-embed"), "TikTok"),
    (re.compile(r"bluesky-embed"), "Bluesky"),
    (re.compile(r"mastodon-embed"), "Mastodon"),
    (re.compile(r"reddit-(embed|card)"), "Reddit"),
    (re.compile(r"telegram-(post|embed)|widget_message"), "Telegram"),
    (re.compile(r"truthsocial-embed"), "Truth Social"),
    (re.compile(r"wp-embedded-content"), ""),
)
_ANY_EMBED = re.compile("|".join(pattern.pattern for pattern, _ in _EMBEDS))
_PULLED = re.compile(
    r"pull-?_?quote|pullout|quote-?_?(?:pull|highlight)|blockquote--pull", re.IGNORECASE
)
# "— Ann Lee (@annlee) March 24, 2019": how embed codes sign a post.
_SIGNED = re.compile(
    r"[—–-]\s{0,3}(?P<name>[^\n(—]{1,80}?)\s{0,3}\((?P<handle>@[\w.]{1,40})\)(?P<when>[^\n]{0,40})$"
)
_LEAD_IN = re.compile(
    r"(?:^|[.!?]\s+)"
    r"(?:(?i:as|and|but|then|later|according to|per|from|via|here(?:['’]s| is)|what|how)\s+)*"
    r"(?P<name>(?:[Tt]he\s+)?[A-Z][\w&.'’-]*(?:\s+(?:of|the|and|de|du|la|[A-Z][\w&.'’-]*)){0,5}?)(?:['’]s)?"
    r"(?:\s+(?:also|first|further|then|has|had|exclusively))?"
    r"(?:\s+(?:reports?|reported|reporting|writes?|wrote|writing|notes?|noted|says?|said|adds?|added|explains?"
    r"|explained|states?|stated|continues?|continued|tweeted|posted|announced|summari[sz]ed|puts?)\b[^.!?:]{0,60})?"
    r"\s*:\s*$"
)
_NO_SOURCE = frozenset(
    "he she they it we you i this that these those here there more update".split()
)


_MIN_POST_WORDS = 4
_TRAILING = 3  # blocks after the last kept one in which a closing embedded post may stand


class Origin(NamedTuple):
    """The element that marks text as carried, what kind of mark it is, and the source it names."""

    element: HtmlElement
    kind: Kind
    source: str | None


def mark_quotes(blocks: Sequence[Block]) -> tuple[str, tuple[Quoted, ...]]:
    """The blocks as one text, paragraphs apart by an empty line, and the spans that are carried.

    Pull quotes repeat the article and are left out; the line that signs an embedded post becomes
    the source and leaves the text.
    """
    parts: list[str] = []
    spans: list[Quoted] = []
    marks: list[HtmlElement] = []
    at = 0
    before = ""
    for block in blocks:
        origin = origin_of(block)
        text, signature = _unsigned(block.text) if origin else (block.text, None)
        if origin is not None and spans and marks[-1] is origin.element and signature:
            spans[-1] = _with_source(spans[-1], signature)
        if not text or _is_pulled(block):
            continue
        start = at + 2 if parts else 0
        at = start + len(text)
        parts.append(text)
        if origin is None:
            before = text
            continue
        source = signature or origin.source or named_source(before) or _cited_host(origin.element)
        if spans and marks[-1] is origin.element:
            last = spans[-1]
            spans[-1] = Quoted(
                start=last.start, end=at, kind=last.kind, source=last.source or source
            )
        else:
            spans.append(Quoted(start=start, end=at, kind=origin.kind, source=source))
            marks.append(origin.element)
    return "\n\n".join(parts), tuple(spans)


def with_carried(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The kept blocks, and the posts and quotations that stand among them.

    Labelled texts leave embedded posts out, and so does what was fitted on them; a comparison
    needs them, marked as somebody else's words.
    """
    chosen = set(kept)
    if not chosen:
        return []
    for k in range(min(chosen), min(len(blocks), max(chosen) + 1 + _TRAILING)):
        block = blocks[k]
        if k in chosen or len(block.text.split()) < _MIN_POST_WORDS or block.box.hidden:
            continue
        origin = origin_of(block)
        among = k < max(kept)
        if origin is not None and (origin.kind == "embed" or among) and not _is_aside(block):
            chosen.add(k)
    return sorted(chosen)


def _is_aside(block: Block) -> bool:
    return any(
        b.tag in {"aside", "footer", "nav"} or "comment" in b.name for b in block.box.chain()
    )


def _with_source(span: Quoted, source: str) -> Quoted:
    return Quoted(start=span.start, end=span.end, kind=span.kind, source=source)


def origin_of(block: Block) -> Origin | None:
    """The outermost mark that says a block is carried from elsewhere."""
    found: Origin | None = None
    for box in block.box.chain():
        if box.name and (platform := _platform(box.name)) is not None:
            return Origin(box.element, "embed", _cited(box.element) or platform or None)
        if box.tag == "blockquote":
            found = Origin(box.element, "blockquote", _cited(box.element))
    return found


@lru_cache(maxsize=10_000)
def _platform(name: str) -> str | None:
    """The platform whose embed code names an element so, "" for an unknown one; None for no embed."""
    if not _ANY_EMBED.search(name):
        return None
    return next(platform for pattern, platform in _EMBEDS if pattern.search(name))


def _is_pulled(block: Block) -> bool:
    return any(box.name and _pulls(box.name) for box in islice(block.box.chain(), 4))


@lru_cache(maxsize=10_000)
def _pulls(name: str) -> bool:
    return _PULLED.search(name) is not None


def _cited(element: HtmlElement) -> str | None:
    """The source that the markup of a quotation names."""
    signed = _SIGNED.search(tidy("".join(element.itertext())))
    if signed is not None:
        return _author(signed)
    for cite in element.iter("cite", "footer"):
        text = tidy("".join(cite.itertext())).strip(" —–-,.\n")
        if 1 < len(text) <= 120:
            return text.split("\n")[0]
    return None


def _cited_host(element: HtmlElement) -> str | None:
    """The site that a quotation's cite attribute points to, where it has a name."""
    try:
        host = urlsplit(element.get("cite") or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") if re.search(r"\.[a-z]{2,}$", host) else None


def _unsigned(text: str) -> tuple[str, str | None]:
    """A post's text without the line that signs it, and its author."""
    match = _SIGNED.search(text)
    if match is None:
        return text, None
    return text[: match.start()].rstrip(), _author(match)


def _author(match: re.Match[str]) -> str:
    return f"{match['name'].strip()} ({match['handle']})"


def named_source(paragraph: str) -> str | None:
    """Who the paragraph before a quotation says it is from: "According to Reuters:" gives Reuters."""
    match = _LEAD_IN.search(paragraph[-200:])
    if match is None:
        return None
    name = str(match["name"]).strip()
    return None if name.split()[0].lower() in _NO_SOURCE else name
