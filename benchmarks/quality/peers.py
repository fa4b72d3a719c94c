"""Our matching beside what a user would reach for, on the same labelled events.

    python -m benchmarks.quality.peers [--adapters DIR | --plain] [--cache FILE]

Every peer reads the same sentences and the same vectors of the packaged encoder, and is tuned on
the very events it is read on, which flatters it; ours is read with whole events left out of its
fits. Seconds are for grouping or matching the sentences of all events, encoding apart.

community detection: `sentence_transformers.util.community_detection`
HDBSCAN: its hierarchy over the vectors (what BERTopic groups by, there after UMAP), cut at the threshold
agglomerative: average linkage on cosine
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from benchmarks.fit.pairs import Encoders, in_context, left_out, pairs_of
from benchmarks.labelled import LabelledEvent, labelled_events
from benchmarks.quality.matching import adapters_of, add_encoder_options
from compare.config import Config
from compare.match.pair_features import evidence_of
from compare.match.pairs import LEARNED, PLAIN, probabilities, scored

Groups = Iterable[Iterable[int]]
Vectors = NDArray[np.float32]


def communities(vectors: Vectors, threshold: float) -> Groups:
    from sentence_transformers.util import community_detection
    from torch import from_numpy

    found: list[list[int]] = community_detection(
        from_numpy(vectors), threshold=threshold, min_community_size=2
    )
    return found


def density(vectors: Vectors, threshold: float) -> Groups:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=2, min_samples=1, metric="cosine", copy=True)
    model.fit(vectors.astype(np.float64))
    return by_label(model.dbscan_clustering(1 - threshold, min_cluster_size=2))


def linkage(vectors: Vectors, threshold: float) -> Groups:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - threshold, metric="cosine", linkage="average"
    )
    return by_label(model.fit_predict(vectors))


def by_label(labels: NDArray[np.int64]) -> Groups:
    return [np.flatnonzero(labels == label).tolist() for label in np.unique(labels) if label >= 0]


def figures(event: LabelledEvent, groups: Groups) -> tuple[float, float]:
    article = event.units.article
    pairs = [(a, b) for g in groups for a, b in combinations(g, 2) if article[a] != article[b]]
    scores = event.score([a for a, _ in pairs], [b for _, b in pairs])
    return scores["cells"], scores["pairs"]


def tuned(
    events: list[LabelledEvent], group: Callable[[Vectors, float], Groups]
) -> tuple[float, float, float, float]:
    """The best threshold's cells, pairs and seconds, and the threshold."""
    best = (0.0, 0.0, 0.0, 0.0)
    for threshold in np.arange(0.4, 0.86, 0.05):
        started = time.process_time()
        found = [list(group(e.units.vectors, float(threshold))) for e in events]
        seconds = time.process_time() - started
        cells, pairs = (fmean(x) for x in zip(*map(figures, events, found), strict=True))
        best = max(best, (cells, pairs, seconds, float(threshold)), key=lambda row: row[0] + row[1])
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_encoder_options(parser)
    args = parser.parse_args()
    adapters = adapters_of(parser, args)
    events = labelled_events(Encoders(args.cache, None).encoder)
    print(f"{'':<22}{'cells':>7}{'pairs':>7}{'CPU s':>8}  threshold")
    for name, group in (
        ("community detection", communities),
        ("HDBSCAN", density),
        ("agglomerative", linkage),
    ):
        cells, pairs, seconds, threshold = tuned(events, group)
        print(f"{name:<22}{cells:>7.3f}{pairs:>7.3f}{seconds:>8.1f}  {threshold:.2f}", flush=True)

    encoders = Encoders(args.cache, adapters)
    ours = labelled_events(encoders.encoder)
    some = [pairs_of(e, encoders.interaction(e.name)) for e in ours]
    kind = LEARNED if adapters else PLAIN
    started = time.process_time()
    with threadpool_limits(limits=1, user_api="blas"):
        for p in some:
            evidence = evidence_of(p.event.units, encoders.interaction(p.event.name))
            probabilities(p.event.units, scored(evidence, p.a, p.b, kind), kind)
    seconds = time.process_time() - started
    second = left_out(in_context(some, left_out(some)))
    same = Config().same
    rows = [
        p.event.score(p.a[q >= same], p.b[q >= same]) for p, q in zip(some, second, strict=True)
    ]
    cells, pairs = fmean(r["cells"] for r in rows), fmean(r["pairs"] for r in rows)
    print(f"{'ours, events left out':<22}{cells:>7.3f}{pairs:>7.3f}{seconds:>8.1f}  {same:.2f}")


if __name__ == "__main__":
    main()
