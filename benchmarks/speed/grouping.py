"""How long a day of news takes to be put into events: `python -m benchmarks.speed.grouping [ARTICLES]`.

Made-up articles, read and encoded already: half of the events are of one article, the others of 2 to
300. A text holds 160 words of a vocabulary that is as skewed as English, 20
words of its event and 8 names; its vectors lie about its event's. Prints seconds, the largest memory of
the process, and how well the events were found (B-cubed), all of which only says that it keeps up.
"""

from __future__ import annotations

import argparse
import resource
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter, process_time

import numpy as np

from compare.embedding.encoder import Vector, unit
from compare.embedding.index import FaissIndex
from compare.gate.likeness import Subject
from compare.grouping.corpus import assembled
from compare.grouping.group import group_corpus

DIMENSION, PASSAGES = 384, 4
VOCABULARY = 60_000


def sizes(articles: int, random: np.random.Generator) -> list[int]:
    """Articles of each event: one, or about as many as a power law gives."""
    found: list[int] = []
    left = articles
    while left:
        size = 1 if random.random() < 0.5 else int(min(300, 2 + random.pareto(1.3) * 2))
        found.append(min(size, left))
        left -= found[-1]
    return found


def made(events: list[int], random: np.random.Generator) -> Iterator[tuple[Subject, Vector]]:
    """The articles of one event after another."""
    for number, size in enumerate(events):
        centre = random.standard_normal(DIMENSION)
        own = [f"event{number}word{i}" for i in range(20)]
        names = [f"Name{number}x{i}" for i in range(8)]
        for _ in range(size):
            usual = random.zipf(1.25, 400)
            text = [f"w{w}" for w in usual[usual < VOCABULARY][:160]]
            said = list(random.choice(own, 14, replace=False))
            named = list(random.choice(names, 6, replace=False))
            opening = Counter([*text[:40], *said[:8], *named[:4]])
            whole = Counter([*text, *said, *named])
            terms = {
                "words": whole,
                "opening words": opening,
                "names": Counter(named),
                "opening names": Counter(named[:4]),
                "numbers": Counter([str(random.integers(1, 100))]),
                "phrases": Counter(f"{a} {b}" for a, b in pairwise(text)),
            }
            noise = random.standard_normal((PASSAGES, DIMENSION))
            yield Subject("", (), terms, {}), unit(centre[None] + 0.8 * noise)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="?", default=100_000)
    args = parser.parse_args()
    random = np.random.default_rng(0)
    events = sizes(args.articles, random)
    truth = np.repeat(np.arange(len(events)), events)
    ids = [f"{i:07}" for i in range(len(truth))]
    # A week: an event begins on one of its days, and lasts one.
    day = np.repeat(random.integers(1, 8, len(events)), events)
    published = [f"2024-05-{d:02}T{random.integers(0, 24):02}:00:00+00:00" for d in day]
    corpus = assembled(ids, published, made(events, random), {})
    begun, used = perf_counter(), process_time()
    groups = group_corpus(corpus, index=FaissIndex())
    taken, used = perf_counter() - begun, process_time() - used
    precision, recall = [], []
    size_of = Counter(truth.tolist())
    for group in groups:
        inside = Counter(int(truth[int(name)]) for name in group.articles)
        for event, n in inside.items():
            precision += [n / len(group.articles)] * n
            recall += [n / size_of[event]] * n
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(truth):,} articles of {len(events):,} events: {taken:.0f} s, {used:.0f} s of processor, {memory:.2f} GB"
    )
    print(
        f"{len(groups):,} groups, precision {np.mean(precision):.3f}, recall {np.mean(recall):.3f}"
    )


if __name__ == "__main__":
    main()
