"""`parallax agree`: how far coders agree, with each other and with the program."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compare.codec import read_comparison
from compare.errors import InputError
from parallax.console import say, show, show_json, table
from parallax.corrections import comparisons_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.coding.agreement import Agreement
    from compare.coding.filled import Coded
    from compare.intervals import Estimate

PROGRAM = "the program"
_SHOWN = 20  # numbers of rows in one message
_WIDE = 60  # characters of a detail in a line
Question = tuple[str, str]  # the event, and the key of what is asked


def agree(
    sheets: Annotated[
        list[Path], typer.Argument(metavar="S1.csv [S2.csv...]", help="Filled-in sheets.")
    ],
    compared: Annotated[
        Path | None,
        typer.Option(
            "--with",
            help="A comparison.json, or the OUT of several events: how far each coder agrees with the program.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
) -> None:
    """Say how far coders agree: percent, Cohen's kappa, Krippendorff's alpha, with 95 % intervals.

    Per kind of question and per code, with every disagreement listed. A row that cannot be used is
    named with its number; rows may stand in any order. A sheet that several filled in counts for each of
    them. What only one of two coded is counted, and part of no figure.

    \b
    Examples:
      parallax agree S-1.csv S-2.csv
      parallax agree S-1.csv S-2.csv --with OUT/comparison.json --json
      parallax agree S-1.csv S-2.csv --with OUT
    """
    from compare.coding.sheets import ItemKind

    program = _of_program(compared) if compared is not None else {}
    alone = compared is not None and not compared.is_dir()
    coders, unusable = _read(sheets, [] if alone else program)
    asked = {q: row for rows in coders.values() for q, row in rows.items()}
    given = {name: {q: row.code for q, row in rows.items()} for name, rows in coders.items()}
    if compared is not None:
        known = {q: program.get(("", q[1]) if alone else q) for q in asked}
        given[PROGRAM] = {q: code for q, code in known.items() if code is not None}
        for name, rows in coders.items():
            if missing := sorted(row.row for q, row in rows.items() if q not in given[PROGRAM]):
                unusable.append(_not_there(name, missing, compared))
                say(f"  {unusable[-1]}")
    elif len(coders) < 2:
        raise InputError(
            "one coder agrees with nobody. Give a second sheet, or --with comparison.json."
        )
    results = [
        one
        for a, b in combinations(given, 2)
        for kind in ItemKind
        if (one := _result(a, b, given, {q: r for q, r in asked.items() if r.kind is kind}, kind))
    ]
    if as_json:
        show_json({"agreement": [r.as_json() for r in results], "unusable": unusable})
    else:
        show("\n\n".join(r.as_text() for r in results) or "no question was coded by two.")


def _not_there(name: str, rows: Sequence[int], compared: Path) -> str:
    """That rows ask about what a comparison does not have: another event, or details with other ids."""
    shown = ", ".join(map(str, rows[:_SHOWN])) + (" ..." if len(rows) > _SHOWN else "")
    return f"{name}: {len(rows)} rows ask about what is not in {compared}: row {shown}"


def _read(
    sheets: Sequence[Path], program: Iterable[Question]
) -> tuple[dict[str, dict[Question, Coded]], list[str]]:
    """Each coder's rows by question, and the rows that cannot be used, which are told.

    An event is called as in the program's questions, or else in the first sheet that has it.
    """
    from compare.coding.filled import problems_of, read_sheet, with_events

    coders: dict[str, dict[Question, Coded]] = {}
    unusable = []
    asking: dict[str, set[str]] = defaultdict(set)
    for event, key in program:
        asking[key].add(event)
    for path in sheets:
        sheet = read_sheet(path)
        problems = [f"{path}: {line}" for line in problems_of(sheet)]
        unusable += problems
        several = len({r.coder for r in sheet.coded}) > 1
        rows = with_events(sheet.coded, asking)
        for row in rows:
            name = f"{path}: {row.coder or 'nobody'}" if several else str(path)
            coders.setdefault(name, {})[row.event, row.key] = row
        for row in rows:
            asking[row.key].add(row.event)
        say(
            f"{path}: {len(sheet.coded)} rows coded, {sheet.open} left open, "
            f"{len(problems)} cannot be used"
        )
    for line in unusable:
        say(f"  {line}")
    return coders, unusable


def _of_program(compared: Path) -> dict[Question, str]:
    """What the program says to each question; the event is "" for a single comparison."""
    from compare.coding.sheets import ItemKind, items_of

    return {
        (event, item.key): item.program
        for event, path in comparisons_in(compared).items()
        for item in items_of(read_comparison(path), ItemKind)
    }


@dataclass(frozen=True)
class _Result:
    one: str
    other: str
    kind: str
    agreement: Agreement
    disagreements: tuple[tuple[Coded, str, str], ...]
    only_one: int

    def as_json(self) -> dict[str, Any]:
        """For a script."""
        import msgspec

        found: dict[str, Any] = msgspec.to_builtins(self.agreement)
        listed = [
            {
                "event": row.event, "key": row.key, "detail": row.detail, "outlet": row.outlet,
                "text": row.text, "one": a, "other": b,
            }
            for row, a, b in self.disagreements
        ]  # fmt: skip
        return {
            "one": self.one,
            "other": self.other,
            "kind": self.kind,
            "only_one": self.only_one,
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
        if self.only_one:
            parts.append(f"{self.only_one} more were coded by one of the two alone.")
        if self.disagreements:
            several = len({row.event for row, _, _ in self.disagreements}) > 1
            rows = [
                (
                    *([row.event] if several else []),
                    row.key,
                    row.outlet,
                    a,
                    b,
                    shorten(row.text, _WIDE),
                )
                for row, a, b in self.disagreements
            ]
            event = ["event"] if several else []
            head = (*event, "they differ on", "of", self.one, self.other, "detail")
            parts.append(table(rows, head))
        return "\n".join(parts)


def _result(
    a: str,
    b: str,
    given: dict[str, dict[Question, str]],
    asked: dict[Question, Coded],
    kind: str,
) -> _Result | None:
    """The agreement of two on questions of one kind; None where both coded none."""
    from compare.coding.agreement import agreement_of

    both = [q for q in asked if q in given[a] and q in given[b]]
    only_one = sum((q in given[a]) != (q in given[b]) for q in asked)
    if not both:
        return None
    pairs = [(given[a][q], given[b][q]) for q in both]
    differ = tuple((asked[q], x, y) for q, (x, y) in zip(both, pairs, strict=True) if x != y)
    return _Result(a, b, kind, agreement_of(pairs), differ, only_one)


def _shown(found: Estimate) -> str:
    if found.value is None:
        return "not defined: everything has one code"
    if found.low is None or found.high is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"
