"""What a page says about itself for machines: JSON-LD (schema.org), meta tags, canonical link.

Everything here is hostile input: broken JSON, depth bombs, values of the wrong type. What cannot be
read is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

Node = dict[str, Any]

# Larger scripts are data for the page's programs, not a description of the page.
MAX_JSON_LD = 4_000_000
MAX_DEPTH = 12
MAX_NODES = 5_000

ARTICLE_TYPES = frozenset(
    """
    article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle
    backgroundnewsarticle reviewnewsarticle asknewsarticle askpublicnewsarticle satiricalarticle
    report techarticle liveblogposting scholarlyarticle socialmediaposting advertisercontentarticle
    """.split()
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPING = re.compile(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*<!\[CDATA\[\*/)?|(?://)?\s*(?:-->|\]\]>|/\*\]\]>\*/)?\s*;?\s*$"
)
_TAG = re.compile(r"<[^<>]{1,300}>")
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class PageData:
    """JSON-LD nodes in page order, the main article node among them, and the meta tags.

    `meta` maps a lower-case name (or property, itemprop, http-equiv) to its contents in order.
    """

    nodes: list[Node] = field(default_factory=list)
    article: Node = field(default_factory=dict)
    meta: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    language: str | None = None
    head_title: str = ""

    def first(self, *names: str) -> str | None:
        """The first meta content under the first of these names that has any."""
        for name in names:
            for content in self.meta.get(name, ()):
                return content
        return None

    def has_type(self, *types: str) -> bool:
        """Whether any JSON-LD node is of one of these types (lower case)."""
        return any(kind in types for node in self.nodes for kind in types_of(node))


def page_data(root: HtmlElement, url: str) -> PageData:
    """What the page says about itself; `url` tells the main article from others listed."""
    data = PageData()
    for element in root.iter("meta"):
        _add_meta(data.meta, element)
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            data.canonical = _joined(url, element.get("href") or "")
            break
    title = next(root.iter("title"), None)
    data.head_title = plain(title.text_content()) if title is not None else ""
    html = root if root.tag == "html" else next(root.iter("html"), root)
    data.language = html.get("lang") or html.get("xml:lang") or data.first("content-language")
    data.nodes = list(_json_ld(root))
    data.article = _main_article(data.nodes, url, data.canonical)
    return data


def _add_meta(meta: dict[str, list[str]], element: HtmlElement) -> None:
    content = (element.get("content") or "").strip()
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        for name in (element.get(attribute) or "").lower().split():
            meta.setdefault(name, []).append(content)


def _joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def _json_ld(root: HtmlElement) -> Iterator[Node]:
    found = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_parsed(script.text or ""), 0):
            yield node
            found += 1
            if found >= MAX_NODES:
                return


def _parsed(text: str) -> Any:
    if not text.strip() or len(text) > MAX_JSON_LD:
        return None
    for repair in (str, _unwrapped, lambda t: _TRAILING_COMMA.sub(r"\1", _unwrapped(t)), unescape):
        try:
            return json.loads(repair(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", _CONTROL.sub(" ", text))


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _nodes(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            yield from _nodes(child, depth + 1)


def types_of(node: Node) -> tuple[str, ...]:
    """The lower-case types of a node, without namespace."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return tuple(re.split(r"[/#:]", k)[-1].lower() for k in names if isinstance(k, str))


def _main_article(nodes: Sequence[Node], url: str, canonical: str | None) -> Node:
    """The article that the page is about: the one that names this address, else the first."""
    articles = [n for n in nodes if ARTICLE_TYPES.intersection(types_of(n)) and _describes(n)]
    here = {_address(a) for a in (url, canonical) if a}
    for node in articles:
        if here.intersection(map(_address, _addresses(node))):
            return node
    return articles[0] if articles else {}


def _describes(node: Node) -> bool:
    return any(key in node for key in ("headline", "datePublished", "articleBody", "name"))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _address(url: str) -> str:
    try:
        parts = urlsplit(urldefrag(url.strip())[0])
        return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
    except ValueError:
        return url


def strings(value: Any) -> list[str]:
    """The non-empty strings of a JSON-LD value that may be one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str) and v.strip()]


def plain(text: str) -> str:
    """A machine-readable string as a reader would see it: entities and tags resolved, one line."""
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _BLANKS.sub(" ", text.replace("\u00ad", "").replace("\u200b", "")).strip()
