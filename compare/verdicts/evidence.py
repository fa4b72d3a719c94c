"""What the verdicts are read off: articles and claims by id, and each sentence's voices.

Everything here is computed once a run and handed to the rooms that judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from compare.datamodel import Article, Claim, Cue, Failure, Field, Mention, Pair, Span
from compare.kinds import ClaimKind
from compare.language.attribution import Reported, reported
from compare.language.complete import readable
from compare.language.dateline import behind_dateline
from compare.language.sources import stances_of
from compare.language.stems import content_stems
from compare.text import quotations, words
from compare.times import MONTHS, Moment, moment, written_day, written_time
from compare.verdicts.headline import unsaid
from compare.verdicts.surfacing import Surfaced, pages_of, surfaced

# A dateline stands in one of the first sentences, behind a byline at most.
OPENING = 3

SentenceKey = tuple[str, Field, int, int]


@dataclass(frozen=True)
class Sentence:
    """A sentence (or title) of an article, and whose words stand where in it.

    Spans are offsets into `text`, the sentence itself; `start` places it in the article's field.
    `quoted_from` is who the page marks the whole sentence as taken from. `stances` are what others
    promise, judge or demand, which is no statement of theirs and still not the outlet's voice.
    """

    article: str
    outlet: str
    field: Field
    start: int
    text: str
    position: int
    quoted: tuple[Span, ...]
    reported: tuple[Reported, ...]
    quoted_from: str | None
    stances: tuple[Reported, ...] = ()

    @property
    def end(self) -> int:
        """Where it ends in the article's field."""
        return self.start + len(self.text)

    @cached_property
    def own(self) -> tuple[Span, ...]:
        """The stretches in the outlet's own voice: not quoted, not attributed to a source."""
        if self.quoted_from:
            return ()
        foreign = sorted(
            [*self.quoted, *(r.content for r in (*self.reported, *self.stances) if r.worded)],
            key=lambda span: span.start,
        )
        return tuple(_remaining(len(self.text), foreign))

    def is_own(self, start: int, end: int) -> bool:
        """Whether all of `text[start:end]` is in the outlet's own voice."""
        return any(span.start <= start and end <= span.end for span in self.own)


def _remaining(length: int, taken: Sequence[Span]) -> Iterable[Span]:
    at = 0
    for span in taken:
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)


