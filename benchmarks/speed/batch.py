"""What a day of news takes: `python -m benchmarks.speed.batch [EVENTS]`.

Takes in a WARC file of made-up pages, five outlets an event, compares the events and encodes what they are found
by, each with one worker and with two that have loaded all they need. Prints articles a second, the efficiency of
the second worker, the seconds that grouping takes an article, the largest memory of a worker, how much longer a store
takes than writing plain files, and from these the hours and machines for a day and a month of CC-NEWS. Encodings
are not kept between runs. An article here has 90 words, as a short agency report; --of-events says which share of
articles is of events of three outlets or more, and is compared at all.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from compare.codec import article_line, write_atomic
from compare.datamodel import Article
from compare.embedding.encoder import Vector
from compare.embedding.index import FaissIndex
from compare.gate.decide import load as load_gate
from compare.grouping.corpus import corpus_of_encoded
from compare.grouping.group import group_corpus
from crawlers.archive.writer import ArchiveWriter, Fetched
from crawlers.extract.pool import ExtractPool
from parallax.fleet.fleet import Fleet, Processes
from parallax.fleet.work import ArticlesUnit, EventUnit, compare_unit, encode_articles
from parallax.intake.files import Source, rows_of
from parallax.stores.folder import FolderStore

AT = "2024-05-01T12:00:00Z"
OUTLETS = 5
# Pages of CC-NEWS a day: 11,715,084 documents in May 2024, says the card of the data set FineNews
# (huggingface.co/datasets/maxidl/FineNews-unfiltered), which has all of them.
PAGES_A_DAY = 11_715_084 // 31
SAID = (
    "The {place} ferry {n} left {place} harbour late on Tuesday with {n} people aboard, the coast guard said.",
    "Its captain told reporters that the bow door had failed {n} minutes after the ship passed the lighthouse.",
    "Divers of the {place} fire brigade searched the wreck until noon and brought {n} passengers ashore.",
    "The owner, a company from {place}, had paid a fine of {n} thousand euros for a similar fault last year.",
    "An inquiry will begin on Friday, the minister of transport said, and its findings are due in {n} weeks.",
    "Relatives waited at the pier of {place} through the night while volunteers handed out blankets and tea.",
)


def page(event: int, outlet: int) -> bytes:
    """A page of an event: most of its sentences, in an order of the outlet's own."""
    place, n = f"Port{chr(65 + event % 26)}{event}ia", 20 + event
    told = [SAID[(i + outlet) % len(SAID)].format(place=place, n=n) for i in range(len(SAID) - 1)]
    text = "".join(f"<p>{sentence}</p>" for sentence in told)
    return f"<!doctype html><html><head><title>Ferry sinks off {place}</title></head><body><article><h1>Ferry sinks off {place}</h1>{text}</article></body></html>".encode()


def archive(path: Path, events: int) -> None:
    """A WARC file of all pages."""
    writer = ArchiveWriter(path, at=AT, user_agent="benchmark", session=1)
    for event in range(events):
        for outlet in range(OUTLETS):
            url = f"https://outlet{outlet}.example/{event}"
            headers = [("Content-Type", "text/html; charset=utf-8")]
            answer = Fetched(url=url, at=AT, status=200, headers=headers, body=page(event, outlet))
            writer.fetched(answer, "GET", [])
    writer.close()


def ingested(path: Path, first: Path, workers: int) -> tuple[list[Article], float]:
    """The articles of a file, and the seconds that it took once every process had read some pages of `first`."""
    with ExtractPool(workers) as pool:
        rows_of(Source(first, first.parent), (), pool)
        begun = perf_counter()
        rows = rows_of(Source(path, path.parent), (), pool)
        return [r for r in rows if isinstance(r, Article)], perf_counter() - begun


def units(articles: list[Article]) -> Iterator[EventUnit]:
    """The events, as they were made."""
    events: dict[str, list[Article]] = {}
    for article in articles:
        events.setdefault((article.url or "").rpartition("/")[2], []).append(article)
    for name, members in events.items():
        yield EventUnit(name, name, tuple(article_line(a) for a in members))


def compared(articles: list[Article], fleet: Fleet, workers: int) -> float:
    """Seconds that comparing takes, once every worker has loaded its encoder."""
    made = list(units(articles))
    warm, rest = made[: 2 * workers], made[2 * workers :]
    done = fleet.run(compare_unit, [*warm, *rest])
    for _ in warm:
        assert next(done).result
    begun = perf_counter()
    assert all(d.result for d in done)
    return perf_counter() - begun


