"""The pieces that several pages share: cells, rows, mentions with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compare.datamodel import Article, Attribution, Failure, Mention, Stage, Status
from compare.kinds import Voice
from templates.facts.details import CARRIED, CODES, UNJUDGED, DetailFact
from templates.facts.index import Facts
from templates.html.links import web
from templates.html.marks import Mark, Piece, pieces
from templates.html.strings import Strings
from templates.views.conflicts import Clash, clashes, worded


@dataclass(frozen=True, slots=True)
class Legend:
    """One status, for the key to the shapes."""

    code: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell in a row: who, what (letter and word) and why."""

    outlet: str
    outlet_key: str
    code: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A detail with its strip of cells; where `lead` is given, that conflict is what it is about."""

    key: str
    text: str
    stated: str
    origins: str
    first: str
    cells: tuple[CellView, ...]
    conflicts: tuple[Clash, ...] = ()
    worded: tuple[Clash, ...] = ()
    lead: Clash | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet at the head of a column; `rating` is its user's own, "" where none was given."""

    name: str
    key: str
    rating: str


class Evidence(NamedTuple):
    """A mention with all that a reader needs to check it.

    `before` and `after` are the sentences beside it; `marked` is its own sentence with loaded
    words, differing values and the claim itself marked. `source` says whose words it is, whose
    words it is in, when it was published and how sure the match is; `live` leads to the words on
    the page.
    """

    outlet: str
    outlet_key: str
    in_headline: bool
    before: str
    marked: tuple[Piece, ...]
    after: str
    carried: bool
    source: str
    cues: tuple[tuple[str, str], ...]
    sentence: str
    live: str
    archived: str


def words_of_codes(say: Strings) -> dict[str, str]:
    """The word for every letter."""
    words = {code: say.status[status] for status, code in CODES.items()}
    return words | {CARRIED: say("status.CARRIED.name"), UNJUDGED: say("status.UNJUDGED.name")}


def legend(say: Strings) -> tuple[Legend, ...]:
    """Every status with its meaning, in the order of design."""
    order = [
        Status.INCLUDED, CARRIED, Status.EDITORIALIZED, Status.CONFLICTING, Status.LEFT_OUT,
        Status.PUBLISHED_BEFORE, Status.CANNOT_TELL,
    ]  # fmt: skip
    return tuple(
        Legend(CODES[s], say.status[s], say(f"status.{s.name}.meaning"))
        if isinstance(s, Status)
        else Legend(CARRIED, say("status.CARRIED.name"), say("status.CARRIED.meaning"))
        for s in order
    )


def columns(facts: Facts) -> tuple[Column, ...]:
    """The outlets as heads of columns."""
    return tuple(
        Column(name, facts.outlet_keys[name], facts.rating(name)) for name in facts.outlets
    )


def columns_read(facts: Facts) -> tuple[Column, ...]:
    """The same of the outlets of which an article was read: the others have no words to show."""
    return tuple(column for column in columns(facts) if facts.articles_of[column.name])


def rating_lead(facts: Facts) -> str:
    """Whose the ratings in a report are; "" where there are none."""
    return facts.say("ratings.lead", name=facts.ratings.column) if facts.ratings else ""


def row(facts: Facts, fact: DetailFact, words: dict[str, str]) -> Row:
    """A detail with a cell for every outlet."""
    cells = tuple(
        CellView(
            name, facts.outlet_keys[name], code, words[code], facts.reason(cell) if cell else ""
        )
        for name, code, cell in zip(facts.outlets, fact.codes, fact.cells, strict=True)
    )
    return Row(
        key=fact.key,
        text=facts.label(fact.detail),
        stated=stated(facts, fact),
        origins=own_texts(facts, fact),
        first=first_said(facts, fact),
        cells=cells,
        conflicts=clashes(facts, fact.detail),
        worded=worded(facts, fact.detail),
    )


def stated(facts: Facts, fact: DetailFact) -> str:
    """Who states it: "all 7 outlets", "all who could (4 of 7 outlets)", "4 of 7 outlets"."""
    key = fact.group if fact.group in {"everyone", "able"} else "some"
    return facts.say(f"row.stated.{key}", number=fact.stated_by, all=len(facts.outlets))


def own_texts(facts: Facts, fact: DetailFact) -> str:
    """How many of those who state it do so in words of their own; "" where all do."""
    if fact.detail.origins >= fact.stated_by:
        return ""
    return facts.say("row.origins", count=fact.detail.origins)


