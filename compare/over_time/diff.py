"""Two comparisons of one event: what is new, gone, told otherwise, and which verdict changed and why."""

from __future__ import annotations

from collections.abc import Mapping

from compare.changes import (
    ChangeKind,
    DetailSince,
    Difference,
    ToldSince,
    VerdictSince,
    Why,
)
from compare.datamodel import Comparison, Detail, Mention
from compare.over_time.versions import altered, telling_parts
from compare.verdicts.surfacing import last_versions

# What a user calls the event, and the command that was typed, decide nothing.
_IDLE_SETTINGS = frozenset({"title", "command"})


def difference(old: Comparison, new: Comparison) -> Difference:
    """What is different in `new`; details are the same where they have one id, or one forwarded to the other.

    `new` should have been made with `earlier=old` (compare --since), or many ids differ by chance.
    """
    lead = new.forwarded
    before = {d.id: d for d in old.details}
    now = {d.id: d for d in new.details}
    both = [(d, now[lead.get(d.id, d.id)]) for d in old.details if lead.get(d.id, d.id) in now]
    known = {n.id for _, n in both}
    texts_old, texts_new = _texts(old), _texts(new)
    pairs = [(before.get(n.id, o), n) for o, n in both]
    same = list({n.id: (o, n) for o, n in pairs}.values())
    settings = _settings(old, new)
    return Difference(
        started=old.run.started,
        parallax=old.run.parallax,
        settings=settings,
        articles_new=_beside(new, old),
        articles_gone=_beside(old, new),
        new=tuple(_detail(d) for d in new.details if d.id not in known),
        gone=tuple(_detail(d, lead.get(d.id)) for d in old.details if d.id not in now),
        told=tuple(t for o, n in same for t in _told(o, n, texts_old, texts_new)),
        verdicts=tuple(v for o, n in same for v in _verdicts(o, n, _reasons(old, new, settings))),
    )


_Texts = Mapping[str, Mapping[str, str]]


def _texts(comparison: Comparison) -> _Texts:
    """What stands on the pages: their last versions. What an earlier one alone said was dropped."""
    return {a.id: {"title": a.title, "text": a.text} for a in last_versions(comparison.articles)}


def _settings(old: Comparison, new: Comparison) -> tuple[str, ...]:
    names = {*old.run.settings, *new.run.settings} - _IDLE_SETTINGS
    return tuple(sorted(n for n in names if old.run.settings.get(n) != new.run.settings.get(n)))


def _beside(one: Comparison, other: Comparison) -> tuple[str, ...]:
    """The ids of the articles of one whose words the other does not have from that outlet."""
    there = {(a.outlet, a.sha256) for a in other.articles}
    return tuple(a.id for a in one.articles if (a.outlet, a.sha256) not in there)


def _detail(detail: Detail, into: str | None = None) -> DetailSince:
    outlets = tuple(dict.fromkeys(m.outlet for m in detail.mentions))
    return DetailSince(detail=detail.id, text=detail.text, outlets=outlets, into=into)


def _sentence(m: Mention, texts: _Texts) -> str:
    span = m.sentence or m
    return texts[m.article][m.field][span.start : span.end]


def _of_outlet(detail: Detail, texts: _Texts) -> dict[str, list[str]]:
    """Each outlet's sentences on a detail that stand on its pages, those it is surest of first."""
    found: dict[str, list[str]] = {}
    there = (m for m in detail.mentions if m.article in texts)
    for m in sorted(there, key=lambda m: -m.probability):
        found.setdefault(m.outlet, []).append(_sentence(m, texts))
    return found


def _told(old: Detail, new: Detail, before: _Texts, now: _Texts) -> list[ToldSince]:
    was, told = _of_outlet(old, before), _of_outlet(new, now)
    found = []
    for outlet in dict.fromkeys((*told, *was)):
        mine, theirs = told.get(outlet, []), was.get(outlet, [])
        if not theirs:
            kind, parts = ChangeKind.ADDED, telling_parts(mine[0])
        elif not mine:
            kind, parts = ChangeKind.DROPPED, telling_parts(theirs[0])
        elif set(mine) <= set(theirs):
            continue
        else:
            fresh = next(s for s in mine if s not in theirs)
            mine = [fresh]
            kind, parts = altered(theirs[0], fresh)
        found.append(
            ToldSince(
                detail=new.id, text=new.text, outlet=outlet, kind=kind, parts=parts,
                old=theirs[0] if theirs else "", new=mine[0] if mine else "",
            )
        )  # fmt: skip
    return found


def _reasons(
    old: Comparison, new: Comparison, settings: tuple[str, ...]
) -> tuple[frozenset[str], tuple[Why, ...]]:
    """The outlets whose own text differs, and what else does."""
    ids = {*_beside(new, old), *_beside(old, new)}
    outlets = frozenset(a.outlet for c in (old, new) for a in c.articles if a.id in ids)
    other = []
    if settings:
        other.append(Why.SETTINGS)
    if (old.run.parallax, old.run.model) != (new.run.parallax, new.run.model):
        other.append(Why.PROGRAM)
    return outlets, tuple(other)


def _verdicts(
    old: Detail, new: Detail, reasons: tuple[frozenset[str], tuple[Why, ...]]
) -> list[VerdictSince]:
    changed, other = reasons
    was = {c.outlet: c for c in old.cells}
    found = []
    for cell in new.cells:
        before = was.get(cell.outlet)
        if before is None or before.status is cell.status:
            continue
        why = [Why.PERSON] if before.corrected_by != cell.corrected_by else []
        why += [Why.TEXT] if cell.outlet in changed else []
        why += [Why.OTHERS] if changed - {cell.outlet} else []
        found.append(
            VerdictSince(
                detail=new.id, text=new.text, outlet=cell.outlet, old=before.status.value,
                new=cell.status.value, why=(*why, *other),
            )
        )  # fmt: skip
    return found
