"""One quotation as each outlet renders it."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import Detail, Rendering
from templates.facts.index import Facts


@dataclass(frozen=True, slots=True)
class Rendered:
    """How one outlet gives a quotation: its words, what it did to them, who is said to have said it."""

    outlet: str
    outlet_key: str
    text: str
    variant: str
    said_by: str


def quotations(facts: Facts, detail: Detail) -> tuple[tuple[Rendered, ...], ...]:
    """The quotations that several outlets of a detail render, each rendering once."""
    return tuple(
        tuple(dict.fromkeys(_rendered(facts, detail, one) for one in quotation.renderings))
        for quotation in detail.quotations
    )


def _rendered(facts: Facts, detail: Detail, one: Rendering) -> Rendered:
    say = facts.say
    mention = detail.mentions[one.mention]
    text = facts.articles[mention.article].read(mention.field)
    known = f"quotation.{one.variant}"
    said_by = say("list.space").join(filter(None, (one.speaker, one.verb)))
    return Rendered(
        outlet=mention.outlet,
        outlet_key=facts.outlet_keys[mention.outlet],
        text=text[one.start : one.end],
        variant=say(known) if known in say else one.variant,
        said_by=say("quotation.said_by", words=said_by) if said_by else "",
    )
