"""`parallax ingest`: files of many days into a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import InputError, UsageError
from parallax.console import Progress, say, show_json, stoppable
from parallax.environment import now, user
from parallax.options import RAY_OR_WORKERS, AsJson, Only, RayAddress, Registries, StoreName

if TYPE_CHECKING:
    from compare.codec import Row
    from crawlers.registry.outlets import Outlet
    from parallax.fleet.fleet import Fleet
    from parallax.fleet.work import FileUnit
    from parallax.intake.files import Source
    from parallax.stores.store import Store

    Work = Callable[[FileUnit], list[Row]]


def ingest(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="WARC files, crawl folders, articles.jsonl, CSV, saved pages, folders of them.",
        ),
    ],
    store: StoreName,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read pages (default: one a core).")
    ] = None,
    ray: RayAddress = None,
    outlets: Registries = None,
    only: Only = False,
    as_json: AsJson = False,
) -> None:
    """Take articles into a store: each file once, by the hash of its bytes.

    Every page is an article, a failure with its reason, or a counted duplicate of one that the store
    has. Broken off, it goes on with the files that are not in yet. Other people may ingest and read
    meanwhile. With --ray, a file is read by one machine, which has to have it at the same path.

    \b
    Examples:
      parallax ingest CC-NEWS-20240501*.warc.gz --store news
      parallax ingest crawl-of-monday rows.csv --store postgresql://ann@db/news
      parallax ingest /shared/CC-NEWS-202405*.warc.gz --store postgresql://ann@db/news --ray auto
    """
    from crawlers.registry.outlets import registry
    from parallax.intake.files import files_in
    from parallax.stores.open import open_store

    if ray is not None and workers is not None:
        raise UsageError(RAY_OR_WORKERS)
    wanted = files_in([path.absolute() for path in files])
    known = registry(outlets or (), only=only) if outlets else registry(())
    with (
        open_store(store) as shelf,
        stoppable("Run the same command again to go on."),
        Progress() as progress,
        _readers(workers, ray) as (fleet, work),
    ):
        added, lost = _taken_in(wanted, tuple(known), shelf, fleet, work, progress)
        counts = shelf.counts()
    if as_json:
        show_json({"added": added, "lost": len(lost), "store": counts.as_row()})
    for why in lost:
        say(why)
    say(
        f"{added:,} of {len(wanted):,} files are new. The store has {counts.articles:,} articles "
        f"({counts.versions:,} of them further versions of a page), {counts.duplicates:,} duplicates, "
        f"{counts.failures:,} failures."
    )
    if lost:
        raise typer.Exit(1)


@contextmanager
def _readers(workers: int | None, ray: str | None) -> Iterator[tuple[Fleet, Work]]:
    """Who reads: machines of a cluster a file each, or processes of this machine a page each."""
    if ray is not None:
        from parallax.fleet.ray_cluster import RayCluster
        from parallax.fleet.work import read_file

        with RayCluster(ray) as cluster:
            yield cluster, read_file
        return
    from crawlers.extract.pool import ExtractPool
    from parallax.fleet.fleet import Here
    from parallax.intake.files import rows_of

    with ExtractPool(workers) as pool:
        yield Here(), lambda unit: rows_of(unit.source, unit.outlets, pool)


def _taken_in(
    wanted: Sequence[Source],
    known: tuple[Outlet, ...],
    shelf: Store,
    fleet: Fleet,
    work: Work,
    progress: Progress,
) -> tuple[int, list[str]]:
    """Puts what is read of each new file into the store; how many those were, and what was lost and why."""
    from parallax.fleet.work import FileUnit
    from parallax.intake.files import digest_of

    added, lost = 0, list[str]()

    def new() -> Iterator[FileUnit]:
        for number, source in enumerate(wanted, start=1):
            progress(f"reading {source.path.name}, file", number, len(wanted))
            try:
                digest = digest_of(source.path)
            except InputError as error:  # gone, or not ours to read: the others are
                lost.append(f"{source.path.name} was not read: {error}")
                continue
            if not shelf.has_file(digest):
                yield FileUnit(source, digest, known)

    for done in fleet.run(work, new()):
        unit, name = done.unit, done.unit.source.path.name
        if done.result is None:
            lost.append(f"{name} was not read: {done.why}")
        else:
            added += shelf.add_file(unit.digest, name, done.result, at=now(), by=user())
    return added, lost
