"""The matrix: every detail by every outlet, as cells that link or, for thousands, as strips of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from compare.kinds import Importance
from templates.facts.details import CARRIED, CODES, GROUPS
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
    importance: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells have a status: the choices of the filter; `name` is the status in addresses."""

    code: str
    word: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Outlets that have a value in common, and their numbers for the script."""

    value: str
    outlets: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something known of outlets, to filter and group them by: the user's own rating.

    `label` names it, `columns` the order of columns by it, which is `order`.
    """

    name: str
    label: str
    columns: str
    order: str
    values: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """matrix.html; `likeness` is an order of columns that puts outlets beside those most like them."""

    template: ClassVar[str] = "matrix.html"
    anchor: ClassVar[str] = "matrix"
    title: str
    compact: bool
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    counts: tuple[Count, ...]
    words: dict[str, str]
    groups: tuple[str, ...]
    importances: tuple[tuple[str, str], ...]
    likeness: str
    rating_lead: str
    attributes: tuple[Attribute, ...]


def matrix_page(facts: Facts) -> MatrixPage:
    """The whole matrix, the most important first."""
    cells = len(facts.details) * len(facts.outlets)
    words = words_of_codes(facts.say)
    totals = Counter(code for fact in facts.details for code in fact.codes)
    return MatrixPage(
        title=facts.say("matrix.title"),
        compact=cells > LINKED_CELLS,
        columns=columns(facts),
        rows=_rows(facts),
        counts=tuple(
            Count(c, words[c], words[c].replace(" ", "-"), totals[c])
            for c in _code_order()
            if totals[c]
        ),
        words=words,
        groups=GROUPS,
        importances=tuple((i.value, facts.say(f"importance.{i.name}")) for i in Importance),
        likeness=_numbers(likeness_order(facts.alike)),
        rating_lead=rating_lead(facts),
        attributes=_attributes(facts),
    )


def _attributes(facts: Facts) -> tuple[Attribute, ...]:
    say = facts.say
    if facts.ratings is None:
        return ()
    name = facts.ratings.column
    return (
        Attribute(
            "rating",
            say("ratings.column", name=name),
            say("ratings.columns", name=name),
            _numbers(chain.from_iterable(facts.rated.values())),
            tuple(Alike(rating, _numbers(alike)) for rating, alike in facts.rated.items()),
        ),
    )


def _numbers(outlets: Iterable[int]) -> str:
    return " ".join(map(str, outlets))


def _code_order() -> tuple[str, ...]:
    first, *rest = CODES.values()
    return (first, CARRIED, *rest)


def _rows(facts: Facts) -> tuple[MatrixRow, ...]:
    details = facts.details
    timed = sorted(details, key=lambda f: (by_time(f.first), f.order))
    time_rank = {f.key: number for number, f in enumerate(timed)}
    divergent = sorted(details, key=lambda f: (-f.divergence, f.order))
    divergence_rank = {f.key: number for number, f in enumerate(divergent)}
    return tuple(
        MatrixRow(
            f.key, facts.label(f.detail), f.codes, f.stated_by, f.group, time_rank[f.key], divergence_rank[f.key],
            f.detail.importance.value,
        )
        for f in details
    )  # fmt: skip
