"""The entries of an XML document as text, for a document that is broken: each can be read by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_ROOT_WITHIN = 20_000  # characters; warnings and comments may stand before a feed, and are shorter
_TAG_END = re.compile(r"[^>\"']{0,1000}+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']{0,1000}+){0,250}+>")
_HTML = re.compile(r"\A\s*+<(?:html|head|body)\b", re.IGNORECASE)
_OPAQUE = {"<![CDATA[": "]]>", "<!--": "-->"}


def from_root(text: str, roots: Collection[str]) -> str:
    """The text from its root element on; what a program printed before it is left out."""
    found = None if _HTML.match(text) else _root(text, roots)
    return text[found.start() :] if found else text


def _root(text: str, roots: Collection[str]) -> re.Match[str] | None:
    """Where the root element begins: behind the XML declaration, if there is one."""
    at = max(text.find("<?xml ", 0, _ROOT_WITHIN), 0)
    until = at + _ROOT_WITHIN
    while found := _start_of(frozenset(roots)).search(text, at, until):
        comment = text.rfind("<!--", at, found.start())
        at = text.find("-->", comment) if comment >= 0 else -1
        if at < found.start():  # none is open there, or one that nothing ends
            return found
    return None


def root_of(text: str, roots: Collection[str]) -> str | None:
    """Which of these elements a document is, by its local name in small letters; None for any other."""
    found = None if _HTML.match(text) else _root(text, roots)
    return found[0].lstrip("<").rpartition(":")[2].lower() if found else None


def raw_entries(text: str, roots: Collection[str], tags: Collection[str]) -> Iterator[str | None]:
    """Each entry with one of these local names, in a document of its own: the same root around it.

    An entry that is never closed ends where the next begins. The last one, if it breaks off, is None.
    """
    root = _start_of(frozenset(roots)).match(text)
    end = _TAG_END.match(text, root.end()) if root else None
    if root is None or end is None:
        return
    opening, closing = text[: end.end()].removesuffix("/>"), f"</{root[0][1:]}>"
    if not opening.endswith(">"):
        opening += ">"
    begun: int | None = None
    for at, after, closes in _marks(text, frozenset(tags), end.end()):
        if closes and begun is not None:
            yield f"{opening}{text[begun:after]}{closing}"
            begun = None
        elif not closes:
            if begun is not None:
                yield f"{opening}{text[begun:at]}{closing}"
            begun = at
    if begun is not None:
        yield None


def _marks(text: str, tags: frozenset[str], at: int) -> Iterator[tuple[int, int, bool]]:
    """Where entries begin and end, outside of comments and CDATA: start, end, whether it closes one."""
    unclosed: set[str] = set()
    pattern = _entry_marks(tags)
    while found := pattern.search(text, at):
        at = found.end()
        if (opaque := _OPAQUE.get(found[0])) is not None:
            past = -1 if opaque in unclosed else text.find(opaque, at)
            if past < 0:
                unclosed.add(opaque)  # looked for once, not once for each that is left open
            else:
                at = past + len(opaque)
            continue
        closes = found[0].startswith("</")
        if (end := _TAG_END.match(text, at)) is None:
            return
        at = end.end()
        empty = not closes and end[0].endswith("/>")
        yield found.start(), at, closes
        if empty:
            yield found.start(), at, True


@lru_cache(maxsize=8)
def _start_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(
        rf"<(?:[\w.-]{{1,30}}:)?(?:{'|'.join(sorted(names))})(?=[\s/>])", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _entry_marks(names: frozenset[str]) -> re.Pattern[str]:
    named = "|".join(sorted(names))
    return re.compile(
        rf"<!\[CDATA\[|<!--|</?(?:[\w.-]{{1,30}}:)?(?:{named})(?=[\s/>])", re.IGNORECASE
    )
