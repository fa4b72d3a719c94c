"""An outlet: its article with every sentence marked, beside what it left out and why that can be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from compare.datamodel import Article, Failure, Mention, Quoted, Stage, Status
from compare.times import moment
from templates.facts.borrowed import Borrowed
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.html.links import nearest_copy, web
from templates.html.marks import Mark, Piece, pieces
from templates.views.shared import cue_marks, failed_state, rating_lead

# Longer lists are of no use on a page: the rest is counted there and stands in the matrix and the CSV.
LISTED = 100


class Reference(NamedTuple):
    """From a sentence to a detail it states: how many outlets do, and what it says."""

    detail: str
    stated: int
    stated_by: str
    text: str


class SentenceView(NamedTuple):
    """A sentence: `kind` is shared, own, editorialized, carried, or "" where nothing was claimed."""

    anchor: str
    kind: str
    label: str
    marked: tuple[Piece, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one paragraph; `quoted` says whose block quotation it is, if it is one.

    Quoted paragraphs of one source stand together: `begins` and `ends` say where such a run does.
    """

    sentences: tuple[SentenceView, ...]
    quoted: str
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as read: headline, dates, how complete, and its marked text."""

    key: str
    headline: SentenceView
    byline: str
    published: str
    modified: str
    fetched: str
    state: str
    reason: str
    live: str
    archived: str
    nearest: str
    paragraphs: tuple[Paragraph, ...]


# A detail that the outlet does not state: its key; the outlet's; its words and how many state it.
Missing = tuple[tuple[str], tuple[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Because:
    """The details that are missing for one reason, which is told once."""

    reason: str
    rows: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """The details with one status of not stating, by reason, the most important first.

    `rare` are those that only one other outlet reports, with their reasons; `total` counts all.
    """

    code: str
    name: str
    title: str
    lead: str
    reason: str
    groups: tuple[Because, ...]
    rare: tuple[Because, ...]
    rare_total: int
    more: int


@dataclass(frozen=True, slots=True)
class OutletPage:
    """outlets/<key>.html."""

    template: ClassVar[str] = "outlet.html"
    key: str
    title: str
    profile: tuple[str, ...]
    failures: tuple[str, ...]
    elsewhere: tuple[str, ...]
    nothing: str
    articles: tuple[ArticleView, ...]
    gaps: tuple[Gap, ...]
    rating: str

    @property
    def anchor(self) -> str:
        """The section's id in the one-file report."""
        return f"o-{self.key}"


def outlet_page(
    facts: Facts, name: str, stated_in: dict[str, list[tuple[DetailFact, Mention]]]
) -> OutletPage:
    """The page of one outlet; `stated_in` are `mentions_by_article`."""
    failures = [f for f in facts.comparison.failures if f.outlet == name]
    articles = facts.articles_of[name]
    return OutletPage(
        key=facts.outlet_keys[name],
        title=name,
        profile=_profile(facts, name),
        failures=tuple(_told(f) for f in failures if f.stage is not Stage.GATE),
        elsewhere=tuple(_told(f) for f in failures if f.stage is Stage.GATE),
        nothing="" if articles else failed_state(facts, failures),
        articles=tuple(_article(facts, a, stated_in.get(a.id, [])) for a in articles),
        gaps=tuple(_gaps(facts, name)),
        rating=_rating(facts, name),
    )


def _rating(facts: Facts, name: str) -> str:
    if facts.ratings is None:
        return ""
    said = facts.say("ratings.of", name=facts.ratings.column, value=facts.rating(name))
    return f"{said} {rating_lead(facts)}"


def _told(failure: Failure) -> str:
    return f"{failure.url}: {failure.reason}" if failure.url else failure.reason


def _profile(facts: Facts, name: str) -> tuple[str, ...]:
    """Facts about the outlet in this event, never a score: counts in words."""
    say = facts.say
    column = facts.outlet_order[name]
    codes = Counter(facts.columns[column])
    states = facts.states[column]
    alone = sum(facts.details[place].group == "one" for place in states)
    lines = [say("outlet.stated", count=len(states), all=len(facts.details))]
    lines += [say("outlet.alone", count=alone)] if alone else []
    lines += [say("outlet.loaded", count=codes["e"])] if codes["e"] else []
    lines += [say("outlet.conflicting", count=codes["c"])] if codes["c"] else []
    lines += [_borrowed_line(facts, debt) for debt in facts.borrowed if debt.outlet == name]
    return tuple(lines)


