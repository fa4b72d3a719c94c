"""Links on HTML pages: the feeds that a home page declares, the articles that a section lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+){3,}")
_NUMBERED = re.compile(r"\d{5,}|(?=[0-9a-f]*\d)[0-9a-f]{12,}")
_NUMBERED_QUERY = re.compile(
    r"(?:^|&)(?:id|idx|p|art|article|story|storyid|articleid|aid|nid|newsid|cid)=\w*\d{2,}",
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
    found = _linked(tree, base)
    dates = _dates(tree, base)
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


def _linked(tree: etree._Element, base: str) -> dict[str, tuple[str, str]]:
    """Every article linked: its page key to its address and the longest text of a link to it."""
    own, found = page_key(base), dict[str, tuple[str, str]]()
    for link, url in _links(tree, base):
        title = text_of(link) or link.get("title", "") or link.get("aria-label", "")
        if not _same_site(url, base) or (key := page_key(url)) == own:
            continue
        earlier = found.get(key)
        if earlier or looks_like_article(url, title, headed=_is_headed(link)):
            first, longest = earlier or (url, "")
            found[key] = (first, max(longest, title[:500], key=len))
    return found


def _links(tree: etree._Element, base: str) -> Iterator[tuple[etree._Element, str]]:
    for link in tree.iter("a"):
        href = link.get("href", "").strip()
        if href and not href.startswith("#"):
            url = canonical_url(href, base)
            if url:
                yield link, url


def _is_headed(link: etree._Element) -> bool:
    near = islice(link.iterancestors(), 3)
    return any(element.tag in _HEADINGS for element in near) or any(
        child.tag in _HEADINGS for child in link.iterdescendants()
    )


def _dates(tree: etree._Element, base: str) -> dict[str, str]:
    """When each linked article was published, where its card holds one time and one link."""
    dates: dict[str, str] = {}
    for element in list(tree.iter("time"))[:MOST_LINKS]:
        date = iso_date(element.get("datetime") or text_of(element))
        card: etree._Element | None = element
        for _ in range(5):
            card = None if card is None else card.getparent()
            if card is None or date is None:
                break
            keys = _first_two_keys(card, base)
            if keys:
                if len(keys) == 1 and len(card.findall(".//time")) == 1:
                    dates[keys.pop()] = date
                break
    return dates


def _first_two_keys(card: etree._Element, base: str) -> set[str]:
    keys: set[str] = set()
    for link, url in _links(card, base):
        if looks_like_article(url, text_of(link), headed=_is_headed(link)):
            keys.add(page_key(url))
            if len(keys) == 2:
                break
    return keys


def _same_site(url: str, base: str) -> bool:
    """Whether both are hosts of one publisher: equal, or one below the other."""
    there, here = site_of(url), site_of(base)
    return there == here or there.endswith(f".{here}") or here.endswith(f".{there}")


def _of_comments(url: str, title: str) -> bool:
    return "comments" in f"{url} {title}".lower()
