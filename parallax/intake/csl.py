"""Items of CSL JSON, which Zotero and other reference managers export (csl-data.json 1.0): what was published, without its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KINDS = frozenset({"article-newspaper", "article-magazine", "post-weblog", "webpage"})


def is_csl(item: Mapping[str, Any]) -> bool:
    """Whether a row is an item of CSL JSON: it has a date in parts, or one of its types."""
    issued = item.get("issued")
    return (isinstance(issued, Mapping) and bool(issued.keys() & {"date-parts", "raw"})) or (
        item.get("type") in _KINDS and "text" not in item
    )


def csl_values(item: Mapping[str, Any]) -> dict[str, Any]:
    """What an item says of an article, by an article's keys: its day as precisely as it is given."""
    found: dict[str, Any] = {}
    if written := _day(item.get("issued")):
        found["published"] = written
    names = item.get("author")
    if isinstance(names, list):
        found["authors"] = [n for n in map(_name, names) if n]
    return found


def _day(issued: object) -> str:
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not all(str(p).isdigit() for p in first):
        return ""
    return "-".join(f"{int(p):02}" for p in first[:3])


def _name(author: object) -> str:
    if not isinstance(author, Mapping):
        return ""
    literal, given, family = (author.get(k) for k in ("literal", "given", "family"))
    return str(literal or " ".join(str(n) for n in (given, family) if n)).strip()
