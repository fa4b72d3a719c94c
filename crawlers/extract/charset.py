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
_BROKEN_SHARE = 0.001
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
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is not None:
        yield resolve_encoding(best.encoding) or best.encoding


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        text = body.decode(encoding, "replace")
    except LookupError:
        return None
    wrong = text.count("\ufffd") + len(_UNTYPABLE.findall(text))
    return text if wrong <= len(text) * _BROKEN_SHARE else None


def _clean(text: str) -> str:
    return text.replace("\x00", "")
