"""What stands around a value: its slot. Two values are set against each other only in one slot.

A slot is the content words around a value, the nearer the heavier, less behind each boundary of a
clause. Other numbers and dates are no part of it, so that two sentences which differ in values
alone have the same slots.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt

from compare.datamodel import Span
from compare.language.stems import stem
from compare.memory import remembered
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, words

# How far a slot reaches on either side, in words; what a word counts less than the one nearer to
# the value, and what the words behind a boundary of a clause do. Set by hand, once.
REACH, FADING, BOUNDARY = 12, 0.85, 0.6
TIME = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan feb mar apr jun jul aug sept oct nov dec today yesterday tomorrow tonight
    morning afternoon evening night week month year day early late earlier later hour minute a.m p.m am pm
    """.split()
)
# What a number is written with says nothing of what it counts.
_WRITTEN_WITH = frozenset(
    """
    hundred thousand million billion trillion hundreds thousands millions billions lakh lakhs crore crores dozen dozens
    rs rupee rupees dollar dollars pound pounds euro euros percent cent pc km kilometres kilometers miles mph kph
    tonnes tons kg kilos metres meters feet acres hectares
    """.split()
)
_BREAK = re.compile(r"[,;:—()]|\s[-–]{1,3}\s")
_JOINING = frozenset(
    "and but after before when while who which as since until because that if although though whose where".split()
)
# Words for one thing, as far as the slot of a value goes.
_ALIKE = {
    word: head
    for head, alike in {
        "kill": "killed died dead deaths death fatalities slain kills killing die dies fatally",
        "hurt": "injured wounded hurt injuries injuring wounding injures wounds injury wounded",
        "arrest": "arrested detained arrests custody arrest detentions",
        "infect": "infected infections cases positive infecting",
        "vote": "voted vote votes voting passed pass passes passage approved approve approves adopted adopt",
        "announce": "announced announcement announcing unveiled declared",
        "meet": "met meeting meet meets talks",
        "begin": "began begin begins beginning started start starts opened opens launched",
        "end": "ended ends end ending expired expires concluded expire",
        "land": "landed landing arrived arrive arrives arriving touched",
        "leave": "left leave leaves leaving departed quit",
        "buy": "bought purchase purchased acquired acquisition buying acquires buys",
        "sell": "sold selling sale sales sell sells",
        "win": "won win wins winning",
        "file": "filed sued lawsuit filing suit",
        "release": "released published posted leaked release publish publishes",
        "person": "people person persons individuals individual men women civilians citizens residents",
        "troop": "troops soldiers servicemen personnel military",
        "premiere": "premiere premieres premiered debut debuts debuted released",
        "lose": "lost lose loses losing loss losses",
        "shoot": "shooting shot shootings gunfire shoots",
        "bomb": "bombing bombings bomb explosion explosions blast blasts",
    }.items()
    for word in alike.split()
}


def head_of(key: str) -> str:
    """A word's key as slots are compared by: stemmed, with words for one thing made one."""
    return _ALIKE.get(key) or stem(key)


@remembered(8192)
def content(text: str) -> frozenset[str]:
    """The heads of a statement's content words, values and words of time left out."""
    return frozenset(head_of(w.key) for w in words(text) if tells(w))


def tells(w: Word) -> bool:
    """Whether a word says something of what a value is of: no function word, time or number."""
    said_of = w.key not in FUNCTION_WORDS and w.key not in TIME and w.key not in _WRITTEN_WITH
    return said_of and not w.key[0].isdigit() and len(w.key) > 1


@remembered(16384)
def slot(text: str, span: Span) -> Mapping[str, float]:
    """The content words around a value at `span` and how much each counts for its slot."""
    said = words(text)
    found: dict[str, float] = {}
    before = [w for w in said if w.end <= span.start][-REACH:]
    behind = [w for w in said if w.start >= span.end][:REACH]
    for side in (list(reversed(before)), behind):
        weight, beside = 1.0, span
        for w in side:
            gap = (
                text[w.end : beside.start] if w.end <= beside.start else text[beside.end : w.start]
            )
            if _BREAK.search(gap) or w.key in _JOINING:
                weight *= BOUNDARY
            beside = Span(w.start, w.end)
            if tells(w):
                head = head_of(w.key)
                found[head] = max(found.get(head, 0.0), weight)
            weight *= FADING
    return found


def alike(x: Mapping[str, float], y: Mapping[str, float]) -> float:
    """How alike two slots are, 0 to 1: the cosine of their weights."""
    if not x or not y:
        return 0.0
    shared = sum(weight * y.get(head, 0.0) for head, weight in x.items())
    return shared / sqrt(sum(w * w for w in x.values()) * sum(w * w for w in y.values()))


@remembered(512)
def _counted(article: str) -> Mapping[str, int]:
    return Counter(head_of(w.key) for w in words(article) if tells(w))


def rarity(head: str, articles: tuple[str, str]) -> float:
    """How much a word tells in two articles: less, the oftener they use it; 1 for a word used once."""
    uses = sum(_counted(article).get(head, 0) for article in articles)
    return 1 / sqrt(max(uses / len(articles), 1.0))


def rare_share(left: Iterable[str], right: Iterable[str], articles: tuple[str, str]) -> float:
    """The part of two sets of words that both have, by how much each word tells, 0 to 1."""
    mine, theirs = frozenset(left), frozenset(right)
    both = sum(rarity(h, articles) for h in sorted(mine & theirs))
    every = sum(rarity(h, articles) for h in sorted(mine)) + sum(
        rarity(h, articles) for h in sorted(theirs)
    )
    return 2 * both / every if every else 0.0


# Names stand for whom a value is said of within so many characters of it.
NAMES_NEAR = 70


@remembered(8192)
def names_near(text: str, span: Span, *, first: bool = False) -> frozenset[str]:
    """The names around a value, in its sentence; its `first` word too, which may be no name."""
    start, end = max(0, span.start - NAMES_NEAR), span.end + NAMES_NEAR
    return frozenset(
        w.key
        for i, w in enumerate(words(text))
        if start <= w.start
        and w.end <= end
        and not (span.start <= w.start < span.end)
        and w.text[0].isupper()
        and w.key not in FUNCTION_WORDS
        and w.key not in TIME
        and (i or first)
    )
