"""What a page holds or links besides the text that was read, so that the text is not the whole article.

The rest of an article may lie in the data of the page's scripts, in elements that no browser shows, in
an attribute that a script unfolds, or on a second page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, cast
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from compare.datamodel import Completeness
from crawlers.extract.body.folded import story_box
from crawlers.extract.body.select import Body
from crawlers.extract.body.shingles import Reference, shingles, words_of
from crawlers.extract.body.wording import content_words, is_prose
from crawlers.extract.kinds import Judged
from crawlers.extract.metadata.plain_text import plain
from crawlers.extract.walls import asks_to_subscribe

_LARGEST = 3_000_000  # characters of a script that is looked into
_PROSE_WORDS = 12
_LEAST_MORE, _SHARE_MORE = 40, 0.15  # words, and share of those read: less is a caption or a box
_SHORT = 40  # characters of a string in data: less is no paragraph
_RELATED = 0.1  # of their words of weight, that a story's two parts share
_READ = 0.8  # of a paragraph's shingles
_KNOWN = 2  # paragraphs of the article that data must hold to be the article's
_NO_BRACKETS = re.compile(r'"[^"]*+"|[^\[\]{}"]++')
_BRACKET = re.compile(r"[\[\]{}]")
_PASSES = 4  # that take out pairs, as deep as most data is; the rest is counted, however deep
_ONE_KIND = str.maketrans("{}", "[]")
_PROBE = 24  # characters
_PLAIN_RUN = re.compile(r"[\w ,]+")
_ENDS = tuple(".!?…\"'”’»。！？।۔")
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
# What stands before a string that may hold a paragraph: short strings, and what is between them.
_SHORT_STRINGS = re.compile(r'(?:[^"]*+"[^"\\]{0,39}+")*+[^"]*+')
_KEY = re.compile(r"\b(\w{1,40})\s{0,3}:\s{0,3}\Z")
_LONGEST_KEY = 50  # characters, with what stands between it and its value
_MAY_HIDE_WORDS = re.compile(r"[<&]|\\[^/]")  # markup, entities, escapes; not an address
_PARAGRAPH_END = re.compile(r"</(?:p|div|li|h\d)>|<br ?/?>|\n\s*\n", re.IGNORECASE)
# What templates hold besides text: of forms, comments, programs that are switched off, places to be filled.
_OF_MACHINERY = re.compile(
    r"java-?script|(?:your|this) browser|(?:view|see|read|post|leave|join) (?:the |a |your )?(?:comments?|discussion)|comments (?:are|powered|policy)|cookies|newsletter|(?:sign up|subscribe|log ?in) (?:for|to|now)|e-?mail address|your (?:inbox|e-?mail|name)|\{\{|<%|\$\{|please (?:enable|update|try|check)"
)
_LINE_WORDS = 6  # of a sentence that is not shown
_UNSHOWN = ("noscript", "template", "textarea")
# Attributes that hold text: longer ones than any that only name something.
_LONG_VALUES = XPath("descendant-or-self::*/@*[string-length(.) > 400]", smart_strings=False)
_PAGE_KEYS = frozenset("page p pg pag pagina seite sida side strona sivu start".split())
_SECOND = re.compile(r"(?:/page)?/2|[-_,]2")
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp)$")
_OF_READERS = re.compile(r"comment|disqus|repl(?:y|ies)|forum")


def more_of(root: HtmlElement, scripts: Sequence[str], body: Body, url: str) -> Judged | None:
    """Why the text is a part of the article, by what else the page and its scripts hold; None where nothing says so."""
    if not body.kept:
        return None
    words = len(body.text.split())
    least = max(_LEAST_MORE, words * _SHARE_MORE)
    if (held := _in_data(scripts, body)) >= least:
        return (
            Completeness.TRUNCATED,
            f"{words} words were read, and the data of the page's scripts goes on for {held}",
        )
    if unshown := _unshown(body, least):
        return (
            Completeness.UNKNOWN,
            f"{words} words were read, and {unshown} in elements that are not shown were not",
        )
    if (following := _second_page(root, url)) is not None:
        return Completeness.TRUNCATED, f"the page is the first of several: {following[:200]}"
    return None


class _Held(NamedTuple):
    """A paragraph in a script's data: its key, its text, and how deep in brackets it and the lowest place before it are."""

    key: str
    text: str
    depth: int
    low: int


