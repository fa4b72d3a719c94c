"""Who editorialized how: every outlet's loaded passages with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compare.datamodel import Span
from compare.kinds import TELLING, Slant
from templates.facts.index import Facts
from templates.html.marks import Piece, pieces
from templates.views.glance import WORDS, Voiced
from templates.views.shared import cue_marks

LOADED_ROWS = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with its loaded words marked, and the detail it belongs to; `telling` tell by themselves."""

    detail: str
    marked: tuple[Piece, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One outlet's editorial voice: passages with the words marked."""

    outlet: str
    outlet_key: str
    quotes: tuple[Quote, ...]
    total: int
    count: str
    more: int


def loaded_of_all(facts: Facts) -> tuple[Loaded, ...]:
    """Every strongly loaded passage once, under its outlet, however many details it belongs to.

    What is only coloured is marked where it stands and accuses nobody here.
    """
    by_outlet: dict[str, dict[tuple[str, str, int], Quote]] = {}
    for fact, m in facts.statements():
        if m.slant is Slant.STRONG:
            text = facts.articles[m.article].read(m.field)
            span = m.sentence or Span(m.start, m.end)
            telling = tuple(text[c.start : c.end] for c in m.cues if c.kind in TELLING)
            marked = pieces(text, span.start, span.end, cue_marks(facts, m))
            quote = Quote(fact.key, marked, telling)
            by_outlet.setdefault(m.outlet, {}).setdefault((m.article, m.field, span.start), quote)
    found = [
        _loaded_of(facts, name, tuple(by_outlet[name].values()))
        for name in facts.outlets
        if name in by_outlet
    ]
    return tuple(sorted(found, key=lambda loaded: -loaded.total))


def _loaded_of(facts: Facts, name: str, quotes: Sequence[Quote]) -> Loaded:
    most_first = sorted(quotes, key=lambda q: -sum("cue" in p.kind for p in q.marked))
    shown = tuple(most_first[:LOADED_ROWS])
    count = facts.say("story.loaded.count", count=len(quotes))
    return Loaded(
        name, facts.outlet_keys[name], shown, len(quotes), count, len(quotes) - len(shown)
    )


def voiced(loaded: Loaded) -> Voiced:
    """The loaded words of an outlet's most loaded passages, each once: those that tell by themselves.

    Only where there are none, the others that together make a passage loaded.
    """
    telling = [word for q in loaded.quotes for word in q.telling]
    words = telling or [p.text for q in loaded.quotes for p in q.marked if "cue" in p.kind]
    different = list({word.lower(): word for word in words}.values())
    return Voiced(loaded.outlet, loaded.outlet_key, tuple(different[:WORDS]), loaded.count)
