"""What no probability may overrule: copies are the same, "20 killed" and "20 hurt" are not."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from compare.language.quantities import quantities
from compare.match.units import Floats, Indices, Units
from compare.text import words

# Fewer words ("He declined.") are the same by chance.
COPY_WORDS = 5
# Each copy is linked to so many others: enough to be one detail, and linear in the copies.
HUBS = 12
CERTAIN = 0.99
IMPOSSIBLE = 0.05


def copies(units: Units) -> Indices:
    """A number for each unit (n,), the same for units of the same words; -1 for short ones."""
    numbers: dict[tuple[str, ...], int] = {}
    keys = (wording_key(c.text) for c in units.claims)
    return np.array(
        [numbers.setdefault(k, len(numbers)) if k else -1 for k in keys], dtype=np.int64
    )


def wording_key(text: str) -> tuple[str, ...] | None:
    """What a text has in common with its verbatim copies; None for one that is too short to be one."""
    key = tuple(w.key for w in words(text))
    return key if len(key) >= COPY_WORDS else None


def copy_pairs(same_words: Indices) -> tuple[Indices, Indices]:
    """Pairs of rows of the same words: each with the first few of its kind."""
    groups: dict[int, list[int]] = defaultdict(list)
    a, b = [], []
    for row, number in enumerate(same_words.tolist()):
        if number < 0:
            continue
        hubs = groups[number]
        a += hubs
        b += [row] * len(hubs)
        if len(hubs) < HUBS:
            hubs.append(row)
    return np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)


def linked(units: Units, same_words: Indices, a: Indices, b: Indices, p: Floats) -> Floats:
    """The probabilities, with what must and what cannot be the same put right."""
    fates = [frozenset(q.fate for q in quantities(c.text) if q.fate) for c in units.claims]
    fated = np.array([bool(f) for f in fates])
    out = p.copy()
    for k in np.flatnonzero(fated[a] & fated[b]):
        if not fates[a[k]] & fates[b[k]]:
            out[k] = min(out[k], IMPOSSIBLE)
    copied = (same_words[a] >= 0) & (same_words[a] == same_words[b])
    out[copied] = np.maximum(out[copied], CERTAIN)
    return out
