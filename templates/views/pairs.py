"""Two outlets side by side, aligned by detail, and how alike every two are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from compare.datamodel import Mention
from templates.facts import DetailFact, Facts
from templates.likeness import STATED_CODES
from templates.links import pair_key
from templates.marks import Piece, changes
from templates.views.parts import Column, columns, words_of_codes

# Up to so many outlets every two get a page; beyond, each outlet and the one most like it.
ALL_PAIRS = 12
MOST_ALIKE = 1
# With more outlets than that, so many details a section; the matrix has the rest.
LISTED = 40


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two outlets are: details both state, of those that either states."""

    pair: str
    percent: int
    both: int


@dataclass(frozen=True, slots=True)
class PairsPage:
    """pairs.html: a table of likeness; a row holds None on the diagonal."""

    template: ClassVar[str] = "pairs.html"
    anchor: ClassVar[str] = "pairs"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Column, tuple[Likeness | None, ...]], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Side:
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
    """The table of likeness."""
    heads = columns(facts)
    known = set(paired(facts))
    rows = []
    for i, head in enumerate(heads):
        cells = [
            _likeness(facts, heads, i, j, known) if i != j else None for j in range(len(heads))
        ]
        rows.append((head, tuple(cells)))
    complete = len([r for r in facts.articles_of.values() if r]) <= ALL_PAIRS
    return PairsPage(facts.say("pairs.title"), heads, tuple(rows), complete)


def _likeness(
    facts: Facts, heads: Sequence[Column], i: int, j: int, known: set[tuple[int, int]]
) -> Likeness:
    share, both = facts.alike[i][j]
    pair = _key(heads, i, j) if (min(i, j), max(i, j)) in known else ""
    return Likeness(pair, round(100 * share), both)


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
    for fact in facts.details:
        here = [fact.codes[i] in STATED_CODES for i in pair]
        if any(here):
            which = "both" if all(here) else "left" if here[0] else "right"
            groups["conflict" if _between(facts, fact, pair) else which].append(fact)
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
                len(found),
                tuple(_line(facts, fact, pair, words) for fact in found[:listed]),
                len(found[listed:]) if listed else 0,
            )
            for key, found in groups.items()
            if found
        ),
    )


def _between(facts: Facts, fact: DetailFact, pair: tuple[int, int]) -> list[str]:
    """The conflicts of the two with each other, in words."""
    names = {facts.outlets[i] for i in pair}
    mentions = fact.detail.mentions
    return [
        c.sentence
        for c in fact.detail.conflicts
        if {mentions[c.a].outlet, mentions[c.b].outlet} == names
    ]


def _line(facts: Facts, fact: DetailFact, pair: tuple[int, int], words: dict[str, str]) -> Line:
    mentions = [_first_mention(fact, i) for i in pair]
    said = [facts.quoted(m) if m else "" for m in mentions]
    sides = [
        _side(facts, fact, pair[0], words, (Piece(said[0]),) if said[0] else ()),
        _side(
            facts, fact, pair[1], words, changes(said[0], said[1]) if all(said) else _plain(said[1])
        ),
    ]
    return Line(fact.key, fact.detail.text, sides[0], sides[1], tuple(_between(facts, fact, pair)))


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _first_mention(fact: DetailFact, column: int) -> Mention | None:
    cell = fact.cells[column]
    return fact.detail.mentions[cell.mentions[0]] if cell and cell.mentions else None


def _side(
    facts: Facts, fact: DetailFact, column: int, words: dict[str, str], parts: tuple[Piece, ...]
) -> Side:
    cell, code = fact.cells[column], fact.codes[column]
    key = facts.outlet_keys[facts.outlets[column]]
    return Side(
        key, code, words[code], parts, cell.reason if cell else facts.say("detail.unjudged")
    )
