"""What `import parallax` offers as functions: the same as the commands do, with defaults.

Everything that a function needs and that has one sensible value (an encoder with the adapter that
belongs to it, an index, a configuration, the record of the run) is made here if it is not given.
Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare import codec
from compare.config import Config
from compare.datamodel import Event, Run
from parallax.environment import library_versions, now, parallax_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compare.datamodel import Article, Comparison, Failure
    from compare.embedding.encoder import Encoder
    from compare.embedding.index import Index
    from crawlers.crawl import CrawlResult
    from crawlers.options import CrawlOptions
    from crawlers.output.ledger import LedgerRow
    from crawlers.registry.outlets import Outlet


def open_encoder(model: str | None = None, *, cache: str | Path | None = None) -> Encoder:
    """The sentence encoder: the bundled one with what was fitted on top of it, or another by name.

    `cache` is a folder that keeps encodings between runs; None keeps none. Opening takes about two
    seconds, so open one and hand it to every call. Raises ModelError where there is no such model.
    """
    from compare.embedding.open import open_encoder as opened

    return opened(model, Path(cache) if cache is not None else None)


def compare_articles(
    articles: Sequence[Article],
    *,
    event: Event | str = "",
    encoder: Encoder | None = None,
    index: Index | None = None,
    config: Config | None = None,
    run: Run | None = None,
    failures: Iterable[Failure] = (),
    outlets: Iterable[str] = (),
    earlier: Comparison | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Comparison:
    """What each outlet did with each detail of one event; no network, and no order of the articles matters.

    `event`, in words or as an `Event`, leaves out articles on other events; without it all are
    compared. `failures` are the pages that could not be read, `outlets` those to be shown even
    without an article: about neither is anything claimed that rests on not having read it.
    Details of `earlier`, a comparison of the same event, keep their ids.
    `progress` is told what is being done, how much is done and of how many (0: unknown). The run
    that is recorded has no time, so that the same articles give the same comparison.
    """
    from compare.embedding.index import FaissIndex
    from compare.pipeline import compare_articles as compared

    encoder = encoder or open_encoder()
    return compared(
        articles,
        event=Event(about=event) if isinstance(event, str) else event,
        encoder=encoder,
        index=index or FaissIndex(),
        config=config or Config(),
        run=run or this_run(encoder),
        failures=failures,
        outlets=outlets,
        earlier=earlier,
        progress=progress,
    )


def this_run(encoder: Encoder, *, started: str | None = None) -> Run:
    """The record of a comparison made here: this Parallax, this encoder, these libraries."""
    return Run(
        parallax=parallax_version(),
        model=encoder.name,
        started=started,
        libraries=library_versions(),
    )


def read_articles(path: str | Path) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles and the failures of an articles.jsonl; raises ArticlesFileError if it is none."""
    return codec.read_articles(Path(path))


def read_comparison(path: str | Path) -> Comparison:
    """The comparison in a comparison.json; raises ComparisonFileError if it is none."""
    return codec.read_comparison(Path(path))


def write_comparison(comparison: Comparison, path: str | Path) -> None:
    """Writes a comparison.json, whole or not at all; raises OutputError where it cannot."""
    codec.write_comparison(comparison, Path(path))


def read_outlets(*files: str | Path) -> tuple[Outlet, ...]:
    """The outlets of registry files, in their order; of the bundled one where none is given.

    Raises RegistryError, with the line, for what no registry may say.
    """
    from crawlers.registry.outlets import load_outlets

    return load_outlets(*map(Path, files))


def crawl(
    event: Event,
    *,
    out: str | Path,
    outlets: Sequence[Outlet] | None = None,
    options: CrawlOptions | None = None,
    progress: Callable[[LedgerRow], None] | None = None,
) -> CrawlResult:
    """Gathers what outlets published about an event into the folder `out`; see docs/crawling.md.

    `outlets` are those of the bundled registry if none are given and the event has words. Once in a
    process, since Twisted's reactor runs once. Raises UsageError where there is nothing to look
    for or in, OutputError where `out` cannot be written.
    """
    from crawlers.crawl import crawl as crawled
    from crawlers.options import CrawlOptions

    if outlets is None:
        outlets = read_outlets() if event.about else ()
    return crawled(
        event,
        outlets,
        out=Path(out),
        options=options or CrawlOptions(version=parallax_version()),
        clock=now,
        progress=progress,
    )


def write_report(
    comparison: Comparison,
    out: str | Path,
    *,
    single_file: bool = False,
    theme: Path | None = None,
    timezone: str | None = None,
) -> Path:
    """Writes the report's folder, and returns its first page; the same comparison, the same bytes.

    `single_file` adds report.html, which needs no other file, and returns that; `theme` is a
    stylesheet that comes after ours. `timezone` is whose times it shows ("Europe/Berlin", "UTC-5"), by
    default the outlets' most frequent. Raises OutputError where the folder holds something else, UsageError
    for a name that is no zone.
    """
    from parallax.events import settings_of
    from templates.render import write_report as written

    settings = {**comparison.run.settings, **settings_of(None, timezone)}
    comparison = replace(comparison, run=replace(comparison.run, settings=settings))
    return written(comparison, Path(out), single_file=single_file, theme=theme)
