"""Two writers and five readers of one PostgreSQL: `python -m benchmarks.speed.postgres ADDRESS [--seconds 60]`.

ADDRESS is of an empty database. Both writers take in the same files, each of which has articles in common with the
one before, and note corrections; the readers count, read a day and search meanwhile. Prints how many files and
articles came in, whether one was lost or is there twice, and the longest that a reader waited. Exits with 1
where anything was lost, or a reader waited longer than a second.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from compare.datamodel import Article
from parallax.stores.open import open_store

AT = "2024-05-01"
# Articles of a file, and how many of them the next file has as well.
ROWS, COMMON = 60, 10
TEXT = "The old bridge at Tarn collapsed on Tuesday, {n} people said. Nobody was hurt. " * 6


def rows(number: int) -> list[Article]:
    """The articles of a file."""
    first = number * (ROWS - COMMON)
    return [
        Article(
            id=str(n), outlet=f"outlet {n % 60}", title=f"A bridge fell, {n}", text=TEXT.format(n=n),
            url=f"https://outlet{n % 60}.example/{n}", published=f"2024-05-{1 + n % 7:02}",
        )
        for n in range(first, first + ROWS)
    ]  # fmt: skip


def write(address: str, who: str, until: float) -> tuple[int, int, int]:
    """How many files were added, how many were offered, and how many notes were kept."""
    added = notes = number = 0
    with open_store(address) as store:
        while time.monotonic() < until:
            added += store.add_file(f"f{number}", f"f{number}", rows(number), at=AT, by=who)
            notes += store.note("event", f"{who} {number}".encode(), at=AT, by=who)
            number += 1
    return added, number, notes


def read(address: str, ended: threading.Event) -> tuple[float, int]:
    """The longest that a call took, in seconds, and how many calls there were."""
    longest, calls = 0.0, 0
    with open_store(address) as store:
        asks = (
            store.counts,
            lambda: store.has_file("f3"),
            lambda: store.notes("event"),
            lambda: store.find("bridge 17", 5),
        )
        while not ended.is_set():
            begun = time.perf_counter()
            asks[calls % len(asks)]()
            longest, calls = max(longest, time.perf_counter() - begun), calls + 1
            time.sleep(0.05)
    return longest, calls


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address")
    parser.add_argument("--seconds", type=float, default=60.0)
    args = parser.parse_args()
    open_store(args.address).__exit__()
    ended, until = threading.Event(), time.monotonic() + args.seconds
    with ThreadPoolExecutor(7) as pool:
        readers = [pool.submit(read, args.address, ended) for _ in range(5)]
        writers = [pool.submit(write, args.address, who, until) for who in ("ann", "bob")]
        wrote = [w.result() for w in writers]
        ended.set()
        longest, calls = zip(*(r.result() for r in readers), strict=True)
    files = max(offered for _, offered, _ in wrote)
    with open_store(args.address) as store:
        counts, notes = store.counts(), len(store.notes("event"))
    articles = files * (ROWS - COMMON) + COMMON
    lost = (
        sum(added for added, _, _ in wrote) != files
        or (counts.files, counts.articles, counts.duplicates)
        != (files, articles, files * ROWS - articles)
        or notes != sum(kept for _, _, kept in wrote)
    )
    print(
        f"{counts.files} files, {counts.articles:,} articles, {notes} notes; {'something was lost' if lost else 'nothing lost'}"
    )
    print(f"{sum(calls):,} calls of five readers; the longest took {max(longest):.2f} s")
    if lost or max(longest) > 1:
        sys.exit(1)


if __name__ == "__main__":
    main()
