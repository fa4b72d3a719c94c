"""Average linkage of a few hundred articles, some of which are together already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def average_linkage(
    likely: NDArray[np.float32], threshold: float, together: Sequence[str | None]
) -> list[int]:
    """A number a row of `likely` (n, n): equal where two rows are of one cluster.

    The two clusters with the highest mean probability join, until it falls below the threshold
    (UPGMA: Sokal and Michener 1958). Rows that have the same name in `together` begin as one; two
    clusters that both have a name never join. Equally near ones join in the order of the rows.
    """
    cluster = _first_clusters(together)
    named = np.array([any(together[r] for r in rows) for rows in cluster])
    member = np.zeros((len(cluster), len(likely)))
    for number, rows in enumerate(cluster):
        member[number, rows] = 1.0
    sums = member @ likely @ member.T
    sizes = np.array([len(rows) for rows in cluster], dtype=np.float64)
    means = sums / (sizes[:, None] * sizes[None])
    means[named[:, None] & named[None]] = -1.0
    np.fill_diagonal(means, -1.0)
    while len(cluster) > 1:
        a, b = divmod(int(means.argmax()), len(means))
        if means[a, b] < threshold:
            break
        a, b = min(a, b), max(a, b)
        cluster[a], cluster[b] = cluster[a] + cluster[b], []
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a] += sizes[b]
        named[a] |= named[b]
        means[b] = means[:, b] = -1.0
        alive = np.array([bool(rows) for rows in cluster])
        row = np.where(alive & ~(named & named[a]), sums[a] / (sizes * sizes[a]), -1.0)
        row[a] = -1.0
        means[a] = means[:, a] = row
    label = [0] * len(likely)
    for number, rows in enumerate(cluster):
        for row_number in rows:
            label[row_number] = number
    return label


def _first_clusters(together: Sequence[str | None]) -> list[list[int]]:
    begun: dict[str, list[int]] = {}
    clusters: list[list[int]] = []
    for row, name in enumerate(together):
        if name is not None and name in begun:
            begun[name].append(row)
            continue
        clusters.append([row])
        if name is not None:
            begun[name] = clusters[-1]
    return clusters
