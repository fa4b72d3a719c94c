"""Whose text is whose: words that one article runs and another, or an agency, had first.

Two articles are laid over each other by their word shingles (Broder, "On the resemblance and
containment of documents", 1997): stretches of the same words outside quotations are carried from
whichever had them first, by credit line or by time. Block quotations and "X reported" say so
themselves. Corroboration then counts origins instead of outlets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from compare import agencies
from compare.datamodel import Article, Carried, Detail, Mention, Span
from compare.kinds import CarriedHow, Voice
from compare.text import Word, quotations, words
from compare.verdicts.evidence import Reading, Sentence, first_published, plain_name

# Words in a row that two reporters rarely choose alike.
SHINGLE = 7
# A stretch is carried when it is this many words long, outside quotations.
MIN_STRETCH = 12
# An edited word or two do not end a stretch.
MAX_GAP = 3
# A mention is carried when this part of it lies in carried stretches.
CARRIED_SHARE = 0.7

_HANDLE = re.compile(r"\(?@\w+\)?")
# When somebody said it is no part of who did: "Late Wednesday the Wall Street Journal".
_WHEN = re.compile(
    r"^(?:(?:late|later|early|earlier|on|in|last|this|yesterday|today|tonight|week|month|morning|afternoon|evening|night"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? +)+(?=the +[A-Z])",
    re.IGNORECASE,
)


T = TypeVar("T")


@dataclass(frozen=True)
class Origins:
    """Who carries whose text in this run.

    `alike` holds, in pairs, what two articles share in an order that nothing tells.
    """

    carried: tuple[Carried, ...]
    alike: tuple[tuple[Carried, Carried], ...] = ()

    @cached_property
    def carried_by(self) -> dict[str, list[Carried]]:
        """The edges of shared words in `carried`, by the article that carries."""
        return _by_article(
            (edge.article, edge) for edge in self.carried if edge.how is not CarriedHow.SAYS_SO
        )

    @cached_property
    def alike_of(self) -> dict[str, list[tuple[Carried, Carried]]]:
        """The pairs of `alike`, by the article of the first."""
        return _by_article((pair[0].article, pair) for pair in self.alike)

    def source_of(
        self, mention: Mention, quoted_from: str | None, names: dict[str, str]
    ) -> str | None:
        """Whose words a mention is, where they are not its outlet's own."""
        if quoted_from:
            return canonical_source(quoted_from, names)
        best, most = None, CARRIED_SHARE
        for edge in self.carried_by.get(mention.article, ()) if mention.field == "text" else ():
            share = _shared(edge.spans, mention.start, mention.end)
            if share >= most and edge.source != mention.outlet:
                best, most = edge.source, share
        return best


