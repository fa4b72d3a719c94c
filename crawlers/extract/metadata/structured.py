"""What a page says about itself for machines: JSON-LD (schema.org), meta tags, canonical link.

Everything here is hostile input: broken JSON, depth bombs, values of the wrong type. What cannot be
read is skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

Node = dict[str, Any]

# Larger scripts are data for the page's programs, not a description of the page.
MAX_JSON_LD = 4_000_000
MAX_DEPTH = 12
# Characters of a meta tag, a title or a name; real ones are far shorter.
MAX_META = 5_000
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
    url: str = ""

    def first(self, *names: str) -> str | None:
        """The first meta content under the first of these names that has any."""
        for name in names:
            for content in self.meta.get(name, ()):
                return content
        return None

    def descriptions(self) -> list[str]:
        """What the page says of its article in a sentence or two, each as a reader would see it."""
        names = ("description", "og:description", "twitter:description")
        stated = (d for name in names for d in self.meta.get(name, ()))
        return [plain(d) for d in (*stated, *strings(self.article.get("description")))]

    def headlines(self) -> list[str]:
        """The headlines that the page states for machines: shared ones, then the article's."""
        stated = (t for name in ("og:title", "twitter:title") for t in self.meta.get(name, ()))
        return [plain(t) for t in (*stated, *strings(self.article.get("headline")))]

    def pages(self) -> list[Node]:
        """The nodes that describe the page itself: of its address, or pages of no address."""
        here = {_address(a) for a in (self.url, self.canonical) if a}
        found = []
        for node in self.nodes:
            stated = {_address(_joined(self.url, a) or a) for a in _addresses(node)}
            kinds = types_of(node)
            if here & stated or (not stated and any(k.endswith("page") for k in kinds)):
                found.append(node)
        return found

    def has_type(self, *types: str) -> bool:
        """Whether any JSON-LD node is of one of these types (lower case)."""
        return any(kind in types for node in self.nodes for kind in types_of(node))


def page_data(root: HtmlElement, url: str) -> PageData:
    """What the page says about itself; `url` tells the main article from others listed."""
    data = PageData(url=url)
    for element in root.iter("meta"):
        _add_meta(data.meta, element)
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            data.canonical = _joined(url, element.get("href") or "")
            break
    title = next(root.iter("title"), None)
    data.head_title = plain(title.text_content()[:MAX_META]) if title is not None else ""
    html = root if root.tag == "html" else next(root.iter("html"), root)
    data.language = html.get("lang") or html.get("xml:lang") or data.first("content-language")
    data.nodes = list(_json_ld(root))
    data.article = _main_article(data)
    return data


def _add_meta(meta: dict[str, list[str]], element: HtmlElement) -> None:
    content = (element.get("content") or "")[:MAX_META].strip()
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
    """The JSON without the comment or CDATA section that some templates wrap it in."""
    text = _CONTROL.sub(" ", text).strip()
    for opening in ("//", "<!--", "<![CDATA[", "/*<![CDATA[*/"):
        text = text.removeprefix(opening).lstrip()
    for closing in (";", "-->", "]]>", "/*]]>*/", "//"):
        text = text.removesuffix(closing).rstrip()
    return text


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


def _main_article(data: PageData) -> Node:
    """The article that the page is about: the one of this address, else of this headline, else the first.

    An article that states another address and another headline is one of a list, and not taken
    where there are several.
    """
    articles = [n for n in data.nodes if ARTICLE_TYPES.intersection(types_of(n)) and _describes(n)]
    here = {_address(a) for a in (data.url, data.canonical) if a}
    for node in articles:
        if here.intersection(map(_address, _addresses(node))):
            return node
    shown = {
        plain(t).casefold()
        for name in ("og:title", "twitter:title")
        for t in data.meta.get(name, ())
    }
    for node in articles:
        if any(plain(t).casefold() in shown for t in strings(node.get("headline"))):
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
