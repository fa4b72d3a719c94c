"""Sentences, quotations, clauses and words of a text with their offsets.

Written for news prose: abbreviations with titles and states, initials, ellipses, quotations that
run over sentences and paragraphs. Other languages are split by their punctuation alone. Nothing
here changes a text; every function returns where things are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compare.abbreviations import is_abbreviation, last_word, marks_a_name
from compare.datamodel import Span
from compare.memory import remembered

LONGEST_SENTENCE = 1500

_OPENERS = "\"'“‘«‹„(["

_BREAK = re.compile(r"[.!?…]+|[。！？]+")
_TAIL = re.compile(r"[\"'”’»›)\]]*")
_GAP = re.compile(r"\s+")
_NEXT_WORD = re.compile(r"[\"'“‘«‹„(\[]{0,9}([^\W_][\w.'’-]*)")
_SAYS_ANYTHING = re.compile(r"\w")
# Nothing yet, or the number of an item in a list: "1. The mayor", "b. The weir".
_NUMBERED = re.compile(r"\W*(?:\d{1,3}|[a-z])?")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\. \. \.)\s*[A-Z]")
# What stands behind a sentence and is no part of the next, as a caption's credit or, with a post, "— Name (@name)", a tag, the link of its picture.
_OF_A_POST = re.compile(r"\|\s|[—–-]{1,2}\s?[^\n@]{1,60}\(@\w|[#@]\w|pic\.twitter\.com/|https?://")
# Where two sentences touch: a whole word in small letters, the mark, a capital and small letters.
_SMALL_ENDED = re.compile(
    r"[^\W\d_][^\W\d_’'-]{0,60}[a-zà-ÿ]{2}|[$£€]?\d[\d,.]{0,40}\d%?|\d%|[^\W_]{1,60}\)"
)
_TOUCHING = re.compile(r"[\"“‘(]?([A-Z][a-zà-ÿ’']++|[AI](?=\s))(?![\w@/.-]*[@/]|\.\w)")
_DOMAINS = frozenset("com org net gov edu co uk io tv info biz news app js py ai".split())
# So far back an aside in brackets is looked for.
LONGEST_ASIDE = 400
# What follows a quoted question or exclamation that its sentence goes on after: 'Hold it!" Ms. Roe said'.
_SPEAKER = re.compile(
    r"(?:(?:[A-Z][\w-]{0,40}\.?|of|de|van|the|a)[ ]){1,6}"
    r"(?:was quoted|said|says|told|tells|asked|asks|wrote|writes|tweeted|added|adds|shouted|yelled|replied|"
    r"recalled|exclaimed|wondered|cried|joked|continued|posted|responded|answered)\b"
)
_WORD = re.compile(r"[^\W_]+(?:['’.,:/-](?=[^\W_])[^\W_]+|['’](?=s\b))*", re.UNICODE)


class Word(NamedTuple):
    """A word as written, where it stands, and the key under which it is compared."""

    text: str
    start: int
    end: int
    key: str


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them; lines never join.

    What has no end for `LONGEST_SENTENCE` characters is no sentence, and is cut where it pauses.
    """
    return [
        piece
        for line in lines(text)
        for span in _sentences_of_line(text, line)
        for piece in _bounded(text, span)
    ]


