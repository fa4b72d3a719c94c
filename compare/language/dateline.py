"""Where a report's first sentence begins behind its dateline: "LONDON (Reuters) - ", "(CNN) ", "BEIRUT, Lebanon — "."""

from __future__ import annotations

import re

_CAPITALS = r"[A-Z][A-Z.'’/ -]{1,40}[A-Z.](?:,\s[A-Z][\w.'’ ]{1,25})?"
_PLACE = r"[A-Z][\w.'’/, -]{1,60}"
_SIGNED = r"\([A-Z][\w.'’/& -]{1,30}\)"
_DASH = r"\s{0,3}(?:[-–—]|--)\s{1,3}"
_DATELINE = re.compile(
    rf"(?:(?:{_PLACE}\s)?{_SIGNED}{_DASH}|{_CAPITALS}{_DASH}|\([A-Z]{{2,8}}\)\s{{1,3}})(?=[\"“'‘]?[A-Z\d])"
)


def behind_dateline(sentence: str) -> int:
    """The offset at which a sentence begins to state something; 0 where no dateline opens it."""
    found = _DATELINE.match(sentence)
    return found.end() if found else 0
