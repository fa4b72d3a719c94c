"""Seconds to compare an event, beside seconds to only encode its sentences once with the same model.

    python -m benchmarks.speed.compare [ARTICLES.jsonl ...] [--runs 5]

Without files, five of the labelled three-article events that lie beside the checkout.
The model is loaded and warm; nothing is cached; the two take turns, and the
median ratio of the pairs is printed, since these machines are noisy.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from compare.claims import claims_of
from compare.codec import read_articles
from compare.config import Config
from compare.datamodel import Article, Event, Run
from compare.embedding import adapter
from compare.embedding.encoder import SentenceEncoder
from compare.embedding.index import FaissIndex
from compare.match.units import whole_claims
from compare.pipeline import compare_articles

EVENTS = Path(__file__).parents[3] / "shared" / "benchmarks" / "matching" / "events"


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ratio(articles: Sequence[Article], encoder: SentenceEncoder, runs: int) -> tuple[float, float]:
    """The median seconds to compare, and the median of comparing over encoding."""
    claims = [claim for article in articles for claim in claims_of(article)]
    texts = list(dict.fromkeys(claim.text for claim in whole_claims(claims)))

    def compared() -> object:
        return compare_articles(
            articles,
            event=Event(),
            encoder=encoder,
            index=FaissIndex(),
            config=Config(),
            run=Run(parallax="benchmark", model=encoder.name),
        )

    compared()
    times = [(seconds(compared), seconds(lambda: encoder.encode(texts))) for _ in range(runs)]
    return median(whole for whole, _ in times), median(whole / part for whole, part in times)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    files = wanted.files or sorted(EVENTS.glob("*.jsonl"))[::14]
    if not files:
        parser.error("no labelled events beside the checkout; name an articles.jsonl")
    encoder = SentenceEncoder(None, adapter=adapter.load())
    print(f"{'event':<16}{'articles':>9}{'seconds':>9}{'ratio':>7}")
    ratios = []
    for path in files:
        articles, _ = read_articles(path)
        took, times_encoding = ratio(articles, encoder, wanted.runs)
        ratios.append(times_encoding)
        print(f"{path.stem:<16}{len(articles):>9}{took:>9.2f}{times_encoding:>7.2f}")
    print(f"{'median':<34}{median(ratios):>7.2f}")


if __name__ == "__main__":
    main()
