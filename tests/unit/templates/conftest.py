"""One invented event, compared by hand: every status, conflict and kind of evidence a report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Attribution,
    Carried,
    Cell,
    Comparison,
    Completeness,
    Conflict,
    ConflictKind,
    Cue,
    Detail,
    Event,
    Failure,
    Field,
    Mention,
    Quoted,
    Run,
    Span,
    Stage,
    Status,
)
from compare.kinds import CarriedHow, CueKind, Slant, Voice
from compare.text import sentences
from tests.unit.compare.verdicts.conftest import judged  # noqa: F401 - a fixture

WIRE, DAILY, COAST = "Northline Wire", "The Daily Harbour", "Free Coast"
COURIER, EVENING, RADIO, LANTERN = (
    "Tolvik Courier",
    "Meridian Evening",
    "Skerry Radio",
    "Lantern Post",
)
OUTLETS = (WIRE, DAILY, COAST, COURIER, EVENING, RADIO, LANTERN)

WIRE_TEXT = """\
The car ferry Maren ran aground off the island of Tolvik early on Tuesday with 214 people aboard, the coast guard said.
No one was injured, and all passengers were taken off by lifeboat within three hours. The ship was built in 1998 and was last inspected in March, according to the harbour authority.
“We felt a long, slow scrape and then silence,” said Ida Brenner, a passenger. The ferry company, Skerry Line, said it would cooperate with investigators. The company declined to say who was at the helm."""

COAST_TEXT = """\
The rust-bucket ferry Maren slammed into the rocks off Tolvik on Tuesday with at least 230 people aboard. It was a disaster waiting to happen, as anyone with eyes could see.
Northline Wire reports:
No one was injured, and all passengers were taken off by lifeboat within three hours. The ship was built in 1998 and was last inspected in March, according to the harbour authority.
Skerry Line, the minister’s pet company, arrogantly refused to say who was at the helm. The minister’s brother sits on the board of Skerry Line."""

COURIER_TEXT = """\
The Maren, which has carried islanders to the mainland for two decades, went aground on the Hen and Chickens reef at 4.50 on Tuesday morning. There were 213 people on board, the harbour master, Tove Lindal, told the Courier.
Nobody was hurt. Lifeboats from three villages had everyone ashore by eight.
The light on Tolvik Head had been dark since Friday, Ms. Lindal said. “A long slow scrape, and then nothing,” is how Ida Brenner, a passenger, remembers it.
Skerry Line did not say who had been steering."""

ARTICLES = (
    Article(
        id="wire-1",
        outlet=WIRE,
        title="Ferry with 214 aboard runs aground off Tolvik",
        text=WIRE_TEXT,
        url="https://wire.example/2031/ferry-aground",
        authors=("Jon Aaker",),
        published="2031-05-06T07:40:00+00:00",
        fetched_at="2031-05-07T09:00:00+00:00",
        language="en",
        completeness=Completeness.FULL,
        completeness_reason="the page gives its word count, and all of it was read",
        provenance={"title": "json-ld", "published": "json-ld", "text": "page"},
        archived="https://archive.example/20310506/https://wire.example/2031/ferry-aground",
    ),
    Article(
        id="daily-1",
        outlet=DAILY,
        title="Ferry runs aground off Tolvik; all 214 aboard safe",
        text=WIRE_TEXT.replace(" The company declined to say who was at the helm.", "")
        + "\n— Northline Wire",
        url="https://daily.example/news/maren",
        published="2031-05-06T09:05:00+00:00",
        modified="2031-05-06T12:30:00+00:00",
        fetched_at="2031-05-07T09:00:05+00:00",
        language="en",
        completeness=Completeness.FULL,
        credits=(WIRE,),
    ),
    Article(
        id="coast-1",
        outlet=COAST,
        title="Government ferry disaster: 230 abandoned on the rocks",
        text=COAST_TEXT,
        url="https://coast.example/maren?id=7#top",
        authors=("Staff",),
        published="2031-05-06T14:20:00+00:00",
        fetched_at="2031-05-07T09:00:09+00:00",
        language="en",
        completeness=Completeness.FULL,
    ),
    Article(
        id="courier-1",
        outlet=COURIER,
        title="Maren aground on the Hen and Chickens",
        text=COURIER_TEXT,
        url="https://courier.example/maren",
        authors=("Siri Holt", "Per Anker"),
        published="2031-05-06T10:15:00+00:00",
        fetched_at="2031-05-07T09:00:12+00:00",
        language="en",
        completeness=Completeness.FULL,
    ),
    Article(
        id="evening-1",
        outlet=EVENING,
        title="Tolvik ferry strands with more than 200 aboard",
        text="A car ferry with more than 200 people aboard stranded off Tolvik on Tuesday.\nNobody was hurt, the coast guard said. Subscribe to",
        url="https://evening.example/tolvik-ferry",
        published="2031-05-06T16:00:00+00:00",
        fetched_at="2031-05-07T09:00:15+00:00",
        language="en",
        completeness=Completeness.PAYWALLED,
        completeness_reason="the page says isAccessibleForFree: false, and two paragraphs were read",
    ),
    Article(
        id="radio-1",
        outlet=RADIO,
        title="Ferry aground off Tolvik",
        text="A ferry has run aground off Tolvik. Lifeboats are on their way.",
        url="https://radio.example/0520",
        published="2031-05-06T05:20:00+00:00",
        fetched_at="2031-05-07T09:00:18+00:00",
        language="en",
        completeness=Completeness.FULL,
    ),
)
BY_OUTLET = {article.outlet: article for article in ARTICLES}

FAILURES = (
    Failure(stage=Stage.FETCH, reason="the server answered 403 Forbidden", url="https://lantern.example/ferry", outlet=LANTERN, at="2031-05-07T09:00:20+00:00"),
    Failure(stage=Stage.ROBOTS, reason="robots.txt could not be read (503), so nothing was fetched", url="https://lantern.example/feed", outlet=LANTERN),
    Failure(stage=Stage.GATE, reason="about another event: a ferry that ran aground in 2027", url="https://courier.example/2027/maren", outlet=COURIER, id="courier-0"),
)  # fmt: skip

INTACT = "It was read in full and published hours after others had this, and no sentence states it."
PAYWALL = "Only two paragraphs could be read before the paywall."
EARLIER = "Its last version, of 6 May 2031, 05:20 UTC, is older than the first report of this."
FAILED = "No page of this outlet could be read: the server answered 403 Forbidden."


@dataclass(frozen=True)
class Said:
    """A mention by its words: where they stand is looked up."""

    outlet: str
    words: str
    cues: Sequence[tuple[str, str, str | None]] = ()
    voice: Attribution | None = None
    carried_from: str | None = None
    field: Field = "text"
    probability: float = 0.97


def mention(said: Said) -> Mention:
    article = BY_OUTLET[said.outlet]
    start = article.read(said.field).index(said.words)

    def cue(words: str, kind: str, plainer: str | None) -> Cue:
        at = start + said.words.index(words)
        return Cue(start=at, end=at + len(words), kind=CueKind(kind), plainer=plainer)

    return Mention(
        claim=f"{article.id}-{said.field}-{start}",
        article=article.id,
        outlet=said.outlet,
        field=said.field,
        start=start,
        end=start + len(said.words),
        probability=said.probability,
        editorialized=bool(said.cues),
        slant=Slant.STRONG if said.cues else None,
        cues=tuple(cue(*parts) for parts in said.cues),
        attribution=said.voice,
        carried_from=said.carried_from,
    )


def cells(
    mentions: Sequence[Mention], conflicts: Sequence[Conflict], *, later: bool
) -> tuple[Cell, ...]:
    """The cells as a judge would fill them: `later` says that the radio was too early to know."""
    rows = []
    for outlet in OUTLETS:
        own = tuple(i for i, m in enumerate(mentions) if m.outlet == outlet)
        if own:
            rows.append(_stated(outlet, own, mentions, conflicts))
        elif outlet == LANTERN:
            rows.append(
                Cell(outlet=outlet, status=Status.CANNOT_TELL, reason=FAILED, confidence=1.0)
            )
        elif outlet == EVENING:
            rows.append(
                Cell(outlet=outlet, status=Status.CANNOT_TELL, reason=PAYWALL, confidence=0.9)
            )
        elif outlet == RADIO and later:
            rows.append(
                Cell(outlet=outlet, status=Status.PUBLISHED_BEFORE, reason=EARLIER, confidence=0.95)
            )
        else:
            rows.append(Cell(outlet=outlet, status=Status.LEFT_OUT, reason=INTACT, confidence=0.88))
    return tuple(rows)


def _stated(
    outlet: str, own: tuple[int, ...], mentions: Sequence[Mention], conflicts: Sequence[Conflict]
) -> Cell:
    if any(i in {c.a, c.b} for c in conflicts for i in own):
        return Cell(
            outlet=outlet,
            status=Status.CONFLICTING,
            reason="Its number differs from another outlet’s.",
            confidence=0.9,
            mentions=own,
        )
    if any(mentions[i].editorialized for i in own):
        return Cell(
            outlet=outlet,
            status=Status.EDITORIALIZED,
            reason="It adds loaded words in its own voice.",
            confidence=0.8,
            mentions=own,
        )
    if origin := mentions[own[0]].carried_from:
        return Cell(
            outlet=outlet,
            status=Status.INCLUDED,
            reason=f"Stated, in the words of {origin}.",
            confidence=0.99,
            mentions=own,
        )
    return Cell(
        outlet=outlet,
        status=Status.INCLUDED,
        reason="Stated plainly.",
        confidence=0.95,
        mentions=own,
        lacks=("the hour",) if outlet == WIRE else (),
    )


def detail(
    *said: Said,
    differ: Sequence[tuple[int, int, ConflictKind, str, str]] = (),
    later: bool = True,
    origins: int | None = None,
) -> Detail:
    mentions = tuple(mention(s) for s in said)

    def conflict(a: int, b: int, kind: ConflictKind, a_value: str, b_value: str) -> Conflict:
        def at(i: int, value: str) -> Span:
            start = mentions[i].start + said[i].words.index(value)
            return Span(start, start + len(value))

        sentence = f"{said[a].outlet} says {a_value}, {said[b].outlet} says {b_value}."
        return Conflict(
            a=a,
            b=b,
            kind=kind,
            a_value=a_value,
            b_value=b_value,
            a_span=at(a, a_value),
            b_span=at(b, b_value),
            sentence=sentence,
        )

    conflicts = tuple(conflict(*parts) for parts in differ)
    return Detail(
        id=sha256(said[0].words.encode()).hexdigest()[:12],
        text=said[0].words,
        mentions=mentions,
        cells=cells(mentions, conflicts, later=later),
        conflicts=conflicts,
        origins=origins or len({m.carried_from or m.outlet for m in mentions}),
    )


COAST_GUARD = Attribution(
    voice=Voice.NAMED, source="the coast guard", verb="said", chain=("the coast guard",)
)
LINDAL = Attribution(voice=Voice.NAMED, source="Tove Lindal", verb="told", chain=("Tove Lindal",))
BRENNER = Attribution(voice=Voice.NAMED, source="Ida Brenner", verb="said", chain=("Ida Brenner",))
AUTHORITY = Attribution(
    voice=Voice.NAMED,
    source="the harbour authority",
    verb="according to",
    chain=("the harbour authority",),
    hedged=True,
)
VIA_WIRE = Attribution(
    voice=Voice.OUTLET, source=WIRE, verb="reports", chain=(WIRE, "the harbour authority")
)
OWN = Attribution(voice=Voice.OWN)

GROUNDED = "The car ferry Maren ran aground off the island of Tolvik early on Tuesday with 214 people aboard, the coast guard said."
BUILT = "The ship was built in 1998 and was last inspected in March, according to the harbour authority."
UNHURT = "No one was injured, and all passengers were taken off by lifeboat within three hours."
SCRAPE = "We felt a long, slow scrape and then silence"

DETAILS = (
    detail(
        Said(WIRE, GROUNDED, voice=COAST_GUARD),
        Said(WIRE, "Ferry with 214 aboard runs aground off Tolvik", field="title"),
        Said(DAILY, GROUNDED, voice=COAST_GUARD, carried_from=WIRE),
        Said(COAST, "The rust-bucket ferry Maren slammed into the rocks off Tolvik on Tuesday with at least 230 people aboard.", cues=[("rust-bucket", "evaluative label", "car"), ("slammed into the rocks", "conflict metaphor", "ran aground")], voice=OWN),
        Said(COURIER, "There were 213 people on board, the harbour master, Tove Lindal, told the Courier.", voice=LINDAL, probability=0.91),
        Said(EVENING, "A car ferry with more than 200 people aboard stranded off Tolvik on Tuesday.", voice=OWN),
        Said(RADIO, "A ferry has run aground off Tolvik.", voice=OWN, probability=0.74),
        differ=[(0, 3, ConflictKind.NUMBER, "214", "at least 230"), (0, 4, ConflictKind.NUMBER, "214", "213")],
        later=False,
    ),
    detail(
        Said(COURIER, "Nobody was hurt.", voice=OWN),
        Said(WIRE, UNHURT, voice=OWN),
        Said(DAILY, UNHURT, carried_from=WIRE, voice=OWN),
        Said(COAST, UNHURT, carried_from=WIRE, voice=VIA_WIRE),
        Said(EVENING, "Nobody was hurt, the coast guard said.", voice=COAST_GUARD),
    ),
    detail(
        Said(COURIER, "Skerry Line did not say who had been steering.", voice=OWN, probability=0.83),
        Said(WIRE, "The company declined to say who was at the helm.", voice=OWN),
        Said(COAST, "Skerry Line, the minister’s pet company, arrogantly refused to say who was at the helm.", cues=[("the minister’s pet company", "unsourced judgement", None), ("arrogantly", "mind-reading", None), ("refused", "conflict metaphor", "declined")], voice=OWN),
    ),
    detail(
        Said(WIRE, BUILT, voice=AUTHORITY),
        Said(DAILY, BUILT, voice=AUTHORITY, carried_from=WIRE),
        Said(COAST, BUILT, voice=VIA_WIRE, carried_from=WIRE),
    ),
    detail(
        Said(WIRE, SCRAPE, voice=BRENNER),
        Said(DAILY, SCRAPE, voice=BRENNER, carried_from=WIRE),
        Said(COURIER, "A long slow scrape, and then nothing", voice=BRENNER, probability=0.88),
        differ=[(0, 2, ConflictKind.QUOTATION, "silence", "nothing")],
    ),
    detail(
        Said(WIRE, "The ferry company, Skerry Line, said it would cooperate with investigators.", voice=Attribution(voice=Voice.NAMED, source="Skerry Line", verb="said")),
        Said(DAILY, "The ferry company, Skerry Line, said it would cooperate with investigators.", carried_from=WIRE),
    ),
    detail(Said(COAST, "The minister’s brother sits on the board of Skerry Line.", voice=OWN)),
    detail(Said(COAST, "It was a disaster waiting to happen, as anyone with eyes could see.", cues=[("a disaster waiting to happen", "unsourced judgement", None), ("as anyone with eyes could see", "intensifier", None)])),
    detail(Said(COURIER, "The light on Tolvik Head had been dark since Friday, Ms. Lindal said.", voice=LINDAL)),
    detail(Said(COURIER, "The Maren, which has carried islanders to the mainland for two decades, went aground on the Hen and Chickens reef at 4.50 on Tuesday morning.")),
    detail(Said(COURIER, "Lifeboats from three villages had everyone ashore by eight.")),
    detail(Said(RADIO, "Lifeboats are on their way."), later=False),
)  # fmt: skip


def build() -> Comparison:
    """The comparison as `compare` would give it, block quotation and copied text included."""
    coast = BY_OUTLET[COAST]
    start = coast.text.index(UNHURT)
    block = Quoted(start=start, end=coast.text.index(BUILT) + len(BUILT), source=WIRE)
    articles = tuple(replace(a, quoted=(block,)) if a is coast else a for a in ARTICLES)
    copied = tuple(
        s
        for s in sentences(BY_OUTLET[DAILY].text)
        if "—" not in BY_OUTLET[DAILY].text[s.start : s.end]
    )
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(
            parallax="0.1.0",
            model="all-MiniLM-L6-v2",
            started="2031-05-07T09:00:00+00:00",
            settings={"threshold": 0.5, "candidates": 8},
            libraries={"faiss-cpu": "1.9.0", "sentence-transformers": "5.0.0"},
        ),
        event=Event(about="The grounding of the ferry Maren off Tolvik", start="2031-05-06", end="2031-05-07", urls=("https://wire.example/2031/ferry-aground",)),
        outlets=OUTLETS,
        articles=articles,
        details=DETAILS,
        failures=FAILURES,
        carried=(
            Carried(article="daily-1", source=WIRE, source_article="wire-1", how=CarriedHow.VERBATIM, share=0.97, spans=copied),
            Carried(article="coast-1", source=WIRE, source_article="wire-1", how=CarriedHow.BLOCK_QUOTATION, share=0.42, spans=(Span(block.start, block.end),)),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def harbour() -> Comparison:
    return build()