def _by_article(found: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for article, item in found:
        grouped[article].append(item)
    return grouped


def origins_of(reading: Reading) -> Origins:
    """Every carrying edge of a run, ordered by article, and the outlets that share text unordered."""
    names = {plain_name(a.outlet): a.outlet for a in reading.articles}
    said: dict[str, list[Sentence]] = {}
    for sentence in reading.sentences.values():
        if sentence.field == "text":
            said.setdefault(sentence.article, []).append(sentence)
    edges = [e for a in reading.articles for e in _said(a, said.get(a.id, ()), names)]
    alike: list[tuple[Carried, Carried]] = []
    texts = [_Text.of(article) for article in reading.articles]
    for a, b in combinations(texts, 2):
        if a.article.outlet == b.article.outlet:
            continue
        stretches = _stretches(a, b)
        if not stretches:
            continue
        first = _first(a.article, b.article, names)
        if first is None:
            one = _edge(
                a.article,
                b.article.outlet,
                b.article.id,
                CarriedHow.VERBATIM,
                [x for x, _ in stretches],
            )
            other = _edge(
                b.article,
                a.article.outlet,
                a.article.id,
                CarriedHow.VERBATIM,
                [y for _, y in stretches],
            )
            alike.append((one, other))
            continue
        later, spans = (
            (b, [y for _, y in stretches]) if first is a.article else (a, [x for x, _ in stretches])
        )
        edges.append(_edge(later.article, first.outlet, first.id, CarriedHow.VERBATIM, spans))
    return Origins(_merged(edges, reading), tuple(alike))


def _edge(
    article: Article,
    source: str,
    source_article: str | None,
    how: CarriedHow,
    spans: Sequence[Span],
) -> Carried:
    ordered = tuple(sorted(spans, key=lambda s: s.start))
    share = sum(s.end - s.start for s in ordered) / max(len(article.text), 1)
    return Carried(
        article=article.id,
        source=source,
        source_article=source_article,
        how=how,
        share=round(min(share, 1.0), 4),
        spans=ordered,
    )


def _merged(edges: list[Carried], reading: Reading) -> tuple[Carried, ...]:
    """One edge for each article, source and kind of evidence, in the order of the articles."""
    order = {article.id: i for i, article in enumerate(reading.articles)}
    kept: dict[tuple[str, str, str], Carried] = {}
    for edge in edges:
        kept.setdefault((edge.article, edge.source, edge.how), edge)
    first_hand = [e for e in kept.values() if not _second_hand(e, list(kept.values()))]
    return tuple(sorted(first_hand, key=lambda e: (order[e.article], e.source, e.how)))


def _second_hand(edge: Carried, edges: Sequence[Carried]) -> bool:
    """Whether the words came to both articles from a third: then they are its, not the other's."""
    if edge.how is not CarriedHow.VERBATIM:
        return False
    theirs = {
        e.source
        for e in edges
        if e.article == edge.source_article and e.how is not CarriedHow.SAYS_SO
    }
    others = [e for e in edges if e.article == edge.article and e.source in theirs and e.spans]
    length = sum(s.end - s.start for s in edge.spans)
    return any(
        sum(_shared(e.spans, s.start, s.end) * (s.end - s.start) for s in edge.spans)
        >= CARRIED_SHARE * length
        for e in others
    )


def canonical_source(name: str, names: dict[str, str]) -> str:
    """A source's name as the run knows it: the outlet's or the agency's, or as written.

    `names` maps plain names to outlets. "Meridian Wire (@meridianwire)" and "the agency Reuters"
    are who they contain; the longest name that fits counts.
    """
    name = _WHEN.sub("", name)
    plain = plain_name(_HANDLE.sub(" ", name).strip(" .,:"))
    known = agencies.ALONE | names
    if plain in known:
        return known[plain]
    spelled = [k for k in (*agencies.INSIDE, *names) if len(k) > 3]
    inside = [k for k in spelled if re.search(rf"(?<!\w){re.escape(k)}(?!\w)", plain)]
    return known[max(inside, key=len)] if inside else name.strip(" .,:")


def _said(article: Article, said: Sequence[Sentence], names: dict[str, str]) -> list[Carried]:
    """What an article says itself: credit lines, marked quotations, "X reported"."""
    found = []
    for credit in article.credits:
        source = canonical_source(credit, names)
        if source != article.outlet:
            found.append(_edge(article, source, None, CarriedHow.CREDIT_LINE, ()))
    by_source: dict[str, list[Span]] = {}
    for q in article.quoted:
        source = canonical_source(q.source, names) if q.source else article.outlet
        if source != article.outlet and q.start < len(article.text):
            end = min(q.end, len(article.text))
            by_source.setdefault(source, []).append(Span(q.start, end))
    found += [
        _edge(article, s, None, CarriedHow.BLOCK_QUOTATION, spans) for s, spans in by_source.items()
    ]
    cited: dict[str, list[Span]] = {}
    for sentence in said:
        for r in sentence.reported:
            source = canonical_source(r.source, names) if r.source else article.outlet
            # Who cites another is a link of the chain; carried is what a medium reports itself.
            if r.voice is Voice.OUTLET and source != article.outlet and not r.relayed:
                start = sentence.start
                content = Span(start + r.content.start, start + r.content.end)
                cited.setdefault(source, []).append(content)
    return found + [
        _edge(article, s, None, CarriedHow.SAYS_SO, spans) for s, spans in cited.items()
    ]


def _first(a: Article, b: Article, names: dict[str, str]) -> Article | None:
    """Which of two articles had shared words first; None where nothing says."""
    for one, other in ((a, b), (b, a)):
        credited = {canonical_source(c, names) for c in other.credits}
        credited |= {canonical_source(q.source, names) for q in other.quoted if q.source}
        if one.outlet in credited:
            return one
    agency = [plain_name(x.outlet) in agencies.ALONE for x in (a, b)]
    if agency[0] != agency[1]:
        return a if agency[0] else b
    first_a, first_b = first_published(a), first_published(b)
    if first_a and first_b:
        if first_a.before(first_b):
            return a
        if first_b.before(first_a):
            return b
    return None


@dataclass(frozen=True, slots=True)
class _Text:
    article: Article
    words: list[Word]
    quoted: list[bool]
    shingles: dict[tuple[str, ...], int]

    @classmethod
    def of(cls, article: Article) -> _Text:
        found = words(article.text)
        inside = _inside(found, quotations(article.text))
        keys = [w.key for w in found]
        shingles: dict[tuple[str, ...], int] = {}
        for i in range(len(keys) - SHINGLE + 1):
            shingles.setdefault(tuple(keys[i : i + SHINGLE]), i)
        return cls(article, found, inside, shingles)


def _inside(found: list[Word], spans: list[Span]) -> list[bool]:
    flags, at = [], 0
    for word in found:
        while at < len(spans) and spans[at].end <= word.start:
            at += 1
        flags.append(at < len(spans) and spans[at].start <= word.start)
    return flags


def _stretches(a: _Text, b: _Text) -> list[tuple[Span, Span]]:
    """The stretches of words that two texts share, long enough outside of quotations."""
    runs: list[list[int]] = []  # [start in a, start in b, end in a, end in b], in words
    for shingle, i in sorted(
        ((s, i) for s, i in a.shingles.items() if s in b.shingles), key=lambda x: x[1]
    ):
        j = b.shingles[shingle]
        last = runs[-1] if runs else None
        near = (
            last is not None
            and -SHINGLE <= i - last[2] <= MAX_GAP
            and -SHINGLE <= j - last[3] <= MAX_GAP
        )
        if last is not None and near and j >= last[1]:
            last[2], last[3] = i + SHINGLE, j + SHINGLE
        else:
            runs.append([i, j, i + SHINGLE, j + SHINGLE])
    return [
        (Span(a.words[i0].start, a.words[i1 - 1].end), Span(b.words[j0].start, b.words[j1 - 1].end))
        for i0, j0, i1, j1 in runs
        if sum(not q for q in a.quoted[i0:i1]) >= MIN_STRETCH
    ]


def _shared(spans: Sequence[Span], start: int, end: int) -> float:
    covered = sum(max(0, min(s.end, end) - max(s.start, start)) for s in spans)
    return covered / max(end - start, 1)


def independent_origins(detail: Detail, origins: Origins, names: dict[str, str]) -> int:
    """How many origins a detail has among the outlets that carry it; at least one.

    An outlet with a mention in its own words is an origin of its own; one whose mentions are all
    carried, or attributed to another outlet, counts as the origin it names. Outlets that share text in
    no known order count once.
    """
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    own = {m.outlet for m in detail.mentions if _origin(m, names) is None}
    for m in detail.mentions:
        origin = _origin(m, names)
        find(m.outlet)
        if origin is not None and m.outlet not in own:
            root[find(m.outlet)] = find(origin)
    carrying = {m.outlet for m in detail.mentions}
    told: dict[str, list[Mention]] = defaultdict(list)
    for m in detail.mentions:
        if m.field == "text":
            told[m.article].append(m)
    for one, other in (pair for article in told for pair in origins.alike_of.get(article, ())):
        joined = other.article not in told or find(one.source) == find(other.source)
        if not joined and _runs(told, one) and _runs(told, other):
            root[find(one.source)] = find(other.source)
    return max(1, len({find(outlet) for outlet in carrying}))


def _runs(told: Mapping[str, Sequence[Mention]], edge: Carried) -> bool:
    """Whether a mention, of those in each article's text, lies in the shared words."""
    mentions = told.get(edge.article, ())
    return any(_shared(edge.spans, m.start, m.end) >= CARRIED_SHARE for m in mentions)


def _origin(mention: Mention, names: dict[str, str]) -> str | None:
    if mention.carried_from:
        return canonical_source(mention.carried_from, names)
    who = mention.attribution
    if who and who.voice is Voice.OUTLET and who.source:
        source = canonical_source(who.source, names)
        return source if source != mention.outlet else None
    return None
