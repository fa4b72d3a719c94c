"""The vocabulary of schema.org: which article a page's JSON-LD describes, and what it says of it.

No other module knows a type or property of it. What is of the wrong type is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.extract.metadata.json_ld import Node, nodes_in, nodes_of, strings, types_of
from crawlers.extract.metadata.plain_text import plain

# The properties that meta elements carry as microdata, in small letters.
META_HEADLINE, META_PUBLISHED, META_MODIFIED = "headline", "datepublished", "datemodified"

_ARTICLE_TYPES = frozenset(
    """
    article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle
    backgroundnewsarticle reviewnewsarticle asknewsarticle askpublicnewsarticle satiricalarticle
    report techarticle liveblogposting scholarlyarticle socialmediaposting advertisercontentarticle
    """.split()
)
_VIDEO, _LIVE_BLOG = "videoobject", "liveblogposting"
_DESCRIBING = ("headline", "datePublished", "articleBody", "name")
_STORY_TYPE = re.compile(r"schema\.org/\w{0,30}(?:Article|BlogPosting)$")
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/h\d|/li)[^<>]{0,100}>")
_DEEPEST_NAME = 4  # values in values


@dataclass(frozen=True, slots=True)
class SchemaOrg:
    """What a page's JSON-LD says of its main article, and `page_...`, `holds_...` of the page.

    Texts are as a reader would see them but for `authors` and the dates, which are as they stand.
    `body` has its paragraphs apart by blank lines. `free` is whether all of it is, None where unsaid.
    """

    found: bool
    headlines: tuple[str, ...]
    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    authors: tuple[str, ...]
    publishers: tuple[str, ...]
    providers: tuple[str, ...]
    sections: tuple[str, ...]
    languages: tuple[str, ...]
    published: tuple[str, ...]
    created: tuple[str, ...]
    modified: tuple[str, ...]
    page_published: tuple[str, ...]
    body: str
    word_count: int
    free: bool | None
    is_video: bool
    holds_video: bool
    holds_live_blog: bool


def schema_org(
    root: HtmlElement, url: str, canonical: str | None, titles: Collection[str]
) -> SchemaOrg:
    """What the JSON-LD of the page at `url` states; `titles` and addresses tell its article from others listed."""
    nodes = list(nodes_of(root))
    here = {_address(a) for a in (url, canonical) if a}
    article = _main_article(nodes, here, titles)
    types = frozenset(kind for node in nodes for kind in types_of(node))
    own = types_of(article)
    return SchemaOrg(
        found=bool(own),
        headlines=_texts(article.get("headline")),
        names=_texts(article.get("name")),
        descriptions=_texts(article.get("description")),
        authors=_authors(article, nodes),
        publishers=_names_of(article.get("publisher")),
        providers=_providers(article),
        sections=_texts(article.get("articleSection")),
        languages=tuple(strings(article.get("inLanguage"))),
        published=_dates(article.get("datePublished")),
        created=tuple(strings(article.get("dateCreated"))),
        modified=tuple(strings(article.get("dateModified"))),
        page_published=_page_published(nodes, here, url),
        body=_body(article, nodes),
        word_count=_word_count(article),
        free=_free(article),
        is_video=_VIDEO in own,
        holds_video=_VIDEO in types,
        holds_live_blog=_LIVE_BLOG in types,
    )


def is_story_type(itemtype: str) -> bool:
    """Whether an element's itemtype says that it holds one article."""
    return _STORY_TYPE.search(itemtype) is not None


def says_published(marking: str) -> bool:
    """Whether an element's itemprop or class, in small letters, calls it the time of publication."""
    return META_PUBLISHED in marking


def marked_published(root: HtmlElement) -> Iterator[HtmlElement]:
    """The elements, other than time and meta, that are marked as the time of publication."""
    marked = root.xpath("//*[@itemprop='datePublished' and not(self::time) and not(self::meta)]")
    yield from (element for element in marked if isinstance(element, HtmlElement))


def _main_article(nodes: Sequence[Node], here: set[str], titles: Collection[str]) -> Node:
    """The article that the page is about: the one of this address, else of this headline, else the first.

    An article that states another address and another headline is one of a list, and not taken
    where there are several.
    """
    articles = [
        n
        for n in nodes
        if _ARTICLE_TYPES.intersection(types_of(n)) and any(key in n for key in _DESCRIBING)
    ]
    for node in articles:
        if here.intersection(map(_address, _addresses(node))):
            return node
    shown = {t.casefold() for t in titles}
    for node in articles:
        if any(plain(t).casefold() in shown for t in strings(node.get("headline"))):
            return node
    return articles[0] if articles else {}


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


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href


def _page_published(nodes: Sequence[Node], here: set[str], url: str) -> tuple[str, ...]:
    """The dates of the nodes that describe the page itself: of its address, or pages of no address."""
    found: list[str] = []
    for node in nodes:
        if not (dates := strings(node.get("datePublished"))):
            continue
        stated = {_address(_joined(url, a)) for a in _addresses(node)}
        if here & stated or (not stated and any(k.endswith("page") for k in types_of(node))):
            found += dates
    return tuple(found)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(plain(text) for text in strings(value))


def _names_of(value: Any) -> tuple[str, ...]:
    return tuple(text for node in nodes_in(value) for text in _texts(node.get("name")))


def _providers(article: Node) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("sourceOrganization", "provider"):
        if isinstance(node := article.get(key), dict):
            found += _texts(node.get("name"))
    return tuple(found)


def _authors(article: Node, nodes: Sequence[Node]) -> tuple[str, ...]:
    if "author" not in article and "creator" not in article:
        return ()
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and "name" in n}
    found = tuple(_names(article.get("author"), by_id, 0))
    return found or tuple(_names(article.get("creator"), by_id, 0))


def _names(value: Any, by_id: dict[str, Node], depth: int) -> Iterator[str]:
    if depth > _DEEPEST_NAME:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _names(item, by_id, depth + 1)
    elif isinstance(value, dict):
        if "name" in value:
            yield from strings(value["name"])
        elif isinstance(value.get("familyName"), str):
            yield f"{value.get('givenName', '')} {value['familyName']}"
        elif isinstance(named := value.get("@id"), str) and named in by_id:
            yield from strings(by_id[named].get("name"))


def _dates(value: Any) -> tuple[str, ...]:
    """Dates as texts, or as seconds since 1970 in a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (str(value),)
    return tuple(strings(value))


def _body(article: Node, nodes: Sequence[Node]) -> str:
    """The longest text that the page states as its article's, else as any's, in plain paragraphs."""
    bodies = strings(article.get("articleBody")) or [
        text for node in nodes for text in strings(node.get("articleBody"))
    ]
    longest = max(bodies, key=len, default="")
    lines = (plain(line) for line in _BREAKS.sub("\n", longest).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _word_count(article: Node) -> int:
    """The length that the page states, in words; 0 where it states none."""
    count = article.get("wordCount")
    try:
        return int(count) if isinstance(count, (int, str)) else 0
    except ValueError:
        return 0


def _free(article: Node) -> bool | None:
    """Whether the article and all its parts are free; None where nothing is said."""
    parts = [article, *nodes_in(article.get("hasPart"))]
    stated = [v for node in parts if (v := node.get("isAccessibleForFree")) is not None]
    paid = any(
        v is False or (isinstance(v, str) and v.strip().lower() in {"false", "no"}) for v in stated
    )
    return not paid if stated else None
