"""Labelled events out, in the form that `benchmarks/` reads: for people to check, correct and extend.

Each sentence of the event with a name; details as the sentences that state them, with the words that do;
conflicts with both sides' words; loaded words; and what states nothing.
"""

from __future__ import annotations

import json
from typing import Any

from compare.datamodel import Article, Comparison, Conflict, Detail, Mention, Span
from compare.kinds import ClaimKind, ClaimRole

_Place = tuple[str, str, int, int]
_STATING = frozenset({ClaimRole.STATEMENT, ClaimRole.OPINION})
_WHOLE = frozenset({ClaimKind.TITLE, ClaimKind.SENTENCE})


def labels_of(comparison: Comparison, event: str) -> bytes:
    """The labels of one event as JSON: what the comparison, as corrected, says."""
    return json.dumps(_labels(comparison, event), ensure_ascii=False, indent=1).encode() + b"\n"


def _labels(comparison: Comparison, event: str) -> dict[str, Any]:
    articles = {a.id: a for a in comparison.articles}
    names = _names(comparison)
    shared = [d for d in comparison.details if len({m.outlet for m in d.mentions}) > 1]
    return {
        "event": event,
        "topic": comparison.event.about,
        "sentences": [
            {"id": name, "article": a, "field": f, "start": start, "end": end}
            for (a, f, start, end), name in names.items()
        ],
        "details": [_detail(d, names, articles) for d in shared],
        "conflicts": [
            one
            for d in comparison.details
            for c in d.conflicts
            if (one := _conflict(c, d, names, articles))
        ],
        "editorial": _editorial(comparison, names, articles),
        "boilerplate": sorted(
            {
                names[c.article, c.field, c.sentence.start, c.sentence.end]
                for c in comparison.claims
                if c.kind in _WHOLE and c.role not in _STATING
            }
        ),
    }


def _names(comparison: Comparison) -> dict[_Place, str]:
    """Sentences by place, named as "ARTICLE:h" for a headline and "ARTICLE:NUMBER" for the others."""
    found: dict[_Place, str] = {}
    for c in comparison.claims:
        if c.kind in _WHOLE:
            place = (c.article, c.field, c.sentence.start, c.sentence.end)
            found[place] = f"{c.article}:{'h' if c.field == 'title' else c.position}"
    return found


def _place(m: Mention) -> _Place:
    span = m.sentence or Span(m.start, m.end)
    return m.article, m.field, span.start, span.end


def _detail(
    detail: Detail, names: dict[_Place, str], articles: dict[str, Article]
) -> dict[str, Any]:
    stated = {names[_place(m)]: m for m in detail.mentions if _place(m) in names}
    words = {
        name: articles[m.article].read(m.field)[m.start : m.end]
        for name, m in stated.items()
        if (m.start, m.end) != _place(m)[2:]
    }
    return {"gist": detail.text, "mentions": list(stated), "words": words}


def _conflict(
    c: Conflict, detail: Detail, names: dict[_Place, str], articles: dict[str, Article]
) -> dict[str, Any] | None:
    a, b = detail.mentions[c.a], detail.mentions[c.b]
    if _place(a) not in names or _place(b) not in names:
        return None
    return {
        "a": names[_place(a)],
        "b": names[_place(b)],
        "kind": c.kind.value,
        "a_words": articles[a.article].read(a.field)[c.a_span.start : c.a_span.end],
        "b_words": articles[b.article].read(b.field)[c.b_span.start : c.b_span.end],
        "weight": c.weight.value,
        "note": c.sentence,
    }


def _editorial(
    comparison: Comparison, names: dict[_Place, str], articles: dict[str, Article]
) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for m in (m for d in comparison.details for m in d.mentions):
        if m.slant and (name := names.get(_place(m))):
            text = articles[m.article].read(m.field)
            words = [text[c.start : c.end] for c in m.cues]
            weight = m.slant.value
            found.setdefault(name, {"id": name, "words": words, "kind": "loaded", "weight": weight})
    return list(found.values())
