"""The values that flow through Parallax, as frozen dataclasses.

`FoundUrl -> Article | Failure -> Claim -> Detail -> Cell -> Comparison`; every arrow is a function
that can be called without the network. Spans are character offsets into an article's own title or
text, half open, so that `text[start:end]` is the evidence. Times are ISO 8601 strings exactly as
precise as they are known ("2019-03-24" or "2019-03-24T14:05:00+00:00"); `compare.times.moment`
reads them as intervals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from compare.changes import Difference, Revision
from compare.kinds import (
    CarriedHow,
    Cause,
    ClaimKind,
    ClaimRole,
    ConflictKind,
    CueKind,
    Importance,
    Slant,
    Stage,
    Variant,
    Voice,
    Weight,
)
from compare.said import DayTold, Field, ReferenceFact, Sourced, Span

# Whoever reads a comparison needs these as well.
__all__ = ["ConflictKind", "DayTold", "Field", "ReferenceFact", "Sourced", "Span", "Stage"]


# 2: a failure says its cause in a field. `compare.codec` reads 1 as well.
SCHEMA_VERSION = 2


class Completeness(StrEnum):
    """How much of what the outlet published was read."""

    FULL = "full"
    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    LIVE_BLOG = "live blog"
    VIDEO = "video page"
    ROUNDUP = "roundup"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """What one outlet did with one detail."""

    INCLUDED = "included"
    EDITORIALIZED = "editorialized"
    CONFLICTING = "conflicting"
    LEFT_OUT = "left out"
    PUBLISHED_BEFORE = "published before"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A stretch of an article's text that the page marks as taken from elsewhere.

    `kind` is the markup that said so; `source` is who it is taken from, where the page says it
    ("Reuters", "@name on Twitter").
    """

    start: int
    end: int
    kind: Literal["blockquote", "embed"] = "blockquote"
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one page of one outlet.

    `id` is unique within a run; `url` is canonical. `provenance` says where each of title,
    authors, published, modified and text was read from ("json-ld", "og", "feed", ...).
    `credits` are the agencies that the page itself credits. `archived` is the address of an
    archived copy, if there is one; `record` the id of the archive's record that it was read from
    (WARC-Record-ID), by which it is cited.
    """

    id: str
    outlet: str
    title: str
    text: str
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    fetched_at: str | None = None
    language: str | None = None
    completeness: Completeness = Completeness.UNKNOWN
    completeness_reason: str = ""
    quoted: tuple[Quoted, ...] = ()
    credits: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict, hash=False)
    archived: str | None = None
    record: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of what was read: title and text."""
        return sha256(f"{self.title}\n\n{self.text}".encode()).hexdigest()

    def read(self, where: Field) -> str:
        """The title or the text, by the name that spans use."""
        return self.title if where == "title" else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that could not be fetched or read, or was not about the event, and why.

    `cause` is what code goes by, where it goes by anything; `copy_of` is the id of the article
    that this one is a second copy of.
    """

    stage: Stage
    reason: str
    cause: Cause | None = None
    copy_of: str | None = None
    url: str | None = None
    outlet: str | None = None
    id: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a run is about: words, a window of days (inclusive), addresses to read in any case.

    `like` is the address of the article that the run starts from, if it starts from one: likeness
    to it then decides what is about the event.
    """

    about: str = ""
    start: str | None = None
    end: str | None = None
    urls: tuple[str, ...] = ()
    like: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span of an article that states something.

    `sentence` is the sentence (or title) that holds it, and that reports show as evidence.
    `position` is the number of that sentence in its article, the title being 0.
    `quoted_from` is who the words are taken from where they are not the outlet's own: a block
    quotation or an embedded post. `role` tells statements from what states nothing about the event.
    """

    id: str
    article: str
    outlet: str
    field: Field
    start: int
    end: int
    text: str
    kind: ClaimKind
    sentence: Span
    position: int
    quoted_from: str | None = None
    role: ClaimRole = ClaimRole.STATEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The probability that two claims of different articles state the same thing.

    `a_part` and `b_part` are the claims inside them (a clause, a quotation) that the other one states,
    where it is not the whole.
    """

    a: str
    b: str
    probability: float
    a_part: str | None = None
    b_part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that give an editorial voice away, their kind, and what plainer mentions say."""

    start: int
    end: int
    kind: CueKind
    plainer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Whose words a claim is: the voice, the source and verb as written, and the chain.

    `chain` runs from the outlet's immediate source to the first ("Reuters", "Sputnik",
    "an unnamed source at the Russian embassy"). `hedged` marks "reportedly", "may have" and the
    like.
    """

    voice: Voice
    source: str | None = None
    verb: str | None = None
    chain: tuple[str, ...] = ()
    hedged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A claim's membership in a detail, with the probability that it belongs there.

    `start` and `end` are the stretch in the article's `field` that states the detail, `sentence` the
    sentence around it, which is the evidence. `carried_from` names the agency or outlet whose words
    these are, when they are not the outlet's own. It is `editorialized` where it has a `slant`, mild or
    strong; `cues` are the words. `unsaid` are the
    words of a headline that its own article nowhere has: numbers, names, loaded words. The words came onto
    the page at `since` at the earliest and were there by `by`: one time where it is known.
    """

    claim: str
    article: str
    outlet: str
    field: Field
    start: int
    end: int
    probability: float
    sentence: Span | None = None
    editorialized: bool = False
    slant: Slant | None = None
    cues: tuple[Cue, ...] = ()
    attribution: Attribution | None = None
    carried_from: str | None = None
    unsaid: tuple[Cue, ...] = ()
    since: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two mentions (by index) whose values stand in the same slot and differ.

    `a_span` and `b_span` are the differing words in each mention's article field; `sentence` says
    it: "X says nearly 100, Y says at least 100". Where only hedge, bound, precision or time of
    count differ, or a quotation is shortened, it is soft.
    """

    a: int
    b: int
    kind: ConflictKind
    a_value: str
    b_value: str
    a_span: Span
    b_span: Span
    sentence: str
    weight: Weight = Weight.HARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """How one mention (by index) gives a quotation, at `start`..`end` of its article's field.

    `variant` is what it does to the fullest rendering. `speaker` and `verb` are who is said to have
    said it and how, as written there.
    """

    mention: int
    start: int
    end: int
    variant: Variant
    speaker: str | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One quotation as several outlets render it, the fullest rendering first."""

    renderings: tuple[Rendering, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one outlet did with one detail: the status, why in a sentence, and the evidence.

    `mentions` are indices into the detail's mentions. `stated_in` is the outlet's sentence that states
    the detail's text, where it agrees too little with the other mentions to be one. `lacks` lists the parts of the detail
    that the outlet drops while carrying its core (the number, the source, the denial). `corrected_by` is
    the person whose verdict it is, instead of the program's.
    """

    outlet: str
    status: Status
    reason: str
    confidence: float
    mentions: tuple[int, ...] = ()
    stated_in: Mention | None = None
    lacks: tuple[str, ...] = ()
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Claims, of one or more outlets, that state the same thing.

    `text` is the plainest mention, verbatim. `origins` counts the independent origins among the
    outlets that carry it. `part_of` is the id of a larger detail that shares most of its mentions:
    reports show it there, not as a row of its own. `quotations` are those that several outlets render.
    `importance` is how central it is to the event, by `importance_score` (0 to 1).
    """

    id: str
    text: str
    mentions: tuple[Mention, ...]
    cells: tuple[Cell, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    origins: int = 1
    part_of: str | None = None
    quotations: tuple[Quotation, ...] = ()
    importance: Importance = Importance.SUPPORTING
    importance_score: float = 0.0

    def evidence_of(self, cell: Cell) -> tuple[Mention, ...]:
        """The outlet's sentences that a cell of this detail rests on, none where it states nothing."""
        if cell.mentions:
            return tuple(self.mentions[i] for i in cell.mentions)
        return (cell.stated_in,) if cell.stated_in else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One article runs words that another one, or an agency, had first.

    `source` is an outlet's or agency's name; `source_article` its article, where it was read.
    `spans` are the carried stretches in `article`'s text; `share` is their part of its text.
    `how` is the evidence.
    """

    article: str
    source: str
    source_article: str | None
    how: CarriedHow
    share: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What ran: enough to run it again. Times come from the command line, never from a clock here.

    `misfits` are the fitted models ("pairs", "gate", "loaded words") that were not fitted for `model`,
    each with the encoder that it was fitted for: how often they are right here is not known.
    """

    parallax: str
    model: str
    started: str | None = None
    settings: Mapping[str, float | int | str | bool] = field(default_factory=dict, hash=False)
    libraries: Mapping[str, str] = field(default_factory=dict, hash=False)
    misfits: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One event compared: `comparison.json`.

    `claims` and `pairs` are kept so that another threshold needs no new encoding. `sources` are the
    stretches that others than the outlet stand for, `days` those that name a day; `reference` is the
    list of facts that the user gave. `forwarded` are ids of earlier comparisons whose
    details went into another one: each with the id to look for now.
    """

    schema_version: int
    run: Run
    event: Event
    outlets: tuple[str, ...]
    articles: tuple[Article, ...]
    details: tuple[Detail, ...]
    failures: tuple[Failure, ...] = ()
    carried: tuple[Carried, ...] = ()
    claims: tuple[Claim, ...] = ()
    pairs: tuple[Pair, ...] = ()
    sources: tuple[Sourced, ...] = ()
    days: tuple[DayTold, ...] = ()
    reference: tuple[ReferenceFact, ...] = ()
    forwarded: Mapping[str, str] = field(default_factory=dict, hash=False)
    revisions: tuple[Revision, ...] = ()
    since: Difference | None = None
