"""Hostile bytes to XML elements: bounded, without entities, and saying what could not be read."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Collection, Iterator
from functools import lru_cache
from html.entities import html5
from itertools import chain, islice
from typing import Any

from lxml import etree

from compare.datamodel import Failure, Stage
from crawlers.attributes import COSTLY, has_costly_tags
from crawlers.discovery.raw_entries import from_root, raw_entries

LARGEST_DOCUMENT = 50 * 1024 * 1024  # bytes unpacked: the limit of the sitemap protocol
MOST_ENTRIES = 50_000  # in one document: the same protocol's limit
TOO_MANY = "more entries than one document may have; the rest were not read"
MOST_PARTS = 5_000  # elements in one entry; a long article in XHTML has hundreds
MOST_ELEMENTS = 1_000_000  # in one document: 20 for every entry it may have
_MOST_MEMBERS = 100  # gzip members; concatenated sitemaps have one for each of their parts
_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"

# Text encodings that feeds use. Others that Python has (punycode, unicode_escape) are no charsets
# and slow on purpose-made input.
_CHARSETS = re.compile(
    r"utf[-_]?(8|16|32)([-_]?[lb]e)?|(iso[-_]?8859|windows|cp|koi8|euc|gb|big|shift|latin)[-_\w]*"
    r"|(us[-_])?ascii",
    re.IGNORECASE,
)
_SINGLE_BYTES = re.compile(r"iso-?8859|latin|windows-125|cp125|koi8|(?:us-)?ascii", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0", "utf-16-le"),  # no mark and no declaration: no other writing has a zero there
    (b"\0<", "utf-16-be"),
)
# Possessive, so that no purpose-made document type makes it try twice.
_DOCTYPE_END = re.compile(r"\A[^\[>]*+(?:>|\[[^\]]*+(?:\](?!\s*+>)[^\]]*+)*+\]\s*+>)")
_REFERENCE = re.compile(
    r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);|(\w{1,31};)?)"
)


def lost(base: str, reason: str) -> Failure:
    """The failure of a document that announces articles, or of a part of one."""
    return Failure(stage=Stage.DISCOVERY, reason=reason, url=base)


def unpacked(
    body: bytes, *, limit: int = LARGEST_DOCUMENT, again: bool = True
) -> tuple[bytes, str | None]:
    """The bytes, out of gzip if they are in it, once or twice, cut at `limit`; and what was wrong, if anything."""
    if body[:2] != _GZIP:
        too_long = f"cut at {limit} bytes; the rest was not read"
        return body[:limit], too_long if len(body) > limit else None
    whole, rest, members = bytearray(), body, 0
    try:
        while rest[:2] == _GZIP and len(whole) <= limit:
            members += 1
            if members > _MOST_MEMBERS:
                return bytes(
                    whole
                ), f"more than {_MOST_MEMBERS} gzip members; the rest was not read"
            member = zlib.decompressobj(wbits=31)
            whole += member.decompress(rest, limit + 1 - len(whole))
            if not member.eof and len(whole) <= limit:
                return bytes(whole), "the gzip data ends too early"
            rest = member.unused_data
    except zlib.error:
        return bytes(whole[:limit]), "broken gzip data"
    if len(whole) > limit:
        return bytes(whole[:limit]), f"unpacks to more than {limit} bytes; the rest was not read"
    if whole[:2] == _GZIP and again:  # packed by the site, and once more by its server
        return unpacked(bytes(whole), limit=limit, again=False)
    return bytes(whole), None


def decoded(body: bytes) -> str:
    """The text of an XML document or feed: by its byte order mark, its declaration, or as UTF-8.

    What declares a character set of single bytes and is valid UTF-8 all the same is that: hardly any other text is.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, errors="replace")
    declared = _DECLARED.search(body[:400])
    name = declared[1].decode("ascii") if declared else "utf-8"
    if not _CHARSETS.fullmatch(name) or re.match(r"utf[-_]?(16|32)", name.lower()):
        name = "utf-8"  # a declaration that we could read is not in UTF-16
    elif _SINGLE_BYTES.match(name) and not body.isascii() and _is_utf8(body):
        name = "utf-8"
    elif name.lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii"}:
        name = "cp1252"  # as browsers do: what says Latin-1 is mostly Windows text
    try:
        return body.decode(name, errors="strict" if name == "utf-8" else "replace")
    except (UnicodeDecodeError, LookupError):
        return body.decode("utf-8" if declared else "cp1252", errors="replace")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def records(
    body: bytes,
    base: str,
    *,
    roots: Collection[str],
    tags: Collection[str],
    most: int | None = None,
) -> Iterator[etree._Element | Failure]:
    """Every outermost element with one of these local names, in order, as soon as it is read.

    An element is emptied once the next one is asked for. What cannot be read ends in a Failure:
    another document than `roots` says, entries past `most`
    (`MOST_ENTRIES`), the first error of broken XML; what
    stands behind that is read entry by entry. No entity but
    XML's and HTML's own named characters is ever expanded, and nothing outside is loaded.
    """
    most = MOST_ENTRIES if most is None else most
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    text = from_root(_without_doctype(decoded(data)), roots)
    if has_costly_tags(text):
        yield lost(base, f"has {COSTLY}")
        return
    parser = _parser()
    seen = 0
    try:
        for element in _elements(parser, text, roots, tags):
            seen += 1
            if seen > most:
                yield lost(base, TOO_MANY)
                return
            yield element
    except _UnusableError as error:
        yield lost(base, str(error))
        return
    except etree.XMLSyntaxError:
        yield lost(base, "cannot be read as XML")
        return
    if fatal := _first_fatal(parser):
        yield from _behind_error(text, lost(base, fatal), roots, tags, (seen, most))