def _borrowed_line(facts: Facts, debt: Borrowed) -> str:
    if not debt.percent:
        return facts.say("outlet.credits", source=debt.source)
    how = facts.say("list.comma").join(debt.how)
    articles = len(facts.articles_of[debt.outlet])
    return facts.say(
        "outlet.carried", count=articles, percent=debt.percent, source=debt.source, how=how
    )


def _article(
    facts: Facts, article: Article, stated: list[tuple[DetailFact, Mention]]
) -> ArticleView:
    say = facts.say
    return ArticleView(
        key=facts.article_keys[article.id],
        headline=_headline(facts, article, [s for s in stated if s[1].field == "title"]),
        byline=say("list.comma").join(article.authors),
        published=facts.time(article.published),
        modified=facts.time(article.modified) if article.modified != article.published else "",
        fetched=facts.time(article.fetched_at),
        state=say(f"completeness.{article.completeness.name}"),
        reason=article.completeness_reason,
        live=web(article.url),
        archived=web(article.archived),
        nearest="" if web(article.archived) else _nearest_copy(article),
        paragraphs=_paragraphs(facts, article, [s for s in stated if s[1].field == "text"]),
    )


def _nearest_copy(article: Article) -> str:
    fetched = moment(article.fetched_at)
    return nearest_copy(article.url, fetched.start if fetched else None)


def _headline(
    facts: Facts, article: Article, stated: list[tuple[DetailFact, Mention]]
) -> SentenceView:
    marks = [mark for _, mention in stated for mark in cue_marks(facts, mention)]
    kind = _kind(stated)
    return SentenceView(
        anchor=f"s-{facts.article_keys[article.id]}-title",
        kind=kind,
        label=facts.say(f"sentence.{kind}") if kind else "",
        marked=pieces(article.title, 0, len(article.title), marks),
        references=_references(facts, stated),
    )


def _paragraphs(
    facts: Facts, article: Article, stated: list[tuple[DetailFact, Mention]]
) -> tuple[Paragraph, ...]:
    layout = facts.layout(article)
    by_sentence: dict[int, list[tuple[DetailFact, Mention]]] = {}
    for pair in stated:
        first, _ = layout.around(pair[1].start, pair[1].end)
        by_sentence.setdefault(first, []).append(pair)
    copied = _carried_marks(facts, article)
    groups: list[tuple[Quoted | None, list[SentenceView]]] = []
    end = -1
    for number, span in enumerate(layout.spans):
        quoted = next((q for q in article.quoted if q.start <= span.start < q.end), None)
        fresh = end < 0 or "\n" in article.text[end : span.start] or groups[-1][0] is not quoted
        if fresh:
            groups.append((quoted, []))
        here = by_sentence.get(number, [])
        marks = [*copied, *(mark for _, mention in here for mark in cue_marks(facts, mention))]
        view = _sentence(facts, article, number, marks, here)
        groups[-1][1].append(view)
        end = span.end
    # Whose quotation each paragraph is: None for none, "" for nobody named.
    whose = [None if quoted is None else quoted.source or "" for quoted, _ in groups]
    return tuple(
        Paragraph(
            tuple(rows), of or "", of is not None and of != before, of is not None and of != after
        )
        for (_, rows), of, before, after in zip(
            groups, whose, [None, *whose[:-1]], [*whose[1:], None], strict=True
        )
    )


def _sentence(
    facts: Facts,
    article: Article,
    number: int,
    marks: Iterable[Mark],
    stated: list[tuple[DetailFact, Mention]],
) -> SentenceView:
    span = facts.layout(article).spans[number]
    kind = _kind(stated)
    return SentenceView(
        anchor=f"s-{facts.article_keys[article.id]}-{number + 1}",
        kind=kind,
        label=facts.say(f"sentence.{kind}") if kind else "",
        marked=pieces(article.text, span.start, span.end, marks),
        references=_references(facts, stated),
    )