@dataclass(frozen=True)
class Reading:
    """One run's articles, claims, pairs and failures, looked up by what the verdicts ask for."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    failures: tuple[Failure, ...]

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def length(self) -> dict[str, int]:
        """How many words each article's text has, by id."""
        return {article.id: len(words(article.text)) for article in self.articles}

    @cached_property
    def told(self) -> dict[str, str]:
        """Everything an article says, title and text, by id."""
        return {article.id: f"{article.title}\n\n{article.text}" for article in self.articles}

    @cached_property
    def unsaid(self) -> dict[str, tuple[Cue, ...]]:
        """What each headline says that its own article does not, by article id."""
        return {article.id: unsaid(article) for article in self.articles}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def articles_of(self) -> dict[str, list[Article]]:
        """Articles by outlet, in the order given."""
        found: dict[str, list[Article]] = {}
        for article in self.articles:
            found.setdefault(article.outlet, []).append(article)
        return found

    @cached_property
    def failures_of(self) -> dict[str, list[Failure]]:
        """Failures by outlet, those of no known outlet left out."""
        found: dict[str, list[Failure]] = {}
        for failure in self.failures:
            if failure.outlet:
                found.setdefault(failure.outlet, []).append(failure)
        return found

    @cached_property
    def nearest(self) -> dict[str, dict[str, tuple[float, str]]]:
        """For each claim and outlet, the outlet's likeliest claim to agree, and how probably."""
        found: dict[str, dict[str, tuple[float, str]]] = {}
        for pair in self.pairs:
            for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
                if other in self.claim:
                    of_outlet = found.setdefault(one, {})
                    outlet = self.claim[other].outlet
                    if pair.probability > of_outlet.get(outlet, (0.0, ""))[0]:
                        of_outlet[outlet] = pair.probability, other
        return found

    @cached_property
    def _probabilities(self) -> dict[tuple[str, str], float]:
        return {(p.a, p.b): p.probability for p in self.pairs}

    def probability(self, a: str, b: str) -> float:
        """How probably two claims state the same detail, or their whole sentences do; 1 where none were compared."""
        found = self._probabilities
        if not found:
            return 1.0
        whole = self.whole_of(a), self.whole_of(b)
        return max(found.get(pair, 0.0) for x, y in ((a, b), whole) for pair in ((x, y), (y, x)))

    @cached_property
    def _whole(self) -> dict[SentenceKey, str]:
        """The claim that is all of a sentence or title, by article, field and span."""
        whole = (c for c in self.claims if (c.start, c.end) == (c.sentence.start, c.sentence.end))
        return {(c.article, c.field, c.start, c.end): c.id for c in whole}

    @cached_property
    def _whole_of(self) -> dict[tuple[str, Field], list[Claim]]:
        """The claims that are whole sentences or titles, by article and field."""
        found: dict[tuple[str, Field], list[Claim]] = {}
        for (article, where, *_), claim in self._whole.items():
            found.setdefault((article, where), []).append(self.claim[claim])
        return found

    def nearest_to(self, mention: Mention) -> dict[str, tuple[float, str]]:
        """For each outlet, its likeliest claim to agree with a mention, or else with its whole sentence, and how probably."""
        known = self.nearest.get(mention.claim)
        return self.nearest.get(self.whole_of(mention.claim), {}) if known is None else known

    def standing_alone(self, mention: Mention) -> Mention:
        """The mention, widened to what can be read by itself: more clauses, or the whole sentence but for its dateline."""
        article, whole = self.article.get(mention.article), mention.sentence
        if article is None or whole is None:
            return mention
        text, part = article.read(mention.field), Span(start=mention.start, end=mention.end)
        wide = readable(text, part, whole)
        claim = mention.claim if wide == part else self.whole_of(mention.claim)
        start = wide.start
        sentence = self.sentence_of(mention)
        if start == whole.start and sentence and 0 < sentence.position <= OPENING:
            start += behind_dateline(text[start : wide.end])
        if (start, wide.end) == (part.start, part.end):
            return mention
        return replace(mention, claim=claim, start=start, end=wide.end)

    def whole_of(self, claim_id: str) -> str:
        """The claim that is all of the sentence of a claim, by id; itself where there is none."""
        claim = self.claim.get(claim_id)
        if claim is None:
            return claim_id
        key = (claim.article, claim.field, claim.sentence.start, claim.sentence.end)
        return self._whole.get(key, claim_id)

    @cached_property
    def outlet_names(self) -> frozenset[str]:
        """The outlets' names in lower case without "the", as sources are compared with them."""
        return frozenset(plain_name(article.outlet) for article in self.articles)

    @cached_property
    def sentences(self) -> dict[SentenceKey, Sentence]:
        """Every sentence and title that holds a claim, by article, field and span."""
        found: dict[SentenceKey, Sentence] = {}
        for claim in self.claims:
            key = (claim.article, claim.field, claim.sentence.start, claim.sentence.end)
            if key not in found and claim.article in self.article:
                found[key] = self._sentence(claim)
        return found

    @cached_property
    def by_position(self) -> dict[tuple[str, int], Sentence]:
        """Sentences by article and number, the title being 0."""
        return {(s.article, s.position): s for s in self.sentences.values()}

    @cached_property
    def _quotations(self) -> dict[tuple[str, Field], list[Span]]:
        """Quotations are found over a whole text: one may run over several sentences."""
        return {
            (article.id, where): quotations(article.read(where))
            for article in self.articles
            for where in ("title", "text")
        }

    def _sentence(self, claim: Claim) -> Sentence:
        start, end = claim.sentence.start, claim.sentence.end
        text = self.article[claim.article].read(claim.field)[start:end]
        quoted = tuple(
            Span(max(span.start, start) - start, min(span.end, end) - start)
            for span in self._quotations[claim.article, claim.field]
            if span.start < end and span.end > start
        )
        return Sentence(
            claim.article,
            claim.outlet,
            claim.field,
            start,
            text,
            claim.position,
            quoted,
            tuple(reported(text, self.outlet_names)),
            claim.quoted_from,
            tuple(stances_of(text, self.outlet_names)),
        )

    def said_along_with(self, mention: Mention) -> Iterable[str]:
        """The claims that are whole sentences of the quotation, or the quoted block, that a mention's sentence is in."""
        sentence = self.sentence_of(mention)
        if sentence is None:
            return
        around = [
            span
            for span in self._quotations[sentence.article, sentence.field]
            if span.start < sentence.end and sentence.start < span.end
        ]
        for claim in self._whole_of[sentence.article, sentence.field]:
            start, end = claim.start, claim.end
            together = any(span.start < end and start < span.end for span in around)
            block = claim.quoted_from is not None and claim.quoted_from == sentence.quoted_from
            if start != sentence.start and (together or block):
                yield claim.id

    @cached_property
    def passages(self) -> dict[str, list[tuple[Sentence, frozenset[str]]]]:
        """By outlet, every sentence with the stems of its own and the next sentence's words."""
        found: dict[str, list[tuple[Sentence, frozenset[str]]]] = {}
        stems = {key: content_stems(s.text) for key, s in self.by_position.items()}
        for (article, position), sentence in self.by_position.items():
            both = stems[article, position] | stems.get((article, position + 1), frozenset())
            found.setdefault(sentence.outlet, []).append((sentence, both))
        return found

    @cached_property
    def clauses(self) -> dict[SentenceKey, list[tuple[Span, frozenset[str]]]]:
        """By sentence, its clauses: where they stand in the field, and their content stems."""
        found: dict[SentenceKey, list[tuple[Span, frozenset[str]]]] = {}
        for claim in self.claims:
            key = (claim.article, claim.field, claim.sentence.start, claim.sentence.end)
            if claim.kind is ClaimKind.CLAUSE:
                clause = Span(claim.start, claim.end), content_stems(claim.text)
                found.setdefault(key, []).append(clause)
        return found

    @cached_property
    def vocabulary(self) -> dict[str, frozenset[str]]:
        """By outlet, the stems of every content word that it uses."""
        return {o: frozenset().union(*(s for _, s in some)) for o, some in self.passages.items()}

    def sentence_of(self, mention: Mention) -> Sentence | None:
        """The sentence that holds a mention's claim, if the claim is known."""
        claim = self.claim.get(mention.claim)
        if claim is None:
            return None
        key = (claim.article, claim.field, claim.sentence.start, claim.sentence.end)
        return self.sentences.get(key)

    @cached_property
    def pages(self) -> Mapping[str, tuple[Article, ...]]:
        """The versions of each article's page, from the first to the last, by article id."""
        return pages_of(self.articles)

    def surfaced(self, mention: Mention) -> Surfaced:
        """When its outlet first had the words of a mention's sentence."""
        span = mention.sentence or Span(mention.start, mention.end)
        words = self.article[mention.article].read(mention.field)[span.start : span.end]
        return surfaced(self.pages[mention.article], mention.field, words)

    def words_of(self, mention: Mention) -> str:
        """What a mention says, verbatim; empty where its article is not there."""
        article = self.article.get(mention.article)
        return article.read(mention.field)[mention.start : mention.end] if article else ""