def _in_data(scripts: Sequence[str], body: Body) -> int:
    """The words of the article in scripts' data that stand nowhere on the page."""
    prose = [body.blocks[k].text for k in body.kept if is_prose(body.blocks[k])]
    if len(prose) < _KNOWN:
        return 0
    probes = {form for text in prose[:_KNOWN] for form in _probes(text)}
    read: Reference | None = None
    most = 0
    for data in scripts:
        if len(data) > _LARGEST or not any(probe in data for probe in probes):
            continue
        read = read or Reference(body.text)
        most = max(most, _goes_on(list(_held(data)), read))
    return most


def _probes(text: str) -> tuple[str, ...]:
    """The beginning of a paragraph, as data may have it; of a plain run of letters, which nothing escapes."""
    run = max(_PLAIN_RUN.findall(text[:200]), key=len, default="")[:_PROBE].strip()
    if not run:
        return ()
    escaped = json.dumps(run)[1:-1]
    return (run, escaped, escaped.replace("\\", "\\\\"))


def _held(data: str, *, nested: bool = False) -> Iterator[_Held]:
    """The paragraphs among the strings of a script, in order."""
    depth, low = 0, 0
    for between, literal in _long_strings(data):
        opened, closed = _brackets(between)
        low = min(low, depth - closed)
        depth += opened - closed
        if len(literal) < _SHORT or (
            not _MAY_HIDE_WORDS.search(literal) and len(literal.split()) < _PROSE_WORDS
        ):
            continue
        text = _unescaped(literal)
        if not nested and '"' in text and len(inner := list(_held(text, nested=True))) > 1:
            yield from inner
            continue
        key = _KEY.search(between[-_LONGEST_KEY:])
        for part in _paragraphs(text):
            yield _Held(key[1] if key else "", part, depth, low)
            low = depth


def _long_strings(data: str) -> Iterator[tuple[str, str]]:
    """The strings of a script that may be paragraphs, each behind all that stands between it and the one before."""
    end = 0
    while (found := _STRING.match(data, _end_of(_SHORT_STRINGS.match(data, end)))) is not None:
        yield data[end : found.start()], found[1]
        end = found.end()