def _bounded(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST_SENTENCE:
        cut = _pause(text, start, start + LONGEST_SENTENCE)
        if piece := trimmed(text, start, cut):
            yield piece
        start = cut
    if piece := trimmed(text, start, span.end):
        yield piece


def _pause(text: str, start: int, limit: int) -> int:
    """Where to cut what does not end: behind the last comma or semicolon of its second half, or at a space."""
    comma = max(text.rfind(mark, start + LONGEST_SENTENCE // 2, limit) for mark in (", ", "; "))
    if comma > start:
        return comma + 1
    space = text.rfind(" ", start + 1, limit)
    return space if space > start else limit


def lines(text: str) -> Iterator[Span]:
    """The lines of a text that are not empty, in order, without the white space around them."""
    start = 0
    for line in text.splitlines(keepends=True):
        span = trimmed(text, start, start + len(line))
        if span is not None:
            yield span
        start += len(line)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space at its ends; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _sentences_of_line(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for stop in _BREAK.finditer(text, line.start, line.end):
        tail = _TAIL.match(text, stop.end(), line.end)
        end = tail.end() if tail else stop.end()
        if end >= line.end or not _ends_sentence(text, start, stop, end, line.end):
            continue
        if span := trimmed(text, start, end):
            yield span
        start = end
    if span := trimmed(text, start, line.end):
        yield span


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int, limit: int) -> bool:
    mark = stop.group()
    if mark[0] in "。！？":
        return True
    if _NUMBERED.fullmatch(text, start, stop.start()):
        return False
    gap = _GAP.match(text, end, limit)
    if gap is None:
        return _touches(text, start, stop, end, limit)
    following = _NEXT_WORD.match(text, gap.end(), limit)
    if _OF_A_POST.match(text, gap.end(), limit):
        return not is_abbreviation(text, start, stop.start(), "The")
    if following is None:
        return text[gap.end()] in _OPENERS or _ELLIPSIS.match(text, gap.end(), limit) is not None
    word = following.group(1)
    begins = word[0].isupper() or word[0].isdigit() or not word[0].islower()
    if not begins or _in_parentheses(text, start, stop.end(), end):
        return False
    if mark == "." and end == stop.end():
        return not is_abbreviation(text, start, stop.start(), word)
    if mark[-1] in "?!" and end == stop.end():
        return not marks_a_name(text, start, stop.start(), word)
    goes_on = mark[-1] in "?!" and end > stop.end() and _SPEAKER.match(text, gap.end(), limit)
    return not goes_on


def _in_parentheses(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the mark stands before a bracket that the sentence opened on its way: "Roe (R-Ariz.) Monday"."""
    if ")" not in text[stop:end]:
        return False
    opened = text.rfind("(", max(start, stop - LONGEST_ASIDE), stop)
    return _SAYS_ANYTHING.search(text, start, opened) is not None if opened > start else False


def _touches(text: str, start: int, stop: re.Match[str], end: int, limit: int) -> bool:
    """Whether the next sentence begins without a space: "held talks.The mayor", but not "Booking.Com"."""
    before = last_word(text, start, stop.start())
    following = _TOUCHING.match(text, end, limit)
    if following is None or not _SMALL_ENDED.fullmatch(before) or len(stop.group()) > 1:
        return False
    word = following.group(1)
    return word.lower() not in _DOMAINS and not is_abbreviation(text, start, stop.start(), word)


def quotations(text: str) -> list[Span]:
    """What stands between double or angular quotation marks, the marks excluded, outermost only.

    A quotation that is opened and not closed runs to the end of its line, as quotations of several
    paragraphs do. One that is closed and not opened begins behind the sentence that the quotation before
    it stands in, or with its own sentence where it is the first. Single marks are read where an opening one
    follows a space and a closing one ends a word, outside of double ones.
    """
    return sorted(
        (span for line in lines(text) for span in _quotations_of_line(text, line)),
        key=lambda span: span.start,
    )


# What closes a quotation, by what opened it. Two single marks are how old wire systems write a double.
_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", '"': '"', "''": "''"}
_MARK = re.compile(r"(?<![\w'])''(?=\w)|(?<=\S)''(?!')|[“”«»„‹›\"]")


def _quotations_of_line(text: str, line: Span) -> Iterator[Span]:
    opened, begin, closing = -1, -1, ""
    covered_to = line.start
    for found in _MARK.finditer(text, line.start, line.end):
        mark = found.group()
        if opened < 0 and _only_closes(text, found, line.end):
            begin = _unopened(text, line.start, covered_to, found.start())
            yield from _kept(text, begin, found.start())
            yield from _single_quotations(text, covered_to, begin)
            covered_to = found.end()
        elif opened < 0 and mark in _PAIRS and not _is_inch_mark(text, found.start()):
            begin, opened, closing = found.start(), found.end(), _PAIRS[mark]
        elif opened >= 0 and mark in closing:
            yield from _kept(text, opened, found.start())
            yield from _single_quotations(text, covered_to, begin)
            covered_to, opened = found.end(), -1
    if opened >= 0:
        yield from _kept(text, opened, line.end)
        yield from _single_quotations(text, covered_to, begin)
    else:
        yield from _single_quotations(text, covered_to, line.end)


def _kept(text: str, start: int, end: int) -> Iterator[Span]:
    if span := trimmed(text, start, end):
        yield span


# What ends a sentence or a clause in front of a closing mark.
_BEFORE_CLOSING = frozenset(".,!?…")
_SENTENCE_END = re.compile(r"[.!?…]\s{1,4}(?=[^\sa-z])")


def _only_closes(text: str, mark: re.Match[str], limit: int) -> bool:
    """Whether a mark stands behind the end of a sentence or clause and before a space: it opens nothing."""
    i, end = mark.start(), mark.end()
    ends = i > 0 and text[i - 1] in _BEFORE_CLOSING and (end >= limit or text[end].isspace())
    return ends and mark.group() in '”"'


def _unopened(text: str, start: int, covered_to: int, closed: int) -> int:
    """Where a quotation begins that nothing opens; at its end where that cannot be told."""
    if covered_to == start:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, start, closed)]
        return ends[-1] if ends else start
    found = _SENTENCE_END.search(text, covered_to, closed)
    return found.end() if found else closed


def _is_inch_mark(text: str, i: int) -> bool:
    return text[i] == '"' and i > 0 and text[i - 1].isdigit()


_SINGLE = re.compile(r"(?<![\w’'])[‘'’](?=\S)([^‘\n]{2,1000}?[^\s’'])[’'](?!\w)")


def _single_quotations(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _SINGLE.finditer(text, start, max(start, end)):
        yield Span(found.start(1), found.end(1))


_CLAUSE_BREAK = re.compile(
    r"(?P<hard>\s{0,4}(?:;|:(?=\s)|\s[-–]{1,3}\s|—|--)\s{0,4})"
    r"|(?P<paren>\s{0,4}[()]\s{0,4})"
    r"|(?P<comma>,[\"”’']?\s{1,4})"
    r"|(?P<word>\s{1,4}(?=(?:and|but|or|because|although|though|while|whereas|after|before|when|if|unless|since|"
    r"until|that|which|who|whom|whose|where|as|saying|adding|calling|to|for|over|amid|despite)\s))"
)
MIN_CLAUSE_WORDS = 3


def clauses(text: str, span: Span) -> list[Span]:
    """The parts of a sentence that could be claims of their own, in order, not overlapping.

    Cut at punctuation and before joining words (English), then short parts are joined to the part
    before them, so that every part has at least `MIN_CLAUSE_WORDS` words; a sentence that does
    not fall apart gives itself.
    """
    breaks = _CLAUSE_BREAK.finditer(text, span.start, span.end)
    cuts = [span.start, *(found.end() for found in breaks), span.end]
    starts = [w.start for w in words(text[span.start : span.end])]
    parts: list[Span] = []
    begin = cuts[0]
    for cut in cuts[1:]:
        enough = _count(starts, begin - span.start, cut - span.start) >= MIN_CLAUSE_WORDS
        remaining = _count(starts, cut - span.start, span.end - span.start)
        if cut < span.end and (not enough or remaining < MIN_CLAUSE_WORDS):
            continue
        if part := trimmed(text, begin, cut):
            parts.append(part)
        begin = cut
    return parts


def _count(starts: list[int], start: int, end: int) -> int:
    return bisect_right(starts, end - 1) - bisect_right(starts, start - 1)


def words(text: str) -> list[Word]:
    """The words of a text in order; hyphens, apostrophes and full stops inside a word stay in it.

    The key is in lower case, without a possessive ending, with plain apostrophes and without
    thousands separators.
    """
    return list(_remembered_words(text) if len(text) < _WORTH_REMEMBERING else _words(text))


def in_title_case(said: Sequence[str], share: float = 0.5) -> bool:
    """Whether more than this share of words begin with a capital, so that a capital tells no name."""
    return sum(word[0].isupper() for word in said) > share * len(said)


# Many features read the words of the same sentence; a long text's would crowd the others out.
_WORTH_REMEMBERING = 30_000


def _words(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(found.group(), found.start(), found.end(), _key(found.group()))
        for found in _WORD.finditer(text)
    )


_remembered_words = remembered(2048)(_words)


@remembered(65536)
def _key(word: str) -> str:
    key = word.lower().replace("’", "'")
    key = key.removesuffix("'s")
    return key.replace(",", "") if key[0].isdigit() else key
