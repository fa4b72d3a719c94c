"""A detail: every mention in its sentence, what differs, who said it first, and the reason for every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Detail, Mention
from templates.facts import CARRIED, CODES, UNJUDGED, DetailFact, Facts
from templates.marks import Mark, Piece, changes
from templates.times import later_by, spoken
from templates.views.parts import Evidence, by_first, evidence, stated


@dataclass(frozen=True, slots=True)
class Stand:
    """What one outlet does with the detail; `mentions` are the proof, and empty where it has none."""

    outlet: str
    outlet_key: str
    code: str
    word: str
    reason: str
    confidence: str
    lacks: str
    mentions: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """The outlets that do not state it, by status: each with its own reason."""

    code: str
    word: str
    meaning: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A mention against the plainest one, word by word; `same` where no word differs."""

    outlet: str
    parts: tuple[Piece, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Surfacing:
    """When the detail surfaced in an outlet; `later` is how long after the first."""

    outlet: str
    outlet_key: str
    when: str
    later: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict: what kind, and in words."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DetailPage:
    """details/<key>.html."""

    template: ClassVar[str] = "detail.html"
    key: str
    title: str
    plainest: str
    number: str
    stated: str
    origins: str
    conflicts: tuple[ConflictView, ...]
    stands: tuple[Stand, ...]
    silences: tuple[Silence, ...]
    wordings: tuple[Wording, ...]
    surfacings: tuple[Surfacing, ...]
    citation: str
    previous: str
    following: str

    @property
    def anchor(self) -> str:
        """The section's id in the one-file report."""
        return f"d-{self.key}"


def detail_page(facts: Facts, fact: DetailFact, words: dict[str, str]) -> DetailPage:
    """The page of one detail. `words` are `words_of_codes`, made once for all pages."""
    say = facts.say
    detail = fact.detail
    plainest = _plainest(detail)
    stands, silences = _stands(facts, fact, words)
    neighbours = facts.details
    return DetailPage(
        key=fact.key,
        title=detail.text,
        plainest=plainest.outlet if plainest else "",
        number=say("detail.number", number=fact.order, all=len(neighbours)),
        stated=stated(facts, fact),
        origins=say("row.origins", count=detail.origins),
        conflicts=tuple(
            ConflictView(say(f"conflict.{c.kind.name}"), c.sentence) for c in detail.conflicts
        ),
        stands=stands,
        silences=silences,
        wordings=_wordings(facts, detail, plainest),
        surfacings=_surfacings(facts, detail),
        citation=citation(facts, fact),
        previous=neighbours[fact.order - 2].key if fact.order > 1 else "",
        following=neighbours[fact.order].key if fact.order < len(neighbours) else "",
    )


def _plainest(detail: Detail) -> Mention | None:
    """The mention whose words head the page: the one that reads as the detail's text, else the first."""
    wanted = len(detail.text)
    exact = (m for m in detail.mentions if m.end - m.start == wanted)
    return next(exact, next(iter(detail.mentions), None))


def _stands(
    facts: Facts, fact: DetailFact, words: dict[str, str]
) -> tuple[tuple[Stand, ...], tuple[Silence, ...]]:
    """Where every outlet stands: those with a mention, and the others by status."""
    spoken_up: list[Stand] = []
    silent: dict[str, list[Stand]] = {}
    marks = _conflict_marks(fact.detail)
    for column, code in enumerate(fact.codes):
        stand = _stand(facts, fact, column, words, marks)
        if stand.mentions:
            spoken_up.append(stand)
        else:
            silent.setdefault(code, []).append(stand)
    groups = tuple(
        Silence(code, words[code], facts.say(f"silence.{code}"), tuple(silent[code]))
        for code in (*CODES.values(), CARRIED, UNJUDGED)
        if code in silent
    )
    return tuple(spoken_up), groups


def _stand(
    facts: Facts, fact: DetailFact, column: int, words: dict[str, str], marks: dict[int, list[Mark]]
) -> Stand:
    name, code, cell = facts.outlets[column], fact.codes[column], fact.cells[column]
    numbers = cell.mentions if cell else ()
    return Stand(
        outlet=name,
        outlet_key=facts.outlet_keys[name],
        code=code,
        word=words[code],
        reason=cell.reason if cell else facts.say("detail.unjudged"),
        confidence=f"{cell.confidence:.2f}" if cell else "",
        lacks=facts.say("list.comma").join(cell.lacks) if cell else "",
        mentions=tuple(evidence(facts, fact.detail.mentions[i], marks.get(i, ())) for i in numbers),
    )


def _conflict_marks(detail: Detail) -> dict[int, list[Mark]]:
    """The differing values, by the number of their mention."""
    marks: dict[int, list[Mark]] = {}
    for c in detail.conflicts:
        marks.setdefault(c.a, []).append(Mark(c.a_span.start, c.a_span.end, "differs", c.sentence))
        marks.setdefault(c.b, []).append(Mark(c.b_span.start, c.b_span.end, "differs", c.sentence))
    return marks


def _wordings(facts: Facts, detail: Detail, plainest: Mention | None) -> tuple[Wording, ...]:
    """Every other mention against the plainest one; none where there is nothing to compare."""
    if plainest is None or len(detail.mentions) < 2:
        return ()

    def words_of(mention: Mention) -> str:
        return facts.articles[mention.article].read(mention.field)[mention.start : mention.end]

    reference = words_of(plainest)
    others: Sequence[Mention] = [m for m in detail.mentions if m is not plainest]
    rows = [(m.outlet, changes(reference, words_of(m))) for m in others]
    return tuple(
        Wording(outlet, parts, same=all(not p.kind for p in parts)) for outlet, parts in rows
    )


def _surfacings(facts: Facts, detail: Detail) -> tuple[Surfacing, ...]:
    ordered = [m for m in by_first(facts, detail.mentions) if facts.published.get(m.article)]
    first_of = {m.outlet: m for m in reversed(ordered)}
    kept = [m for m in ordered if first_of[m.outlet] is m]
    found = []
    for mention in kept:
        start, now = facts.published[kept[0].article], facts.published[mention.article]
        assert start is not None
        assert now is not None
        later = later_by(start, now, facts.say) if now.start > start.start else ""
        when = spoken(facts.articles[mention.article].published, facts.say)
        found.append(Surfacing(mention.outlet, facts.outlet_keys[mention.outlet], when, later))
    return tuple(found)


def citation(facts: Facts, fact: DetailFact) -> str:
    """A line to cite the detail by: program, event, anchor, date and fingerprint."""
    run = facts.comparison.run
    return facts.say(
        "detail.citation",
        version=run.parallax,
        about=facts.comparison.event.about or facts.say("story.untitled"),
        anchor=f"d-{fact.key}",
        when=spoken(run.started, facts.say) or facts.say("time.unknown"),
        fingerprint=facts.fingerprint,
    )
