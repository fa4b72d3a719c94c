"""A reference list: which outlet states which of the facts that the user gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Completeness
from templates.facts.index import Facts, is_whole
from templates.views.shared import Column, columns


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """What an outlet does with a fact: `code` and `word`, and the sentence that states it, if any."""

    outlet_key: str
    code: str
    word: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A fact of the list with a cell for every outlet."""

    text: str
    stated: str
    cells: tuple[ReferenceCell, ...]


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """reference.html; `counts` are how many facts each outlet states."""

    template: ClassVar[str] = "reference.html"
    anchor: ClassVar[str] = "reference"
    title: str
    columns: tuple[Column, ...]
    counts: tuple[str, ...]
    rows: tuple[ReferenceRow, ...]


def reference_page(facts: Facts) -> ReferencePage:
    """Every fact of the list by every outlet."""
    rows = []
    counts = dict.fromkeys(facts.outlets, 0)
    for fact in facts.comparison.reference:
        best: dict[str, tuple[float, str, str]] = {}
        for s in fact.stated:
            article = facts.articles.get(s.article)
            if article is None:
                continue
            anchor = facts.place_anchor(s.article, s.field, s.start)
            words = article.read(s.field)[s.start : s.end]
            known = best.get(article.outlet)
            if known is None or s.probability > known[0]:
                best[article.outlet] = (s.probability, anchor, words)
        for name in best:
            counts[name] += 1
        cells = tuple(_cell(facts, name, best.get(name)) for name in facts.outlets)
        stated = facts.say("row.stated.some", number=len(best), all=len(facts.outlets))
        rows.append(ReferenceRow(fact.text, stated, cells))
    total = len(rows)
    return ReferencePage(
        title=facts.say("reference.title"),
        columns=columns(facts),
        counts=tuple(facts.say("reference.count", number=n, all=total) for n in counts.values()),
        rows=tuple(rows),
    )


def _cell(facts: Facts, name: str, best: tuple[float, str, str] | None) -> ReferenceCell:
    key = facts.outlet_keys[name]
    if best is not None:
        return ReferenceCell(key, "i", facts.match(best[0]), best[1], best[2])
    articles = facts.articles_of[name]
    if any(is_whole(a) and a.completeness is not Completeness.ROUNDUP for a in articles):
        return ReferenceCell(key, "n", facts.say("reference.not_found"), "", "")
    return ReferenceCell(key, "q", facts.say("reference.unknown"), "", "")
