"""Versions of one page compared, sentence by sentence: added, dropped, changed, softened, corrected."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from compare.changes import Change, ChangeKind, Part, Revision
from compare.datamodel import Article, Field, Span
from compare.language.attribution import reported
from compare.language.bounds import Firmness
from compare.language.hedging import hedges
from compare.language.quantities import quantities
from compare.over_time.notes import note_spans
from compare.text import sentences, words
from compare.verdicts.dropped_parts import DENIAL
from compare.verdicts.surfacing import pages_of

# A sentence was reworded, not replaced, if it shares this share of its words; as difflib's ratio has it.
REWORDED = 0.5
_BOUNDED = frozenset(Firmness) - {Firmness.EXACT}


_Keyed = tuple[Span, tuple[str, ...]]  # a sentence, and its words


def revisions_of(articles: Iterable[Article]) -> tuple[Revision, ...]:
    """Each page's change from version to version, in time; pages that changed in nothing are left out."""
    found = []
    for versions in sorted(
        dict.fromkeys(pages_of(articles).values()), key=lambda v: (v[0].outlet, v[0].id)
    ):
        first = versions[0]
        if notes := _notes(first):
            found.append(Revision(outlet=first.outlet, old=None, new=first.id, changes=notes))
        for old, new in itertools.pairwise(versions):
            if changes := changes_between(old, new):
                found.append(Revision(outlet=new.outlet, old=old.id, new=new.id, changes=changes))
    return tuple(found)


def changes_between(old: Article, new: Article) -> tuple[Change, ...]:
    """What a later version of a page did to an earlier one: its title first, then in reading order."""
    fields: tuple[Field, ...] = ("title", "text")
    return tuple(change for where in fields for change in _changes(old, new, where))


def altered(old: str, new: str) -> tuple[ChangeKind, tuple[Part, ...]]:
    """What a rewording does to a statement: softened or only changed, and in which parts."""
    parts = []
    before, after = quantities(old), quantities(new)
    values = [Counter((q.value, q.unit) for q in some) for some in (before, after)]
    bounded = [sum(q.firmness in _BOUNDED for q in some) for some in (before, after)]
    if values[0] != values[1] or bounded[0] != bounded[1]:
        parts.append(Part.NUMBER)
    hedged = len(hedges(new)) - len(hedges(old))
    if hedged:
        parts.append(Part.HEDGE)
    sourced = bool(reported(new)) - bool(reported(old))
    if sourced:
        parts.append(Part.ATTRIBUTION)
    if bool(DENIAL.search(old)) != bool(DENIAL.search(new)):
        parts.append(Part.DENIAL)
    soft = hedged > 0 or sourced > 0 or bounded[1] > bounded[0]
    kind = ChangeKind.SOFTENED if soft else ChangeKind.CHANGED
    return kind, tuple(parts) or (Part.WORDING,)


def reworded(old: str, new: str) -> tuple[ChangeKind, tuple[Part, ...]]:
    """What other words in place of others do: as `altered` where they are alike, else changed in wording."""
    if _alike(_key(old), _key(new)) >= REWORDED:
        return altered(old, new)
    return ChangeKind.CHANGED, (Part.WORDING,)


def telling_parts(text: str) -> tuple[Part, ...]:
    """What a whole statement holds that a reader would miss: a denial, a number."""
    found = ((Part.DENIAL, bool(DENIAL.search(text))), (Part.NUMBER, bool(quantities(text))))
    return tuple(part for part, there in found if there)


def _spans(article: Article, where: Field) -> list[Span]:
    text = article.read(where)
    return sentences(text) if where == "text" else [Span(0, len(text))] if text else []


def _notes(article: Article) -> tuple[Change, ...]:
    return tuple(
        Change(kind=ChangeKind.CORRECTION, field="text", new=span)
        for span in note_spans(article.text)
    )


def _key(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words(text)) or (text,)


def _changes(old: Article, new: Article, where: Field) -> list[Change]:
    was, now = old.read(where), new.read(where)
    before = [(s, _key(was[s.start : s.end])) for s in _spans(old, where)]
    after = [(s, _key(now[s.start : s.end])) for s in _spans(new, where)]
    # What only moved is no change: sentences that both have, as often as both have them, are set aside.
    away = _without(before, Counter(key for _, key in after))
    lost, old_notes = _beside_notes(was, away)
    gained, new_notes = _beside_notes(now, _without(after, Counter(key for _, key in before)))
    noted = _paired(old_notes, new_notes)
    changes = [
        Change(
            kind=ChangeKind.CORRECTION, field=where, new=span,
            old=old_notes[noted[number]][0] if number in noted else None,
        )
        for number, (span, _) in enumerate(new_notes)
    ]  # fmt: skip
    # A title is there once: another one stands in its place, however unlike.
    pairs = {0: 0} if where == "title" and lost and gained else _paired(lost, gained)
    for number, (span, _) in enumerate(gained):
        text = now[span.start : span.end]
        if number in pairs:
            other = lost[pairs[number]][0]
            kind, parts = reworded(was[other.start : other.end], text)
            changes.append(Change(kind=kind, field=where, old=other, new=span, parts=parts))
        else:
            parts = telling_parts(text)
            changes.append(Change(kind=ChangeKind.ADDED, field=where, new=span, parts=parts))
    gone = [one for i, one in enumerate(lost) if i not in pairs.values()]
    told = [note for i, (note, _) in enumerate(old_notes) if i not in noted.values()]
    gone += [one for one in away if any(n.start <= one[0].start < n.end for n in told)]
    for span, _ in gone:
        parts = telling_parts(was[span.start : span.end])
        changes.append(Change(kind=ChangeKind.DROPPED, field=where, old=span, parts=parts))
    return sorted(changes, key=_place)


def _place(change: Change) -> int:
    """Where a change stands; what is gone where it stood."""
    span = change.new or change.old
    return span.start if span else 0


def _beside_notes(text: str, some: Sequence[_Keyed]) -> tuple[list[_Keyed], list[_Keyed]]:
    """Sentences that are part of no correction note, and the notes, whole, that the others are part of."""
    notes = note_spans(text)
    rest = []
    found: dict[Span, _Keyed] = {}
    for span, key in some:
        note = next((n for n in notes if n.start <= span.start < n.end), None)
        if note is None:
            rest.append((span, key))
        else:
            found[note] = note, _key(text[note.start : note.end])
    return rest, list(found.values())


def _without(some: Sequence[_Keyed], others: Counter[tuple[str, ...]]) -> list[_Keyed]:
    left = others.copy()
    found = []
    for span, key in some:
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append((span, key))
    return found


def _alike(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of their words that two sentences share, as difflib's ratio has it; 0.0 where it cannot be enough."""
    match = SequenceMatcher(None, old, new, autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= REWORDED else 0.0


def _paired(lost: Sequence[_Keyed], gained: Sequence[_Keyed]) -> dict[int, int]:
    """Which gained sentence rewords which lost one, by number, the most alike first."""
    scores = []
    for j, (_, new) in enumerate(gained):
        for i, (_, old) in enumerate(lost):
            if (share := _alike(old, new)) >= REWORDED:
                scores.append((-share, i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(scores):
        if j not in found and i not in found.values():
            found[j] = i
    return found
