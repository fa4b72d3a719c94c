"""The JSON-LD of a page as nodes, whatever vocabulary they are in.

Everything here is hostile input: broken JSON, depth bombs, values of the wrong type. What cannot be
read is skipped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]

# Larger scripts are data for the page's programs, not a description of the page.
MAX_JSON_LD = 4_000_000
MAX_DEPTH = 12
MAX_NODES = 5_000

_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


def nodes_of(root: HtmlElement) -> Iterator[Node]:
    """The nodes of a page's JSON-LD in page order, a node before those inside it."""
    found = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _nodes(_parsed(script.text or ""), 0):
            yield node
            found += 1
            if found >= MAX_NODES:
                return


def types_of(node: Node) -> tuple[str, ...]:
    """The lower-case types of a node, without namespace."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return tuple(re.split(r"[/#:]", k)[-1].lower() for k in names if isinstance(k, str))


def strings(value: Any) -> list[str]:
    """The non-empty strings of a value that may be one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str) and v.strip()]


def nodes_in(value: Any) -> list[Node]:
    """The nodes of a value that may be one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, dict)]


def _parsed(text: str) -> Any:
    if not text.strip() or len(text) > MAX_JSON_LD:
        return None
    for repair in (str, _unwrapped, lambda t: _TRAILING_COMMA.sub(r"\1", _unwrapped(t)), unescape):
        try:
            return json.loads(repair(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    """The JSON without the comment or CDATA section that some templates wrap it in."""
    text = _CONTROL.sub(" ", text).strip()
    for opening in ("//", "<!--", "<![CDATA[", "/*<![CDATA[*/"):
        text = text.removeprefix(opening).lstrip()
    for closing in (";", "-->", "]]>", "/*]]>*/", "//"):
        text = text.removesuffix(closing).rstrip()
    return text


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _nodes(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            yield from _nodes(child, depth + 1)
