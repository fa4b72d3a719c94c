"""A stream of articles as numbers: what any two of them have in common, for two or for millions of pairs.

The views are those of `compare.gate.likeness`, worked out without keeping texts: an article is its
opening's vector, those of three passages, and its terms' rows, about 6 kB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from compare.datamodel import Article
from compare.embedding.encoder import Encoder, Vector
from compare.gate.likeness import (
    PASSAGES,
    VIEWS,
    Counting,
    Counts,
    Subject,
    passages_of,
    subject_of,
)
from compare.progress import Progress
from compare.times import moment

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

KINDS = ("words", "opening words", "names", "opening names", "phrases", "numbers")
# Articles whose openings and passages are encoded at once.
_AT_ONCE = 256
# Pairs whose terms are compared at once: 8,192 pairs of 500 terms are 50 MB.
_PAIRS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Articles in a fixed order: their ids, what is compared, and when they were published.

    `vectors` (n, d) are unit vectors of the openings, `passages` (n, 4, d) those and what follows them.
    `earliest` and `latest` (n,) bound the publication in hours since 1970, nan where it is unknown.
    `written` has a spelling for every stem,
    and `into` the column among whole texts' words of each column of opening words.
    """

    ids: tuple[str, ...]
    vectors: Vector
    passages: NDArray[np.float16]
    counts: Mapping[str, Counts]
    earliest: NDArray[np.float64]
    latest: NDArray[np.float64]
    written: Mapping[str, str]
    into: NDArray[np.int64]

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.ids)

    def views(self, a: Indices, b: Indices) -> Floats:
        """The views of the pairs (a[i], b[i]), as (n, 10), in the order of `VIEWS`."""
        if not len(a):
            return np.zeros((0, len(VIEWS)), dtype=np.float32)
        parts = range(0, len(a), _PAIRS_AT_ONCE)
        return np.concatenate(
            [self._views(a[i : i + _PAIRS_AT_ONCE], b[i : i + _PAIRS_AT_ONCE]) for i in parts]
        )

    def hours_apart(self, a: Indices, b: Indices) -> NDArray[np.float64]:
        """The least hours that may lie between the publications of two articles; 0 if unknown."""
        gap = np.maximum(self.earliest[a] - self.latest[b], self.earliest[b] - self.latest[a])
        return np.nan_to_num(np.maximum(gap, 0.0), nan=0.0)

    def square(self, members: Indices) -> Floats:
        """The views of all pairs of some hundred articles, (n, n, 10); as `views`, but many times faster."""
        openings = self.vectors[members]
        passages = self.passages[members].astype(np.float32)
        nearest = np.maximum(np.einsum("nd,mpd->nmp", openings, passages).max(axis=2), 0.0)
        told = self._told_all(members)
        named = {
            "opening": np.maximum(openings @ openings.T, 0.0),
            "passages": np.maximum(nearest, nearest.T),
            "told low": np.minimum(told, told.T),
            "told high": np.maximum(told, told.T),
        } | {
            kind: (count.rows[members] @ count.rows[members].T).toarray()
            for kind, count in self.counts.items()
        }
        return np.stack([np.asarray(named[view], dtype=np.float32) for view in VIEWS], axis=-1)

    def _views(self, a: Indices, b: Indices) -> Floats:
        forward, backward = self._told(a, b), self._told(b, a)
        named = {
            "opening": np.maximum(_dots(self.vectors[a], self.vectors[b]), 0.0),
            "passages": np.maximum(self._nearest(a, b), self._nearest(b, a)),
            "told low": np.minimum(forward, backward),
            "told high": np.maximum(forward, backward),
        } | {
            kind: _sums(count.rows[a].multiply(count.rows[b]))
            for kind, count in self.counts.items()
        }
        return np.stack([np.asarray(named[view], dtype=np.float32) for view in VIEWS], axis=-1)

    def _nearest(self, a: Indices, b: Indices) -> Floats:
        """The cosine of a's opening and the passage of b that is nearest to it."""
        passages = self.passages[b].astype(np.float32)
        found = np.einsum("nd,npd->np", self.vectors[a], passages).max(axis=1)
        return np.asarray(np.maximum(found, 0.0), dtype=np.float32)

    def _told(self, a: Indices, b: Indices) -> Floats:
        """Which share of the rarity of a's opening words b holds anywhere."""
        told = self._opening(a)
        held = self.counts["words"].rows[b]
        held.data = np.ones_like(held.data)
        return np.asarray(_sums(told.multiply(held)) / np.maximum(_sums(told), 1e-6), np.float32)

    def _told_all(self, members: Indices) -> Floats:
        """As `_told`, of all pairs, (n, n)."""
        told = self._opening(members)
        held = self.counts["words"].rows[members]
        held.data = np.ones_like(held.data)
        mass = np.maximum(_sums(told), 1e-6)
        return np.asarray((told @ held.T).toarray() / mass[:, None], dtype=np.float32)

    def _opening(self, a: Indices) -> sparse.csr_matrix:
        """The rarity of the words in the openings, in the columns of the words of whole texts."""
        rare = self.counts["opening words"].rows[a]
        mass = self.counts["opening words"].rarity[rare.indices]
        columns = self.into[rare.indices]
        width = self.counts["words"].rows.shape[1]
        return sparse.csr_matrix((mass, columns, rare.indptr), (len(a), width))


