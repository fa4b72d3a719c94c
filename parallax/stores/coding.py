"""What people said of an event's comparison in a store: every code and every correction, with who and when.

Nothing is changed or taken out, so that two people who correct at once lose nothing: a later word on the
same question stands, and what was said before it can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from compare.coding.corrections import Correction
from compare.coding.filled import Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An answer to the question `key`: the code that `coder` gave, and who put it in and when.

    `correction` is what it changes, None where it is what the program says: that takes an earlier
    correction back. No code at all does so, too.
    """

    key: str
    by: str
    at: str
    coder: str = ""
    code: str = ""
    note: str = ""
    correction: Correction | None = None


def noted(coded: Iterable[Coded], corrections: Sequence[Correction], *, at: str, by: str) -> bytes:
    """The answers of a sheet as lines."""
    changes = {c.key: c for c in corrections}
    return b"".join(
        _line(
            Noted(
                key=row.key, by=by, at=at, coder=row.coder, code=row.code, note=row.note,
                correction=changes.get(row.key),
            )
        )
        for row in coded
    )  # fmt: skip


def taken_back(keys: Iterable[str], *, at: str, by: str) -> bytes:
    """As lines, that some corrections do not stand any more."""
    return b"".join(_line(Noted(key=key, by=by, at=at)) for key in keys)


def standing(kept: Iterable[bytes]) -> tuple[Correction, ...]:
    """The corrections that stand after all that was said, in the order of their keys."""
    last: dict[str, Correction | None] = {}
    for lines in kept:
        for line in lines.splitlines():
            one = msgspec.json.decode(line, type=Noted)
            last[one.key] = one.correction
    return tuple(c for _, c in sorted(last.items()) if c is not None)


def _line(one: Noted) -> bytes:
    return msgspec.json.encode(one) + b"\n"
