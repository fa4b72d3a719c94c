"""An event given in words: which articles are near them, before the support of neighbours counts.

Articles that are alike support each other, whatever they are about. So words that nobody is near
match nothing, however much the candidates have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from compare.datamodel import Article
from compare.gate.likeness import Subject, subject_of

# An article is near the words if it holds this share of those that news is not full of, or if its opening or one of
# its passages is this close. Chosen by hand on the gating articles, asked for by the first ten words of a title: of five
# articles on its event one is near in 0.96 of the cases, of ten on other topics in 0.10.
NEAR_SHARE = 1 / 3
NEAR_COSINE = 0.5
# It holds the words if it has most of them.
MOST = 1 / 2


def near_words(
    words: Subject,
    candidates: Sequence[Subject],
    alike: NDArray[np.float32],
    common: Mapping[str, float],
) -> NDArray[np.bool_]:
    """Which candidates (n,) are near the words; `alike` (n,) are the cosines with their nearest passages."""
    wanted = telling(words, common)
    enough = max(1, ceil(NEAR_SHARE * len(wanted)))
    held = np.array([len(wanted & c.terms["words"].keys()) for c in candidates], dtype=np.int64)
    close = np.asarray(alike, dtype=np.float32) >= NEAR_COSINE
    return np.asarray((held >= enough) & bool(wanted) | close)


def telling(subject: Subject, common: Mapping[str, float]) -> frozenset[str]:
    """The stems of a subject that news in general is not full of; all, where it is full of each."""
    stems = frozenset(subject.terms["words"])
    return frozenset(s for s in stems if s not in common) or stems


def articles_with(about: str, articles: Sequence[Article], common: Mapping[str, float]) -> int:
    """How many articles hold most of the telling words of an event given in words."""
    wanted = telling(subject_of(about), common)
    enough = max(1, ceil(MOST * len(wanted)))
    return sum(len(wanted & subject_of(a).terms["words"].keys()) >= enough for a in articles)