def _sums(rows: sparse.csr_matrix) -> Floats:
    return np.asarray(rows.sum(axis=1), dtype=np.float32).ravel()


def _dots(a: Vector, b: Vector) -> Floats:
    return np.asarray(np.einsum("nd,nd->n", a, b), dtype=np.float32)


def corpus_of(
    articles: Sequence[Article],
    encoder: Encoder,
    common: Mapping[str, float],
    progress: Progress | None = None,
) -> Corpus:
    """The articles made comparable; `common` maps stems to the share of news that holds them.

    `progress` is told how many are encoded, and of how many.
    """

    def encoded() -> Iterator[Vector]:
        waiting, done = iter(articles), 0
        while some := list(islice(waiting, _AT_ONCE)):
            if progress:
                progress("encoding articles", done, len(articles))
            done += len(some)
            yield from encoded_passages(some, encoder)

    return corpus_of_encoded(articles, encoded(), common)


def corpus_of_encoded(
    articles: Sequence[Article], passages: Iterable[Vector], common: Mapping[str, float]
) -> Corpus:
    """As `corpus_of`, with what `encoded_passages` gives of each article."""
    ids, published = [a.id for a in articles], [a.published for a in articles]
    return assembled(ids, published, zip(map(subject_of, articles), passages, strict=True), common)


def encoded_passages(articles: Sequence[Article], encoder: Encoder) -> list[Vector]:
    """The vectors (k, d) of each article's opening and of up to three passages behind it."""
    texts = [passages_of(a) for a in articles]
    every = [t for some in texts for t in some]
    vectors = dict(zip(every, (e.vector for e in encoder.encode(every)), strict=True))
    return [np.stack([vectors[t] for t in some]) for some in texts]


def assembled(
    ids: Sequence[str],
    published: Sequence[str | None],
    read: Iterable[tuple[Subject, Vector]],
    common: Mapping[str, float],
) -> Corpus:
    """A corpus of subjects and vectors that come one article after another; none of them is kept.

    The vectors (k, d) of an article are those of its opening and of up to three passages.
    """
    counting = {kind: Counting() for kind in KINDS}
    written: dict[str, str] = {}
    passages: NDArray[np.float16] | None = None
    for at, (subject, vectors) in enumerate(read):
        if passages is None:
            passages = np.zeros((len(ids), PASSAGES + 1, vectors.shape[1]), dtype=np.float16)
        passages[at] = vectors[0]
        passages[at, 1 : len(vectors)] = vectors[1:]
        for kind in KINDS:
            counting[kind].add(subject.terms[kind])
        for stem, word in subject.written.items():
            written.setdefault(stem, word)
    if passages is None:
        passages = np.zeros((0, PASSAGES + 1, 1), dtype=np.float16)
    earliest, latest = _hours(published)
    counts = {kind: counting[kind].counts(common) for kind in KINDS}
    place = counts["words"].index
    into = np.array([place[t] for t in counts["opening words"].terms] or [0], dtype=np.int64)
    return Corpus(
        ids=tuple(ids),
        vectors=np.ascontiguousarray(passages[:, 0]).astype(np.float32),
        passages=passages,
        counts=counts,
        earliest=earliest,
        latest=latest,
        written=written,
        into=into,
    )


def _hours(published: Sequence[str | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    bounds = np.full((2, len(published)), np.nan)
    for at, iso in enumerate(published):
        if when := moment(iso):
            bounds[:, at] = when.start.timestamp() / 3600, when.end.timestamp() / 3600
    return bounds[0], bounds[1]


def held_by(rows: sparse.csr_matrix) -> Counter[int]:
    """How many rows hold each column."""
    return Counter(rows.indices[rows.data > 0].tolist())
