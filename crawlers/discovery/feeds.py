"""RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom and JSON feeds.

Read element by element with lxml rather than with feedparser, because a feed is hostile: memory
and depth stay bounded, entities are never expanded, and what is broken is said.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from compare.datamodel import Failure
from crawlers.discovery.bounded_xml import (
    MOST_ENTRIES,
    TOO_MANY,
    decoded,
    local_name,
    lost,
    records,
    text_of,
    unpacked,
)
from crawlers.discovery.dates import iso_date
from crawlers.discovery.found import Found, FoundUrl
from crawlers.urls import canonical_url, host_of

# Entries in XML; the longest feeds have some hundreds, and each costs more to read than a sitemap's.
MOST_OF_A_FEED = 20_000
ROOTS = ("rss", "rdf", "feed")
_ENTRIES = ("item", "entry")
_OTHERS = frozenset({"source", *_ENTRIES})
# Parts of an entry that stand in its title where that was not ended.
_STRAYS = frozenset(
    {"link", "guid", "id", "pubdate", "published", "updated", "description", "summary"}
)
_NAMESPACES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
_SECURE = re.compile(r"^https:")  # a namespace is a name, and some write it so
_PUBLISHED = (
    "published",
    "pubdate",
    "issued",
    "dc:date",
    "dcterms:created",
    "dcterms:issued",
    "created",
)
_MODIFIED = ("updated", "dcterms:modified", "modified")
_IN_FULL = ("content:encoded", "content")
_TEASERS = ("summary", "description")
NO_ADDRESS = "an entry without an address"
# Prefixes that feeds use without declaring them.
_BARE_PREFIXES = {
    "atom": "",
    "rss": "",
    "dc": "dc:",
    "dcterms": "dcterms:",
    "content": "content:",
    "feedburner": "feedburner:",
}
# What a link says that it leads to: the page first, then what does not say, then other documents. A
# picture, sound or film is no page of an entry.
_PAGES = ("text/html", "application/xhtml+xml")
_OTHER = 2  # the place, among types, of other documents
_MEDIA = ("image/", "audio/", "video/")
_MEDIA_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|mp[34]|m4[av]|ogg|webm)$", re.IGNORECASE
)
_ABOUT = re.compile(r"[}:]about$")  # rdf:about, declared or not
_LONGEST_TITLE = 500
_SNIFFED = 400  # bytes that show what a document is
_MARKUP = re.compile(r"<[a-zA-Z/!?][^<>]*>")  # "under < 5, over > 3" is text


def found_urls(body: bytes, base: str) -> Found:
    """The articles that a feed of any of these kinds announces, in its order."""
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    if decoded(data[:_SNIFFED]).lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        yield from _of_json(data, base)
        return
    for entry in records(data, base, roots=ROOTS, tags=_ENTRIES, most=MOST_OF_A_FEED):
        if isinstance(entry, Failure):
            yield entry
        else:
            yield _of_entry(entry, base)


def _of_entry(entry: etree._Element, base: str) -> FoundUrl | Failure:
    parts = _parts(entry, entry)
    url = _address(entry, parts, base)
    if url is None:
        # Where an end tag is missing, the rest of the entry is inside of what it should have ended.
        parts = _parts(entry, _at_any_depth(entry))
        url = _address(entry, parts, base)
    if url is None:
        return lost(base, NO_ADDRESS)
    full, teaser = _first(parts, _IN_FULL), _first(parts, _TEASERS)
    published, modified = _first(parts, _PUBLISHED), _first(parts, _MODIFIED)
    return FoundUrl(
        url=url,
        title=plain(_title(parts))[:_LONGEST_TITLE] or None,
        published=iso_date(published),
        modified=iso_date(modified),
        source=base,
        authors=_authors(parts),
        body=len(plain(full or teaser)) or None,
        teaser=not full,
    )


def _parts(
    entry: etree._Element, elements: Iterable[etree._Element]
) -> dict[str, list[etree._Element]]:
    own = str(entry.tag).lower().rpartition("}")[0]
    parts: dict[str, list[etree._Element]] = {}
    for part in elements:
        parts.setdefault(_name(part, own), []).append(part)
    return parts


def _at_any_depth(entry: etree._Element) -> Iterator[etree._Element]:
    """All in an entry, in its order, but for the feed or the entry that it was taken from or leads to."""
    waiting = list(reversed(entry))
    while waiting:
        part = waiting.pop()
        if local_name(part) not in _OTHERS:
            yield part
            waiting += reversed(part)


def _title(parts: Mapping[str, list[etree._Element]]) -> str:
    """The first title that is not empty, without such parts of the entry as stand in it."""
    for title in parts.get("title", ()):
        strays = any(local_name(inner) in _STRAYS for inner in title.iterdescendants())
        if text := (title.text or "").strip() if strays else text_of(title):
            return text
    return ""


def _name(element: etree._Element, own: str = "") -> str:
    """The child's name with the usual prefix of its namespace: media:title is not the title.

    What is in the entry's `own` namespace is the entry's, whatever that is called.
    """
    namespace, _, local = str(element.tag).lower().rpartition("}")
    bare, _, name = local.rpartition(":")
    if bare:
        return _BARE_PREFIXES.get(bare, "other:") + name
    known = _SECURE.sub("http:", namespace[1:]).rstrip("/")
    prefix = _NAMESPACES.get(known, "" if namespace == own else "other:") if namespace else ""
    return prefix + local


def _first(parts: Mapping[str, list[etree._Element]], names: Iterable[str]) -> str:
    texts = (text_of(part) for name in names for part in parts.get(name, ()))
    return next((text for text in texts if text), "")


_OWN_LANGUAGE = "string(ancestor-or-self::*[@xml:lang][1]/@xml:lang)"


def _address(
    entry: etree._Element, parts: Mapping[str, list[etree._Element]], base: str
) -> str | None:
    links = parts.get("link", [])
    leading = [link for link in links if _leads(link, "alternate")]
    # Asked of few feeds' entries, and dear.
    translated = any("hreflang" in link.attrib for link in leading)
    language = str(entry.xpath(_OWN_LANGUAGE)) if translated else ""
    linked = sorted(leading, key=lambda link: (_type_order(link), _is_foreign(link, language)))
    selves = [link for link in links if _leads(link, "self") and _type_order(link) < _OTHER]
    candidates = [
        (_first(parts, ("feedburner:origlink",)), entry),
        *((link.get("href", ""), link) for link in linked),
        *(("".join(map(str, link.itertext())), link) for link in links),
        *((link.tail or "", link) for link in links),  # <link/>https://...: as HTML parsers write
        *((identifier, entry) for identifier in _identifiers(parts)),
        *((str(value), entry) for name, value in entry.attrib.items() if _ABOUT.search(str(name))),
        *((link.get("href", ""), link) for link in selves),
    ]
    found = [
        url
        for candidate, element in candidates
        if candidate
        and (it := written_address(candidate, base))
        and (url := canonical_url(it, _base_of(element, base)))
        and not is_media(url)
    ]
    # A link to the front page, beside an identifier that is a page, is the feed's own.
    return next((url for url in found if not _is_front(url)), next(iter(found), None))


def _base_of(element: etree._Element, base: str) -> str:
    return (canonical_url(element.base, base) if element.base else None) or base


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _is_foreign(link: etree._Element, language: str) -> bool:
    """Whether a link says that it leads to the page in another language than the feed's."""
    said = link.get("hreflang", "").strip().lower().partition("-")[0]
    return bool(said and language) and said != language.strip().lower().partition("-")[0]


