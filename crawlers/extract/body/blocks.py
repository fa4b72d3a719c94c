"""The text blocks of a page, in order: what a reader would call its paragraphs, wherever they stand.

A block is a run of inline text between block-level tags (or between two line breaks); nothing is
judged here. Every block keeps the box that holds it, so that a later stage can ask what the page says
about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from crawlers.extract.body.out_of_sight import (
    BLOCK_TAGS,
    HIDDEN,
    LONGEST_NAME,
    is_block_out_of_sight,
    is_inline_out_of_sight,
)
from crawlers.extract.body.shingles import Shingles, shingles, words_of

# Never shown as text, or not the page's own text.
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_UNREAD = frozenset(
    """
    script style noscript template svg iframe select option input textarea object embed audio
    video canvas math map datalist dialog head title meta link frameset applet
    """.split()
)
_EMPHASIS = frozenset({"b", "strong", "em", "i"})
_CELLS = frozenset({"td", "th"})
_BLOCKS_IN_CELL = sorted(BLOCK_TAGS - _CELLS)
_LONGEST_VALUE = 80  # characters
_NAMING = ("class", "id", "itemprop", "data-testid", "data-component")
_OTHER_NAMING = frozenset(_NAMING) - {"class"}
_NO_OTHER_NAMES = " " * len(_OTHER_NAMING)
_HIDING = frozenset({"hidden", "aria-hidden", "style"})
_LEAST_COPIED = 40  # characters; shorter things are said twice for effect
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_DIGITS = re.compile(r"\d")
_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # all but what is a single space already
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f]")
_LINE_ENDS = frozenset(".!?:;…\"'”’»)。！？」")


class Box:
    """A block-level element, the one around it, and what can be said of it once for all its text.

    `name` is what its own attributes call it, lower case. `hidden` is whether it or one around it
    is not shown. `depth` counts the boxes around it.
    """

    __slots__ = ("depth", "element", "hidden", "level", "name", "parent", "tag")

    depth: int
    hidden: bool
    level: int

    def __init__(
        self, element: HtmlElement, tag: str, given: dict[str, str], parent: Box | None
    ) -> None:
        self.element = element
        self.parent = parent
        self.tag = tag
        self.name = _name_in(given) if given else ""
        hides = not _HIDING.isdisjoint(given) and _is_hidden(given)
        if parent is None:
            self.depth = 0
            self.level = HEADINGS.get(tag, 0)
            self.hidden = hides
        else:
            self.depth = parent.depth + 1
            # Of the heading that it is, or that is up to two boxes around it; 0 for none.
            self.level = HEADINGS.get(tag) or _level_around(parent)
            self.hidden = hides or parent.hidden

    @property
    def kind(self) -> str:
        """Its name without what numbers a single box ("block-17"): what boxes of a kind share."""
        return _kind(self.name)

    def chain(self, limit: int = 200) -> Iterator[Box]:
        """The box and those around it, innermost first."""
        box: Box | None = self
        while box is not None and limit:
            yield box
            box = box.parent
            limit -= 1

    def outside(self, other: Box | None) -> Iterator[Box]:
        """The box and those around it that do not hold another one, innermost first."""
        box: Box | None = self
        while box is not None and box is not other:
            while other is not None and other.depth > box.depth:
                other = other.parent
            if box is other:
                return
            yield box
            box = box.parent


@lru_cache(maxsize=10_000)
def _kind(name: str) -> str:
    if not _DIGITS.search(name):
        return name
    return " ".join(part for part in name.split() if not _DIGITS.search(part))


def _level_around(parent: Box) -> int:
    if parent.tag in HEADINGS:
        return HEADINGS[parent.tag]
    around = parent.parent
    return HEADINGS.get(around.tag, 0) if around is not None else 0


def _name_in(given: dict[str, str]) -> str:
    if _OTHER_NAMING.isdisjoint(given):  # as of most
        return given.get("class", "")[:LONGEST_NAME].lower() + _NO_OTHER_NAMES
    return " ".join([given.get(a, "")[:LONGEST_NAME] for a in _NAMING]).lower()


def _is_hidden(given: dict[str, str]) -> bool:
    style = given.get("style")
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or (style is not None and HIDDEN.search(style.lower()) is not None)
    )


@dataclass(slots=True)
class Block:
    """A run of text, the box that holds it, and how many of its characters are linked or bold.

    `words` are the text's, lower case; `run` is what a `Reference` is asked for.
    """

    text: str
    box: Box
    linked: int = 0
    emphasised: int = 0
    _size: int | None = field(default=None, repr=False, compare=False)
    _words: list[str] | None = field(default=None, repr=False, compare=False)
    _run: Shingles | None = field(default=None, repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many words it has; in scripts without spaces two characters count as one."""
        if self._size is None:
            self._size = len(self.text.split())
            if not self.text.isascii():
                self._size += len(_UNSPACED.findall(self.text)) // 2
        return self._size

    @property
    def words(self) -> list[str]:
        if self._words is None:
            self._words = words_of(self.text)
        return self._words

    @property
    def run(self) -> Shingles:
        if self._run is None:
            self._run = shingles(self.words)
        return self._run


