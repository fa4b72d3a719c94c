"""Links on HTML pages: the feeds that a home page declares, the articles that a section lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree
from w3lib.encoding import html_to_unicode

from crawlers.discovery.bounded_xml import lost, text_of, unpacked
from crawlers.discovery.dates import iso_date
from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.urls import canonical_url, page_key, site_of

LARGEST_PAGE = 5 * 1024 * 1024  # bytes; the longest front pages of newspapers have 2 MB
MOST_LINKS = 2_000  # a front page has some hundreds
_MOST_LOOKED_AT = 10_000  # links of any kind
# A parser compares each attribute of a tag with all others; a picture in a tag may be long, and is no link.
_LONG_TAG = re.compile(
    r"<[a-zA-Z](?:[^>\"']|\"[^\"]*+\"|'[^']*+'){20000}(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>?"
)
_HIGHEST = 12  # levels around a link at which its card is looked for
_LEVELS = 5  # of a page that a card may have between its time and itself

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "article"})
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|pdf|mp[34]|m3u8|zip|css|js|json|xml|rss|ics|epub)$", re.IGNORECASE
)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|topics?|category|categories|authors?|profiles?|by|people|pages?|search|login|signin|"
    r"register|subscribe|subscriptions?|account|newsletters?|about|contact|privacy|terms|help|jobs|"
    r"careers|shop|weather|horoscopes?|crosswords?|games?|puzzles?|advert\w*|feeds?|rss|cdn-cgi|"
    r"wp-admin|wp-json|wp-content|share|comments?)(?:/|$)",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d/(?:\d{1,2}|[a-z]{3})/|/(?:19|20)\d\d-?\d\d-?\d\d(?:/|$)")
_MARKED = re.compile(r"/(?:articles?|story|stories)/.", re.IGNORECASE)
# Begin where a word begins, and give nothing back: a segment of two thousand letters is read once.
_SLUG = re.compile(r"(?<![^\W_])[^\W_]++(?:[-_][^\W_]++){3}")
_NUMBERED = re.compile(r"\d{5}|(?<![0-9a-f])(?=[a-f]*+\d)[0-9a-f]{12}")
_NUMBERED_QUERY = re.compile(
    r"(?:^|&)(?:id|idx|p|art|article|story|storyid|articleid|aid|nid|newsid|cid)=\w*\d\d",
    re.IGNORECASE,
)
_HEADLINE_WORDS = 5  # links with fewer are sections, names and buttons
_HEADING_WORDS = 3  # ... unless the page sets the link as a heading, or as a card of its own


def found_urls(body: bytes, base: str) -> Found:
    """The links of a section, front or result page that look like the outlet's own articles.

    In page order, each once, with the longest text that links to it as its title. A page named as
    the next one is a listing.
    """
    tree, problem = _tree(body)
    if problem:
        yield lost(base, problem)
    if tree is None:
        return
    base = _base(tree, base)
    links = list(_links(tree, base))
    found = _linked(links, base)
    dates = _dates(tree, links)
    for count, (key, (url, title)) in enumerate(found.items()):
        if count == MOST_LINKS:
            yield lost(base, f"more than {MOST_LINKS} links to articles; the rest were not read")
            break
        yield FoundUrl(url, title=title or None, published=dates.get(key), source=base)
    for element in tree.iterfind(".//*[@rel='next'][@href]"):
        following = canonical_url(element.get("href", ""), base)
        if following and _same_site(following, base) and page_key(following) != page_key(base):
            yield FoundUrl(following, source=base, leads=Leads.LISTING)
            break
    if not found:
        yield lost(base, "no link on this page looks like an article; it may need scripts")


def feeds_of(body: bytes, base: str) -> Found:
    """The feeds that a page declares (`<link rel="alternate">`), each once, in page order."""
    tree, problem = _tree(body)
    if problem:
        yield lost(base, problem)
    if tree is None:
        return
    base = _base(tree, base)
    seen: set[str] = set()
    for link in tree.iterfind(".//link[@href]"):
        declared = link.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in link.get("rel", "").lower().split() and declared in _FEED_TYPES:
            url = canonical_url(link.get("href", ""), base)
            if url and url not in seen and not _of_comments(url, link.get("title", "")):
                seen.add(url)
                yield FoundUrl(url, link.get("title"), source=base, leads=Leads.FEED)


def looks_like_article(url: str, title: str = "", *, headed: bool = False) -> bool:
    """Whether an address, or the headline that links to it, is that of an article.

    `headed` says that the page itself marks the link as one, with a heading or an <article>.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    if _NO_PAGE.search(path):
        return False
    if _DATED.search(path) and not re.fullmatch(r"[\d-]+", segments[-1]):
        return True
    if _NO_ARTICLE.search(path):
        return False
    return bool(
        _MARKED.search(path)
        or any(_SLUG.search(segment) or _NUMBERED.search(segment) for segment in segments[-3:])
        or _NUMBERED_QUERY.search(parts.query)
        or (segments and len(title.split()) >= (_HEADING_WORDS if headed else _HEADLINE_WORDS))
    )


