"""`parallax correct`: people's corrections, kept beside a comparison and laid over it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import read_comparison
from compare.errors import UsageError
from parallax.console import say, show, table
from parallax.corrections import comparisons_in, kept_comparison
from parallax.environment import now, user
from parallax.options import InStore

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from compare.coding.corrections import Correction
    from compare.coding.filled import Coded


def correct(
    comparison: Annotated[
        Path,
        typer.Argument(
            help="The comparison.json to correct, or the OUT of several events; with --store, an event's id."
        ),
    ],
    sheet: Annotated[
        Path | None, typer.Argument(metavar="[S.csv]", help="A filled-in coding sheet.")
    ] = None,
    coder: Annotated[
        str | None, typer.Option(help="Who corrects, where the sheet does not say.")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", help="Take the correction with this key back; all for every one."),
    ] = None,
    store: InStore = None,
) -> None:
    """Keep where a coder differs from the program as corrections, in a corrections.json beside it.

    comparison.json stays as it is: report, explain and diff lay the corrections over it and say whose they
    are. A new run keeps them as long as the details keep their ids (compare --since). Without a
    sheet, the corrections are listed. With --store, every code is kept in the store, with who and when:
    several people may correct at once, and `report --store` lays the last word over.

    \b
    Examples:
      parallax correct OUT/comparison.json S.csv --coder Lee
      parallax correct OUT S.csv
      parallax correct OUT/comparison.json
      parallax correct OUT/comparison.json --undo 3f2a91c07d55
      parallax correct 3f2a9c01b7de S.csv --coder Lee --store postgresql://lee@db/news
    """
    if store is not None:
        _in_store(store, str(comparison), sheet, coder, undo or [])
        return
    found = comparisons_in(comparison)
    if undo:
        _undo(found, undo)
    if sheet is not None:
        _apply(found, sheet, coder)
    lines = [
        (*([event] if event else []), *_row(c))
        for event, path in found.items()
        for c in _kept(path)
    ]
    if lines:
        show(table(lines, _HEAD if "" in found else ("event", *_HEAD)))
    else:
        say("no corrections.")


_HEAD = ("key", "kind", "detail", "of", "by", "code")


def _row(c: Correction) -> tuple[str, ...]:
    return (c.key, str(c.kind), c.detail, c.place, c.coder, c.code)


def _in_store(
    store: str, event: str, sheet: Path | None, coder: str | None, undo: Sequence[str]
) -> None:
    """Keeps what is said of an event in a store, and lists the corrections that stand."""
    from compare.coding.corrections import corrections_from
    from parallax.stores.coding import noted, standing, taken_back
    from parallax.stores.open import open_store

    with open_store(store, new=False) as shelf:
        comparison = kept_comparison(shelf, event)
        at, by = now(), user()
        if undo:
            known = [c.key for c in standing(shelf.notes(event))]
            _raise_unknown(undo, known)
            gone = known if "all" in undo else undo
            shelf.note(event, taken_back(gone, at=at, by=by), at=at, by=by)
        if sheet is not None:
            coded = _coded(sheet, coder)
            # A sheet of one comparison names it by its title, one of a batch by its events' ids.
            rows = [r for r in coded if r.event == event] or coded
            new, problems = corrections_from(rows, comparison, at=at)
            for problem in problems:
                say(f"{sheet}: row {problem.row} {problem.why}")
            unusable = {p.row for p in problems}
            good = [r for r in rows if r.row not in unusable]
            shelf.note(event, noted(good, new, at=at, by=by), at=at, by=by)
            say(f"{len(new)} corrections of {len(rows)} coded rows; the store holds all of them.")
        show(table([_row(c) for c in standing(shelf.notes(event))], _HEAD))


def _coded(sheet: Path, coder: str | None) -> list[Coded]:
    """The rows of a sheet, by its coders or the one that is named; says which cannot be used."""
    from compare.coding.filled import problems_of, read_sheet

    read = read_sheet(sheet)
    for line in problems_of(read):
        say(f"{sheet}: {line}")
    return [replace(r, coder=coder) if coder else r for r in read.coded]


def _raise_unknown(undo: Sequence[str], known: Collection[str]) -> None:
    if missing := [k for k in undo if k != "all" and k not in known]:
        raise UsageError(f"there is no correction {missing[0]!r}. Without --undo they are listed.")


def _kept(comparison: Path) -> tuple[Correction, ...]:
    from compare.coding.corrections import NAME, read_corrections

    return read_corrections(comparison.with_name(NAME))


def _undo(found: Mapping[str, Path], undo: list[str]) -> None:
    """Takes corrections back, in every event; raises UsageError, and undoes nothing, where one is in none."""
    from compare.coding.corrections import NAME, write_corrections

    keys = {c.key for path in found.values() for c in _kept(path)}
    _raise_unknown(undo, keys)
    for path in found.values():
        known = _kept(path)
        left = [] if "all" in undo else [c for c in known if c.key not in undo]
        if len(left) < len(known):
            write_corrections(path.with_name(NAME), left)


def _apply(found: Mapping[str, Path], sheet: Path, coder: str | None) -> None:
    """Keeps what a sheet says otherwise beside each comparison, and names every row that cannot be used."""
    rows, new = _placed(_coded(sheet, coder), found), 0
    for event, path in found.items():
        # A sheet of one comparison names it by its title, one of several by their folders.
        name = event or path.resolve().parent.name
        own = [r for r in rows if r.event == name] or ([] if event else rows)
        new += _correct(path, own, sheet) if own else 0
    for row in rows:
        if "" not in found and row.event not in found:
            say(f"{sheet}: row {row.row} is of an event {row.event!r}, which is not in the folder")
    held = next(iter(found.values())).with_name("corrections.json") if "" in found else None
    say(
        f"{new} corrections of {len(rows)} coded rows"
        + (f"; {held or 'the corrections.json beside each comparison'} holds them." if new else ".")
    )


def _placed(rows: list[Coded], found: Mapping[str, Path]) -> list[Coded]:
    """The rows with the events that ask their questions, where their own are not in the folder."""
    from compare.coding.filled import with_events
    from compare.coding.sheets import ItemKind, items_of

    if "" in found or all(row.event in found for row in rows):
        return rows
    asking: dict[str, set[str]] = defaultdict(set)
    for event, path in found.items():
        for item in items_of(read_comparison(path), ItemKind):
            asking[item.key].add(event)
    return with_events(rows, asking)


def _correct(comparison: Path, rows: Sequence[Coded], sheet: Path) -> int:
    """Keeps the corrections of one event; returns how many the rows make."""
    from compare.coding.corrections import NAME, corrections_from, merged, write_corrections

    new, problems = corrections_from(rows, read_comparison(comparison), at=now())
    for problem in problems:
        say(f"{sheet}: row {problem.row} {problem.why}")
    unusable = {p.row for p in problems}
    agreed = {r.key for r in rows if r.row not in unusable} - {c.key for c in new}
    # Whoever now codes what the program said takes an earlier correction back.
    known = _kept(comparison)
    _tell_replaced(known, rows, agreed | {c.key for c in new}, sheet)
    kept = [c for c in known if c.key not in agreed]
    if new or len(kept) < len(known):
        write_corrections(comparison.with_name(NAME), merged(kept, new))
    return len(new)


def _tell_replaced(
    known: Sequence[Correction], rows: Sequence[Coded], answered: Collection[str], sheet: Path
) -> None:
    """Says whose corrections a sheet puts others in place of, or takes back."""
    said = {r.key: r for r in rows if r.key in answered}
    for c in known:
        if (row := said.get(c.key)) is not None and row.code != c.code:
            say(
                f"{sheet}: row {row.row} says {row.code!r} in place of {c.code!r} of "
                f"{c.coder or 'a person'} ({c.key})"
            )