def _kind(stated: list[tuple[DetailFact, Mention]]) -> str:
    """What to mark a sentence as; the reading that a reader must not miss comes first."""
    if not stated:
        return ""
    if any(m.editorialized for _, m in stated):
        return "editorialized"
    if all(m.carried_from for _, m in stated):
        return "carried"
    return "shared" if any(f.group != "one" for f, _ in stated) else "own"


def _carried_marks(facts: Facts, article: Article) -> list[Mark]:
    return [
        Mark(span.start, span.end, "copied", facts.say("outlet.copied", source=carried.source))
        for carried in facts.comparison.carried
        if carried.article == article.id
        for span in carried.spans
    ]


def _references(facts: Facts, stated: list[tuple[DetailFact, Mention]]) -> tuple[Reference, ...]:
    known = {f.key: f for f, _ in stated}
    return tuple(
        Reference(
            key,
            f.stated_by,
            facts.say.counted("outlet.references", f.stated_by),
            facts.label(f.detail),
        )
        for key, f in known.items()
    )


def _gaps(facts: Facts, name: str) -> Iterable[Gap]:
    say = facts.say
    column = facts.outlet_order[name]
    length = max((len(a.text.split()) for a in facts.articles_of[name]), default=0)
    for status in (Status.LEFT_OUT, Status.PUBLISHED_BEFORE, Status.CANNOT_TELL):
        code = CODES[status]
        found = [f for f, c in zip(facts.details, facts.columns[column], strict=True) if c == code]
        if not found:
            continue
        common = [f for f in found if f.stated_by > 1]
        rare = [f for f in found if f.stated_by <= 1]
        yield Gap(
            code=code,
            name=say.status[status].replace(" ", "-"),
            title=say(f"outlet.gap.{code}.title", count=len(found)),
            lead=say(f"outlet.gap.{code}.lead"),
            reason=_common_reason(facts, name, status, length),
            groups=_by_reason(facts, common[:LISTED], column, status),
            rare=_by_reason(facts, rare[:LISTED], column, status),
            rare_total=len(rare),
            more=max(len(common) - LISTED, 0) + max(len(rare) - LISTED, 0),
        )


def _common_reason(facts: Facts, name: str, status: Status, words: int) -> str:
    """What all cells of one status of an outlet rest on; "" where each has a reason of its own."""
    articles = facts.articles_of[name]
    if status is Status.CANNOT_TELL or not articles:
        return ""
    known = [(t, i) for a in articles for i in (a.published, a.modified) if (t := moment(i))]
    when = facts.time(max(known, key=lambda pair: pair[0].start)[1]) if known else ""
    key = f"outlet.because.{CODES[status]}"
    return facts.say(key, words=f"{words:,}", when=when or facts.say("time.unknown"))


def _by_reason(
    facts: Facts, found: Sequence[DetailFact], column: int, status: Status
) -> tuple[Because, ...]:
    """Details by the reason of their cells.

    For what was left out or came too late that is who had it first and when: the rest is common to all.
    """
    groups: dict[str, list[Missing]] = {}
    by_first = status is not Status.CANNOT_TELL and facts.articles_of[facts.outlets[column]]
    for fact in found:
        reason = _had_first(facts, fact) if by_first else ""
        if not reason:
            cell = fact.cells[column]
            reason = facts.reason(cell) if cell else ""
        groups.setdefault(reason, []).append(_missing(facts, fact, column))
    return tuple(Because(reason, tuple(rows)) for reason, rows in groups.items())


def _had_first(facts: Facts, fact: DetailFact) -> str:
    """Who had a detail first, and when; "" where that is not known."""
    first = next(iter(facts.in_time(fact.detail)), None)
    when = facts.when(first) if first else ""
    return facts.say("outlet.first", outlet=first.outlet, when=when) if first and when else ""


def _missing(facts: Facts, fact: DetailFact, column: int) -> Missing:
    outlet = facts.outlet_keys[facts.outlets[column]]
    stated_by = facts.say.counted("outlet.stated_by", fact.stated_by)
    return (fact.key,), (outlet,), (facts.label(fact.detail), stated_by)