def _holds_data(row: HtmlElement) -> bool:
    """Whether a table's row is a line of short values, and not a layout of the page."""
    cells = list(row.iterchildren("td", "th"))
    return len(cells) > 1 and all(
        len(cell.text_content()) <= _LONGEST_VALUE
        and next(cell.iter(*_BLOCKS_IN_CELL), None) is None
        for cell in cells
    )


class _Reader:
    """Collects inline text until a block boundary ends it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._box: Box | None = None
        self._parts: list[str] = []
        self._visible = 0
        self._linked = 0
        self._emphasised = 0
        self._in_link = 0
        self._in_emphasis = 0
        self._breaks = 0
        self._in_row = False  # of a table of data: its cells are one line, not a block each

    def start(self, element: HtmlElement, tag: str) -> bool:
        """Take an element in; whether its content is read."""
        if tag in BLOCK_TAGS:
            given = dict(element.items())
            if given and is_block_out_of_sight(tag, given):
                return False
            if self._in_row and tag in _CELLS:
                self._parts.append(" ")
            else:
                if self._parts:
                    self.flush()
                self._breaks = 0
                self._box = Box(element, tag, given, self._box)
                self._in_row = tag == "tr" and _holds_data(element)
        elif tag in _UNREAD or is_inline_out_of_sight(element):
            return False
        else:
            self._start_inline(tag)
        if text := element.text:
            self.text(text)
        return True

    def _start_inline(self, tag: str) -> None:
        if tag == "br":
            self._breaks += 1
            if self._breaks >= 2:
                self.flush()
            else:
                self._parts.append("\n")
        elif tag == "a":
            self._in_link += 1
        elif tag in _EMPHASIS:
            self._in_emphasis += 1

    def end(self, tag: str) -> None:
        """Leave an element that was taken in."""
        if tag in BLOCK_TAGS:
            if self._in_row and tag in _CELLS:
                return
            if self._parts:
                self.flush()
            self._breaks = 0
            self._in_row = False
            if self._box is not None:
                self._box = self._box.parent
        elif tag == "a":
            self._in_link -= 1
        elif tag in _EMPHASIS:
            self._in_emphasis -= 1

    def text(self, text: str) -> None:
        if text.isspace():  # as between most tags
            if self._parts:
                self._parts.append(" ")
            return
        visible = len(text.strip())
        self._breaks = 0
        self._visible += visible
        if self._in_link:
            self._linked += visible
        if self._in_emphasis:
            self._emphasised += visible
        self._parts.append(text.replace("\n", " ") if "\n" in text else text)

    def flush(self) -> None:
        self._breaks = 0
        if not self._parts:
            return
        if self._visible >= 2 * _LEAST_COPIED and len(self._parts) > 1:
            self._parts = _said_once(self._parts)
        text = tidy("".join(self._parts)) if self._visible and self._box is not None else ""
        if text and self._box is not None:
            size = len(text)
            self.blocks.append(
                Block(text, self._box, min(self._linked, size), min(self._emphasised, size))
            )
        self._parts.clear()
        self._visible = self._linked = self._emphasised = 0


def tidy(text: str) -> str:
    """The text as a browser shows it: white space collapsed, line breaks kept where a line ends."""
    if text.isprintable() and "  " not in text:  # nothing of what follows is in it
        return text.strip()
    text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    text = text.strip()
    if "\n" not in text:
        return text
    lines = text.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        # A break inside a sentence is layout; one after a sentence is a new line of text.
        wraps = joined[-1:] not in _LINE_ENDS and line[:1].islower()
        joined += (" " if wraps else "\n") + line
    return joined


def _said_once(parts: list[str]) -> list[str]:
    """The parts of a paragraph without its copy for another screen: inline elements that say all of it twice."""
    said = [part for part in parts if not part.isspace()]
    half, odd = divmod(len(said), 2)
    return said[:half] if half and not odd and said[:half] == said[half:] else parts


def blocks_of(root: HtmlElement) -> list[Block]:
    """All text blocks of a parsed page, in document order."""
    reader = _Reader()
    # Elements that are open, each with those of its children that are still to come.
    opened = [(root, root.tag, iter(root))] if reader.start(root, root.tag) else []
    while opened:
        element, tag, children = opened[-1]
        for child in children:
            name = child.tag
            if isinstance(name, str) and reader.start(child, name):
                if len(child):
                    opened.append((child, name, iter(child)))
                    break
                reader.end(name)
            if tail := child.tail:
                reader.text(tail)
        else:
            opened.pop()
            reader.end(tag)
            if element is not root and (tail := element.tail):
                reader.text(tail)
    reader.flush()
    return reader.blocks
