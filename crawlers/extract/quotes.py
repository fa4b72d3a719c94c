"""Text that an article carries from elsewhere: block quotations and embedded posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from compare.datamodel import Quoted
from crawlers.extract.blocks import Block, tidy

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
    r"[—–-]\s*(?P<name>[^\n(—]{1,80}?)\s*\((?P<handle>@[\w.]{1,40})\)(?P<when>[^\n]{0,40})$"
)
_LEAD_IN = re.compile(
    r"(?:^|[.!?]\s+)(?:(?:as|and|but|then|later|here(?:'s| is)(?: what| how)|according to|per|from|via|writes|wrote|from)\s+)*"
    r"(?P<name>(?:the\s+)?(?:[A-Z][\w&.'’-]*)(?:\s+(?:of|the|and|de|du|la|[A-Z][\w&.'’-]*)){0,5})"
    r"(?:['’]s)?(?:\s+(?:also|first|further|then|has|had|exclusively))?"
    r"(?:\s+(?:reports?|reported|reporting|writes?|wrote|writing|notes?|noted|says?|said|adds?|added|explains?|explained|states?|stated"
    r"|continues?|continued|tweeted|posted|announced|summari[sz]ed|puts?)\b[^.!?:]{0,60})?\s*:\s*$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"^(?:the\s+)?[A-Z]")
_OPENERS = re.compile(
    r"^(?:(?:as|and|but|then|later|according to|per|from|via|here is|here's|what|how)\s+)+",
    re.IGNORECASE,
)
_NO_SOURCE = frozenset(
    "he she they it we you i this that these those here there more update".split()
)


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
        source = signature or origin.source or named_source(before)
        if spans and marks[-1] is origin.element:
            last = spans[-1]
            spans[-1] = Quoted(
                start=last.start, end=at, kind=last.kind, source=last.source or source
            )
        else:
            spans.append(Quoted(start=start, end=at, kind=origin.kind, source=source))
            marks.append(origin.element)
    return "\n\n".join(parts), tuple(spans)


def _with_source(span: Quoted, source: str) -> Quoted:
    return Quoted(start=span.start, end=span.end, kind=span.kind, source=source)


def origin_of(block: Block) -> Origin | None:
    """The outermost mark that says a block is carried from elsewhere."""
    found: Origin | None = None
    for box in block.box.chain():
        if _ANY_EMBED.search(box.name):
            platform = next(p for pattern, p in _EMBEDS if pattern.search(box.name))
            return Origin(box.element, "embed", _cited(box.element) or platform or None)
        if box.tag == "blockquote":
            found = Origin(box.element, "blockquote", _cited(box.element))
    return found


def _is_pulled(block: Block) -> bool:
    return any(_PULLED.search(box.name) for box in islice(block.box.chain(), 4))


def _cited(element: HtmlElement) -> str | None:
    """The source that the markup of a quotation names."""
    for cite in element.iter("cite", "footer"):
        text = tidy("".join(cite.itertext())).strip(" —–-,.\n")
        if 1 < len(text) <= 120:
            return text.split("\n")[0]
    host = (
        urlsplit(element.get("cite") or "").hostname
        if "//" in (element.get("cite") or "")
        else None
    )
    return host.removeprefix("www.") if host else None


def _unsigned(text: str) -> tuple[str, str | None]:
    """A post's text without the line that signs it, and its author."""
    match = _SIGNED.search(text)
    if match is None:
        return text, None
    author = f"{match['name'].strip()} ({match['handle']})"
    return text[: match.start()].rstrip(), author


def named_source(paragraph: str) -> str | None:
    """Who the paragraph before a quotation says it is from: "According to Reuters:" gives Reuters."""
    match = _LEAD_IN.search(paragraph[-200:])
    if match is None:
        return None
    name = _OPENERS.sub("", match["name"]).strip()
    first = name.split()[0].lower() if name else ""
    return name if name and first not in _NO_SOURCE and _CAPITAL.match(name) else None
