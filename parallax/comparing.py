"""`parallax compare`: articles to a comparison, one an event."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_articles, write_comparison
from compare.datamodel import Event, Run
from compare.errors import NothingFoundError, UsageError
from parallax.clock import library_versions, now, parallax_version
from parallax.console import Progress, say, show
from parallax.stopping import stoppable

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from compare.encoder import Encoder

Model = Annotated[
    str | None, typer.Option(help="Another encoder, by name or path (default: the bundled one).")
]


def compare(
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLES.jsonl...", help="One file an event.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Writes OUT/<stem>/comparison.json for each.")],
    about: Annotated[str | None, typer.Option(help="Leave out articles on other events.")] = None,
    model: Model = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip inputs whose comparison is there already.")
    ] = False,
) -> None:
    """Find which claims state the same detail, and judge what each outlet did with it.

    Each input holds the articles of one event. The model is loaded once. Prints the paths written.

    \b
    Examples:
      parallax compare articles.jsonl --out OUT
      parallax compare events/*.jsonl --out OUT --resume
    """
    targets = _targets(articles, out)
    with Progress() as progress, stoppable("Run the same command with --resume to go on."):
        comparer: Comparer | None = None
        for done, (source, target) in enumerate(targets.items()):
            if not (resume and target.exists()):
                comparer = comparer or Comparer.load(model, progress)
                progress(f"comparing {source.stem}, event", done + 1, len(targets))
                write_comparison(comparer.compare(source, Event(about=about or "")), target)
            show(str(target))
    say(f"{len(targets):,} comparison{'s' if len(targets) > 1 else ''} in {out}")


def _targets(articles: list[Path], out: Path) -> dict[Path, Path]:
    """Each input with the file that it becomes."""
    targets = {source: out / source.stem / "comparison.json" for source in articles}
    if len(set(targets.values())) < len(targets):
        raise UsageError(
            "two inputs have the same name; their comparisons would overwrite each other."
        )
    return targets


@dataclass(frozen=True, slots=True)
class Comparer:
    """The model, loaded once, and what is said of the run."""

    encoder: Encoder
    progress: Progress

    @classmethod
    def load(cls, model: str | None, progress: Progress) -> Comparer:
        """Loads the model; raises ModelError where there is none."""
        from parallax.encoding import open_encoder

        return cls(open_encoder(model, progress), progress)

    def compare(self, source: Path, event: Event, outlets: tuple[str, ...] = ()) -> Comparison:
        """The comparison of the articles in a file.

        Raises ArticlesFileError for a file that holds none, NothingFoundError where all failed.
        """
        from compare.index import FaissIndex
        from compare.pipeline import Config, compare_articles

        articles, failures = read_articles(source)
        if not articles:
            raise NothingFoundError(
                f"{source}: no article to compare, {len(failures)} failures. The file says why for each."
            )
        return compare_articles(
            articles,
            event=event,
            failures=failures,
            outlets=outlets,
            encoder=self.encoder,
            index=FaissIndex,
            config=Config(),
            run=Run(
                parallax=parallax_version(),
                model=self.encoder.name,
                started=now(),
                libraries=library_versions(),
            ),
            progress=self.progress,
        )
