"""What changed: versions of pages side by side, and what is different since an earlier comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from compare.changes import Change, Part, Revision
from templates.facts.index import Facts
from templates.html.marks import Piece, changes


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change: what was done, to which parts, both texts, and the later one word by word."""

    kind: str
    parts: str
    old: str
    new: str
    worded: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A page from one version to the next."""

    outlet: str
    outlet_key: str
    title: str
    when: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class SinceLine:
    """A line of what is different since an earlier run; `key` leads to the detail, "" where it is gone."""

    what: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """changed.html."""

    template: ClassVar[str] = "changed.html"
    anchor: ClassVar[str] = "changed"
    title: str
    since: str
    lines: tuple[SinceLine, ...]
    revisions: tuple[RevisionView, ...]


def has_changes(facts: Facts) -> bool:
    """Whether there is anything for the page to say."""
    return bool(facts.comparison.revisions or facts.comparison.since)


def changed_page(facts: Facts) -> ChangedPage:
    """What changed, in a comparison that has something of it."""
    since = facts.comparison.since
    when = facts.time(since.started) or facts.say("time.unknown") if since else ""
    return ChangedPage(
        title=facts.say("changed.title"),
        since=facts.say("changed.since", when=when) if since else "",
        lines=_lines(facts),
        revisions=tuple(_revision(facts, r) for r in facts.comparison.revisions),
    )


def _lines(facts: Facts) -> tuple[SinceLine, ...]:
    since, say = facts.comparison.since, facts.say
    if since is None:
        return ()
    comma, keys = say("list.comma"), facts.detail_keys
    shown = {f.detail.id for f in facts.details}
    own = {i: keys[i] if i in shown else "" for i in keys}
    found = [
        SinceLine(
            say(f"changed.told.{t.kind.name}", outlet=t.outlet, parts=_parts(facts, t.parts)),
            own.get(t.detail, ""),
            t.text,
        )
        for t in since.told
    ]
    found += [
        SinceLine(say("changed.new", outlets=comma.join(d.outlets)), own.get(d.detail, ""), d.text)
        for d in since.new
    ]
    found += [SinceLine(say("changed.gone"), own.get(d.into or "", ""), d.text) for d in since.gone]
    found += [
        SinceLine(
            say("changed.verdict", outlet=v.outlet, old=v.old, new=v.new, why=comma.join(v.why)),
            own.get(v.detail, ""),
            v.text,
        )
        for v in since.verdicts
    ]
    return tuple(found)


def _parts(facts: Facts, parts: tuple[Part, ...]) -> str:
    named = facts.say("list.comma").join(parts)
    return facts.say("changed.parts", parts=named) if named else ""


def _revision(facts: Facts, revision: Revision) -> RevisionView:
    new = facts.articles[revision.new]
    old = facts.articles[revision.old] if revision.old else None

    def view(change: Change) -> ChangeView:
        was = (
            old.read(change.field)[change.old.start : change.old.end] if old and change.old else ""
        )
        now = new.read(change.field)[change.new.start : change.new.end] if change.new else ""
        return ChangeView(
            kind=facts.say(f"changed.kind.{change.kind.name}"),
            parts=_parts(facts, change.parts),
            old=was,
            new=now,
            worded=changes(was, now) if was and now else (),
        )

    return RevisionView(
        outlet=revision.outlet,
        outlet_key=facts.outlet_keys[revision.outlet],
        title=new.title,
        when=facts.time(new.modified or new.fetched_at or new.published),
        changes=tuple(map(view, revision.changes)),
    )
