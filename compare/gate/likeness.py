"""How alike whole articles are, seen from several sides, for telling one event from another.

Every view is a number from 0 to 1 of a pair of texts. All but one compare the terms that both
hold, weighed by rarity: ln((n + N) / (df + N c + 1/2)) for n texts of which df hold the term, and
c the share of news that holds it anyway, counted as N further texts. So a handful of candidates,
or texts that are all about the same, are judged by what is rare in news at large.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from compare.datamodel import Article
from compare.embedding.encoder import Encoder, Vector
from compare.language.wording import stem
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, words

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

VIEWS = (
    "opening",
    "words",
    "opening words",
    "names",
    "opening names",
    "phrases",
    "told low",
    "told high",
    "passages",
    "numbers",
)
# Characters of title and text that are an article's opening.
OPENING = 500
# Passages behind the opening, of its length: a report may begin with a person and come to the event later.
PASSAGES = 3
SHORTEST_PASSAGE = 100
# Longer texts are read this far: a live blog of a whole day is about everything.
MOST_READ = 20_000
# How many texts the share of news that holds a word counts for.
BACKGROUND = 100
# Words named in a reason; they are none that news in general is full of.
NAMED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What an article, or an event given in words, is about: its opening, what follows, and its terms' counts."""

    opening: str
    passages: tuple[str, ...]
    terms: Mapping[str, Counter[str]]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Texts by terms: rows at unit length (n, v), the terms' rarity (v,), and which are telling.

    A term is telling unless news in general is full of it.
    """

    rows: sparse.csr_matrix
    rarity: Floats
    telling: NDArray[np.bool_]
    terms: tuple[str, ...]
    index: dict[str, int]


def subject_of(article: Article | str) -> Subject:
    """The subject of an article, or of an event in words, which is read like a title."""
    title, body = _read(article)
    opening, *passages = passages_of(article)
    whole = words(f"{title}\n{body}")
    early = words(opening)
    stems = Counter(_stems(whole))
    terms = {
        "words": stems,
        # The opening may end inside a word, which is none then.
        "opening words": Counter(t for t in _stems(early) if t in stems),
        "names": Counter(_names(whole, f"{title}\n{body}")),
        "opening names": Counter(_names(early, opening)),
        "numbers": Counter(w.key for w in whole if w.key[0].isdigit()),
        "phrases": Counter(
            f"{a.key} {b.key}"
            for a, b in pairwise(whole)
            if a.key not in FUNCTION_WORDS and b.key not in FUNCTION_WORDS
        ),
    }
    written: dict[str, str] = {}
    for word in whole:
        if word.key not in FUNCTION_WORDS:
            written.setdefault(stem(word.key), word.text)
    return Subject(opening, tuple(passages), terms, written)


def passages_of(article: Article | str) -> tuple[str, ...]:
    """The opening of an article, and up to three passages behind it."""
    title, body = _read(article)
    gap = "" if title.rstrip().endswith((".", "!", "?")) else "."
    opening = f"{title}{gap} {' '.join(body[:OPENING].split())}"[:OPENING].strip()
    plain = " ".join(body.split())
    starts = range(OPENING, (PASSAGES + 1) * OPENING, OPENING)
    rest = (plain[i : i + OPENING] for i in starts if len(plain) > i + SHORTEST_PASSAGE)
    return (opening, *rest)


def _read(article: Article | str) -> tuple[str, str]:
    """The title, and as much of the text as is read."""
    return (article, "") if isinstance(article, str) else (article.title, article.text[:MOST_READ])


def _stems(found: Iterable[Word]) -> list[str]:
    return [stem(w.key) for w in found if w.key not in FUNCTION_WORDS]


def _names(found: Iterable[Word], text: str) -> list[str]:
    """Words with a capital that no sentence, line or quotation begins with."""
    return [
        w.key
        for w in found
        if w.text[0].isupper()
        and w.key not in FUNCTION_WORDS
        and _before(text, w.start) not in {"", ".", "!", "?", ":", "\n", '"', "“"}
    ]


def _before(text: str, at: int) -> str:
    """The last character before a place that is no space; "" where there is none."""
    while at and text[at - 1] == " ":
        at -= 1
    return text[at - 1 : at]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Subjects compared: what each view says of any two of them."""

    subjects: tuple[Subject, ...]
    vectors: Vector
    passages: Vector
    counts: Mapping[str, Counts]

    @staticmethod
    def of(subjects: Sequence[Subject], encoder: Encoder, common: Mapping[str, float]) -> Likeness:
        """Subjects made comparable; `common` maps stems to the share of news that holds them."""
        texts = [t for s in subjects for t in (s.opening, *s.passages)]
        encoded = dict(zip(texts, encoder.encode(texts), strict=True))
        vectors = np.stack([encoded[s.opening].vector for s in subjects])
        width = 1 + max((len(s.passages) for s in subjects), default=0)
        passages = np.repeat(vectors[:, None], width, axis=1)
        for i, s in enumerate(subjects):
            for j, passage in enumerate(s.passages, start=1):
                passages[i, j] = encoded[passage].vector
        kinds = ("words", "opening words", "names", "opening names", "phrases", "numbers")
        counts = {kind: _counted([s.terms[kind] for s in subjects], common) for kind in kinds}
        return Likeness(tuple(subjects), vectors, passages, counts)

    def __len__(self) -> int:
        """How many subjects there are."""
        return len(self.subjects)

    def views(self, a: Indices, b: Indices) -> Floats:
        """Every view of every pair (a[i], b[j]), as (len(a), len(b), 10), in the order of `VIEWS`."""
        forward, backward = self._told(a, b), self._told(b, a).T
        named = {
            "opening": np.maximum(self.vectors[a] @ self.vectors[b].T, 0.0),
            "passages": np.maximum(self.nearest_passages(a, b), self.nearest_passages(b, a).T),
            "told low": np.minimum(forward, backward),
            "told high": np.maximum(forward, backward),
        } | {
            kind: np.asarray((c.rows[a] @ c.rows[b].T).toarray()) for kind, c in self.counts.items()
        }
        return np.stack([np.asarray(named[view], dtype=np.float32) for view in VIEWS], axis=-1)

    def nearest_passages(self, a: Indices, b: Indices) -> Floats:
        """The cosine of a's opening and the passage of b that is nearest to it, (len(a), len(b))."""
        nearest = np.zeros((len(a), len(b)), dtype=np.float32)
        for j in range(self.passages.shape[1]):
            np.maximum(nearest, self.vectors[a] @ self.passages[b, j].T, out=nearest)
        return nearest

    def openings(self, a: int, b: Indices) -> Floats:
        """The cosines of a's opening and each b's."""
        return np.asarray(self.vectors[b] @ self.vectors[a], dtype=np.float32)

    def shared_words(self, a: int, b: Indices) -> list[tuple[str, ...]]:
        """For each b, the words that it and a both hold, as b writes them, the most telling first."""
        words_of = self.counts["words"]
        row = words_of.rows[[a]].toarray()[0] * words_of.telling
        both = sparse.csr_matrix(words_of.rows[b].multiply(row[None, :]))
        both.eliminate_zeros()
        found = []
        for i, subject in enumerate(b):
            at = slice(both.indptr[i], both.indptr[i + 1])
            found.append(self._written(int(subject), both.indices[at], both.data[at]))
        return found

    def missing_words(self, a: int, b: Indices) -> list[tuple[str, ...]]:
        """For each b, the rare words of a's opening that it says nowhere, as a writes them."""
        words_of = self.counts["words"]
        opening = self.subjects[a].terms["opening words"]
        at = np.array(sorted(words_of.index[t] for t in opening), dtype=np.int64)
        at = at[words_of.telling[at]]
        # What no other article says either is this one's wording, not the event.
        held = np.asarray((words_of.rows[:, at] > 0).sum(axis=0)).ravel()
        at = at[held > 1] if (held > 1).any() else at
        weights = words_of.rows[[a]].toarray()[0]
        absent = words_of.rows[b][:, at].toarray() == 0
        return [self._written(a, at[row], weights[at[row]]) for row in absent]

    def _told(self, a: Indices, b: Indices) -> Floats:
        """Which share of the rarity of a's opening words b holds anywhere."""
        whole, opening = self.counts["words"], self.counts["opening words"]
        columns = [whole.index[t] for t in opening.index]
        if not columns:
            return np.zeros((len(a), len(b)), dtype=np.float32)
        rare = sparse.csr_matrix((opening.rows[a] > 0).multiply(opening.rarity[None, :]))
        present = (whole.rows[b][:, columns] > 0).astype(np.float32)
        mass = np.maximum(np.asarray(rare.sum(axis=1)).ravel(), 1e-6)
        return np.asarray((rare @ present.T).toarray() / mass[:, None], dtype=np.float32)

    def _written(self, subject: int, terms: Indices, weights: Floats) -> tuple[str, ...]:
        """The heaviest terms, as the subject writes them."""
        if not len(terms):
            return ()
        heaviest = np.lexsort((terms, -weights))[:NAMED]
        names = (self.counts["words"].terms[int(terms[i])] for i in heaviest)
        return tuple(self.subjects[subject].written.get(name, name) for name in names)


