"""Bytes of a page to text, whatever they are declared to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
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
