"""What a day of news takes: `python -m benchmarks.speed.batch [EVENTS]`.

Takes in a WARC file of made-up pages, five outlets an event, and compares the events with one process
and with two, from a store that is new each time. Prints articles a second, the efficiency of the second
process, the seconds that grouping takes an article, the largest memory of a worker, how much longer a store
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
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from compare.codec import article_line, write_atomic
from compare.datamodel import Article
from crawlers.archive.writer import ArchiveWriter, Fetched
from crawlers.extract.pool import ExtractPool
from parallax.fleet.days import units_of
from parallax.fleet.fleet import Fleet, Here, Processes
from parallax.fleet.work import EventUnit, compare_unit, encoder_of_worker
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


def ingested(path: Path, workers: int) -> tuple[list[Article], float]:
    """The articles of the file, and the seconds that reading it took."""
    with ExtractPool(workers) as pool:
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


def grouped(articles: list[Article]) -> float:
    """Seconds an article that grouping takes, reading and encoding it included."""
    encoder_of_worker()
    begun = perf_counter()
    units_of(articles, "0", Here(), lambda *_: None)
    return (perf_counter() - begun) / len(articles)


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


def main() -> None:
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
    args = parser.parse_args()
    os.environ["PARALLAX_CACHE"] = "off"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive(folder / "pages.warc.gz", args.events)
        read, took = {}, {}
        for workers in (1, 2):
            articles, read[workers] = ingested(folder / "pages.warc.gz", workers)
            print(
                f"ingested with {workers}: {len(articles) / read[workers]:.1f} articles a second",
                flush=True,
            )
        for workers, fleet in ((1, Processes(1)), (2, Processes(2))):
            took[workers] = compared(articles, fleet, workers) / (
                len(articles) - 2 * workers * OUTLETS
            )
            print(f"compared with {workers}: {1 / took[workers]:.1f} articles a second", flush=True)
        print(
            f"efficiency of two: ingesting {read[1] / read[2] / 2:.2f}, comparing {took[1] / took[2] / 2:.2f}"
        )
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        print(f"largest memory of a worker: {memory:.2f} GB")
        print(
            f"into a store it takes {overhead(articles, read[2] / len(articles), folder):.2f} times as long as into a file"
        )
        each = grouped(articles)
        print(f"grouping: {each:.3f} s an article, in one thread of the driver")
        ingest = args.pages_a_day * read[2] / len(articles) / 3600
        compare = args.pages_a_day * args.of_events * took[2] / 3600
        group = args.pages_a_day * each / 3600
        hours = ingest + compare + group
        print(
            f"a day of CC-NEWS ({args.pages_a_day:,} pages, {args.of_events:.0%} compared): {ingest:.0f} + {group:.0f} + {compare:.0f} "
            f"hours of a machine of two cores to ingest, group and compare; a month: {30 * hours:.0f}. "
            f"To keep up: {math.ceil((ingest + compare) / max(24 - group, 1))} such machines beside the driver"
        )


if __name__ == "__main__":
    main()
