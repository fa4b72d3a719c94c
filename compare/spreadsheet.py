"""CSV that a spreadsheet opens as text and nothing else (RFC 4180, UTF-8 with a byte order mark)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"\A(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
# Where semicolons or tabs part cells, a text goes on in the next cell behind one, whatever quotes are around.
_NEXT_CELL = re.compile(r"(?<![;\s\"])([;\s\"]++)(?=[=+\-@＝＋－＠])")
_PARTING = frozenset(";\t\r\n")
# The byte order mark, without which Excel guesses another encoding.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text as a formula."""
    return bool(_FORMULA.match(text))


def inert(text: str) -> str:
    """The text with an apostrophe in front of whatever would begin a formula, in this cell or a next one."""
    # Written out, since a large report asks this of every text in its tables.
    parted = ";" in text or "\t" in text or "\r" in text or "\n" in text
    apart = _NEXT_CELL.sub(_broken, text) if parted else text
    return f"'{apart}" if _is_formula(apart) else apart


def _broken(gap: re.Match[str]) -> str:
    return f"{gap[0]}'" if _PARTING & set(gap[0]) else gap[0]


def csv_bytes(head: Iterable[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV; text that would be run as a formula has an apostrophe in front, None is empty."""
    file = io.StringIO(newline="")
    file.write(MARK)
    writer = csv.writer(file)
    writer.writerow(list(head))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return "" if value is None else value
