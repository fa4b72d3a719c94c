"""Two outlets side by side, aligned by detail, and how alike every two are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import ClassVar, NamedTuple

from compare.datamodel import Mention, Span, Status
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.html.links import pair_key
from templates.html.marks import ALIKE, Mark, Piece, changes, kept, pieces
from templates.views.shared import Column, columns, words_of_codes

# Up to so many outlets every two get a page; beyond, each outlet and the one most like it.
ALL_PAIRS = 12
MOST_ALIKE = 1
# With more outlets than that, so many details a section; the matrix has the rest.
LISTED = 40


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two outlets are: details both state, of those that either states, in per cent.

    `shade` is that in tenths, for the colour of the cell.
    """

    pair: str
    percent: int
    shade: int


@dataclass(frozen=True, slots=True)
class PairsPage:
    """pairs.html: a table of likeness; a row holds None on the diagonal."""

    template: ClassVar[str] = "pairs.html"
    anchor: ClassVar[str] = "pairs"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Column, tuple[Likeness | None, ...]], ...]
    complete: bool
    unread: str


class Side(NamedTuple):
    """What one of the two says of a detail: its words, or its status and why."""

    outlet_key: str
    code: str
    word: str
    parts: tuple[Piece, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A detail with both sides."""

    key: str
    text: str
    left: Side
    right: Side
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairSection:
    """The details that both, or only one of the two, state; `more` of them are not listed."""

    title: str
    lead: str
    total: int
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PairPage:
    """pairs/<key>.html."""

    template: ClassVar[str] = "pair.html"
    key: str
    title: str
    left: Column
    right: Column
    summary: str
    sections: tuple[PairSection, ...]

    @property
    def anchor(self) -> str:
        """The section's id in the one-file report."""
        return f"p-{self.key}"


def paired(facts: Facts) -> tuple[tuple[int, int], ...]:
    """Which two outlets get a page of their own, by number: only outlets with an article."""
    read = [i for i, rows in enumerate(facts.articles_of.values()) if rows]
    if len(read) <= ALL_PAIRS:
        return tuple(combinations(read, 2))
    found = set()
    for i in read:
        closest = sorted((j for j in read if j != i), key=lambda j: (-facts.alike[i][j][0], j))
        found |= {(min(i, j), max(i, j)) for j in closest[:MOST_ALIKE]}
    return tuple(sorted(found))


def pairs_page(facts: Facts) -> PairsPage:
    """The table of likeness of the outlets that were read."""
    heads = columns(facts)
    known = set(paired(facts))
    read = [i for i, rows in enumerate(facts.articles_of.values()) if rows]
    unread = [name for name, rows in facts.articles_of.items() if not rows]
    return PairsPage(
        title=facts.say("pairs.title"),
        columns=tuple(heads[i] for i in read),
        rows=tuple(
            (heads[i], tuple(_likeness(facts, heads, i, j, known) for j in read)) for i in read
        ),
        complete=len(read) <= ALL_PAIRS,
        unread=facts.say("list.comma").join(unread),
    )


def _likeness(
    facts: Facts, heads: Sequence[Column], i: int, j: int, known: set[tuple[int, int]]
) -> Likeness | None:
    if i == j:
        return None
    share, _ = facts.alike[i][j]
    pair = _key(heads, i, j) if (min(i, j), max(i, j)) in known else ""
    return Likeness(pair, round(100 * share), round(10 * share))


def _key(heads: Sequence[Column], i: int, j: int) -> str:
    return pair_key(heads[i].key, heads[j].key, {heads[i].key: i, heads[j].key: j})


def pair_pages(facts: Facts) -> Iterator[PairPage]:
    """The pages of all pairs that have one."""
    heads = columns(facts)
    words = words_of_codes(facts.say)
    for i, j in paired(facts):
        yield _pair_page(facts, heads, (i, j), words)


def _pair_page(
    facts: Facts, heads: Sequence[Column], pair: tuple[int, int], words: dict[str, str]
) -> PairPage:
    say = facts.say
    left, right = heads[pair[0]], heads[pair[1]]
    titles = {
        "conflict": say("pairs.conflict"),
        "both": say("pairs.both"),
        "left": say("pairs.only", outlet=left.name),
        "right": say("pairs.only", outlet=right.name),
    }
    groups: dict[str, list[DetailFact]] = {key: [] for key in titles}
    told: set[tuple[str, ...]] = set()
    i, j = pair
    states, others = facts.states[i], facts.states[j]
    for place in sorted(states | others):
        fact = facts.details[place]
        between = _between(facts, fact, pair)
        # Details that share their plainest words would read as one line said twice.
        if (fact.detail.text, *between) not in told:
            told.add((fact.detail.text, *between))
            which = "right" if place not in states else "both" if place in others else "left"
            groups["conflict" if between else which].append(fact)
    share, both = facts.alike[pair[0]][pair[1]]
    listed = None if len(heads) <= ALL_PAIRS else LISTED
    return PairPage(
        key=_key(heads, *pair),
        title=say("pairs.heading", left=left.name, right=right.name),
        left=left,
        right=right,
        summary=say("pairs.summary", count=both, percent=round(100 * share)),
        sections=tuple(
            PairSection(
                titles[key],
                say("pairs.both_lead") if key == "both" and _clashing(found, pair) else "",
                len(found),
                tuple(_line(facts, fact, pair, words) for fact in found[:listed]),
                len(found[listed:]) if listed else 0,
            )
            for key, found in groups.items()
            if found
        ),
    )


def _clashing(found: Sequence[DetailFact], pair: tuple[int, int]) -> bool:
    return any(fact.codes[i] == CODES[Status.CONFLICTING] for fact in found for i in pair)


def _between(facts: Facts, fact: DetailFact, pair: tuple[int, int]) -> list[str]:
    """The conflicts of the two with each other, in words."""
    if not fact.detail.conflicts:
        return []
    names = {facts.outlets[i] for i in pair}
    mentions = fact.detail.mentions
    return [
        c.sentence
        for c in fact.detail.conflicts
        if {mentions[c.a].outlet, mentions[c.b].outlet} == names
    ]


def _line(facts: Facts, fact: DetailFact, pair: tuple[int, int], words: dict[str, str]) -> Line:
    left, right = _told(facts, fact, pair)
    return Line(
        fact.key,
        facts.label(fact.detail),
        _side(facts, fact, pair[0], words, left),
        _side(facts, fact, pair[1], words, right),
        tuple(_between(facts, fact, pair)),
    )


def _told(
    facts: Facts, fact: DetailFact, pair: tuple[int, int]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """How each of the two tells it: with the values that conflict, or with the words that differ."""
    names = tuple(facts.outlets[i] for i in pair)
    mentions = fact.detail.mentions
    for c in fact.detail.conflicts:
        ends = ((mentions[c.a], c.a_span), (mentions[c.b], c.b_span))
        for one, other in (ends, ends[::-1]):
            if (one[0].outlet, other[0].outlet) == names:
                return _with_value(facts, *one), _with_value(facts, *other)
    left, right = (_mentions(fact, i) for i in pair)
    if not left or not right:
        return _plain(facts, left), _plain(facts, right)
    old, new = _closest(facts, left, right)
    parts = changes(old, new)
    return (Piece(old),), parts if kept(parts) >= ALIKE else (Piece(new),)


def _with_value(facts: Facts, m: Mention, span: Span) -> tuple[Piece, ...]:
    text = facts.articles[m.article].read(m.field)
    return pieces(text, m.start, m.end, [Mark(span.start, span.end, "differs")])


def _mentions(fact: DetailFact, column: int) -> list[Mention]:
    cell = fact.cells[column]
    return list(fact.detail.evidence_of(cell)) if cell else []


def _plain(facts: Facts, mentions: Sequence[Mention]) -> tuple[Piece, ...]:
    """The first mention, one from the text before a headline."""
    first = min(mentions, key=lambda m: m.field == "title", default=None)
    return (Piece(facts.quoted(first)),) if first else ()


def _closest(facts: Facts, left: Sequence[Mention], right: Sequence[Mention]) -> tuple[str, str]:
    """The mention of each that share the most words, so that like is set beside like."""
    old = dict.fromkeys(map(facts.quoted, left))
    new = dict.fromkeys(map(facts.quoted, right))
    bags = {text: frozenset(text.lower().split()) for text in (*old, *new)}

    def alike(texts: tuple[str, str]) -> float:
        a, b = bags[texts[0]], bags[texts[1]]
        return len(a & b) / len(a | b) if a | b else 0.0

    return max(product(old, new), key=alike)


def _side(
    facts: Facts, fact: DetailFact, column: int, words: dict[str, str], parts: tuple[Piece, ...]
) -> Side:
    cell, code = fact.cells[column], fact.codes[column]
    key = facts.outlet_keys[facts.outlets[column]]
    return Side(
        key, code, words[code], parts, facts.reason(cell) if cell else facts.say("detail.unjudged")
    )
