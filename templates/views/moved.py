"""Where an earlier id of a detail leads now: old links and citations still find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from templates.facts.index import Facts


@dataclass(frozen=True, slots=True)
class MovedPage:
    """details/OLD.html: the detail that an earlier one went into."""

    template: ClassVar[str] = "moved.html"
    anchor: str
    title: str
    old: str
    key: str
    text: str


def moved_pages(facts: Facts) -> Iterator[MovedPage]:
    """A page for every id that is forwarded to a detail of this comparison; a part leads to its whole."""
    shown = {fact.detail.id: fact for fact in facts.details}
    for fact in facts.details:
        shown |= {part.id: fact for part in facts.parts_of.get(fact.detail.id, ())}
    for old, new in sorted(facts.comparison.forwarded.items()):
        if new in shown and old not in facts.detail_keys:
            fact = shown[new]
            yield MovedPage(
                anchor=f"d-{old}",
                title=facts.say("moved.title"),
                old=old,
                key=fact.key,
                text=fact.detail.text,
            )
