"""A machine-readable string as a reader would see it."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<[^<>]{1,300}>")


def plain(text: str) -> str:
    """The string with entities and tags resolved, on one line."""
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())
