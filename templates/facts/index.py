"""What every page looks up: one pass over a comparison, so that building a page only reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from functools import cached_property
from hashlib import sha256

from compare.datamodel import (
    Article,
    Cell,
    Comparison,
    Completeness,
    Detail,
    Failure,
    Mention,
)
from compare.times import Moment, moment
from compare.zones import zone_of
from templates.facts.borrowed import Borrowed, borrowed, independent_texts
from templates.facts.details import DetailFact, parts_of
from templates.facts.known import Known
from templates.facts.layout import Layout
from templates.facts.likeness import STATED_CODES, likeness
from templates.facts.order import ranks
from templates.facts.ranking import Ranking
from templates.facts.rated import UNRATED, Rated
from templates.facts.references import check
from templates.facts.sureness import in_words
from templates.facts.voices import Voices, voices_of
from templates.html.links import keys, text_fragment
from templates.html.marks import Piece, changes, kept
from templates.html.strings import Strings
from templates.html.times import spoken, spoken_within

# An article that is more than half another's words is no origin of its own; in per cent.
MOSTLY_CARRIED = 50
_WORD = re.compile(r"\w")

# Among a run's settings: what the user calls the event.
TITLE = "title"


class Facts:
    """A comparison, indexed. Every lookup is a plain mapping; nothing here changes after `__init__`."""

    def __init__(
        self,
        comparison: Comparison,
        say: Strings,
        ratings: Rated | None = None,
        *,
        known: Mapping[str, Known] | None = None,
        ours: str = "",
    ) -> None:
        check(comparison)
        self.comparison = comparison
        self.say = say
        self.ratings = ratings
        self.known = known or {}
        self.ours = ours
        self.outlets = _all_outlets(comparison)
        self.outlet_order = {name: number for number, name in enumerate(self.outlets)}
        self.outlet_keys = keys(self.outlets)
        self.keyed_outlets = tuple((key, name) for name, key in self.outlet_keys.items())
        self.articles = {article.id: article for article in comparison.articles}
        self.article_keys = keys(self.articles)
        self.articles_of: dict[str, list[Article]] = {name: [] for name in self.outlets}
        for article in comparison.articles:
            self.articles_of[article.outlet].append(article)
        self.failures_of: dict[str, list[Failure]] = {}
        for failure in comparison.failures:
            self.failures_of.setdefault(failure.outlet or "", []).append(failure)
        self.published = {a.id: moment(a.published) for a in comparison.articles}
        self.by_time = ranks(self.published)
        self.zone = zone_of(comparison)
        self.spoken = {a.id: self.time(a.published) for a in comparison.articles}
        self.readable = [any(map(is_whole, rows)) for rows in self.articles_of.values()]
        self.parts_of = parts_of(comparison)
        self.details = self._ranked()
        self.by_key = {fact.key: fact for fact in self.details}
        self._layouts: dict[str, Layout] = {}
        self._in_time: dict[str, tuple[Mention, ...]] = {}
        self._labels: dict[str, str] = {}
        self._wordings: dict[str, tuple[tuple[Mention, tuple[Piece, ...], float], ...]] = {}
        self._live: dict[tuple[str, str, int, int], str] = {}
        self.sure = in_words(say, "sure")
        self.match = in_words(say, "match")

    @cached_property
    def alike(self) -> list[list[tuple[float, int]]]:
        """For every two outlets, by number: likeness, and how many details both state."""
        return likeness([fact.codes for fact in self.details], len(self.outlets))

    @cached_property
    def columns(self) -> list[str]:
        """The codes of every outlet, a letter a detail: what the rows' `codes` hold the other way."""
        rows = [fact.codes for fact in self.details]
        return list(map("".join, zip(*rows, strict=True))) or [""] * len(self.outlets)

    @cached_property
    def states(self) -> list[frozenset[int]]:
        """The places, among the details, of those that every outlet states."""
        return [
            frozenset(place for place, code in enumerate(column) if code in STATED_CODES)
            for column in self.columns
        ]

    @cached_property
    def named(self) -> str:
        """What the user calls the event; "" where that is not known."""
        return str(self.comparison.run.settings.get(TITLE) or self.comparison.event.about or "")

    @cached_property
    def about(self) -> str:
        """What the event is called: the user's words, or else the most central headline, quoted."""
        if self.named:
            return self.named
        article = self.most_central
        if article is None:
            return self.say("story.untitled")
        return self.say("story.unnamed", headline=article.title.strip(), outlet=article.outlet)

    @cached_property
    def most_central(self) -> Article | None:
        """The article whose headline states what is most central, the earliest of several."""
        score: dict[str, float] = {}
        for fact in self.details:
            for mention in fact.detail.mentions:
                if mention.field == "title":
                    known = score.get(mention.article, 0.0)
                    score[mention.article] = max(known, fact.detail.importance_score)
        titled = [a for a in self.comparison.articles if a.title.strip()]
        late = len(self.by_time)
        return min(
            titled,
            key=lambda a: (-score.get(a.id, -1.0), self.by_time.get(a.id, late)),
            default=None,
        )

    @cached_property
    def started(self) -> str:
        """When the run began, in words."""
        return self.time(self.comparison.run.started) or self.say("time.unknown")

    @cached_property
    def borrowed(self) -> tuple[Borrowed, ...]:
        """Whose text each article runs, the largest shares first."""
        return borrowed(self.comparison.carried, self.articles)

    @cached_property
    def origins(self) -> int:
        """How many texts the articles read go back to: those that run one text, or its source's, count once."""
        debts = {
            d.article: d.source for d in reversed(self.borrowed) if d.percent >= MOSTLY_CARRIED
        }
        return independent_texts(self.comparison.articles, debts, self.layout)

    @cached_property
    def voices(self) -> Voices:
        """Who is quoted by whom."""
        return voices_of(self.comparison.sources, self.articles)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits that name what was compared, by whom: articles, model and version."""
        run = self.comparison.run
        parts = [run.parallax, run.model, *(a.sha256 for a in self.comparison.articles)]
        return sha256("\n".join(parts).encode()).hexdigest()[:12]

    def time(self, iso: str | None) -> str:
        """A time in words, in the report's zone; as given if unreadable; "" for None."""
        return spoken(iso, self.say, self.zone)

    def reason(self, cell: Cell) -> str:
        """Why a cell is what it is, its times in the report's zone."""
        return cell.reason if self.zone is UTC else spoken_within(cell.reason, self.say, self.zone)

    def surfaced(self, mention: Mention) -> Moment | None:
        """The instants at which a mention's words may have come onto their page; None where unknown."""
        if mention.since is None and mention.by is None:
            return self.published.get(mention.article)
        since, by = moment(mention.since), moment(mention.by)
        if since and by:
            return Moment(since.start, max(since.end, by.end))
        return None if since or by else self.published.get(mention.article)

    def in_time(self, detail: Detail) -> tuple[Mention, ...]:
        """A detail's mentions in the order in which their words came onto their pages; unknown times last."""
        known = self._in_time.get(detail.id)
        if known is None:
            timed = [(self.surfaced(m), m) for m in detail.mentions]
            order = [
                # Pairs are compared faster than moments are.
                ((t.start, t.end), self.outlet_order[m.outlet], m.start, place)
                for place, (t, m) in enumerate(timed)
                if t
            ]
            first = (detail.mentions[place[-1]] for place in sorted(order))
            known = (*first, *(m for when, m in timed if when is None))
            self._in_time[detail.id] = known
        return known

    def is_span(self, mention: Mention) -> bool:
        """Whether it is only known between which times the words came."""
        return mention.since != mention.by

    def when(self, mention: Mention) -> str:
        """When a mention's words came onto their page: the time, or "between ... and ..."."""
        if mention.since is None and mention.by is None:
            return self.spoken[mention.article]
        since, by = self.time(mention.since), self.time(mention.by)
        if mention.since == mention.by or not since or not by:
            return since or by
        return self.say("time.between", start=since, end=by)

    def rating(self, outlet: str) -> str:
        """The user's own rating of an outlet in words; "" where the user gave no ratings at all."""
        if self.ratings is None:
            return ""
        value = self.ratings.of(outlet)
        return self.say("ratings.none") if value == UNRATED else value

    @cached_property
    def rated(self) -> dict[str, list[int]]:
        """The numbers of the outlets that the user rates alike, by rating, those without one last."""
        found: dict[str, list[int]] = {}
        if self.ratings is not None:
            values = [self.ratings.of(name) for name in self.outlets]
            for value in sorted(set(values), key=self.ratings.order):
                alike = [i for i, own in enumerate(values) if own == value]
                # Somebody's own rating may be called what we call having none.
                found.setdefault(self.rating(self.outlets[alike[0]]), []).extend(alike)
        return found

    def layout(self, article: Article) -> Layout:
        """The article's sentences, found once."""
        known = self._layouts.get(article.id)
        if known is None:
            known = self._layouts[article.id] = Layout.of(article.text)
        return known

    def quoted(self, mention: Mention) -> str:
        """The words of a mention, verbatim."""
        return self.articles[mention.article].read(mention.field)[mention.start : mention.end]

    def wordings(self, detail: Detail) -> tuple[tuple[Mention, tuple[Piece, ...], float], ...]:
        """Every other mention against the plainest one, word by word, with the share that is kept; found once."""
        known = self._wordings.get(detail.id)
        if known is None:
            plainest = self.plainest(detail)
            reference = self.quoted(plainest) if plainest else ""
            known = self._wordings[detail.id] = tuple(
                (m, parts, kept(parts))
                for m in detail.mentions
                if m is not plainest
                for parts in (changes(reference, self.quoted(m)),)
            )
        return known

    def plainest(self, detail: Detail) -> Mention | None:
        """The mention that reads as the detail's text, else the first."""
        exact = (m for m in detail.mentions if self.quoted(m) == detail.text)
        return next(exact, next(iter(detail.mentions), None))

    def label(self, detail: Detail) -> str:
        """The detail's words, with dots where its sentence begins before them or goes on after."""
        known = self._labels.get(detail.id)
        if known is None:
            before, words, after = self.in_sentence(detail)
            if after:
                words = words.rstrip(" ,;:–—-")
            known = f"{'… ' if before else ''}{words}{' …' if after else ''}"
            self._labels[detail.id] = known
        return known

    def in_sentence(self, detail: Detail) -> tuple[str, str, str]:
        """The detail's words between what its sentence has before and after them."""
        mention = self.plainest(detail)
        if mention is None or mention.sentence is None or self.quoted(mention) != detail.text:
            return "", detail.text, ""
        text = self.articles[mention.article].read(mention.field)
        before = text[mention.sentence.start : mention.start]
        after = text[mention.end : mention.sentence.end]
        return (
            before if _WORD.search(before) else "",
            detail.text,
            after if _WORD.search(after) else "",
        )

    def live(self, mention: Mention) -> str:
        """The link to a mention's words on the live page, or ""; the tables need it as well."""
        place = (mention.article, mention.field, mention.start, mention.end)
        known = self._live.get(place)
        if known is None:
            url = self.articles[mention.article].url
            known = self._live[place] = text_fragment(url, self.quoted(mention))
        return known

    def sentence_anchor(self, mention: Mention) -> str:
        """The anchor, on its outlet's page, of the sentence that a mention begins in."""
        return self.place_anchor(mention.article, mention.field, mention.start)

    def place_anchor(self, article: str, field: str, start: int) -> str:
        """The anchor, on its outlet's page, of the sentence at a place of an article."""
        if field == "title":
            return f"s-{self.article_keys[article]}-title"
        first, _ = self.layout(self.articles[article]).around(start, start + 1)
        return f"s-{self.article_keys[article]}-{first + 1}"

    @cached_property
    def with_parts(self) -> tuple[DetailFact, ...]:
        """Every detail of the comparison, each with its parts after it: the rows of the tables."""
        ranking = Ranking(self.outlet_order, self.readable, self.surfaced)
        return tuple(
            row
            for fact in self.details
            for row in (
                fact,
                *(
                    replace(ranking.fact(part, self.detail_keys[part.id]), order=fact.order)
                    for part in self.parts_of.get(fact.detail.id, ())
                ),
            )
        )

    def part_of(self, detail: Detail) -> str:
        """The key of the larger detail that a detail is part of, "" where it is part of none."""
        return self.detail_keys.get(detail.part_of or "", "")

    def statements(self) -> Iterator[tuple[DetailFact, Mention]]:
        """Every mention with the detail whose page shows it: a part's mentions with its main one."""
        for fact in self.details:
            mentions: Iterable[Mention] = fact.detail.mentions
            if parts := self.parts_of.get(fact.detail.id, ()):
                narrower = (m for part in parts for m in part.mentions)
                mentions = dict.fromkeys((*fact.detail.mentions, *narrower))
            yield from ((fact, mention) for mention in mentions)

    def _ranked(self) -> tuple[DetailFact, ...]:
        """The details, the most central first, then the most reported, then as the articles tell them.

        One that is part of a larger one, whose sentences it shares, is shown with that.
        """
        self.detail_keys = keys(detail.id for detail in self.comparison.details)
        parts = {part.id for rows in self.parts_of.values() for part in rows}
        main = [detail for detail in self.comparison.details if detail.id not in parts]
        ranking = Ranking(self.outlet_order, self.readable, self.surfaced)
        facts = [ranking.fact(detail, self.detail_keys[detail.id]) for detail in main]
        places = {article.id: number for number, article in enumerate(self.comparison.articles)}

        def rank(fact: DetailFact) -> tuple[tuple[float, int], int, int, str]:
            place = min(
                ((places.get(m.article, 0), m.start if m.field == "text" else -1) for m in fact.detail.mentions),
                default=(0, 0),
            )  # fmt: skip
            return (fact.rank, *place, fact.key)

        return tuple(
            replace(fact, order=number)
            for number, fact in enumerate(sorted(facts, key=rank), start=1)
        )


def _all_outlets(comparison: Comparison) -> tuple[str, ...]:
    """The comparison's outlets, then any that only an article names: nothing may be lost."""
    named = dict.fromkeys(comparison.outlets)
    return tuple(named | dict.fromkeys(article.outlet for article in comparison.articles))


def is_whole(article: Article) -> bool:
    """Whether nothing says that the article was read only in part."""
    return article.completeness in {Completeness.FULL, Completeness.UNKNOWN}


def mentions_by_article(facts: Facts) -> dict[str, list[tuple[DetailFact, Mention]]]:
    """Every mention with its detail, by article."""
    found: dict[str, list[tuple[DetailFact, Mention]]] = {}
    for fact, mention in facts.statements():
        found.setdefault(mention.article, []).append((fact, mention))
    return found
