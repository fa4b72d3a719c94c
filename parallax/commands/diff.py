"""`parallax diff`: what changed between two comparisons of one event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallax.console import say, show, show_json
from parallax.corrections import read_corrected

if TYPE_CHECKING:
    from compare.changes import Difference


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier comparison.json.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one.")],
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Say what is new, gone and told otherwise, who added or dropped what, and which verdict changed and why.

    NEW should have been made with --since OLD, so that the same details have the same ids.

    \b
    Examples:
      parallax diff MONDAY/comparison.json TUESDAY/comparison.json
      parallax diff MONDAY/comparison.json TUESDAY/comparison.json --json
    """
    from compare.over_time.diff import difference

    before, now = read_corrected(old), read_corrected(new)
    found = difference(before, now)
    if (before.run.started or "") > (now.run.started or "~"):
        say("parallax: OLD was made after NEW. Is it the other way round?")
    if before.details and now.details and len(found.gone) == len(before.details):
        say(
            "parallax: no detail is in both. Are they of one event, and was NEW made with "
            f"--since {old}?"
        )
    if as_json:
        import msgspec

        show_json(msgspec.to_builtins(found))
    else:
        show("\n".join(_lines(found)) or "nothing changed.")


def _lines(found: Difference) -> Iterator[str]:
    if found.articles_new or found.articles_gone:
        yield f"articles: {len(found.articles_new)} new, {len(found.articles_gone)} gone"
    if found.settings:
        yield f"settings that differ: {', '.join(found.settings)}"
    for d in found.new:
        yield f"new       {d.detail}  {d.text}  ({', '.join(d.outlets)})"
    for d in found.gone:
        where = f"went into {d.into}" if d.into else ", ".join(d.outlets)
        yield f"gone      {d.detail}  {d.text}  ({where})"
    for t in found.told:
        parts = f" ({', '.join(t.parts)})" if t.parts else ""
        yield f"{t.kind:<9} {t.detail}  {t.outlet}{parts}: {t.text}"
        yield from (
            f"            {sign} {words}" for sign, words in (("-", t.old), ("+", t.new)) if words
        )
    for v in found.verdicts:
        why = ", ".join(v.why) or "nothing that was recorded"
        yield f"verdict   {v.detail}  {v.outlet}: {v.old}, now {v.new}; differs: {why}  {v.text}"