def _counted(rows: Iterable[Counter[str]], common: Mapping[str, float]) -> Counts:
    counting = Counting()
    for row in rows:
        counting.add(row)
    return counting.counts(common)


class Counting:
    """Texts' terms, taken in one text after another: a stream of texts is never held whole."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._starts, self._columns, self._values = array("q", [0]), array("i"), array("f")

    def add(self, row: Counter[str]) -> None:
        """One more text, as the counts of its terms."""
        for term in sorted(row):
            self._columns.append(self._index.setdefault(term, len(self._index)))
            self._values.append(1.0 + log(row[term]))
        self._starts.append(len(self._columns))

    def counts(self, common: Mapping[str, float]) -> Counts:
        """Counts damped by 1 + ln, weighed by rarity, every row at length one (Salton's ltc)."""
        size, index = len(self._starts) - 1, self._index
        shape = (size, max(1, len(index)))
        columns = np.frombuffer(self._columns or array("i", []), dtype=np.int32)
        held = np.bincount(columns, minlength=shape[1])
        usual = np.array([common.get(t, 0.0) for t in index] or [0.0])
        rarity = np.log((size + BACKGROUND) / (held + BACKGROUND * usual + 0.5))
        weights = np.maximum(rarity, 0.0).astype(np.float32)
        values = np.frombuffer(self._values or array("f", []), dtype=np.float32)
        starts = np.frombuffer(self._starts, dtype=np.int64)
        matrix = sparse.csr_matrix((values * weights[columns], columns, starts), shape=shape)
        length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        scaled = sparse.diags(1 / np.maximum(length, 1e-9)) @ matrix
        return Counts(
            sparse.csr_matrix(scaled, dtype=np.float32), weights, usual == 0, tuple(index), index
        )
