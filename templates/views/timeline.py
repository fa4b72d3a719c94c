"""The timeline: who published and changed when, and when each detail surfaced where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import ClassVar

from compare.datamodel import Article, Mention
from compare.times import Moment, moment
from compare.zones import zone_name
from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.facts.order import by_time
from templates.html.times import in_zone, later_by, spoken_moment
from templates.views.changed import has_changes
from templates.views.days import Day, days
from templates.views.shared import certainly_first

LISTED = 120
# The line is marked at whole steps of the first length that leaves at most so many marks.
TICKS = 6
STEPS = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 48, 168, 720, 2160, 8760))


@dataclass(frozen=True, slots=True)
class Dot:
    """A time on the line: how far along it in per cent, and whether it is a later change."""

    at: float
    changed: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the line, and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Track:
    """An article's line: its times as dots, and in words."""

    outlet: str
    outlet_key: str
    published: str
    modified: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Surfaced:
    """A detail: who had it first and when, and how long the others took."""

    key: str
    text: str
    first: str
    when: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """timeline.html."""

    template: ClassVar[str] = "timeline.html"
    anchor: ClassVar[str] = "timeline"
    title: str
    start: str
    end: str
    tracks: tuple[Track, ...]
    ticks: tuple[Tick, ...]
    undated: tuple[str, ...]
    days: tuple[Day, ...]
    surfaced: tuple[Surfaced, ...]
    more: int
    open: str
    changed: bool
    legend: str


def timeline_page(facts: Facts) -> TimelinePage:
    """The timeline of a comparison."""
    dated = [a for a in facts.comparison.articles if facts.published[a.id]]
    dated.sort(key=lambda a: by_time(facts.published[a.id]))
    times = [t for a in dated for t in _times(facts, a)]
    first, last = min(times, default=None), max(times, default=None)
    start, end = (first.start, last.start) if first and last else (None, None)
    # Details that share their plainest words would read as one line said twice.
    by_text = {f.detail.text: f for f in reversed(facts.details) if f.stated_by > 1 and f.first}
    shared = sorted(by_text.values(), key=lambda f: (by_time(f.first), f.order))
    known = [(f, m) for f in shared if (m := certainly_first(facts, facts.in_time(f.detail)))]
    return TimelinePage(
        title=facts.say("timeline.title"),
        start=spoken_moment(first, facts.say, facts.zone) if first else "",
        end=spoken_moment(last, facts.say, facts.zone) if last else "",
        tracks=tuple(_track(facts, a, start, end) for a in dated) if start and end else (),
        ticks=_ticks(facts, start, end) if start and end else (),
        undated=tuple(a.outlet for a in facts.comparison.articles if not facts.published[a.id]),
        days=days(facts),
        surfaced=tuple(_surfaced(facts, fact, first) for fact, first in known[:LISTED]),
        more=max(len(known) - LISTED, 0),
        open=_open(facts, len(shared) - len(known), len(known)),
        changed=has_changes(facts),
        legend=facts.say("timeline.legend", zone=zone_name(facts.zone)),
    )


def _times(facts: Facts, article: Article) -> list[Moment]:
    found = [facts.published[article.id], moment(article.modified)]
    return [t for t in found if t]


def _place(when: datetime, start: datetime, end: datetime) -> float:
    """Per cent along the line, with a little room at both ends, so that no dot is cut."""
    width = (end - start).total_seconds() or 1.0
    return 2 + 96 * (when - start).total_seconds() / width


def _ticks(facts: Facts, start: datetime, end: datetime) -> tuple[Tick, ...]:
    step = next((s for s in STEPS if (end - start) / s <= TICKS), STEPS[-1])
    # Marks are on whole hours of the zone's clocks, also where these are put forward or back.
    begin, until = in_zone(start, facts.zone), in_zone(end, facts.zone)
    day = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    at = day + step * ceil((begin - day) / step)
    found = []
    while at <= until:
        found.append(Tick(_place(at.astimezone(UTC), start, end), _label(facts, at, step)))
        at += step
    return tuple(found)


def _label(facts: Facts, at: datetime, step: timedelta) -> str:
    if step < timedelta(days=1) and at.hour:
        return f"{at:%H:%M}"
    return facts.say("time.short", day=at.day, month=facts.say.months[at.month - 1])


def _track(facts: Facts, article: Article, start: datetime, end: datetime) -> Track:
    times = _times(facts, article)
    dots = [
        Dot(_place(t.start, start, end), changed=number > 0)
        for number, t in enumerate(times)
        if number == 0 or t.start != times[0].start
    ]
    return Track(
        outlet=article.outlet,
        outlet_key=facts.outlet_keys[article.outlet],
        published=facts.spoken[article.id],
        modified=facts.time(article.modified) if len(dots) > 1 else "",
        dots=tuple(dots),
    )


def _open(facts: Facts, count: int, known: int) -> str:
    """Of how many details nobody can tell who was first, as where days are known and no hours."""
    if not count:
        return ""
    return facts.say("timeline.open", count=count) if known else facts.say("timeline.none_first")


def _surfaced(facts: Facts, fact: DetailFact, first: Mention) -> Surfaced:
    first_of: dict[str, Mention] = {}
    for mention in facts.in_time(fact.detail):
        if facts.surfaced(mention):
            first_of.setdefault(mention.outlet, mention)
    return Surfaced(
        key=fact.key,
        text=facts.label(fact.detail),
        first=first.outlet,
        when=facts.when(first),
        others=tuple(_after(facts, first, m) for m in first_of.values() if m is not first),
    )


def _after(facts: Facts, earliest: Mention, mention: Mention) -> str:
    """An outlet and how much later it was; its name alone where the times leave that open."""
    start, now = facts.surfaced(earliest), facts.surfaced(mention)
    if start is None or now is None or not start.before(now):
        return mention.outlet
    if facts.is_span(mention) or facts.is_span(earliest):
        return facts.say("timeline.within", outlet=mention.outlet, when=facts.when(mention))
    later = later_by(start, now, facts.say)
    return facts.say("timeline.later", outlet=mention.outlet, later=later)
