"""Articles of many events to events.

Pairs that are near in meaning, words and time (`candidates`) are read once (`pairs`); those that
may be of one event link their articles into components, and inside each all pairs are read, with
what their neighbours say, and joined by average linkage. So the work grows with the articles, not
with their square, and an event can be as large as a component.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from compare.datamodel import Article
from compare.embedding.encoder import Encoder
from compare.embedding.index import Index
from compare.grouping.candidates import candidate_pairs
from compare.grouping.corpus import Corpus, Floats, Indices, corpus_of, held_by
from compare.grouping.linkage import average_linkage
from compare.grouping.pairs import FLOOR, PairModel, load
from compare.language.wording import stem
from compare.progress import Progress

# Two articles of one event are published at most so many days apart; in nine of ten labelled events
# all are within two.
DAYS = 3
# A component of more articles is cut at higher odds, until its parts are smaller; the work inside one
# grows with the square.
MOST_TOGETHER = 400
_STEP = 0.5
# Names and words that say what an event is about.
_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """An event: its id, its articles, and what holds them together.

    `names` and `words` are held by most of its articles, the most telling first; `hours` is how long
    after the first article the last one was published, None where no time is known. `likely` is the
    mean probability of its pairs, None for one article.
    """

    event: str
    articles: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    hours: float | None
    likely: float | None


def group_articles(
    articles: Sequence[Article],
    *,
    encoder: Encoder,
    index: Index,
    since: Mapping[str, str] | None = None,
    days: int = DAYS,
    model: PairModel | None = None,
    progress: Progress | None = None,
) -> tuple[Grouped, ...]:
    """The events of the articles, in the order of their ids; every article is in one.

    `since` has the events of articles that were grouped before, by article id: these stay as they
    are, and take in what is new. No order of the articles matters.
    """
    from compare.gate.decide import load as load_gate

    ordered = sorted(articles, key=lambda a: a.id)
    corpus = corpus_of(ordered, encoder, load_gate().common, progress)
    return group_corpus(corpus, index=index, since=since or {}, days=days, model=model)


def group_corpus(
    corpus: Corpus,
    *,
    index: Index,
    since: Mapping[str, str] | None = None,
    days: int = DAYS,
    model: PairModel | None = None,
) -> tuple[Grouped, ...]:
    """As `group_articles`, of articles that were read and encoded already."""
    model, since = model or load(), since or {}
    together = [since.get(name) for name in corpus.ids]
    found: list[Grouped] = []
    for members, likely in judged_components(corpus, together, index=index, days=days, model=model):
        label = average_linkage(likely, model.threshold, [together[i] for i in members])
        for number in dict.fromkeys(label):
            rows = np.flatnonzero(np.array(label) == number)
            found.append(_event(corpus, members[rows], likely[np.ix_(rows, rows)], since))
    return tuple(sorted(found, key=lambda event: event.event))


def judged_components(
    corpus: Corpus, together: Sequence[str | None], *, index: Index, days: int, model: PairModel
) -> Iterator[tuple[Indices, Floats]]:
    """The places (n,) of the articles of each component, and how likely its pairs are of one event (n, n).

    Articles that have the same name in `together` are in one component.
    """
    a, b = candidate_pairs(corpus, index, days=days)
    odds = model.odds(corpus.views(a, b))
    for members in _components(a, b, odds, together):
        yield members, _within(corpus, members, model, days)


def _within(corpus: Corpus, members: Indices, model: PairModel, days: int) -> Floats:
    """The probability of every pair of a component, (n, n)."""
    if len(members) == 1:
        return np.zeros((1, 1), dtype=np.float32)
    views = corpus.square(members)
    apart = corpus.hours_apart(members[:, None], members[None])
    odds = np.where(apart <= days * 24, model.odds(views), FLOOR).astype(np.float32)
    np.fill_diagonal(odds, FLOOR)
    return model.probabilities(views, odds)


def _components(
    a: Indices, b: Indices, odds: Floats, together: Sequence[str | None]
) -> Iterator[Indices]:
    """The places of the articles of each component, in order."""
    first: dict[str, int] = {}
    old = [(first.setdefault(name, at), at) for at, name in enumerate(together) if name]
    known = np.array([pair for pair in old if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
    a, b = np.concatenate([a, known[:, 0]]), np.concatenate([b, known[:, 1]])
    odds = np.concatenate([odds, np.full(len(known), np.inf, dtype=np.float32)])
    waiting = [(np.arange(len(together), dtype=np.int64), np.arange(len(a)), FLOOR)]
    while waiting:
        members, links, floor = waiting.pop()
        links = links[odds[links] > floor]
        parts = _connected(members, a[links], b[links])
        for part in parts:
            inside = links[np.isin(a[links], part)] if len(part) > MOST_TOGETHER else links[:0]
            if np.isfinite(odds[inside]).any():
                waiting.append((part, inside, floor + _STEP))
            else:
                yield part


def _connected(members: Indices, a: Indices, b: Indices) -> list[Indices]:
    at = (np.searchsorted(members, a), np.searchsorted(members, b))
    size = (len(members), len(members))
    graph = sparse.coo_matrix((np.ones(len(a), dtype=np.int8), at), size)
    _, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return [members[part] for part in np.split(order, cuts) if len(part)]


def _event(corpus: Corpus, members: Indices, likely: Floats, since: Mapping[str, str]) -> Grouped:
    ids = tuple(corpus.ids[i] for i in members)
    known = next((since[name] for name in ids if name in since), None)
    pairs = likely[np.triu_indices(len(members), 1)]
    return Grouped(
        event=known or sha256(ids[0].encode()).hexdigest()[:12],
        articles=ids,
        names=_telling(corpus, "names", members),
        words=_telling(corpus, "words", members),
        hours=_span(corpus.earliest[members]),
        likely=round(float(pairs.mean()), 4) if len(pairs) else None,
    )


def _span(hours: NDArray[np.float64]) -> float | None:
    known = hours[~np.isnan(hours)]
    return round(float(known.max() - known.min()), 1) if len(known) else None


def _telling(corpus: Corpus, kind: str, members: Indices) -> tuple[str, ...]:
    """The terms that most of the articles hold, the rarest first."""
    counts = corpus.counts[kind]
    rows = counts.rows[members]
    most = [c for c, n in held_by(rows).items() if 2 * n > len(members)]
    best = sorted(most, key=lambda c: (-float(counts.rarity[c]), counts.terms[c]))
    return tuple(corpus.written.get(stem(t), t) for t in (counts.terms[c] for c in best[:_NAMED]))
