"""How firmly a text states what it says: "reportedly", "may have", "is believed to"."""

from __future__ import annotations

import re

from compare.datamodel import Span

_HEDGE = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|apparently|seemingly|presumably|possibly|probably|perhaps|maybe|"
    r"likely|unlikely|unconfirmed|unverified|alleged|purported|suspected|rumou?red|"
    r"(?:may|might|could)\s+(?:also\s+|well\s+|soon\s+|not\s+|yet\s+)?(?:have|be|even|[a-z]+)|"
    r"(?:appear|seem)(?:s|ed)?\s+(?:to|as|that|likely|ready|poised)|"
    r"(?:is|are|was|were)\s+(?:widely\s+)?(?:believed|thought|said|understood|expected|reported|rumou?red|feared|alleged)\s+to|"
    r"it\s+(?:is|was)\s+(?:not\s+(?:immediately\s+)?)?(?:clear|unclear|possible|believed|thought|reported))\b",
    re.IGNORECASE,
)


def hedges(text: str) -> list[Span]:
    """The words that hold a claim at arm's length, in order."""
    return [Span(found.start(), found.end()) for found in _HEDGE.finditer(text)]
