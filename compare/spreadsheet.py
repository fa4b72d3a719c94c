"""CSV that a spreadsheet opens as text and nothing else (RFC 4180, UTF-8 with a byte order mark)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"\A(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
# The byte order mark, without which Excel guesses another encoding.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text as a formula."""
    return bool(_FORMULA.match(text))


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
        return f"'{value}" if is_formula(value) else value
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return "" if value is None else value