def _identifiers(parts: Mapping[str, list[etree._Element]]) -> list[str]:
    """The entry's identifiers that are addresses: permanent links first, then what may be one."""
    guids = parts.get("guid", [])
    permanent = [g for g in guids if g.get("isPermaLink", "").strip().lower() != "false"]
    others = [g for g in guids if g not in permanent]
    ids = [text_of(each) for each in (*permanent, *others, *parts.get("id", ()))]
    return [each for each in ids if each.startswith(("http://", "https://"))]


def written_address(written: str, base: str) -> str:
    """An address as it was meant: without line ends in it, and with a scheme where a host is named."""
    address = "".join(line.strip() for line in written.splitlines()).replace("&amp;", "&")
    host = address.partition("/")[0].lower()
    if host.startswith("www.") or (host and host == host_of(base)):
        return f"https://{address}"
    return address


def is_media(url: str) -> bool:
    """Whether an address is that of a picture, sound or film, by its name."""
    return _MEDIA_NAME.search(url.partition("?")[0]) is not None


def _leads(link: etree._Element, relation: str) -> bool:
    """Whether a link is of this relation ("alternate" where it says none), and not to a picture."""
    said = link.get("rel", "").strip().lower().rpartition("/")[2] or "alternate"
    return said == relation and not _type_of(link).startswith(_MEDIA)


def _type_order(link: etree._Element) -> int:
    declared = _type_of(link)
    return 0 if declared in _PAGES else 1 if not declared else _OTHER


def _type_of(link: etree._Element) -> str:
    return link.get("type", "").partition(";")[0].strip().lower()


def _authors(parts: Mapping[str, list[etree._Element]]) -> tuple[str, ...]:
    names: list[str] = []
    for element in (*parts.get("dc:creator", ()), *parts.get("author", ())):
        named = [text_of(child) for child in element if _name(child) == "name"]
        names += named or [plain(text_of(element))]
    return tuple(dict.fromkeys(name[:_LONGEST_TITLE] for name in names if name))


def plain(written: str) -> str:
    """Text without markup and character references: titles are escaped once, twice or not at all."""
    text = _MARKUP.sub(" ", written)
    text = _MARKUP.sub(" ", html.unescape(text))
    return " ".join(html.unescape(text).split())


def _of_json(data: bytes, base: str) -> Found:
    try:
        feed = json.loads(decoded(data), strict=False)
    except (ValueError, RecursionError):
        yield lost(base, "cannot be read as JSON")
        return
    items = feed.get("items") if isinstance(feed, dict) else feed
    if not isinstance(items, list):
        yield lost(base, "is JSON, but no JSON feed: it has no list of items")
        return
    if len(items) > MOST_ENTRIES:
        yield lost(base, TOO_MANY)
    for item in items[:MOST_ENTRIES]:
        yield (
            _of_item(item, base)
            if isinstance(item, dict)
            else lost(base, "an item that is no object")
        )


def _of_item(item: Mapping[str, Any], base: str) -> FoundUrl | Failure:
    def text(*names: str) -> str:
        return next((v for name in names if isinstance(v := item.get(name), str) and v), "")

    address = text("url") or text("external_url") or text("id")
    url = canonical_url(address, base) if address else None
    if url is None:
        return lost(base, NO_ADDRESS)
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    full = text("content_text", "content_html")
    return FoundUrl(
        url=url,
        title=plain(text("title"))[:_LONGEST_TITLE] or None,
        published=iso_date(text("date_published")),
        modified=iso_date(text("date_modified")),
        source=base,
        authors=tuple(
            str(author["name"])
            for author in authors or ()
            if isinstance(author, dict) and isinstance(author.get("name"), str)
        ),
        language=text("language") or None,
        body=len(plain(full or text("summary"))) or None,
        teaser=not full,
    )
