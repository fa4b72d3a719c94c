"""The whole reasoning of a detail's cells, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo

from compare.datamodel import Article, Cell, Comparison, Detail, Mention, Rendering
from compare.kinds import Weight
from templates.html.links import keys
from templates.html.strings import english
from templates.html.times import spoken_within

_WORD = re.compile(r"\w+")
_NEAREST = 8  # details that words may mean and that are listed
_CITED = "d-"  # how the report's addresses begin a detail's id


class UnclearError(Exception):
    """What was asked for is in no detail, or in several; the message names them."""


def explain(
    comparison: Comparison, asked: str, outlet: str | None = None, zone: tzinfo = UTC
) -> str:
    """Why a detail's cells, or one outlet's, are what they are, with times in `zone`.

    A detail is asked for by its id, as the report's addresses have it ("d-3143e11d4c38") or without
    their beginning, by a link to its page or to one of its cells, or by words of it; an outlet by its name in any case. Raises
    UnclearError, which lists what is near, where that is no detail, or several.
    """
    detail, cited = _asked_for(comparison, asked)
    outlet = outlet or cited
    cells = detail.cells
    if outlet is not None:
        cells = tuple(c for c in cells if _same(c.outlet, outlet))
        if not cells:
            known = ", ".join(c.outlet for c in detail.cells)
            raise UnclearError(f"no outlet is called {outlet!r}; there are {known}.")
    articles = {a.id: a for a in comparison.articles}
    return "\n".join(
        [
            *_head(detail, articles),
            *(line for c in cells for line in _cell(c, detail, articles, zone)),
        ]
    )


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _asked_for(comparison: Comparison, asked: str) -> tuple[Detail, str | None]:
    """The one detail that an id, a link or words mean, and the outlet where a cell's address is given."""
    cited = asked.strip().rsplit("#", 1)[-1].rsplit("/", 1)[-1].removesuffix(".html").casefold()
    ids = {cited, cited.removeprefix(_CITED)}
    ids |= {now.casefold() for was, now in comparison.forwarded.items() if was.casefold() in ids}
    for detail in comparison.details:
        if detail.id.casefold() in ids:
            return detail, None
        if cell := next((i for i in ids if i.startswith(f"{detail.id.casefold()}-")), None):
            outlets = keys(
                dict.fromkeys([*comparison.outlets, *(a.outlet for a in comparison.articles)])
            )
            named = cell.removeprefix(f"{detail.id.casefold()}-")
            if found := [outlet for outlet, key in outlets.items() if key == named]:
                return detail, found[0]
    wanted = {word.casefold() for word in _WORD.findall(asked)}
    meant = [
        d
        for d in comparison.details
        if wanted and wanted <= {word.casefold() for word in _WORD.findall(d.text)}
    ]
    if len(meant) == 1:
        return meant[0], None
    if not meant:
        raise UnclearError(
            f"{asked!r} is no detail's id, and no detail has all of these words. Ids are in the report's addresses."
        )
    listed = "".join(f"\n  {d.id}  {d.text}" for d in meant[:_NEAREST])
    more = f"\n  and {len(meant) - _NEAREST} more" if len(meant) > _NEAREST else ""
    raise UnclearError(
        f"{len(meant)} details have the words {asked!r}. Give one's id:{listed}{more}"
    )


def _head(detail: Detail, articles: Mapping[str, Article]) -> Iterator[str]:
    outlets = len({m.outlet for m in detail.mentions})
    yield f"{detail.id}: {detail.text}"
    yield f"  {outlets} outlet(s), {detail.origins} text(s) of their own"
    yield f"  importance: {detail.importance} ({detail.importance_score:.2f})"
    for conflict in detail.conflicts:
        hard = conflict.weight is Weight.HARD
        yield f"  {conflict.kind} {'conflict' if hard else 'worded differently'}: {conflict.sentence}"
    for quotation in detail.quotations:
        for r in quotation.renderings:
            yield _rendering(r, detail.mentions[r.mention], articles)


def _rendering(r: Rendering, m: Mention, articles: Mapping[str, Article]) -> str:
    article = articles.get(m.article)
    words = article.read(m.field)[r.start : r.end] if article else ""
    who = f", {r.speaker or 'nobody named'} {r.verb}" if r.verb else ""
    return f"  quotation, {r.variant}: {m.outlet}{who}: “{words}”"


def _cell(
    cell: Cell, detail: Detail, articles: Mapping[str, Article], zone: tzinfo
) -> Iterator[str]:
    yield ""
    yield f"{cell.outlet}: {cell.status} (confidence {cell.confidence:.2f})"
    yield f"  {spoken_within(cell.reason, english(), zone)}"
    for part in cell.lacks:
        yield f"  lacks {part}"
    for mention in detail.evidence_of(cell):
        yield from _mention(mention, articles)


def _mention(m: Mention, articles: Mapping[str, Article]) -> Iterator[str]:
    article = articles.get(m.article)
    if article is None:
        return
    text = article.read(m.field)
    yield f"  {m.field} {m.start}-{m.end}, probability {m.probability:.2f}: “{text[m.start : m.end]}”"
    if article.url:
        yield f"    {article.url}"
    if m.carried_from:
        yield f"    words taken from {m.carried_from}"
    if m.attribution:
        who = m.attribution
        chain = " > ".join(who.chain)
        firm = ", hedged" if who.hedged else ""
        yield f"    attributed to: {who.voice}{f' ({chain})' if chain else ''}{firm}"
    for cue in m.unsaid:
        yield f"    its own article nowhere has the {cue.kind} “{text[cue.start : cue.end]}”"
    for cue in m.cues:
        plainer = f", where others say “{cue.plainer}”" if cue.plainer else ""
        yield f"    {cue.kind}: “{text[cue.start : cue.end]}”{plainer}"
