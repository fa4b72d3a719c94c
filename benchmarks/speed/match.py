"""CPU seconds and memory to match and group ever more claims, encoding apart.

    python -m benchmarks.speed.match [--claims 1000 10000 100000] [--few-words]

Claims are made up: sentences of words drawn as a language draws them (Zipf's law with Mandelbrot's
shift), three quarters of them earlier ones restated with some words changed; a word's vector is
drawn once, a token's is its word's with some noise. With --few-words every fourth word is the same
one: claims then match here and there, in no groups, which is the bad case of the grouping. Each
size runs in a process of its own, so that peak memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import numpy as np
from numpy.typing import NDArray

from compare.config import Config
from compare.datamodel import Claim, Span
from compare.embedding.adapter import Interaction, load
from compare.embedding.encoder import Encoded, unit
from compare.embedding.index import FaissIndex
from compare.kinds import ClaimKind
from compare.match.details import details_of
from compare.match.pairs import match_claims

DIMENSION = 384
WORDS = 20_000
SENTENCES_AN_ARTICLE = 30
RESTATED = 3 / 4


def made_up(n: int, *, few_words: bool = False) -> tuple[list[Claim], dict[str, Encoded]]:
    rng = np.random.default_rng(1)
    shift, steepness = (1.0, 1.3) if few_words else (2.7, 1.0)
    often = np.cumsum((np.arange(WORDS) + shift) ** -steepness)

    def drawn(count: int) -> NDArray[np.int64]:
        return np.asarray(np.searchsorted(often, rng.random(count) * often[-1]), dtype=np.int64)

    lexicon = rng.normal(size=(WORDS, DIMENSION)).astype(np.float32) / np.sqrt(DIMENSION)
    names = [f"w{i:x}q" for i in range(WORDS)]
    sentences: list[np.ndarray] = []
    claims, encoded = [], {}
    for k in range(n):
        if sentences and rng.random() < RESTATED:
            words = sentences[rng.integers(max(0, len(sentences) - 3000), len(sentences))].copy()
            changed = rng.random(len(words)) < 0.3
            words[changed] = drawn(int(changed.sum()))
        else:
            words = drawn(int(rng.integers(8, 30)))
            sentences.append(words)
        text = " ".join(names[w] for w in words)
        claims.append(_claim(k, text))
        noise = rng.normal(size=(len(words), DIMENSION)).astype(np.float32) * (
            0.3 / np.sqrt(DIMENSION)
        )
        tokens = lexicon[words] + noise
        ends = np.cumsum([len(names[w]) + 1 for w in words]) - 1
        starts = ends - [len(names[w]) for w in words]
        encoded[claims[-1].id] = Encoded(
            unit(tokens.mean(axis=0)),
            tokens.astype(np.float16),
            np.stack([starts, ends], axis=1).astype(np.int32),
        )
    return claims, encoded


def _claim(k: int, text: str) -> Claim:
    article, position = divmod(k, SENTENCES_AN_ARTICLE)
    return Claim(
        id=f"{article:05}:{position}",
        article=f"{article:05}",
        outlet=f"outlet {article % 40}",
        field="text",
        start=position * 1000,
        end=position * 1000 + len(text),
        text=text,
        kind=ClaimKind.SENTENCE,
        sentence=Span(position * 1000, position * 1000 + len(text)),
        position=position,
    )


def measure(n: int, *, few_words: bool) -> None:
    claims, encoded = made_up(n, few_words=few_words)
    given = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.process_time()
    interaction = Interaction(load())
    pairs = match_claims(claims, encoded, FaissIndex(), Config(), interaction)
    matched = time.process_time()
    details = details_of(claims, pairs, Config())
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{n:>9,}{matched - started:>11.1f}{ended - matched:>11.1f}{1e6 * (ended - started) / n:>14.0f}"
        f"{given:>13,.0f}{peak:>10,.0f}{len(pairs):>11,}{len(details):>10,}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument(
        "--few-words",
        action="store_true",
        help="draw every fourth word the same",
    )
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.alone:
        measure(args.alone, few_words=args.few_words)
        return
    print(
        "   claims  match (s)  group (s)  us per claim  given (MB)  peak (MB)     pairs   details",
        flush=True,
    )
    few = ["--few-words"] if args.few_words else []
    for n in args.claims:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.speed.match", "--alone", str(n), *few], check=True
        )


if __name__ == "__main__":
    main()
