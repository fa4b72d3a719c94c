"""`parallax agree`: how far coders agree, with each other and with the program."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compare.codec import read_comparison
from compare.errors import InputError
from parallax.console import say, show, show_json, table

if TYPE_CHECKING:
    from compare.coding.agreement import Agreement
    from compare.coding.sheets import Coded
    from compare.intervals import Estimate

PROGRAM = "the program"


def agree(
    sheets: Annotated[
        list[Path], typer.Argument(metavar="S1.csv [S2.csv...]", help="Filled-in sheets.")
    ],
    compared: Annotated[
        Path | None,
        typer.Option(
            "--with", help="A comparison.json: how far each coder agrees with the program."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Say how far coders agree: percent, Cohen's kappa, Krippendorff's alpha, with 95 % intervals.

    Per kind of question and per code, with every disagreement listed. A row that cannot be used is
    named with its number; rows may stand in any order.

    \b
    Examples:
      parallax agree S-1.csv S-2.csv
      parallax agree S-1.csv S-2.csv --with OUT/comparison.json --json
    """
    from compare.coding.sheets import ItemKind, items_of, problems_of, read_sheet

    coders: dict[str, dict[str, Coded]] = {}
    unusable = []
    for path in sheets:
        sheet = read_sheet(path)
        problems = [f"{path}: {line}" for line in problems_of(sheet)]
        unusable += problems
        coders[str(path)] = {row.key: row for row in sheet.coded}
        say(
            f"{path}: {len(sheet.coded)} rows coded, {sheet.open} left open, "
            f"{len(problems)} cannot be used"
        )
    for line in unusable:
        say(f"  {line}")
    kinds = {row.key: row.kind for rows in coders.values() for row in rows.values()}
    given = {name: {k: row.code for k, row in rows.items()} for name, rows in coders.items()}
    if compared is not None:
        items = items_of(read_comparison(compared), ItemKind)
        given[PROGRAM] = {i.key: i.program for i in items if i.key in kinds}
    elif len(sheets) < 2:
        raise InputError(
            "one sheet agrees with nothing. Give a second one, or --with comparison.json."
        )
    results = [
        one
        for a, b in combinations(given, 2)
        for kind in ItemKind
        if (one := _result(a, b, given, [k for k in kinds if kinds[k] is kind], kind))
    ]
    if as_json:
        show_json({"agreement": [r.as_json() for r in results], "unusable": unusable})
    else:
        show("\n\n".join(r.as_text() for r in results) or "no question was coded by two.")


@dataclass(frozen=True)
class _Result:
    one: str
    other: str
    kind: str
    agreement: Agreement
    disagreements: tuple[tuple[str, str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        import msgspec

        found: dict[str, Any] = msgspec.to_builtins(self.agreement)
        listed = [{"key": k, "one": a, "other": b} for k, a, b in self.disagreements]
        return {
            "one": self.one,
            "other": self.other,
            "kind": self.kind,
            **found,
            "disagreements": listed,
        }

    def as_text(self) -> str:
        """For a person."""
        a = self.agreement
        figures = [
            ("percent", _shown(a.percent)), ("Cohen's kappa", _shown(a.kappa)),
            ("Krippendorff's alpha", _shown(a.alpha)),
        ]  # fmt: skip
        codes = [(c.code, str(c.given), f"{c.agreement:.2f}") for c in a.per_code]
        parts = [
            f"{self.one} and {self.other}: {a.items} questions about {self.kind}",
            table(figures, ("figure", "value (95 % interval)")),
            table(codes, ("code", "given", "agreement")),
        ]
        if self.disagreements:
            parts.append(table(self.disagreements, ("they differ on", self.one, self.other)))
        return "\n".join(parts)


def _result(
    a: str, b: str, given: dict[str, dict[str, str]], keys: list[str], kind: str
) -> _Result | None:
    """The agreement of two on questions of one kind; None where both coded none."""
    from compare.coding.agreement import agreement_of

    both = [k for k in keys if k in given[a] and k in given[b]]
    if not both:
        return None
    pairs = [(given[a][k], given[b][k]) for k in both]
    differ = tuple((k, x, y) for k, (x, y) in zip(both, pairs, strict=True) if x != y)
    return _Result(a, b, kind, agreement_of(pairs), differ)


def _shown(found: Estimate) -> str:
    if found.value is None:
        return "not defined: everything has one code"
    if found.low is None or found.high is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"
