"""Two comparisons of one event: what is new, gone, told otherwise, and which verdict changed and why."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.changes import (
    ChangeKind,
    DetailSince,
    Difference,
    Part,
    ToldSince,
    VerdictSince,
    Why,
)
from compare.datamodel import Comparison, Detail, Mention
from compare.over_time.notes import note_spans
from compare.over_time.versions import reworded, telling_parts
from compare.text import sentences
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
    pages = _Pages(
        _texts(old),
        _texts(new),
        _by_outlet(old),
        _by_outlet(new),
        dict(_reworded(new)),
        _noted(new),
    )
    pairs = [(before.get(n.id, o), n) for o, n in both]
    same = list({n.id: (o, n) for o, n in pairs}.values())
    settings = _settings(old, new)
    told = [t for o, n in same for t in _told(o, n, pages)]
    return Difference(
        started=old.run.started,
        parallax=old.run.parallax,
        settings=settings,
        articles_new=_beside(new, old),
        articles_gone=_beside(old, new),
        new=tuple(_detail(d) for d in new.details if d.id not in known),
        gone=tuple(_detail(d, lead.get(d.id)) for d in old.details if d.id not in now),
        told=(*told, *_reworded_into([d for d in new.details if d.id not in known], told, pages)),
        verdicts=tuple(v for o, n in same for v in _verdicts(o, n, _reasons(old, new, settings))),
    )


_Texts = Mapping[str, Mapping[str, str]]


def _texts(comparison: Comparison) -> _Texts:
    """What stands on the pages: their last versions. What an earlier one alone said was dropped."""
    return {a.id: {"title": a.title, "text": a.text} for a in last_versions(comparison.articles)}


@dataclass(frozen=True, slots=True)
class _Pages:
    """What stood on the pages before and stands there now; `reworded`: outlet and sentence to what it became.

    `noted` are the sentences of correction notes, by outlet.
    """

    before: _Texts
    now: _Texts
    said: Mapping[str, str]
    says: Mapping[str, str]
    reworded: Mapping[tuple[str, str], str]
    noted: Container[tuple[str, str]]

    def had(self, outlet: str, words: str) -> bool:
        """Whether an outlet's pages had the words before."""
        return words in self.said.get(outlet, "")

    def has(self, outlet: str, words: str) -> bool:
        """Whether an outlet's pages have the words now."""
        return words in self.says.get(outlet, "")


def _by_outlet(comparison: Comparison) -> Mapping[str, str]:
    """All that stands on each outlet's pages."""
    found: dict[str, str] = {}
    for a in last_versions(comparison.articles):
        found[a.outlet] = f"{found.get(a.outlet, '')}\n{a.title}\n{a.text}"
    return found


def _reworded(comparison: Comparison) -> Iterator[tuple[tuple[str, str], str]]:
    articles = {a.id: a for a in comparison.articles}
    for revision in comparison.revisions:
        if revision.old is None:
            continue
        for c in revision.changes:
            if c.old and c.new:
                was = articles[revision.old].read(c.field)[c.old.start : c.old.end]
                now = articles[revision.new].read(c.field)[c.new.start : c.new.end]
                yield (revision.outlet, was), now


def _noted(comparison: Comparison) -> frozenset[tuple[str, str]]:
    return frozenset(
        (a.outlet, note[s.start : s.end])
        for a in last_versions(comparison.articles)
        for span in note_spans(a.text)
        for note in [a.text[span.start : span.end]]
        for s in sentences(note)
    )


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


def _told(old: Detail, new: Detail, pages: _Pages) -> list[ToldSince]:
    """What outlets did with a detail: only words that came onto their pages, or went from them.

    What was there before and counts for this detail now was matched otherwise, which its verdicts say.
    """
    was, told = _of_outlet(old, pages.before), _of_outlet(new, pages.now)
    found = []
    for outlet in dict.fromkeys((*told, *was)):
        fresh = [s for s in told.get(outlet, []) if not pages.had(outlet, s)]
        lost = [s for s in was.get(outlet, []) if not pages.has(outlet, s)]
        one = _step(outlet, lost, fresh, pages) if fresh else None
        if (
            lost
            and not fresh
            and not told.get(outlet)
            and not pages.reworded.get((outlet, lost[0]))
        ):
            one = (lost[0], "")
        if one is None:
            continue
        kind, parts = _kind(outlet, *one, pages)
        found.append(
            ToldSince(
                detail=new.id, text=new.text, outlet=outlet, kind=kind, parts=parts,
                old=one[0], new=one[1],
            )
        )  # fmt: skip
    return found


def _reworded_into(
    details: Sequence[Detail], known: Sequence[ToldSince], pages: _Pages
) -> Iterator[ToldSince]:
    """Details that are new because an outlet put other words in place of what it said: each words once."""
    was = {(outlet, now): old for (outlet, old), now in pages.reworded.items()}
    told = {(t.outlet, t.new) for t in known}
    for detail in details:
        for outlet, stated in _of_outlet(detail, pages.now).items():
            for words in stated:
                old = was.get((outlet, words))
                if not old or pages.had(outlet, words) or (outlet, words) in told:
                    continue
                told.add((outlet, words))
                kind, parts = _kind(outlet, old, words, pages)
                yield ToldSince(
                    detail=detail.id, text=detail.text, outlet=outlet, kind=kind, parts=parts,
                    old=old, new=words,
                )  # fmt: skip


def _kind(outlet: str, old: str, new: str, pages: _Pages) -> tuple[ChangeKind, tuple[Part, ...]]:
    """What an outlet did with its words, and in which parts of them."""
    if (outlet, new) in pages.noted:
        return ChangeKind.CORRECTION, ()
    if old and new:
        return reworded(old, new)
    return ChangeKind.DROPPED if old else ChangeKind.ADDED, telling_parts(old or new)


def _step(
    outlet: str, lost: Sequence[str], fresh: Sequence[str], pages: _Pages
) -> tuple[str, str] | None:
    """The words that an outlet put in place of others, which are "" where it only added; None for neither.

    A sentence that a later version of the page has in other words is not the old side of another one.
    """
    for words in lost:
        if (instead := pages.reworded.get((outlet, words))) in fresh:
            return words, str(instead)
    free = [words for words in lost if (outlet, words) not in pages.reworded]
    taken = {new for (whose, _), new in pages.reworded.items() if whose == outlet}
    new = next((words for words in fresh if words not in taken), None)
    return None if new is None else (free[0] if free else "", new)


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
