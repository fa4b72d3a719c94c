"""Bytes of a page to text, whatever they are declared to be, and to a parsed tree; and the refusals that need no reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
    document_fromstring,
)
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from crawlers.attributes import COSTLY, has_costly_tags
from crawlers.extract.bounds import (
    MAX_BYTES,
    shorten_names,
    why_too_large,
    why_too_long,
)

# Enough for a detector to tell one encoding from another.
_SAMPLE = 65_536
# A page cut off in transit, or one broken advertisement, is still in the encoding of the rest.
_BROKEN_SHARE = 0.05  # of the characters that are not ASCII
_BEYOND_ASCII = re.compile("[^\x00-\x9f\ufffd]")
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\blang\s{0,9}=\s{0,9}[\"']?([A-Za-z]{2})", re.IGNORECASE)
_LEGACY = {
    **dict.fromkeys(
        "en de fr es it pt nl sv da no nb nn fi is ga ca eu gl id af".split(), "cp1252"
    ),
    **dict.fromkeys("pl cs sk hu sl hr ro bs sq".split(), "cp1250"),
    **dict.fromkeys("ru uk be bg sr mk kk".split(), "cp1251"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "ar": "cp1256",
    "fa": "cp1256",
    "vi": "cp1258",
}
_UNTYPABLE = re.compile("[\x80-\x9f]")
NOTHING_PARSED = "not a web page: nothing in it can be parsed"
NEEDS_SCRIPTS = "the page has no text without scripts"
_XML_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]{0,200}\?>")
# An HTML parser expands no declared entities, but a huge internal subset is only there to hurt.
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s{0,99}>")
_BEGINNING = 5_000  # characters in which a page's declarations stand
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
_CLOSING = 2_000  # bytes in which a page's end tag mostly stands
_FEED = re.compile(rb"<(rss|feed|urlset|sitemapindex|rdf:RDF)\b")


# lxml.html's own lookup calls Python for every element, to give forms and inputs methods of theirs.
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)


def why_not_html(body: bytes, content_type: str | None = None) -> str | None:
    """Why a body cannot be a web page, or None where it may be one."""
    if not body.strip():
        return _no_page(content_type) or "the page is empty"
    if len(body) > MAX_BYTES:
        return why_too_large(body)
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
    if match := _FEED.match(_after_prolog(body[:8_000])):
        return f"not a web page: a feed or sitemap (<{match.group(1).decode()}>)"
    if large := why_too_large(body):
        return large
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


def _after_prolog(start: bytes) -> bytes:
    """A document's beginning less its mark, XML declaration, instructions and comments."""
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for opening, closing in ((b"<?", b"?>"), (b"<!--", b"-->")) * 2:
        while start.startswith(opening):
            _, found, rest = start.partition(closing)
            if not found:
                return b""
            start = rest.lstrip()
    return start


def has_end(body: bytes) -> bool:
    """Whether a page's own end tag is in it, in whatever encoding."""
    return _closes(body[-_CLOSING:].lower()) or _closes(body.replace(b"\x00", b"").lower())


def _closes(lowered: bytes) -> bool:
    return b"</html" in lowered or b"</body" in lowered


def is_no_page(content_type: str) -> bool:
    """Whether what is served as this is no web page, so that its body need not be awaited."""
    return _NO_PAGE.match(content_type) is not None


def _no_page(content_type: str | None) -> str | None:
    if content_type is None or not is_no_page(content_type):
        return None
    return f"not a web page: served as {_kind(content_type)}"


def _kind(content_type: str) -> str:
    return content_type.split(";", maxsplit=1)[0].strip()


def parsed(body: bytes, content_type: str | None = None) -> HtmlElement | str:
    """The page as a tree without comments, or why there is none. Never raises.

    A shadow tree that the page declares in its markup is a part of the tree, as in a browser.
    """
    text = text_of(body, content_type)
    declared = _XML_DECLARATION.match(text)
    text = _without_subset(text[declared.end() :] if declared else text)
    if has_costly_tags(text):
        return f"the page has {COSTLY}"
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return NOTHING_PARSED
    if not isinstance(root, HtmlElement):
        return NOTHING_PARSED
    if long := why_too_long(root, len(text)):
        return long
    shorten_names(root, len(text))
    for template in root.iter("template"):
        if template.get("shadowrootmode") is not None or template.get("shadowroot") is not None:
            template.tag = "div"
    return root


def scripts_out_of(root: HtmlElement) -> list[str]:
    """Take out of a tree what only slows the readers of its text down; returned is what its programs hold.

    That is programs, styles, drawings and meta tags. Data that describes the page (JSON-LD) stays, and is not in the list.
    """
    held = []
    for script in list(root.iter("script")):
        if "ld+json" not in (script.get("type") or "").lower():
            held.append(script.text or "")
            script.drop_tree()
    etree.strip_elements(root, "style", "svg", "meta", with_tail=False)
    return held


def _without_subset(text: str) -> str:
    """The text with a plain document type in the place of one that declares entities."""
    opened = _DOCTYPE.search(text[:_BEGINNING])
    closed = _SUBSET_END.search(text, opened.end()) if opened else None
    if opened is None or closed is None:
        return text
    return f"{text[: opened.start()]}<!DOCTYPE html>{text[closed.end() :]}"


def text_of(body: bytes, content_type: str | None = None) -> str:
    """The page as text, without null characters.

    A byte order mark decides; next what is valid UTF-8 is that, since text in another encoding
    hardly ever is; then the HTTP header and the declaration in the page, where the bytes fit
    them; then a detector. Never raises: what fits nothing is read as windows-1252.
    """
    marked, bom = read_bom(body)
    if marked and bom:
        return _clean(body[len(bom) :].decode(marked, "replace"))
    try:
        return _clean(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for encoding in _candidates(body, content_type):
        text = _decoded(body, encoding)
        if text is not None:
            return _clean(text)
    return _clean(body.decode("cp1252", "replace"))


def _candidates(body: bytes, content_type: str | None) -> Iterator[str]:
    yield "utf-8"
    for declared in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        if declared and declared != "utf-8":
            yield declared
    if legacy := _legacy(body):
        yield legacy
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is not None:
        yield resolve_encoding(best.encoding) or best.encoding


def _legacy(body: bytes) -> str | None:
    """What undeclared pages in the page's language are written in (WHATWG's table of defaults)."""
    match = _LANGUAGE.search(body[:4096])
    return _LEGACY.get(match.group(1).decode("ascii").lower()) if match else None


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, ValueError):  # idna and undefined are codecs too, and read nothing
        return None
    wrong = text.count("\ufffd") + len(_UNTYPABLE.findall(text))
    beyond_ascii = len(_BEYOND_ASCII.findall(text))
    return text if wrong <= beyond_ascii * _BROKEN_SHARE else None


def _clean(text: str) -> str:
    return text.replace("\x00", "")