def _behind_error(
    text: str,
    error: Failure,
    roots: Collection[str],
    tags: Collection[str],
    numbers: tuple[int, int],
) -> Iterator[etree._Element | Failure]:
    """The entries behind those that were read before the document's first error, each by itself.

    `numbers` are how many entries were read, and how many may be.
    """
    seen, most = numbers
    rest = islice(raw_entries(text, roots, tags), seen, None)
    base = error.url or ""
    first = next(rest, "")
    if first is not None:
        yield error
    for number, raw in enumerate(chain([first] if first != "" else [], rest), seen):
        if raw is None:
            yield lost(base, "breaks off in the middle of an entry")
        elif number >= most:
            yield lost(base, TOO_MANY)
            return
        else:
            element = _entry_of(raw, tags)
            yield lost(base, "an entry that cannot be read") if element is None else element


def _entry_of(raw: str, tags: Collection[str]) -> etree._Element | None:
    try:
        root = etree.fromstring(raw.encode("utf-8", errors="replace"), _parser_of_one())
    except etree.XMLSyntaxError:
        return None
    if root is None or sum(1 for _ in root.iter()) > MOST_PARTS:
        return None
    return next((element for element in root if local_name(element) in tags), None)


class _UnusableError(Exception):
    """The document is of another kind, or made to exhaust who reads it."""


# What outlets answer with in place of what was asked; other names are the page's own words.
_KNOWN = frozenset({"html", "rss", "rdf", "feed", "urlset", "sitemapindex", "opml", "svg", "error"})


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


# Nothing is fetched, no entity is put in, and damaged markup is read on from.
_SAFE: dict[str, Any] = {
    "encoding": "utf-8",
    "recover": True,
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _parser() -> etree.XMLPullParser:
    return etree.XMLPullParser(events=("start", "end"), **_SAFE)


def _parser_of_one() -> etree.XMLParser:
    return etree.XMLParser(**_SAFE)


def _elements(
    parser: etree.XMLPullParser, text: str, roots: Collection[str], tags: Collection[str]
) -> Iterator[etree._Element]:
    depth, inside, parts, elements = 0, 0, 0, 0
    for event, element in _events(parser, text.encode("utf-8", errors="replace")):
        name = local_name(element)
        if event == "start":
            if depth == 0 and name not in roots:
                known = f"a <{name}>" if name in _KNOWN else "another"
                raise _UnusableError(f"is {known} document, not one of: {_listed(roots)}")
            depth += 1
            elements += 1
            inside += name in tags
            parts = parts + 1 if inside else 0
            if parts > MOST_PARTS or elements > MOST_ELEMENTS:
                raise _UnusableError("made of more elements than any honest document is")
            continue
        depth -= 1
        inside -= name in tags
        if not inside:
            parts = 0
            if name in tags:
                yield element
            _forget(element)


def _events(parser: etree.XMLPullParser, data: bytes) -> Iterator[tuple[str, etree._Element]]:
    """What the parser sees, up to the stretch that holds its first error."""
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        if _first_fatal(parser) is not None:
            return
        yield from _read_so_far(parser)
    parser.close()
    if _first_fatal(parser) is None:  # otherwise what is still open was cut off in its middle
        yield from _read_so_far(parser)


def _read_so_far(parser: etree.XMLPullParser) -> Iterator[tuple[str, etree._Element]]:
    for event in parser.read_events():
        if event[0] == "start" or event[0] == "end":
            yield event


def _forget(element: etree._Element) -> None:
    """Free what was read, so that memory does not grow with the document."""
    parent = element.getparent()
    if parent is None:
        return
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


def _first_fatal(parser: etree.XMLPullParser) -> str | None:
    """The document's first error, in words of our own; None where it is well formed so far."""
    for entry in parser.feed_error_log.filter_from_fatals():
        deep = "depth" in entry.message.lower()
        return "elements nested past any honest depth" if deep else "broken XML"
    return None


def local_name(element: etree._Element) -> str:
    """The element's name without namespace or prefix, in small letters."""
    return _local(element.tag)


@lru_cache(maxsize=512)  # a document repeats a handful of names thousands of times
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def text_of(element: etree._Element) -> str:
    """All text in the element, with single spaces."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def _without_doctype(text: str) -> str:
    """The text without a document type, and with HTML's named characters spelled out.

    Feeds use &nbsp; and a bare & without declaring them; a document type has no other honest use.
    """
    text = text[max(text.find("<"), 0) :]
    start = text[:2_000].lower().find("<!doctype")
    if start >= 0:
        rest = text[start:]
        end = _DOCTYPE_END.match(rest)
        text = text[:start] + (rest[end.end() :] if end else "")
    pieces = text.split("<![CDATA[")
    for number, piece in enumerate(pieces):
        inside, mark, outside = piece.partition("]]>") if number else ("", "", piece)
        pieces[number] = inside + mark + _REFERENCE.sub(_spelled, outside)
    return "<![CDATA[".join(pieces)


def _spelled(reference: re.Match[str]) -> str:
    written = reference[1]
    if not written:
        return "&amp;"
    named = reference[2]
    if named is None:
        return reference[0]
    character = html5.get(named)
    return f"&amp;{named}" if character is None or character in "<>&" else character
