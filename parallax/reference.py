"""A list of facts that the user gives: which outlet states which of them?"""

from __future__ import annotations

from pathlib import Path

from compare.errors import UsageError


def read_reference(path: Path) -> tuple[str, ...]:
    """The facts of a text file, one a line; empty lines and lines that begin with # are none.

    Raises UsageError where the file cannot be read or holds none.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read as a list of facts: {error}. Give a text file, a fact a line."
        ) from error
    facts = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    facts = tuple(fact for fact in facts if not fact.startswith("#"))
    if not facts:
        raise UsageError(f"{path} holds no fact. Give a text file, a fact a line.")
    return facts