def _tree(body: bytes) -> tuple[etree._Element | None, str | None]:
    data, problem = unpacked(body, limit=LARGEST_PAGE)
    _, text = html_to_unicode(None, data)
    text = _LONG_TAG.sub("<x>", text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    return tree, problem or ("holds no HTML" if tree is None else None)


def _base(tree: etree._Element, base: str) -> str:
    declared = tree.find(".//base[@href]")
    return (declared is not None and canonical_url(declared.get("href", ""), base)) or base


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of a page: its element, where it leads, the key of that page, and what it is called."""

    element: etree._Element
    url: str
    key: str
    title: str
    is_article: bool


def _linked(links: Iterable[_Link], base: str) -> dict[str, tuple[str, str]]:
    """Every article linked: its page key to its address and the longest text of a link to it."""
    own, found = page_key(base), dict[str, tuple[str, str]]()
    for link in links:
        if link.key == own or not _same_site(link.url, base):
            continue
        earlier = found.get(link.key)
        if earlier or link.is_article:
            first, longest = earlier or (link.url, "")
            found[link.key] = (first, max(longest, link.title[:500], key=len))
    return found


def _links(tree: etree._Element, base: str) -> Iterator[_Link]:
    """The links of a page, in its order, each looked at once."""
    for element in islice(tree.iter("a"), _MOST_LOOKED_AT):
        href = element.get("href", "").strip()
        url = canonical_url(href, base) if href and not href.startswith("#") else None
        if url is None:
            continue
        title = text_of(element) or element.get("title", "") or element.get("aria-label", "")
        is_article = looks_like_article(url, title[:1_000], headed=_is_headed(element))
        yield _Link(element, url, page_key(url), title, is_article)


def _is_headed(link: etree._Element) -> bool:
    near = islice(link.iterancestors(), 3)
    return any(element.tag in _HEADINGS for element in near) or any(
        child.tag in _HEADINGS for child in islice(link.iterdescendants(), 100)
    )


def _dates(tree: etree._Element, links: Iterable[_Link]) -> dict[str, str]:
    """When each linked article was published, where its card holds one time and one link.

    The card of a time is the smallest element around it that links to an article. What each element
    holds is gathered once, from the leaves up.
    """
    keys: dict[etree._Element, set[str]] = {}
    times: dict[etree._Element, int] = {}
    dated = list(islice(tree.iter("time"), MOST_LINKS))
    for link in links:
        if link.is_article:
            for element in _around(link.element):
                held = keys.setdefault(element, set())
                if len(held) < 2:
                    held.add(link.key)
    for element in dated:
        for around in _around(element):
            times[around] = times.get(around, 0) + 1
    dates: dict[str, str] = {}
    for element in dated:
        card = next((up for up in islice(_around(element), _LEVELS) if up in keys), None)
        if card is None or len(keys[card]) != 1 or times[card] != 1:
            continue
        if date := iso_date(element.get("datetime") or text_of(element)):
            dates[next(iter(keys[card]))] = date
    return dates


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """The elements around one, the nearest first; no card is as high as the page's body."""
    return islice(element.iterancestors(), _HIGHEST)


def _same_site(url: str, base: str) -> bool:
    """Whether both are hosts of one publisher: equal, or one below the other."""
    there, here = site_of(url), site_of(base)
    return there == here or there.endswith(f".{here}") or here.endswith(f".{there}")


def _of_comments(url: str, title: str) -> bool:
    return "comments" in f"{url} {title}".lower()
