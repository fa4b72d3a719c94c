"""Corrections by people: a file of their own beside comparison.json, laid over it whenever it is shown.

The comparison stays what the program found, so that a correction can be undone and outlives a new run: it is
found again by what it is about, the detail (or the one its id is forwarded to) and the outlet, values or
sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from compare.codec import write_atomic
from compare.coding.filled import Coded, Problem
from compare.coding.sheets import JOIN, SPLIT, Item, ItemKind, items_of, misfit
from compare.datamodel import Comparison
from compare.errors import InputError

NAME = "corrections.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says instead of the program: the code for one question, who, when, and a note."""

    key: str
    kind: ItemKind
    detail: str
    place: str
    code: str
    coder: str = ""
    note: str = ""
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsFile:
    """corrections.json."""

    schema_version: int
    corrections: tuple[Correction, ...]


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file, none where there is no file; raises InputError for one that is none."""
    if not path.is_file():
        return ()
    try:
        found = msgspec.json.decode(path.read_bytes(), type=CorrectionsFile)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} holds no corrections: {error}. Move it away, or correct it by hand."
        ) from error
    if found.schema_version > SCHEMA:
        raise InputError(f"{path} is of a newer Parallax. Update Parallax.")
    for c in found.corrections:
        if why := misfit(c.kind, c.code):
            raise InputError(f"{path}: the correction {c.key} {why}. Correct it by hand.")
    return found.corrections


def write_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Writes corrections.json whole; raises OutputError where it cannot."""
    rows = b",\n".join(msgspec.json.encode(c) for c in corrections)
    write_atomic(path, b'{"schema_version": %d,\n"corrections": [\n%s\n]}\n' % (SCHEMA, rows))


def corrections_from(
    coded: Iterable[Coded], comparison: Comparison, *, at: str | None
) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The codes that differ from the program's own, as corrections, and rows that cannot be used.

    Of rows that answer one question differently none is: which is right only people can say.
    """
    known: Mapping[str, Item] = {i.key: i for i in items_of(comparison, ItemKind)}
    found: dict[str, Correction] = {}
    problems = []
    usable = []
    for row in coded:
        item = known.get(row.key)
        if item is None:
            problems.append(Problem(row.row, "asks about what is not in the comparison"))
        elif why := misfit(item.kind, row.code) or _impossible(row, item.detail, comparison):
            problems.append(Problem(row.row, why))
        else:
            usable.append(row)
    disputed = _disputed(usable)
    for row in usable:
        item = known[row.key]
        if row.key in disputed:
            problems.append(Problem(row.row, _dispute(row, disputed[row.key])))
        elif row.code != item.program:
            found[row.key] = Correction(
                key=row.key, kind=item.kind, detail=item.detail, place=item.place, code=row.code,
                coder=row.coder, note=row.note, at=at,
            )  # fmt: skip
    return tuple(found.values()), tuple(sorted(problems, key=lambda p: p.row))


def _disputed(rows: Iterable[Coded]) -> dict[str, list[Coded]]:
    """The questions that rows answer differently, with those rows."""
    answers: dict[str, list[Coded]] = defaultdict(list)
    for row in rows:
        answers[row.key].append(row)
    return {k: some for k, some in answers.items() if len({r.code for r in some}) > 1}


def _dispute(row: Coded, answers: Iterable[Coded]) -> str:
    other = next(r for r in answers if r.code != row.code)
    return (
        f"says {row.code!r}, and row {other.row} says {other.code!r} of the same question; neither was kept. "
        "Leave the code of one of them empty"
    )


def _impossible(row: Coded, detail: str, comparison: Comparison) -> str:
    """Why a row cannot be split or joined as it is said; "" where it can."""
    if row.code.startswith(JOIN):
        other = row.code[len(JOIN) :]
        if other == detail or all(d.id != other for d in comparison.details):
            return f"joins {other!r}, which is no other detail of the comparison"
    if row.code.startswith(SPLIT):
        stated = {m.outlet for d in comparison.details if d.id == detail for m in d.mentions}
        named, unknown = split_off(row.code, stated)
        if unknown:
            return f"splits off {', '.join(unknown)}, which do not state it"
        if not named or named == stated:
            return "splits off every outlet that states it" if named else "splits off no outlet"
    return ""


def split_off(code: str, stated: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The outlets that a code "split: ..." takes away from those that state a row, and names of none of them."""
    by_name = {outlet.casefold(): outlet for outlet in stated}
    names = [name.strip() for name in code[len(SPLIT) :].split(";") if name.strip()]
    found = frozenset(by_name[n.casefold()] for n in names if n.casefold() in by_name)
    return found, tuple(n for n in names if n.casefold() not in by_name)


def merged(earlier: Iterable[Correction], new: Iterable[Correction]) -> tuple[Correction, ...]:
    """Both, the newer one where two answer the same question; in the order of their keys."""
    return tuple(sorted({c.key: c for c in (*earlier, *new)}.values(), key=lambda c: c.key))