def encoded(articles: list[Article], fleet: Fleet) -> tuple[list[Vector], float]:
    """What events are told apart by, and the seconds that encoding it took workers that had an encoder."""
    lines, size = list(map(article_line, articles)), 50
    units = [ArticlesUnit(i, tuple(lines[i : i + size])) for i in range(0, len(lines), size)]
    begun = perf_counter()
    found = {done.unit.first: done.result for done in fleet.run(encode_articles, units)}
    took = perf_counter() - begun
    return [vector for unit in units for vector in found[unit.first] or ()], took


def grouped(articles: list[Article], passages: list[Vector]) -> float:
    """Seconds that finding the events takes, once all is encoded."""
    begun = perf_counter()
    corpus = corpus_of_encoded(articles, passages, load_gate().common)
    group_corpus(corpus, index=FaissIndex())
    return perf_counter() - begun


def overhead(articles: list[Article], read: float, folder: Path) -> float:
    """How many times longer files take into a store than into one plain file, with `read` seconds an article to read them.

    10,000 articles, so that opening files is no part of it.
    """
    copies = range(10_000 // len(articles) + 1)
    many = [replace(a, url=f"{a.url}/{i}") for i in copies for a in articles]
    begun = perf_counter()
    write_atomic(folder / "plain.jsonl", b"".join(map(article_line, many)))
    plain = perf_counter() - begun
    begun = perf_counter()
    with FolderStore(folder / "store") as store:
        store.add_file("all", "all", many, at=AT, by="benchmark")
    kept = perf_counter() - begun
    return (read * len(many) + kept) / (read * len(many) + plain)


def tell(done: str, workers: int, articles: int, seconds: float) -> None:
    """A line of figures."""
    print(f"{done} with {workers}: {articles / seconds:.1f} articles a second", flush=True)


@dataclass(frozen=True)
class Seconds:
    """What one and two workers took: to read and to encode all articles, and to compare one."""

    read: dict[int, float]
    compared: dict[int, float]
    encoded: dict[int, float]


def measured(folder: Path) -> tuple[list[Article], list[Vector], Seconds]:
    """The articles of the folder's archive as they are read, their passages as they are encoded, and how long it took."""
    took = Seconds({}, {}, {})
    for workers in (1, 2):
        articles, took.read[workers] = ingested(
            folder / "pages.warc.gz", folder / "first.warc.gz", workers
        )
        tell("ingested", workers, len(articles), took.read[workers])
    for workers in (1, 2):
        with Processes(workers) as fleet:
            seconds = compared(articles, fleet, workers)
            passages, took.encoded[workers] = encoded(articles, fleet)
        took.compared[workers] = seconds / (len(articles) - 2 * workers * OUTLETS)
        tell("compared", workers, 1, took.compared[workers])
        tell("encoded", workers, len(articles), took.encoded[workers])
    return articles, passages, took


def tell_day(took: Seconds, articles: int, group: float, pages: int, of_events: float) -> None:
    """What a day of so many pages takes of a machine of two cores, and how many such machines keep up.

    `group` is seconds an article to find events, in the driver; `of_events` the share that is compared.
    """
    hours = pages / 3600
    ingest, encoding = (hours * each[2] / articles for each in (took.read, took.encoded))
    compare, driver = hours * of_events * took.compared[2], hours * group
    print(
        f"a day of CC-NEWS ({pages:,} pages, {of_events:.0%} compared): {ingest:.0f} + {encoding:.0f} + "
        f"{driver:.0f} + {compare:.0f} hours of a machine of two cores to ingest, encode, group and compare; a month: "
        f"{30 * (ingest + encoding + driver + compare):.0f}. To keep up: "
        f"{math.ceil((ingest + encoding + compare) / max(24 - driver, 1))} such machines beside the driver"
    )


def main() -> None:
    args = _arguments()
    os.environ["PARALLAX_CACHE"] = "off"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive(folder / "pages.warc.gz", args.events)
        archive(folder / "first.warc.gz", 8)
        articles, passages, took = measured(folder)
        for what, each in (
            ("ingesting", took.read), ("comparing", took.compared), ("encoding", took.encoded),
        ):  # fmt: skip
            print(f"{what}: efficiency of two workers {each[1] / each[2] / 2:.2f}")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        print(f"largest memory of a worker: {memory:.2f} GB")
        longer = overhead(articles, took.read[2] / len(articles), folder)
        print(f"into a store it takes {longer:.2f} times as long as into a file")
        group = grouped(articles, passages) / len(articles)
        print(f"grouping what is encoded: {group:.4f} s an article, in one thread of the driver")
        tell_day(took, len(articles), group, args.pages_a_day, args.of_events)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", type=int, nargs="?", default=40)
    parser.add_argument(
        "--pages-a-day",
        type=int,
        default=PAGES_A_DAY,
        help="pages of a day (default: those of CC-NEWS in May 2024)",
    )
    parser.add_argument(
        "--of-events",
        type=float,
        default=0.3,
        help="which share of articles is compared (default: 0.3, a guess; batch.json says it for yours)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
