"""`parallax compare`: articles to a comparison, one an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import check_writable, read_articles, read_comparison, write_comparison
from compare.datamodel import Article, Event
from compare.errors import NothingFoundError, UsageError
from parallax.console import Progress, say, say_lost_rows, say_misfits, show, stoppable
from parallax.environment import cache_folder, now
from parallax.events import settings_of
from parallax.library import compare_articles, this_run
from parallax.options import Model, Reference, Timezone, Title
from parallax.reference import read_reference

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from compare.embedding.encoder import Encoder


def compare(
    articles: Annotated[
        list[Path],
        typer.Argument(metavar="ARTICLES.jsonl...", help="One file an event; JSON Lines or CSV."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Writes OUT/<stem>/comparison.json for each.")],
    about: Annotated[str | None, typer.Option(help="Leave out articles on other events.")] = None,
    model: Model = None,
    title: Title = None,
    timezone: Timezone = None,
    reference: Reference = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip inputs whose comparison is there already.")
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            help="An earlier comparison.json, or the earlier OUT of several: details keep their ids.",
        ),
    ] = None,
) -> None:
    """Find which claims state the same detail, and judge what each outlet did with it.

    Each input holds the articles of one event. The model is loaded once. Prints the paths written.

    \b
    Examples:
      parallax compare articles.jsonl --out OUT
      parallax compare events/*.jsonl --out OUT --resume
      parallax compare articles.jsonl --out OUT --reference press-release.txt
      parallax compare articles.jsonl --out OUT --since LAST/articles/comparison.json
    """
    targets = _targets(articles, out)
    settings = settings_of(title, timezone)
    facts = read_reference(reference) if reference is not None else ()
    before = _earlier(articles, since) if since else {}
    check_writable(out)
    for source in articles:
        if not source.exists():  # said before hours of work on the others, not after
            read_articles(source)
    with Progress() as progress, stoppable("Run the same command with --resume to go on."):
        comparer = Comparer(model, progress)
        for done, (source, target) in enumerate(targets.items()):
            if not (resume and target.exists()):
                progress(f"comparing {source.stem}, event", done + 1, len(targets))
                compared = comparer.compare(
                    source,
                    Event(about=about or ""),
                    settings=settings,
                    reference=facts,
                    earlier=read_comparison(before[source]) if source in before else None,
                )
                write_comparison(compared, target)
            show(str(target))
    say(f"{_count(len(targets), 'comparison')} in {out}")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _targets(articles: list[Path], out: Path) -> dict[Path, Path]:
    """Each input with the file that it becomes."""
    targets = {source: out / source.stem / "comparison.json" for source in articles}
    if len(set(targets.values())) < len(targets):
        raise UsageError(
            "two inputs have the same name; their comparisons would overwrite each other."
        )
    return targets


def _earlier(articles: list[Path], since: Path) -> dict[Path, Path]:
    """The earlier comparison of each input that has one.

    Raises UsageError where one file is given for several inputs, or where a folder has none of them.
    """
    if not since.is_dir():
        if len(articles) > 1:
            raise UsageError(
                "--since names one comparison, and there are several inputs. Give the folder that holds "
                "a <stem>/comparison.json for each."
            )
        return {articles[0]: since}
    found = {source: since / source.stem / "comparison.json" for source in articles}
    there = {source: path for source, path in found.items() if path.is_file()}
    if not there:
        raise UsageError(
            f"--since {since}: it holds no <stem>/comparison.json of any input. Give the --out of an "
            "earlier `parallax compare`, or a comparison.json."
        )
    return there


def _no_match(source: Path, event: Event, articles: Sequence[Article]) -> str:
    """Why no article is left: its number, and how many of them hold the event's words."""
    from compare.gate.decide import load
    from compare.gate.words import articles_with

    found = articles_with(event.about, articles, load().common)
    about = f"is about \u201c{event.about}\u201d" if event.about else "is about the event"
    words = (
        f": the words are in {found} of {_count(len(articles), 'article')}" if event.about else ""
    )
    return f"{source}: no article {about}{words}. Use other words or a wider window."


@dataclass(frozen=True)
class Comparer:
    """Compares one event after another with one model, loaded when the first one needs it."""

    model: str | None
    progress: Progress

    @cached_property
    def encoder(self) -> Encoder:
        """The model; raises ModelError where there is none."""
        from compare.embedding.open import open_encoder

        self.progress("loading the model", 0, 0)
        return open_encoder(self.model, cache_folder())

    def compare(
        self,
        source: Path,
        event: Event,
        outlets: tuple[str, ...] = (),
        *,
        settings: Mapping[str, str] | None = None,
        reference: Sequence[str] = (),
        earlier: Comparison | None = None,
    ) -> Comparison:
        """The comparison of the articles in a file; details of `earlier` keep their ids.

        With `reference` it says who states which fact of that list.

        Raises ArticlesFileError for a file that holds none, NothingFoundError where all failed or none is on the event.
        """
        articles, failures = read_articles(source)
        say_lost_rows(str(source), len(articles), failures)
        if not articles:
            raise NothingFoundError(
                f"{source}: no article to compare, {_count(len(failures), 'failure')}. The file says why for each."
            )
        compared = compare_articles(
            articles,
            event=event,
            failures=failures,
            outlets=outlets,
            encoder=self.encoder,
            run=replace(this_run(self.encoder, started=now()), settings=settings or {}),
            earlier=earlier,
            progress=self.progress,
        )
        if not compared.articles:
            raise NothingFoundError(_no_match(source, event, articles))
        if len({article.outlet for article in compared.articles}) == 1:
            say(
                f"parallax: {source}: {_count(len(compared.articles), 'article')} of one outlet, "
                f"{compared.articles[0].outlet}: there is nothing to compare with."
            )
        if reference:
            compared = self._with_reference(compared, reference)
        say_misfits(compared.run.misfits, self.encoder.name)
        return compared

    def _with_reference(self, compared: Comparison, facts: Sequence[str]) -> Comparison:
        from compare.config import Config
        from compare.embedding.index import FaissIndex
        from compare.reference import with_reference

        self.progress("looking for the facts of the list", 0, len(facts))
        return with_reference(
            compared, facts, encoder=self.encoder, index=FaissIndex(), config=Config()
        )
