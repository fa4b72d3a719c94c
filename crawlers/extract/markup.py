"""Bytes of a page to a parsed tree, and the refusals that need no reading."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
    document_fromstring,
)

from crawlers.extract.charset import text_of

# The longest live blogs measured are under 5 MB; what is larger is a dump or an attack.
MAX_BYTES = 12_000_000
NEEDS_SCRIPTS = "the page has no text without scripts"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# An HTML parser expands no declared entities, but a huge internal subset is only there to hurt.
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[.*?\]\s*>", re.DOTALL | re.IGNORECASE)
_NOT_HTML_TYPES = re.compile(
    r"^\s*(image|audio|video|font)/|^\s*application/(pdf|zip|gzip|octet-stream|json|javascript|msword|vnd)|^\s*text/(plain|css|csv|javascript)",
    re.IGNORECASE,
)
# Never a page, whatever the bytes are: not even a browser would show them as one.
_NO_PAGE = re.compile(
    r"^\s*(?:(?:image|audio|video|font)/|application/(?:pdf|zip|x-(?:zip|rar|7z|bzip|tar|iso|ms|shockwave)|vnd\.(?:ms-|openxmlformats|oasis|rar|android)|msword|epub|java-archive))",
    re.IGNORECASE,
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_TAG = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|article|section|main|span|h1|title|meta|script)\b",
    re.IGNORECASE,
)
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.{0,500}?-->\s*)*<(rss|feed|urlset|sitemapindex|rdf:RDF)\b",
    re.DOTALL,
)


# lxml.html's own lookup calls Python for every element, to give forms and inputs methods of theirs.
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)


def why_not_html(body: bytes, content_type: str | None = None) -> str | None:
    """Why a body cannot be a web page, or None where it may be one."""
    if not body.strip():
        return _no_page(content_type) or "the page is empty"
    if len(body) > MAX_BYTES:
        return (
            f"the page has {len(body) / 1e6:.0f} MB; more than {MAX_BYTES / 1e6:.0f} MB is not read"
        )
    tagged = (
        _TAG.search(body[:200_000]) is not None
        or _TAG.search(body[:400_000].replace(b"\x00", b"")) is not None
    )
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what in _MAGIC:
        if start.startswith(magic) and not (magic in {b"{", b"["} and tagged):
            return f"not a web page: {what}"
    if served := _no_page(content_type):
        return served
    if match := _FEED.match(body[:2000]):
        return f"not a web page: a feed or sitemap (<{match.group(1).decode()}>)"
    if not tagged:
        declared = f", served as {_kind(content_type)}" if content_type else ""
        return f"not a web page: no HTML in it{declared}"
    if (
        content_type
        and _NOT_HTML_TYPES.match(content_type)
        and not re.search(rb"<html|<!doctype", body[:5000], re.IGNORECASE)
    ):
        return f"not a web page: served as {_kind(content_type)}"
    return None


def is_no_page(content_type: str) -> bool:
    """Whether what is served as this is no web page, so that its body need not be awaited."""
    return _NO_PAGE.match(content_type) is not None


def _no_page(content_type: str | None) -> str | None:
    if content_type is None or not is_no_page(content_type):
        return None
    return f"not a web page: served as {_kind(content_type)}"


def _kind(content_type: str) -> str:
    return content_type.split(";", maxsplit=1)[0].strip()


def parsed(body: bytes, content_type: str | None = None) -> HtmlElement | None:
    """The page as a tree without comments; None where nothing in it can be parsed. Never raises."""
    text = _DOCTYPE.sub(
        "<!DOCTYPE html>", _XML_DECLARATION.sub("", text_of(body, content_type)), count=1
    )
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return None
    return root if isinstance(root, HtmlElement) else None
