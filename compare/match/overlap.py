"""What two texts of an event share, weighed by how rare it is there.

A word that every sentence of an event holds says nothing about which of them match; one that two
hold says much. Weights are ln(1 + n / df): n texts, df of them with the term (Sparck Jones 1972).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Terms:
    """Texts by terms: `present` (n, v) holds 1 where a text has a term, `rarity` (v,) its weight."""

    present: sparse.csr_matrix
    rarity: Floats

    @cached_property
    def mass(self) -> Floats:
        """The summed rarity of each text's terms, (n,)."""
        return np.asarray(self.present @ self.rarity, dtype=np.float32)

    @cached_property
    def weighed(self) -> sparse.csr_matrix:
        """The rarity of each term that a text has, (n, v)."""
        return sparse.csr_matrix(self.present.multiply(self.rarity[None, :]))

    def shared(self, a: Indices, b: Indices) -> Floats:
        """The summed rarity of the terms that texts a[i] and b[i] both have."""
        return shared(self, a, self, b)

    def rows(self, some: slice) -> Terms:
        """Some of the texts; what is rare stays what it was among all of them."""
        return Terms(self.present[some], self.rarity)


class Numbered:
    """The terms of texts as numbers, end to end, each text's added after the one before."""

    def __init__(self) -> None:
        """No text yet."""
        self.known: dict[str, int] = {}
        self._numbers = array("q")
        self._ends = array("q")

    def add(self, row: Iterable[str]) -> None:
        """One more text's terms, in order."""
        known = self.known
        self._numbers.extend([known.setdefault(term, len(known)) for term in row])
        self._ends.append(len(self._numbers))

    @property
    def numbers(self) -> Indices:
        """The number of every term, (t,)."""
        return np.array(self._numbers, dtype=np.int64)

    @property
    def of_text(self) -> Indices:
        """Which text each term is in, (t,)."""
        ends = np.array(self._ends, dtype=np.int64)
        return np.searchsorted(ends, np.arange(len(self._numbers)), side="right")

    def runs(self, n: int) -> Terms:
        """The runs of n terms as terms."""
        found, numbers, of_text = self.numbers, self.numbers, self.of_text
        for step in range(1, n):
            code = found[:-1] * len(self.known) + numbers[step:]
            found = np.unique(code, return_inverse=True)[1]
        inside = of_text[: len(found)] == of_text[len(numbers) - len(found) :]
        return present(found[inside], of_text[: len(found)][inside], len(self._ends))


def present(numbers: Indices, of_text: Indices, n: int) -> Terms:
    """The terms of n texts, given by their numbers and the texts they are in; each once a text."""
    width = int(numbers.max(initial=0)) + 1
    rows, columns = np.divmod(np.unique(of_text * width + numbers), width)
    ones = np.ones(len(columns), dtype=np.float32)
    matrix = sparse.csr_matrix((ones, (rows, columns)), shape=(n, width))
    frequency = np.maximum(np.bincount(columns, minlength=width), 1)
    return Terms(matrix, np.log1p(n / frequency).astype(np.float32))


def terms(rows: Iterable[Iterable[str]]) -> Terms:
    """The terms of some texts, each counted once a text."""
    numbered = Numbered()
    for row in rows:
        numbered.add(row)
    return numbered.runs(1)


def shared(left: Terms, a: Indices, right: Terms, b: Indices) -> Floats:
    """The summed rarity (the left side's) of what left text a[i] and right text b[i] share.

    Both sides must have been made with the same terms in the same order.
    """
    product = left.weighed[a].multiply(right.present[b])
    return np.asarray(product.sum(axis=1), dtype=np.float32).ravel()


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part / whole, 0 where the whole is nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
