"""The clause that a value stands in, as far as commas, colons and semicolons tell."""

from __future__ import annotations

import re

from compare.datamodel import Span
from compare.language.quantities import Quantity

_JOINT = re.compile(r"[,;:]")
# What leans on the clause before it: ", killing 25 people", ", with four deaths".
_LEANS = re.compile(
    r"\s(?:and\s)?(?:(?!following|including|according|during|excluding)\w{2,20}ing|with)\b.{0,40}\Z",
    re.IGNORECASE | re.DOTALL,
)


def clause_of(text: str, x: Quantity | Span) -> str:
    """What stands around a number or other stretch up to the next comma, colon or semicolon on either side."""
    return f"{_JOINT.split(text[: x.start])[-1]} {_JOINT.split(text[x.end :])[0]}"


def wide_clause_of(text: str, x: Quantity) -> str:
    """The same with the number itself, and with the clause before where this one leans on it."""
    before = _JOINT.split(text[: x.start])
    clause = f"{before[-1]}{text[x.start : x.end]}{_JOINT.split(text[x.end :])[0]}"
    return f"{before[-2]},{clause}" if len(before) > 1 and _LEANS.match(before[-1]) else clause