def _end_of(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _brackets(between: str) -> tuple[int, int]:
    """How many brackets are opened in a stretch of data and stay open, and how many from before are closed."""
    if _BRACKET.search(between) is None:
        return 0, 0
    left = _NO_BRACKETS.sub("", between).translate(_ONE_KIND)
    for _ in range(_PASSES):
        left = left.replace("[]", "")
    opened = closed = 0
    for bracket in left:
        if bracket == "[":
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    return opened, closed


def _unescaped(literal: str) -> str:
    if "\\" not in literal:
        return literal
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return literal


def _paragraphs(text: str) -> Iterator[str]:
    parts = _PARAGRAPH_END.split(text) if "<" in text or "\n" in text else [text]
    for part in parts:
        if len(part) < 2 * _PROSE_WORDS - 1:
            continue
        if "<" not in part and "&" not in part and len(part.split()) < _PROSE_WORDS:
            continue
        line = plain(part)
        if len(line.split()) >= _PROSE_WORDS and line.endswith(_ENDS):
            yield line


def _goes_on(held: Sequence[_Held], read: Reference) -> int:
    """The words that follow the last of the article's paragraphs in the same string or list of data."""
    known = [k for k, one in enumerate(held) if read.share(shingles(words_of(one.text))) >= _READ]
    falls = {
        (j, k): held[j].depth - min(one.low for one in held[j + 1 : k + 1])
        for j, k in pairwise(known)
        if held[j].key == held[k].key
    }
    if not falls:
        return 0
    usual = Counter(falls.values()).most_common(1)[0][0]
    run = max(_runs(known, falls, usual), key=len)
    start, end = run[0], run[-1]
    before = held[start - 1] if start else None
    if before and before.key == held[start].key and before.depth - held[start].low <= usual:
        return 0  # a heap of all the page's strings, not the article's list
    last, more = held[end], 0
    low = last.depth
    for one in held[end + 1 :]:
        low = min(low, one.low)
        if last.depth - low > usual:
            break
        if one.key == last.key:
            more += len(one.text.split())
            last, low = one, one.depth
    return more


def _runs(
    known: Sequence[int], falls: Mapping[tuple[int, int], int], usual: int
) -> list[list[int]]:
    """The known paragraphs in runs: brackets close between two of one run no further than usual."""
    runs = [[known[0]]]
    for j, k in pairwise(known):
        if falls.get((j, k), usual + 1) > usual:
            runs.append([])
        runs[-1].append(k)
    return runs


def _unshown(body: Body, least: float) -> int:
    """The words of prose in the story's box that no browser shows, or 0: in templates, any sentence; in attributes, `least`."""
    within = story_box(body.blocks, body.kept, None)
    if within is None:
        return 0
    behind = (e for e in within.element.itersiblings(*_UNSHOWN))
    lines = [
        line
        for element in (*within.element.iter(*_UNSHOWN), *behind)
        if next(element.iterancestors("form", "aside", "figure", "nav", "footer"), None) is None
        for line in _lines_of(element)
    ]
    values = [value for value in cast("list[str]", _LONG_VALUES(within.element)) if "<p" in value]
    if not lines and not values:
        return 0
    own = content_words(body.text)
    shown = Reference("\n".join(block.text for block in body.blocks))
    stated = [part for value in values for part in _paragraphs(value)]
    in_values = _unread(stated, shown, own)
    return max(_unread(lines, shown, own), in_values if in_values >= least else 0)


def _unread(paragraphs: Sequence[str], shown: Reference, own: set[str]) -> int:
    """The words of the paragraphs that stand nowhere on view, or 0 where they tell of other things."""
    unread = [p for p in dict.fromkeys(paragraphs) if shown.share(shingles(words_of(p))) < _READ]
    theirs = content_words(" ".join(unread))
    if not theirs & own or len(theirs & own) < _RELATED * len(theirs):  # a card, a dialogue, a form
        return 0
    return sum(len(part.split()) for part in unread)


def _lines_of(element: HtmlElement) -> Iterator[str]:
    """The sentences of an element that is not shown, those of its markup too where that was not parsed."""
    inside = [p.text_content() for p in element.iter("p")]
    for text in inside or [element.text_content()]:
        for part in _PARAGRAPH_END.split(text):
            line = plain(part)
            if (
                len(line.split()) >= _LINE_WORDS
                and line.endswith(_ENDS)
                and not (_OF_MACHINERY.search(line.lower()) or asks_to_subscribe(line))
            ):
                yield line


def _second_page(root: HtmlElement, url: str) -> str | None:
    """The address of the article's second page, where the page links one as that."""
    own = urlsplit(url)
    stem = _SUFFIX.sub("", own.path).rstrip("/")
    if not stem:
        return None
    for link in root.iter("a", "link"):
        href = link.get("href")
        if href is None or "2" not in href or not _leads_on(link):
            continue
        try:
            there = urlsplit(urljoin(url, href))
        except ValueError:
            continue
        if there.hostname != own.hostname:
            continue
        path = _SUFFIX.sub("", there.path).rstrip("/")
        turned = path == stem and any(
            key in _PAGE_KEYS and value == "2" for key, value in parse_qsl(there.query)
        )
        if turned or (path.startswith(stem) and _SECOND.fullmatch(path[len(stem) :])):
            return str(there.geturl())
    return None


def _leads_on(link: HtmlElement) -> bool:
    """Whether a link is one to a following page: by its rel, or as the number two."""
    if "next" in (link.get("rel") or "").lower().split():
        return True
    if link.tag == "link":
        return False
    text = link.text_content() if len(link) else link.text or ""
    if text.strip() != "2":
        return False
    around = (f"{a.get('class') or ''} {a.get('id') or ''}" for a in link.iterancestors())
    return not any(_OF_READERS.search(name[:400].lower()) for name in around)