def first_said(facts: Facts, fact: DetailFact) -> str:
    """Such as "first in Northline Wire, 6 May 2031, 07:40 UTC"; "" where nobody can tell who was."""
    mention = certainly_first(facts, facts.in_time(fact.detail))
    if mention is None:
        return ""
    return facts.say("row.first", outlet=mention.outlet, when=facts.when(mention))


def certainly_first(facts: Facts, mentions: Sequence[Mention]) -> Mention | None:
    """The mention published before every other outlet's; None if a time is unknown or may be equal.

    `mentions` are in the order of time. Days without an hour show no order within the day.
    """
    first = next(iter(mentions), None)
    when = facts.surfaced(first) if first else None
    if first is None or when is None:
        return None
    others = [facts.surfaced(m) for m in mentions if m.outlet != first.outlet]
    return first if all(other and when.before(other) for other in others) else None


def evidence(facts: Facts, mention: Mention, extra: Iterable[Mark] = ()) -> Evidence:
    """A mention in its sentence, between its neighbours."""
    article = facts.articles[mention.article]
    text = article.read(mention.field)
    start, end, before, after = _context(facts, article, mention)
    marks = [*cue_marks(facts, mention), *extra]
    if (mention.start, mention.end) != (start, end):
        marks.append(Mark(mention.start, mention.end, "claim"))
    return Evidence(
        outlet=mention.outlet,
        outlet_key=facts.outlet_keys[mention.outlet],
        in_headline=mention.field == "title",
        before=before,
        marked=pieces(text, start, end, marks),
        after=after,
        carried=bool(mention.carried_from),
        source=_source(facts, mention),
        cues=tuple(
            (text[c.start : c.end], cue_note(c.kind, c.plainer, facts.say)) for c in mention.cues
        ),
        sentence=facts.sentence_anchor(mention),
        live=facts.live(mention),
        archived=web(article.archived),
    )


def _source(facts: Facts, mention: Mention) -> str:
    say = facts.say
    parts = (
        voice(mention.attribution, say),
        say("detail.carried", source=mention.carried_from) if mention.carried_from else "",
        facts.when(mention),
        facts.match(mention.probability),
    )
    return say("list.dot").join(filter(None, parts))


def _context(facts: Facts, article: Article, mention: Mention) -> tuple[int, int, str, str]:
    """Start and end of the sentence that holds a mention, and its neighbours in the paragraph."""
    if mention.field == "title":
        return 0, len(article.title), "", ""
    spans = facts.layout(article).spans
    first, last = facts.layout(article).around(mention.start, mention.end)
    start = min(spans[first].start, mention.start)
    end = max(spans[last].end, mention.end)
    before = article.text[spans[first - 1].start : spans[first - 1].end] if first else ""
    after = (
        article.text[spans[last + 1].start : spans[last + 1].end] if last + 1 < len(spans) else ""
    )
    return start, end, before, after


def cue_marks(facts: Facts, mention: Mention) -> list[Mark]:
    """The loaded words of a mention."""
    return [
        Mark(c.start, c.end, "cue", cue_note(c.kind, c.plainer, facts.say)) for c in mention.cues
    ]


def cue_note(kind: str, plainer: str | None, say: Strings) -> str:
    """What a loaded word is, and what plainer mentions say."""
    return (
        say("cue.plainer", kind=kind, plainer=plainer) if plainer else say("cue.plain", kind=kind)
    )


def voice(attribution: Attribution | None, say: Strings) -> str:
    """Whose words a claim is, in words; "" where that was not looked at."""
    if attribution is None:
        return ""
    key = f"voice.{attribution.voice.name}"
    if attribution.voice in {Voice.NAMED, Voice.OUTLET} and not attribution.source:
        key = "voice.REPORTS"
    said = say(key, source=attribution.source or "")
    if len(attribution.chain) > 1:
        said += say("voice.chain", chain=say("voice.from").join(attribution.chain))
    return said + (say("voice.hedged") if attribution.hedged else "")


def failed_state(facts: Facts, failures: Iterable[Failure]) -> str:
    """Why an outlet has no article: what went wrong first, apart from pages about other events."""
    lost = [f for f in failures if f.stage is not Stage.GATE]
    return lost[0].reason if lost else facts.say("story.nothing")
