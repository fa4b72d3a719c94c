"""The whole reasoning of a detail's cells, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compare.datamodel import Article, Cell, Comparison, Detail, Mention, Rendering
from compare.kinds import Weight


def explain(comparison: Comparison, detail_id: str, outlet: str | None = None) -> str:
    """Why a detail's cells, or one outlet's, are what they are.

    Raises KeyError, with the unknown name, for a detail or an outlet that is not there.
    """
    wanted = comparison.forwarded.get(detail_id, detail_id)
    detail = next((d for d in comparison.details if d.id == wanted), None)
    if detail is None:
        raise KeyError(detail_id)
    cells = [c for c in detail.cells if outlet in {None, c.outlet}]
    if outlet is not None and not cells:
        raise KeyError(outlet)
    articles = {a.id: a for a in comparison.articles}
    return "\n".join(
        [*_head(detail, articles), *(line for c in cells for line in _cell(c, detail, articles))]
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


def _cell(cell: Cell, detail: Detail, articles: Mapping[str, Article]) -> Iterator[str]:
    yield ""
    yield f"{cell.outlet}: {cell.status} (confidence {cell.confidence:.2f})"
    yield f"  {cell.reason}"
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
        yield f"    vouched for by: {who.voice}{f' ({chain})' if chain else ''}{firm}"
    for cue in m.unsaid:
        yield f"    its own article nowhere has the {cue.kind} “{text[cue.start : cue.end]}”"
    for cue in m.cues:
        plainer = f", where others say “{cue.plainer}”" if cue.plainer else ""
        yield f"    {cue.kind}: “{text[cue.start : cue.end]}”{plainer}"
