"""A detail: every mention in its sentence, what differs, who said it first, and the reason for every cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from compare.datamodel import Cell, Detail, Mention, Status
from templates.facts.details import CARRIED, CODES, UNJUDGED, DetailFact
from templates.facts.index import Facts
from templates.html.marks import ALIKE, Mark, Piece
from templates.html.times import later_by
from templates.views.conflicts import Clash, clashes, hard, worded
from templates.views.quotations import Rendered, quotations
from templates.views.shared import Evidence, certainly_first, evidence, own_texts, stated
from templates.views.sourcing import one_source

# An outlet without a mention: the detail's key; its own and its name; why it has its status and how sure
# that is. Plain tuples, since a large report has hundreds of thousands.
Quiet = tuple[tuple[str], tuple[str, str], tuple[str, str]]


class Stand(NamedTuple):
    """An outlet that states the detail: how, and with which words."""

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
    outlets: tuple[Quiet, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A narrower detail that nearly the same sentences state, and which outlets do.

    `keys` are those of all that have the same words; `text` is "" where they are the detail's own.
    """

    keys: tuple[str, ...]
    text: str
    outlets: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Mentions that read the same against the plainest one; no parts where no word differs."""

    outlets: str
    parts: tuple[Piece, ...]


class Surfacing(NamedTuple):
    """When the detail surfaced in an outlet.

    `order` says that it was first, or how long after the first; "" where the times leave it open.
    """

    outlet: str
    outlet_key: str
    when: str
    order: str


@dataclass(frozen=True, slots=True)
class DetailPage:
    """details/<key>.html."""

    template: ClassVar[str] = "detail.html"
    key: str
    title: str
    plainest: str
    number: str
    stated: str
    importance: str
    origins: str
    one_source: str
    conflicts: tuple[Clash, ...]
    worded: tuple[Clash, ...]
    differences: tuple[str, ...]
    stands: tuple[Stand, ...]
    silences: tuple[Silence, ...]
    quotations: tuple[tuple[Rendered, ...], ...]
    parts: tuple[Part, ...]
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
    plainest = facts.plainest(detail)
    neighbours = facts.details
    return DetailPage(
        key=fact.key,
        title=facts.label(detail),
        plainest=plainest.outlet if plainest else "",
        number=say("detail.number", number=fact.order, all=len(neighbours)),
        stated=stated(facts, fact),
        importance=say(f"importance.{detail.importance.name}"),
        origins=own_texts(facts, fact),
        one_source=one_source(facts, fact),
        conflicts=clashes(facts, detail),
        worded=worded(facts, detail),
        differences=tuple(dict.fromkeys(c.sentence for c in hard(detail))),
        stands=_stands(facts, fact, words),
        silences=_silences(facts, fact, words),
        quotations=quotations(facts, detail),
        parts=_parts(facts, detail),
        wordings=_wordings(facts, detail),
        surfacings=_surfacings(facts, detail),
        citation=citation(facts, fact),
        previous=neighbours[fact.order - 2].key if fact.order > 1 else "",
        following=neighbours[fact.order].key if fact.order < len(neighbours) else "",
    )


def _stands(facts: Facts, fact: DetailFact, words: dict[str, str]) -> tuple[Stand, ...]:
    """The outlets that state it, with their mentions."""
    marks = _conflict_marks(fact.detail)
    comma = facts.say("list.comma")
    return tuple(
        Stand(
            outlet=cell.outlet,
            outlet_key=facts.outlet_keys[cell.outlet],
            code=code,
            word=words[code],
            reason=facts.reason(cell),
            confidence=facts.sure(cell.confidence),
            lacks=comma.join(cell.lacks),
            mentions=_evidence(facts, fact.detail, cell, marks),
        )
        for code, cell in zip(fact.codes, fact.cells, strict=True)
        if cell is not None and (cell.mentions or cell.stated_in)
    )


def _evidence(
    facts: Facts, detail: Detail, cell: Cell, marks: Mapping[int, Sequence[Mark]]
) -> tuple[Evidence, ...]:
    """The sentences that a cell rests on, with what differs marked."""
    if cell.stated_in and not cell.mentions:
        return (evidence(facts, cell.stated_in, ()),)
    return tuple(evidence(facts, detail.mentions[i], marks.get(i, ())) for i in cell.mentions)


def _silences(facts: Facts, fact: DetailFact, words: dict[str, str]) -> tuple[Silence, ...]:
    """The outlets that do not state it, by status, each with its reason."""
    silent: defaultdict[str, list[Quiet]] = defaultdict(list)
    detail, sure, unjudged = (fact.key,), facts.sure, (facts.say("detail.unjudged"), "")
    because, cannot_tell = facts.reason, CODES[Status.CANNOT_TELL]
    for code, outlet, cell in zip(fact.codes, facts.keyed_outlets, fact.cells, strict=True):
        if cell is None:
            silent[code].append((detail, outlet, unjudged))
        elif not cell.mentions and cell.stated_in is None:
            # To be sure that nobody can tell would puzzle everybody.
            told = "" if code == cannot_tell else sure(cell.confidence)
            silent[code].append((detail, outlet, (because(cell), told)))
    return tuple(
        Silence(code, words[code], facts.say(f"silence.{code}"), tuple(silent[code]))
        for code in (*CODES.values(), CARRIED, UNJUDGED)
        if code in silent
    )


def _conflict_marks(detail: Detail) -> dict[int, list[Mark]]:
    """The differing values, by the number of their mention."""
    marks: dict[int, list[Mark]] = {}
    for c in detail.conflicts:
        marks.setdefault(c.a, []).append(Mark(c.a_span.start, c.a_span.end, "differs", c.sentence))
        marks.setdefault(c.b, []).append(Mark(c.b_span.start, c.b_span.end, "differs", c.sentence))
    return marks


def _parts(facts: Facts, detail: Detail) -> tuple[Part, ...]:
    """The parts, those that share their plainest words together."""
    outlets: dict[str, dict[str, None]] = {}
    keys: dict[str, list[str]] = {}
    for part in facts.parts_of.get(detail.id, ()):
        outlets.setdefault(part.text, {}).update(dict.fromkeys(m.outlet for m in part.mentions))
        keys.setdefault(part.text, []).append(facts.detail_keys[part.id])
    comma = facts.say("list.comma")
    return tuple(
        Part(tuple(keys[text]), "" if text == detail.text else text, comma.join(names))
        for text, names in outlets.items()
    )


def _wordings(facts: Facts, detail: Detail) -> tuple[Wording, ...]:
    """Other mentions against the plainest one; those that read the same stand together.

    A mention in quite other words is left to its place among the evidence.
    """
    outlets: dict[tuple[Piece, ...], dict[str, None]] = {}
    for mention, parts, share in facts.wordings(detail):
        if share < ALIKE:
            continue
        shown = parts if any(part.kind for part in parts) else ()
        outlets.setdefault(shown, {})[mention.outlet] = None
    comma = facts.say("list.comma")
    return tuple(Wording(comma.join(names), parts) for parts, names in outlets.items())


def _surfacings(facts: Facts, detail: Detail) -> tuple[Surfacing, ...]:
    mentions = facts.in_time(detail)
    ordered = [m for m in mentions if facts.surfaced(m)]
    first_of = {m.outlet: m for m in reversed(ordered)}
    kept = [m for m in ordered if first_of[m.outlet] is m]
    first = certainly_first(facts, mentions)
    return tuple(
        Surfacing(
            mention.outlet,
            facts.outlet_keys[mention.outlet],
            facts.when(mention),
            facts.say("detail.first") if mention is first else _later(facts, kept[0], mention),
        )
        for mention in kept
    )


def _later(facts: Facts, earliest: Mention, mention: Mention) -> str:
    start, now = facts.surfaced(earliest), facts.surfaced(mention)
    if start is None or now is None or not start.before(now) or facts.is_span(mention):
        return ""
    return facts.say("detail.later", later=later_by(start, now, facts.say))


def citation(facts: Facts, fact: DetailFact) -> str:
    """A line to cite the detail by: program, event, anchor, date and fingerprint."""
    run = facts.comparison.run
    return facts.say(
        "detail.citation",
        version=run.parallax,
        # A headline in the place of a title has its quotation marks.
        about=facts.say("story.titled", title=facts.named) if facts.named else facts.about,
        anchor=f"d-{fact.key}",
        when=facts.started,
        fingerprint=facts.fingerprint,
    )
