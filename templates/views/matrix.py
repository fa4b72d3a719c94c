"""The matrix: every detail by every outlet, as cells that link or, for thousands, as strips of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from templates.facts.details import CARRIED, CODES, DetailFact
from templates.facts.index import Facts, by_time
from templates.facts.likeness import likeness_order
from templates.views.shared import Column, columns, rating_lead, words_of_codes

# Beyond this, a linked cell each would weigh megabytes and take a second to lay out: rows then
# hold one letter an outlet, and the script draws the cells of the rows that are in view.
LINKED_CELLS = 12_000


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A detail: `codes` has a letter an outlet; the ranks are what the script sorts by."""

    key: str
    text: str
    codes: str
    stated_by: int
    group: str
    by_time: int
    by_divergence: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells have a status: the choices of the filter."""

    code: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Outlets that the user rates alike: the rating, and their numbers for the script."""

    rating: str
    outlets: str


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """matrix.html; `likeness` is an order of columns that puts outlets beside those most like them.

    `rated` is what the user calls ratings of their own, "" without any; `by_rating` is the order of
    columns by them.
    """

    template: ClassVar[str] = "matrix.html"
    anchor: ClassVar[str] = "matrix"
    title: str
    compact: bool
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    counts: tuple[Count, ...]
    words: dict[str, str]
    likeness: str
    rated: str
    rating_lead: str
    ratings: tuple[Alike, ...]
    by_rating: str


def matrix_page(facts: Facts) -> MatrixPage:
    """The whole matrix in the order of consensus."""
    cells = len(facts.details) * len(facts.outlets)
    words = words_of_codes(facts.say)
    totals = Counter(code for fact in facts.details for code in fact.codes)
    return MatrixPage(
        title=facts.say("matrix.title"),
        compact=cells > LINKED_CELLS,
        columns=columns(facts),
        rows=_rows(facts.details),
        counts=tuple(Count(c, words[c], totals[c]) for c in _code_order() if totals[c]),
        words=words,
        likeness=_numbers(likeness_order(facts.alike)),
        rated=facts.ratings.column if facts.ratings else "",
        rating_lead=rating_lead(facts),
        ratings=tuple(Alike(rating, _numbers(alike)) for rating, alike in facts.rated.items()),
        by_rating=_numbers(chain.from_iterable(facts.rated.values())),
    )


def _numbers(outlets: Iterable[int]) -> str:
    return " ".join(map(str, outlets))


def _code_order() -> tuple[str, ...]:
    first, *rest = CODES.values()
    return (first, CARRIED, *rest)


def _rows(details: Sequence[DetailFact]) -> tuple[MatrixRow, ...]:
    timed = sorted(details, key=lambda f: (by_time(f.first), f.order))
    time_rank = {f.key: number for number, f in enumerate(timed)}
    divergent = sorted(details, key=lambda f: (-f.divergence, f.order))
    divergence_rank = {f.key: number for number, f in enumerate(divergent)}
    return tuple(
        MatrixRow(
            f.key, f.detail.text, f.codes, f.stated_by, f.group, time_rank[f.key], divergence_rank[f.key]
        )
        for f in details
    )  # fmt: skip
