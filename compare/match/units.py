"""The sentences and titles of an event as arrays: what is matched.

Units stand in an order that does not depend on the input's: by article id, then by place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.datamodel import Claim
from compare.embedding.encoder import Encoded, Vector
from compare.kinds import ClaimKind

Indices = NDArray[np.int64]
Floats = NDArray[np.float32]

_WHOLE = (ClaimKind.TITLE, ClaimKind.SENTENCE)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Sentences and titles, their parts and their encodings, row by row.

    `article` (n,) numbers the articles; `position` (n,) is the claim's own; `last` (n,) the
    greatest position in its article.
    """

    claims: tuple[Claim, ...]
    parts: tuple[tuple[Claim, ...], ...]
    encoded: tuple[Encoded, ...]
    article: Indices
    position: Indices
    last: Indices
    is_title: NDArray[np.bool_]

    def __len__(self) -> int:
        """The number of units."""
        return len(self.claims)

    @property
    def vectors(self) -> Vector:
        """The unit vectors of all, (n, d)."""
        return np.stack([e.vector for e in self.encoded])


def whole_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that are a sentence or a title: what has to be encoded."""
    return [c for c in claims if c.kind in _WHOLE]


def units_of(claims: Sequence[Claim], encoded: Mapping[str, Encoded]) -> Units:
    """The units of an event's claims; `encoded` holds each sentence and title by its id."""
    ordered = sorted(whole_claims(claims), key=lambda c: (c.article, c.position, c.start))
    parts: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if claim.kind not in _WHOLE:
            parts.setdefault((claim.article, claim.position), []).append(claim)
    articles = {a: i for i, a in enumerate(dict.fromkeys(c.article for c in ordered))}
    article = np.array([articles[c.article] for c in ordered], dtype=np.int64)
    position = np.array([c.position for c in ordered], dtype=np.int64)
    last = np.zeros(max(1, len(articles)), dtype=np.int64)
    np.maximum.at(last, article, position)
    return Units(
        claims=tuple(ordered),
        parts=tuple(
            tuple(sorted(parts.get((c.article, c.position), []), key=lambda p: (p.start, p.end)))
            for c in ordered
        ),
        encoded=tuple(encoded[c.id] for c in ordered),
        article=article,
        position=position,
        last=last[article],
        is_title=np.array([c.kind is ClaimKind.TITLE for c in ordered], dtype=bool),
    )