def plain_name(name: str) -> str:
    """An outlet's or agency's name as names are compared: no article, no case, no domain ending."""
    plain = " ".join(name.lower().split()).removeprefix("the ")
    return plain.removeprefix("www.").removesuffix(".com").removesuffix(" news agency")


def first_published(article: Article) -> Moment | None:
    """When an article can first have said what it says."""
    return moment(article.published) or moment(article.modified)


def last_version(article: Article) -> Moment | None:
    """When the version that was read was last changed."""
    published, modified = moment(article.published), moment(article.modified)
    if published and modified:
        return max(published, modified, key=lambda m: m.end)
    return modified or published


def shown_time(article: Article, *, last: bool) -> str:
    """When an article, or its last version, was published, as precisely as is known: in UTC."""
    return shown_moment(last_version(article) if last else first_published(article))


def shown_moment(when: Moment | None) -> str:
    """A time as precisely as it is known: in UTC."""
    if when is None:
        return "an unknown time"
    length = when.end - when.start
    if length <= timedelta(minutes=1):
        return written_time(when.start)
    if length <= timedelta(days=1):
        return written_day(when.start)
    return (
        f"{MONTHS[when.start.month - 1]} {when.start.year:04d}"
        if length <= timedelta(days=31)
        else f"{when.start.year:04d}"
    )
