"""The matrix: every detail by every outlet, as cells that link or, for thousands, as strips of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from compare.kinds import Importance
from templates.facts.details import CARRIED, CODES, GROUPS
from templates.facts.index import Facts
from templates.facts.known import ATTRIBUTES, values_of
from templates.facts.likeness import likeness_order
from templates.facts.order import by_time
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
    """Something known of outlets, to filter and group them by: country, owner, kind, the user's own rating.

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
    """What the registry says of the outlets, and the user's own rating of them."""
    say = facts.say
    found = []
    for name in ATTRIBUTES:
        values = values_of(facts.outlets, facts.known, name)
        label = say(f"outlets.column_{name}")
        shown = {value or say("outlets.unknown"): alike for value, alike in values.items()}
        if values:
            found.append(_attribute(name, label, say("matrix.columns_by", name=label), shown))
    if facts.ratings is not None:
        own = facts.ratings.column
        columns_by = say("ratings.columns", name=own)
        label = say("ratings.column", name=own)
        found.append(_attribute("rating", label, columns_by, facts.rated))
    return tuple(found)


def _attribute(name: str, label: str, columns_by: str, values: dict[str, list[int]]) -> Attribute:
    order = _numbers(chain.from_iterable(values.values()))
    alike = tuple(Alike(value, _numbers(outlets)) for value, outlets in values.items())
    return Attribute(name, label, columns_by, order, alike)


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
