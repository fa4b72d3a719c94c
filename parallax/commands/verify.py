"""`parallax verify`: what a figure rests on, made again from the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_comparison
from parallax.commands.compare import Comparer
from parallax.console import Progress, say, show, show_json, stoppable
from parallax.options import AsJson, Model

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from compare.over_time.rebuilt import DetailDiffers, FactDiffers
    from parallax.archive_check import Checked, CorrectionChecked


def verify(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a run or a watch.")],
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Read the archived pages again, compare again, and say what differs from what is kept.

    Names for each article the archived record (WARC-Record-ID) that it was read from and the hash of its
    words, so that it can be cited. Facts of --reference are looked for again, and people's corrections
    are tried on what came out. Exit code 0: everything is the same; 1: something differs.

    \b
    Examples:
      parallax verify OUT
      parallax verify OUT --json > provenance.json
    """
    kept = read_comparison(out / "comparison.json")
    with stoppable("Nothing was changed."), Progress() as progress:
        articles = _articles(kept, out, progress)
        again = Comparer(model, progress).compare(
            out / "articles.jsonl",
            kept.event,
            kept.outlets,
            reference=[fact.text for fact in kept.reference],
            earlier=kept,
        )
    found = _found(articles, kept, again, out)
    if as_json:
        import msgspec

        show_json(msgspec.to_builtins({"same": found.same, **vars(found)}))
    else:
        _tell(found.articles, found.details, len(kept.details))
        _tell_added(found.reference, len(kept.reference), found.corrections)
        for name, (then, now) in found.made_with.items():
            say(f"made with another {name}: {then}, now {now}")
    if not found.same:
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Found:
    """What was read and compared again, and what of it is not as it is kept; `--json` shows the fields."""

    articles: tuple[Checked, ...]
    details: tuple[DetailDiffers, ...]
    reference: tuple[FactDiffers, ...]
    corrections: tuple[CorrectionChecked, ...]
    made_with: dict[str, tuple[object, object]]

    @property
    def same(self) -> bool:
        """Whether everything is as it is kept."""
        from parallax.archive_check import State

        differs = self.details or self.reference or not all(c.found for c in self.corrections)
        return not differs and all(a.state is State.SAME for a in self.articles)


def _found(articles: tuple[Checked, ...], kept: Comparison, again: Comparison, out: Path) -> _Found:
    """What became of the articles, details, facts and corrections of a folder, compared `again`."""
    from compare.coding.corrections import NAME, read_corrections
    from compare.over_time.rebuilt import differing, differing_facts
    from parallax.archive_check import corrections_checked

    return _Found(
        articles=articles,
        details=differing(kept, again),
        reference=differing_facts(kept, again),
        corrections=corrections_checked(read_corrections(out / NAME), again),
        made_with=_made_with(kept, again),
    )


def _made_with(kept: Comparison, again: Comparison) -> dict[str, tuple[object, object]]:
    """What the two were made with where it is not the same: then and now."""
    pairs = {
        name: (getattr(kept.run, name), getattr(again.run, name))
        for name in ("parallax", "model", "libraries")
    }
    return {name: (then, now) for name, (then, now) in pairs.items() if then != now}


def _articles(kept: Comparison, out: Path, progress: Progress) -> tuple[Checked, ...]:
    from crawlers.archive.reader import ArchiveReader
    from crawlers.extract.pool import ExtractPool
    from parallax.archive_check import checked

    progress("reading the archive again", 0, 0)
    paths = sorted((out / "archive").glob("*.warc*"))
    archive = ArchiveReader.of(paths, strict=False)
    with ExtractPool() as pool:
        found = checked(kept.articles, archive, pool)
    if archive.damaged:
        say(f"The archive is damaged: {archive.damaged} stretches of it could not be read.")
    return found


def _tell(articles: Sequence[Checked], details: Sequence[DetailDiffers], known: int) -> None:
    for a in articles:
        show(f"{a.state}  {a.outlet}  {a.url or a.article}  {a.record or '-'}  sha256:{a.sha256}")
    for d in details:
        show(f"differs  {d.detail}  {', '.join(d.what)}  {d.text}")
    same = sum(a.state == "same" for a in articles)
    say(
        f"{same} of {len(articles)} articles are as archived; "
        f"{len(details)} of {known} details came out otherwise."
    )


def _tell_added(
    facts: Sequence[FactDiffers], known: int, corrections: Sequence[CorrectionChecked]
) -> None:
    """What became of what the user added: the list of facts, and corrections."""
    for f in facts:
        parts = ((f.gone, "not stated any more by"), (f.new, "now stated by"))
        shown = "; ".join(f"{words} {', '.join(who)}" for who, words in parts if who)
        show(f"differs  reference  {shown}  {f.text}")
    for c in corrections:
        if not c.found:
            show(f"lost     correction {c.key}  {c.kind} of {c.detail}: {c.code}")
    if known:
        say(f"{len(facts)} of {known} facts of the list came out otherwise.")
    if corrections:
        found = sum(c.found for c in corrections)
        say(f"{found} of {len(corrections)} corrections find what they correct.")
